"""One fault of layout at a time, in a file that keeps GB/T 9704-2012: told, told rightly, and mended by ``format``?

    python eval/layout_faults.py

Told: some FMT finding more than the sound file has (none). Rightly: by the rule of that clause alone. Mended: nothing is
told any more of what ``gov-writer format`` makes of it. The exit code is 1 if less is told than the table in README says.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx as python_docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gov_writer import ingest, pipeline
from gov_writer.checking import run
from gov_writer.domain import Draft, DraftBlock, DraftBlockKind
from gov_writer.rendering.word import docx
from gov_writer.settings import CheckSettings

_SENTENCE = "街道组织网格人员入户走访了解群众所思所盼并逐一建立台账明确专人限期办结及时反馈结果。"
_FONTS = ("w:ascii", "w:hAnsi", "w:eastAsia")
K = DraftBlockKind
Change = Callable[[Any], None]


def sound() -> Any:
    """A report of several pages that keeps the standard."""
    blocks = [
        DraftBlock(kind=K.TITLE, text="云溪区东岭街道2025年工作总结"),
        DraftBlock(kind=K.ADDRESSEE, text="区委、区政府："),
    ]
    for number in "一二三":
        blocks.append(DraftBlock(kind=K.HEADING, text=f"{number}、党建引领，夯实基础", level=1))
        for inner in "一二":
            for level, words in ((2, f"（{inner}）抓实思想建设"), (3, "1.抓实学习"), (4, "（1）集中学习")):
                blocks.append(DraftBlock(kind=K.HEADING, text=words, level=level))
                blocks.append(DraftBlock(kind=K.PARAGRAPH, text=_SENTENCE * 2))
    blocks += [
        DraftBlock(kind=K.SIGNATURE, text=words) for words in ("云溪区东岭街道办事处", "2025年12月20日")
    ]
    return python_docx.Document(io.BytesIO(docx(Draft(blocks=tuple(blocks)))))


def runs(style: str, *, font: str = "", size: float = 0, bold: bool = False) -> Change:
    """The second paragraph of this style in another font, size or weight."""

    def change(document: Any) -> None:
        found = [p for p in document.paragraphs if p.style.name == style]
        for one in found[min(1, len(found) - 1)].runs:
            if font:
                one._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
            if size:
                one.font.size = Pt(size)
            if bold:
                one.font.bold = True

    return change


def paragraph(
    style: str, *, align: Any = None, indent: int | None = None, line: float = 0, lead: str = ""
) -> Change:
    """The same for its side, its indent in characters, its line spacing and blanks typed before it."""

    def change(document: Any) -> None:
        found = [p for p in document.paragraphs if p.style.name == style]
        one = found[min(1, len(found) - 1)]
        if align is not None:
            one.alignment = align
        if indent is not None:
            place = one._p.get_or_add_pPr().get_or_add_ind()
            place.set(qn("w:firstLineChars"), str(indent * 100))
            place.set(qn("w:firstLine"), str(indent * 320))
        if line:
            one.paragraph_format.line_spacing = line
        one.runs[0].text = lead + one.runs[0].text

    return change


def mixed(**look: Any) -> Change:
    """Ten characters of a sentence in another look."""

    def change(document: Any) -> None:
        one = [p for p in document.paragraphs if p.style.name == "Normal"][2]
        words = one.text
        one.runs[0].text = words[:20]
        inner = one.add_run(words[20:30])
        if "font" in look:
            inner._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), look["font"])
        if "size" in look:
            inner.font.size = Pt(look["size"])
        one.add_run(words[30:])

    return change


def page(**lengths: float) -> Change:
    """Margins or paper in millimetres."""
    return lambda document: (
        [setattr(document.sections[0], name, Mm(value)) for name, value in lengths.items()] and None
    )


def everywhere(tag: str, old: dict[str, str], new: dict[str, str], *styles: str) -> Change:
    """Attributes in the styles (all if none is named)."""

    def change(document: Any) -> None:
        for style in document.styles:
            for one in style.element.iter(qn(tag)) if not styles or style.name in styles else ():
                if all(one.get(qn(name)) == value for name, value in old.items()):
                    for name, value in new.items():
                        one.set(qn(name), value)

    return change


def footers(first: str, last: str) -> Change:
    """What stands before and behind the page number's field."""

    def change(document: Any) -> None:
        for footer in (document.sections[0].footer, document.sections[0].even_page_footer):
            dashes = [node for node in footer._element.iter(qn("w:t")) if "—" in (node.text or "")]
            dashes[0].text, dashes[1].text = first, last

    return change


def typed(document: Any) -> None:
    for footer in (document.sections[0].footer, document.sections[0].even_page_footer):
        for one in list(footer.paragraphs[0].runs):
            footer.paragraphs[0]._p.remove(one._r)
        footer.paragraphs[0].add_run("第1页")


def narrow(document: Any) -> None:
    """26 characters a line, by the styles and by the grid."""
    everywhere("w:spacing", {"w:val": "-6"}, {"w:val": "20"})(document)
    document.sections[0]._sectPr.find(qn("w:docGrid")).set(qn("w:charSpace"), "4096")


def without(tag: str) -> Change:
    """The section's or the settings' elements of this name go."""

    def change(document: Any) -> None:
        for root in (document.sections[0]._sectPr, document.settings.element):
            for one in root.findall(qn(tag)):
                root.remove(one)

    return change


_NUMBERS = ("Footer", "双页码")
_CENTER = WD_ALIGN_PARAGRAPH.CENTER
FAULTS: list[tuple[str, str, Change]] = [
    ("FMT901", "letter paper", page(page_width=215.9, page_height=279.4)),
    ("FMT901", "top margin 25.4 mm", page(top_margin=25.4)),
    ("FMT901", "bottom margin 25.4 mm", page(bottom_margin=25.4)),
    ("FMT901", "left margin 31.8 mm", page(left_margin=31.8)),
    ("FMT901", "right margin 20 mm", page(right_margin=20)),
    ("FMT901", "24 lines a page", everywhere("w:spacing", {"w:line": "579"}, {"w:line": "520"})),
    ("FMT901", "26 characters a line", narrow),
    ("FMT902", "title in 宋体", runs("Title", font="宋体")),
    ("FMT902", "title in 小二", runs("Title", size=18)),
    ("FMT902", "title at the left", paragraph("Title", align=WD_ALIGN_PARAGRAPH.LEFT)),
    ("FMT902", "level 1 in 宋体", runs("Heading 1", font="宋体")),
    ("FMT902", "level 1 in 四号", runs("Heading 1", size=14)),
    ("FMT902", "level 1 centred", paragraph("Heading 1", align=_CENTER)),
    ("FMT902", "level 1 without indent", paragraph("Heading 1", indent=0)),
    ("FMT902", "level 2 in 黑体", runs("Heading 2", font="黑体")),
    ("FMT902", "level 3 in 楷体", runs("Heading 3", font="楷体")),
    ("FMT902", "level 3 bold", runs("Heading 3", bold=True)),
    ("FMT902", "level 4 in 黑体", runs("Heading 4", font="黑体")),
    ("FMT903", "text in 宋体", runs("Normal", font="宋体")),
    ("FMT903", "text in 四号", runs("Normal", size=14)),
    ("FMT903", "text without indent", paragraph("Normal", indent=0)),
    ("FMT903", "text indented by one", paragraph("Normal", indent=1)),
    ("FMT903", "blanks typed besides the indent", paragraph("Normal", lead="　　")),
    ("FMT903", "ten characters in 微软雅黑", mixed(font="微软雅黑")),
    ("FMT903", "ten characters in 小四", mixed(size=12)),
    ("FMT903", "a paragraph in single spacing", paragraph("Normal", line=1.0)),
    ("FMT904", "no page number", without("w:footerReference")),
    ("FMT904", "page number centred", everywhere("w:jc", {}, {"w:val": "center"}, *_NUMBERS)),
    ("FMT904", "always at the right", everywhere("w:jc", {}, {"w:val": "right"}, "双页码")),
    ("FMT904", "page number in 五号", everywhere("w:sz", {}, {"w:val": "21"}, *_NUMBERS)),
    ("FMT904", "page number in 仿宋", everywhere("w:rFonts", {}, dict.fromkeys(_FONTS, "仿宋"), *_NUMBERS)),
    ("FMT904", "no dashes", footers("", "")),
    ("FMT904", "第1页", footers("第", "页")),
    ("FMT904", "odd and even alike", without("w:evenAndOddHeaders")),
    ("FMT904", "number typed", typed),
    ("FMT901", "no grid, lines of one and a half", everywhere("w:spacing", {"w:line": "579"}, {"w:line": "360", "w:lineRule": "auto"})),
]  # fmt: skip
#: Left open: bold text and Latin numerals in another font, which the standard does not speak of.


def told(path: Path) -> list[str]:
    case = pipeline.case_of(ingest.read(path, with_layout=True), settings=CheckSettings(select=("FMT",)))
    return [finding.rule for finding in run(case).findings]


def main() -> int:
    counts = {"faults": 0, "told": 0, "rightly": 0, "mended": 0}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "稿.docx"
        sound().save(str(path))
        print(f"the sound file: {told(path) or 'nothing told'}")
        for rule, what, change in FAULTS:
            document = sound()
            change(document)
            document.save(str(path))
            found = told(path)
            path.write_bytes(pipeline.laid_out(path)[0])
            left = told(path)
            good = set(found) == {rule}
            for key, value in zip(counts, (True, bool(found), good, not left), strict=True):
                counts[key] += value
            if not good or left:
                print(f"{rule} {what}: told {found}, left {left}")
    print(" · ".join(f"{key} {value}" for key, value in counts.items()))
    return int(counts["rightly"] < counts["faults"])


if __name__ == "__main__":
    sys.exit(main())
