"""FMT901: paper, margins, or lines and characters per page are not the standard's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.layout import looks
from gov_writer.domain import Finding, Layout, PageLook, Severity
from gov_writer.ooxml import standard

_MARGINS = (("上", "top", 37), ("下", "bottom", 35), ("左", "left", 28), ("右", "right", 26))


class PageSetup(Rule):
    code = "FMT901"
    name = "page-setup"
    severity = Severity.WARNING
    title = "纸张、页边距或行字数不合标准"
    why = "公文用纸、版心和每页的行数、每行的字数有统一规定，装订、归档和传阅都按它来。"
    bad = "A4 纸，页边距上下25.4毫米、左右31.8毫米（软件的默认值）"
    good = "A4 纸，上37毫米、下35毫米、左28毫米、右26毫米，每页22行、每行28字"
    authority = Citation(
        "GB/T 9704-2012",
        "5.1、5.2",
        "天头37 mm±1 mm，订口28 mm±1 mm，版心156 mm×225 mm；每面排22行，每行排28个字",
    )

    def check(self, case: Case) -> Iterable[Finding]:
        layout = case.draft.layout
        if layout is None:
            return
        pages = [page for page in layout.pages if page.width <= page.height]  # wide tables may lie across
        for page in dict.fromkeys(pages):
            off = (page.width - standard.PAGE_WIDTH, page.height - standard.PAGE_HEIGHT)
            other_paper = max(abs(length) for length in off) > standard.TOLERANCE * 2
            if other_paper:
                size = f"{_mm(page.width)}×{_mm(page.height)}毫米"
                yield self.found(
                    case,
                    0,
                    0,
                    looks.mended(f"纸张是{size}，标准（5.1）是 A4（210×297毫米）。"),
                    expected="A4",
                )
            wrong = [
                (side, getattr(page, name), wanted)
                for side, name, wanted in _MARGINS
                if abs(getattr(page, name) - standard.mm(wanted)) > standard.TOLERANCE * 1.05
            ]
            if wrong:
                now = "、".join(f"{side}{_mm(value)}毫米" for side, value, _ in wrong)
                wanted = "、".join(f"{side}{value}毫米" for side, _, value in wrong)
                message = looks.mended(f"页边距是{now}，标准（5.2.1）是{wanted}。")
                yield self.found(case, 0, 0, message, expected=wanted)
            if not wrong and not other_paper:
                yield from self._grid(case, layout, page)

    def _grid(self, case: Case, layout: Layout, page: PageLook) -> Iterable[Finding]:
        """22 lines of 28: from the grid, or from exact line spacing and the characters' width."""
        body = looks.body_blocks(case, layout)
        if len(body) < 3:
            return
        (line, rule), _ = Counter((p.line, p.rule) for _, p in body).most_common(1)[0]
        height = page.height - page.top - page.bottom + 20
        lines = height // line if rule == "exact" and line else 0
        if not lines and page.pitch and page.grid:
            lines = height * 240 // (page.pitch * line) if rule == "auto" and line else height // page.pitch
        sizes = [c for b, _ in body[:20] for c in looks.characters(layout, b.start, b.end)]
        (size, spacing), _ = Counter((c.size, c.spacing) for c in sizes).most_common(1)[0]
        width = page.width - page.left - page.right + 4
        plain, in_grid = size * 10 + spacing, size * 10 + page.space * 20 / 4096
        counts = {
            int(width // pitch) for pitch in (plain, in_grid if "Chars" in page.grid else plain) if pitch > 0
        }
        if lines == standard.LINES and standard.CHARACTERS in counts:
            return
        now = f"每页{lines}行" if lines else "没有设每页行数"
        if standard.CHARACTERS not in counts:
            now += f"、每行{max(counts, default=0)}字"
        yield self.found(
            case,
            0,
            0,
            looks.mended(f"{now}，标准（5.2.3）是每页22行、每行28字。"),
            severity=Severity.INFO,
            expected="每页22行、每行28字",
        )


def _mm(twips: int) -> str:
    return f"{twips * 25.4 / 1440:.1f}".removesuffix(".0")
