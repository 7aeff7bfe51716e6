"""How long 300 pages of Word take to be read, commented and laid out, against python-docx opening and saving them.

    python eval/docx_speed.py

What is measured: processor time of one process, from the file's bytes to the result's (a text, with ``with its layout`` all
looks; a whole new file), the best of nine rounds in which all tasks take their turn, so that a busy machine disturbs them
alike. Against what: ``python_docx.Document(file).save(file)`` of the same bytes, which is little more than libxml2 parsing
and writing and zlib packing. Two texts: one sentence over and over, which packs to nothing, so that zlib costs python-docx
least (the hardest case for us), and sentences that differ, as in real reports.
"""

from __future__ import annotations

import io
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx as python_docx

from gov_writer import ingest
from gov_writer.domain import Coverage, Draft, DraftBlock, DraftBlockKind, Finding, Report, Severity
from gov_writer.ingest.docx import read_docx
from gov_writer.rendering import comments, relayout
from gov_writer.rendering.word import docx

_SENTENCE = "街道组织网格人员入户走访，全年排查隐患12处，逐一建立台账限期整改到位。"
_WORDS = [
    "街道",
    "社区",
    "网格",
    "组织",
    "入户",
    "走访",
    "排查",
    "隐患",
    "整改",
    "台账",
    "限期",
    "完成",
    "推进",
    "项目",
    "企业",
    "群众",
    "服务",
    "党员",
    "志愿",
    "活动",
    "培训",
    "改造",
    "新增",
]
_PAGES, _FINDINGS, _ROUNDS = 300, 300, 9


def _told(rng: random.Random | None) -> str:
    """A sentence of 36 characters, or one like it."""
    if rng is None:
        return _SENTENCE
    return "".join(rng.choices(_WORDS, k=15)) + f"{rng.randint(2, 9999)}处。"


def _file(rng: random.Random | None) -> bytes:
    """Several runs in each paragraph, each with properties, as people's files are."""
    count = _PAGES * 616 // (6 * len(_SENTENCE))
    blocks = (
        DraftBlock(kind=DraftBlockKind.PARAGRAPH, text="".join(_told(rng) for _ in range(6)))
        for _ in range(count)
    )
    document = python_docx.Document(io.BytesIO(docx(Draft(blocks=tuple(blocks)))))
    for one in document.paragraphs:
        for _ in range(3):
            one.add_run(_told(rng)).bold = False
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _report(text: str) -> Report:
    step = len(text) // _FINDINGS
    findings = tuple(
        Finding(
            rule="FIG102", name="contradicts-source", severity=Severity.ERROR, start=at, end=at + 3, line=1, column=1,
            text=text[at : at + 3], message="与材料不一致。", fingerprint=f"{at:016x}",
        )
        for at in range(step, len(text) - 3, step)
    )  # fmt: skip
    coverage = Coverage(figures=0, figures_supported=0, facts=0, facts_used=0)
    return Report(path="稿.docx", characters=len(text), findings=findings, coverage=coverage)


def _measured(data: bytes) -> dict[str, float]:
    """Task -> its best time in seconds."""
    report = _report(read_docx(data, "稿.docx").text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "稿.docx"
        path.write_bytes(data)
        source = ingest.read(path)
    tasks: dict[str, Callable[[], object]] = {
        "python-docx": lambda: python_docx.Document(io.BytesIO(data)).save(io.BytesIO()),
        "read": lambda: read_docx(data, "稿.docx"),
        "read with its layout": lambda: read_docx(data, "稿.docx", with_layout=True),
        f"{len(report.findings)} comments": lambda: comments(data, report),
        "laid out": lambda: relayout(data, source),
    }
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(_ROUNDS):
        for name, task in tasks.items():
            begin = time.process_time()
            task()
            best[name] = min(best[name], time.process_time() - begin)
    return best


def main() -> None:
    for what, rng in (("one sentence over and over", None), ("sentences that differ", random.Random(7))):
        data = _file(rng)
        best = _measured(data)
        base = best.pop("python-docx")
        print(
            f"{what}: {len(data) // 1024} KB; python-docx opens and saves it in {base * 1000:.0f} ms; times that:"
        )
        for name, seconds in best.items():
            print(f"  {name:<22}{seconds / base:.1f}")


if __name__ == "__main__":
    main()
