"""The same text laid out by this project and by its peers: which clauses of GB/T 9704-2012 each file keeps.

    python eval/docx_peers.py [--peers PYTHON] [--keep FOLDER]

PYTHON: of an environment of .lock/peers.txt (this one if left out; peers that it lacks are left out too).
What is measured is what the file says, styles, defaults and direct formatting put together; then each
program's own check is run on each file. --keep leaves the files there.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from gov_writer import ingest, pipeline
from gov_writer.checking import run
from gov_writer.domain import Draft, DraftBlock, DraftBlockKind
from gov_writer.ooxml import standard
from gov_writer.ooxml.document import Document, Line, open_document
from gov_writer.ooxml.looks import RunLook, looks_of
from gov_writer.ooxml.names import VAL, w
from gov_writer.rendering.word import docx
from gov_writer.settings import CheckSettings

K = DraftBlockKind
TITLE = "云溪区东岭街道2025年工作总结和2026年工作计划"
UNIT, DATE = "云溪区东岭街道办事处", "2025年12月20日"
ATTACHED = ("东岭街道2025年主要指标完成情况表", "东岭街道2026年重点项目清单")
TEXT = (
    (1, "一、主要做法"),
    (0, "街道党工委坚持每月集中学习，组织党员干部下沉网格开展服务活动，全年开展12次。"),
    (2, "（一）抓实安全生产"),
    (0, "组织网格人员逐户走访了解情况，对发现的隐患逐条建立台账限期整改。"),
    (3, "1.排查隐患"),
    (0, "对沿街商铺和老旧小区开展拉网式排查，做到底数清楚、措施到位。"),
    (4, "（1）重点场所"),
    (0, "对加油站、学校和养老机构逐一检查，整改率达到98.4%。"),
    (0, "特此报告。"),
)
_CN_GOV = """
import json, sys
from cn_gov_docx import CnGovDocx
given = json.loads(sys.stdin.read())
made = CnGovDocx()
made.add_title(given["title"])
made.add_text(given["addressee"])
for level, words in given["text"]:
    [made.add_text, made.add_h1, made.add_h2, made.add_h3, made.add_h3][level](words)
for words in given["end"]:
    made.add_text(words)
made.save(given["out"])
"""


def ours(out: Path) -> None:
    blocks = [DraftBlock(kind=K.TITLE, text=TITLE), DraftBlock(kind=K.ADDRESSEE, text="区委、区政府：")]
    blocks += [DraftBlock(kind=K.HEADING if lv else K.PARAGRAPH, text=words, level=lv) for lv, words in TEXT]
    blocks += [DraftBlock(kind=K.PARAGRAPH, text=words) for words in _attached()]
    blocks += [DraftBlock(kind=K.SIGNATURE, text=UNIT), DraftBlock(kind=K.SIGNATURE, text=DATE)]
    out.write_bytes(docx(Draft(blocks=tuple(blocks))))


def _attached() -> tuple[str, str]:
    return f"附件：1.{ATTACHED[0]}", f"2.{ATTACHED[1]}"


def gongwen(out: Path, python: str) -> None:
    marks = ("", "## ", "### ", "#### ", "##### ")
    text = f"# {TITLE}\n\n" + "".join(f"{marks[level]}{words}\n\n" for level, words in TEXT)
    (out.parent / "稿.md").write_text(text, encoding="utf-8")
    _run(python, "-m", "gongwen", "md2docx", str(out.parent / "稿.md"), "-o", str(out), "-t", "report", "--recipients",
         "区委、区政府", "--signer", UNIT, "--date", DATE, "--attachments", *ATTACHED, "--no-ai-declaration")  # fmt: skip


def cn_gov_docx(out: Path, python: str) -> None:
    given = {
        "title": TITLE,
        "addressee": "区委、区政府：",
        "text": TEXT,
        "end": (*_attached(), UNIT, DATE),
        "out": str(out),
    }
    _run(python, "-c", _CN_GOV, words=json.dumps(given))


def _run(*command: str, words: str = "") -> str:
    """Offline, in a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        nowhere = "http://127.0.0.1:9"
        environment = {**os.environ, "HOME": home, "http_proxy": nowhere, "https_proxy": nowhere}
        done = subprocess.run(
            command, input=words, capture_output=True, encoding="utf-8", timeout=120, env=environment
        )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr[-400:])
    return done.stdout


class Measured:
    """What a file says about the paragraphs of the text."""

    def __init__(self, data: bytes) -> None:
        self.document: Document = open_document(data, "稿.docx")
        self.looks = looks_of(self.document.package, self.document.main, self.document.styles)

    def line(self, words: str) -> Line | None:
        return next((n for n in self.document.lines if self._text(n).strip().startswith(words)), None)

    def _text(self, line: Line) -> str:
        return self.document.text[line.start : line.end]

    def run(self, words: str) -> RunLook | None:
        """The look of most characters of a paragraph."""
        line = self.line(words)
        if line is None or line.paragraph is None:
            return None
        base, _ = self.looks.block(line.paragraph.element)
        counts: dict[RunLook, int] = {}
        for stretch in self.document.between(line.start, line.end):
            if stretch.piece.run is not None:
                look = self.looks.run(stretch.piece.run, base)
                counts[look] = counts.get(look, 0) + stretch.end - stretch.start
        return max(counts, key=lambda look: counts[look]) if counts else None

    def is_in(self, words: str, family: str, size: int, *, bold: bool | None = None) -> bool:
        look = self.run(words)
        right = look is not None and standard.family_of(look.font) == family and look.size == size
        return right and (bold is None or look is None or look.bold == bold)

    def property(self, words: str, tag: str, *names: str) -> str | None:
        """An attribute of a paragraph property, wherever it is set; "" for a property without it."""
        line = self.line(words)
        if line is None or line.paragraph is None:
            return None
        element = line.paragraph.element
        places: list[etree._Element | None] = [element.find(w("pPr"))]
        named = element.find(f"{w('pPr')}/{w('pStyle')}")
        chain = self.document.styles.chain(
            named.get(VAL) if named is not None else self.document.styles.default
        )
        places += [style.find(w("pPr")) for style in chain]
        for place in places:
            found = place.find(w(tag)) if place is not None else None
            if found is None:
                continue
            if not names:
                return found.get(VAL, "1")
            value = next((found.get(w(name)) for name in names if found.get(w(name)) is not None), None)
            if value is not None:
                return value
        return None

    def chars(self, words: str, chars: str, twips: str) -> float:
        """An indent in characters of 3号."""
        hundredths = self.property(words, "ind", chars)
        if hundredths is not None and float(hundredths):
            return float(hundredths) / 100
        return float(self.property(words, "ind", twips) or 0) / 320

    def first_line(self, words: str) -> float:
        left = self.chars(words, "leftChars", "left")
        hanging = self.chars(words, "hangingChars", "hanging")
        line = self.line(words)
        text = self._text(line) if line else ""
        blanks = text[: len(text) - len(text.lstrip())].count("\u3000")
        return left - hanging + self.chars(words, "firstLineChars", "firstLine") * (not hanging) + blanks

    def empty_above(self, words: str) -> bool:
        """A typed empty paragraph, or a line's space from either side."""
        line = self.line(words)
        if line is None or line.paragraph is None:
            return False
        above = line.paragraph.element.getprevious()
        if above is not None and above.tag == w("p") and not "".join(above.itertext()).strip():
            return True
        before = float(self.property(words, "spacing", "before") or 0)
        other = next((n for n in reversed(self.document.lines) if n.end < line.start), None)
        after = float(self.property(self._text(other)[:8], "spacing", "after") or 0) if other else 0.0
        return max(before, after) >= 400


CLAUSES: list[tuple[str, str, Callable[[Measured, Path], bool]]] = []


def clause(
    number: str, what: str
) -> Callable[[Callable[[Measured, Path], bool]], Callable[[Measured, Path], bool]]:
    def enter(test: Callable[[Measured, Path], bool]) -> Callable[[Measured, Path], bool]:
        CLAUSES.append((number, what, test))
        return test

    return enter


def _findings(path: Path, *codes: str) -> list[str]:
    case = pipeline.case_of(ingest.read(path, with_layout=True), settings=CheckSettings(select=codes))
    return [finding.message for finding in run(case).findings]


@clause("5.1", "A4")
def _(_m: Measured, path: Path) -> bool:
    return not any("纸张" in message for message in _findings(path, "FMT901"))


@clause("5.2.1", "margins 37, 35, 28, 26 mm (±1)")
def _(_m: Measured, path: Path) -> bool:
    return not any("页边距" in message for message in _findings(path, "FMT901"))


@clause("5.2.2", "body 3号仿宋")
def _(m: Measured, _path: Path) -> bool:
    return all(m.is_in(words[:8], "仿宋", 32) for level, words in TEXT if not level)


@clause("5.2.3", "22 lines of 28 characters")
def _(_m: Measured, path: Path) -> bool:
    page = ingest.read(path, with_layout=True).layout
    assert page is not None
    gridded = any(p.grid and p.pitch and 570 <= p.pitch <= 580 for p in page.pages)
    exact = any(570 <= p.line <= 580 and p.rule == "exact" for p in page.paragraphs)
    return (gridded or exact) and not any("行" in m and "字" in m for m in _findings(path, "FMT901"))


@clause("5.2.4", "text in black")
def _(m: Measured, _path: Path) -> bool:
    for _, words in TEXT:
        line = m.line(words[:8])
        if line is None or line.paragraph is None:
            return False
        named = line.paragraph.element.find(f"{w('pPr')}/{w('pStyle')}")
        places = [*line.paragraph.element.iter(w("rPr"))] or []
        for style in m.document.styles.chain(
            named.get(VAL) if named is not None else m.document.styles.default
        ):
            places += style.findall(w("rPr"))
        color = next((p.find(w("color")) for p in places if p.find(w("color")) is not None), None)
        if color is not None and color.get(VAL) not in ("auto", "000000"):
            return False
    return True


@clause("7.3.1", "title 2号小标宋, centred")
def _(m: Measured, _path: Path) -> bool:
    return m.is_in(TITLE[:6], "小标宋", 44) and m.property(TITLE[:6], "jc") == "center"


@clause("7.3.1", "title on lines broken by sense")
def _(m: Measured, _path: Path) -> bool:
    line = m.line(TITLE[:6])
    return (
        line is not None
        and line.paragraph is not None
        and any(True for _ in line.paragraph.element.iter(w("br")))
    )


@clause("7.3.2", "addressee flush left, an empty line below the title, colon")
def _(m: Measured, _path: Path) -> bool:
    there = m.line("区委、区政府：") is not None
    return there and m.first_line("区委、区政府") == 0 and m.empty_above("区委、区政府")


@clause("7.3.3", "paragraphs two characters in")
def _(m: Measured, _path: Path) -> bool:
    return all(1.9 <= m.first_line(words[:8]) <= 2.1 for level, words in TEXT if not level)


@clause("7.3.3", "一、 in 黑体")
def _(m: Measured, _path: Path) -> bool:
    return m.is_in("一、", "黑体", 32)


@clause("7.3.3", "（一） in 楷体")
def _(m: Measured, _path: Path) -> bool:
    return m.is_in("（一）", "楷体", 32)


@clause("7.3.3", "1. and （1） in 仿宋, not bold")
def _(m: Measured, _path: Path) -> bool:
    return m.is_in("1.排", "仿宋", 32, bold=False) and m.is_in("（1）", "仿宋", 32, bold=False)


@clause("7.3.4", "附件 an empty line below the text, two characters in")
def _(m: Measured, _path: Path) -> bool:
    return m.empty_above("附件：") and 1.9 <= m.first_line("附件：") <= 2.1


@clause("7.3.4", "each attachment on its line, below the first one's number, names hanging")
def _(m: Measured, _path: Path) -> bool:
    there = m.line(f"2.{ATTACHED[1][:6]}") is not None
    return there and 4.8 <= m.first_line("2.东") <= 5.2 and m.chars("附件：", "leftChars", "left") >= 5.8


@clause("7.3.5.1", "date four characters from the right")
def _(m: Measured, _path: Path) -> bool:
    return m.property(DATE, "jc") in ("right", "end") and 3.8 <= m.chars(DATE, "rightChars", "right") <= 4.2


@clause("7.3.5.1", "signing unit centred over the date, 3号仿宋, an empty line above")
def _(m: Measured, _path: Path) -> bool:
    right = m.property(UNIT, "jc") in ("right", "end") and 2 <= m.chars(UNIT, "rightChars", "right") <= 3
    return right and m.is_in(UNIT, "仿宋", 32) and m.empty_above(UNIT)


@clause("7.3.5.5", "signature kept on a page with text")
def _(m: Measured, _path: Path) -> bool:
    return all(m.property(words, "keepNext") not in (None, "0", "false") for words in ("特此报告", UNIT))


@clause("7.5", "page number 4号宋体 between dashes, outer side")
def _(_m: Measured, path: Path) -> bool:
    return not _findings(path, "FMT904")


@clause("–", "headings are headings (navigation pane)")
def _(m: Measured, _path: Path) -> bool:
    found = [m.line(words[:6]) for level, words in TEXT if level]
    return all(n is not None and n.paragraph is not None and n.paragraph.outline for n in found)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--peers", default=sys.executable)
    options.add_argument("--keep", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        makers: dict[str, Callable[[Path], None]] = {
            "gov_writer": ours,
            "gongwen-skill": lambda out: gongwen(out, given.peers),
            "cn-gov-docx": lambda out: cn_gov_docx(out, given.peers),
        }
        files: dict[str, Path] = {}
        for name, make in makers.items():
            try:
                make(folder / f"{name}.docx")
                files[name] = folder / f"{name}.docx"
            except (RuntimeError, OSError) as error:
                print(f"{name}: left out ({str(error).strip().splitlines()[-1]})", file=sys.stderr)
        _print(files, given.peers)


def _print(files: dict[str, Path], python: str) -> None:
    print("| clause | what it asks | " + " | ".join(files) + " |")
    print("| --- | --- |" + " --- |" * len(files))
    kept = dict.fromkeys(files, 0)
    for number, what, test in CLAUSES:
        cells = []
        for name, path in files.items():
            right = test(Measured(path.read_bytes()), path)
            kept[name] += right
            cells.append("yes" if right else "no")
        print(f"| {number} | {what} | {' | '.join(cells)} |")
    print(f"| | kept of {len(CLAUSES)} | {' | '.join(str(kept[name]) for name in files)} |")
    print(
        "| | findings of our FMT rules | "
        + " | ".join(str(len(_findings(p, "FMT"))) for p in files.values())
        + " |"
    )
    if "gongwen-skill" in files:
        counts = [_gongwen_check(path, python) for path in files.values()]
        print("| | findings of gongwen-skill's check (its P0) | " + " | ".join(counts) + " |")


def _gongwen_check(path: Path, python: str) -> str:
    found = json.loads(_run(python, "-m", "gongwen", "check", str(path), "-t", "report", "--json") or "[]")
    found = found if isinstance(found, list) else found.get("issues", [])
    return f"{len(found)} ({sum('P0' in str(one.get('severity', one)) for one in found)})"


if __name__ == "__main__":
    main()
