"""How long reading and commenting 300 pages of Word take, against python-docx opening and saving them.

    python eval/docx_speed.py

Prints ratios measured in the same run (processor time, the best of five).
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import docx as python_docx

from gov_writer.domain import Coverage, Draft, DraftBlock, DraftBlockKind, Finding, Report, Severity
from gov_writer.ingest.docx import read_docx
from gov_writer.rendering import comments
from gov_writer.rendering.word import docx

_SENTENCE = "街道组织网格人员入户走访，全年排查隐患12处，逐一建立台账限期整改到位。"
_PAGES, _FINDINGS = 300, 300


def _best(task: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        begin = time.process_time()
        task()
        times.append(time.process_time() - begin)
    return min(times)


def main() -> None:
    paragraph = DraftBlock(kind=DraftBlockKind.PARAGRAPH, text=_SENTENCE * 6)
    data = docx(Draft(blocks=(paragraph,) * (_PAGES * 616 // len(paragraph.text))))
    document = python_docx.Document(io.BytesIO(data))
    for one in document.paragraphs:  # as people's files are: several runs, each with properties
        for _ in range(3):
            one.add_run(_SENTENCE).bold = False
    made = io.BytesIO()
    document.save(made)
    data = made.getvalue()
    text = read_docx(data, "稿.docx").text
    step = len(text) // _FINDINGS
    findings = tuple(
        Finding(
            rule="FIG102", name="contradicts-source", severity=Severity.ERROR, start=at, end=at + 3, line=1, column=1,
            text=text[at : at + 3], message="与材料不一致。", fingerprint=f"{at:016x}",
        )
        for at in range(step, len(text) - 3, step)
    )  # fmt: skip
    coverage = Coverage(figures=0, figures_supported=0, facts=0, facts_used=0)
    report = Report(path="稿.docx", characters=len(text), findings=findings, coverage=coverage)
    base = _best(lambda: python_docx.Document(io.BytesIO(data)).save(io.BytesIO()))
    print(f"{len(text)} characters; python-docx opens and saves them in {base * 1000:.0f} ms; times that:")
    print(f"  read                    {_best(lambda: read_docx(data, '稿.docx')) / base:.1f}")
    print(
        f"  read with its layout    {_best(lambda: read_docx(data, '稿.docx', with_layout=True)) / base:.1f}"
    )
    print(f"  {len(findings)} comments            {_best(lambda: comments(data, report)) / base:.1f}")


if __name__ == "__main__":
    main()
