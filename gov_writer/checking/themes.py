"""How a draft stands to its required themes; computed once per case, shown by the THM rules."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gov_writer.checking.structural import structural
from gov_writer.domain import FIGURES, BlockKind, Kind, Ledger, Needs, Source, Theme
from gov_writer.matching.passages import themes as matching
from gov_writer.text import sentences
from gov_writer.text.lazy import lazy

_POINT = lazy(
    r"\s*[一二三四五六七八九十]{1,2}(?:是|要)|\s*[（(][一二三四五六七八九十\d]{1,2}[）)]|\s*第[一二三四五六七八九十]，"
)


class Standing(StrEnum):
    MET = "met"
    MISSING = "missing"
    NAMED = "named"  # without the deed or figure that it needs
    ELSEWHERE = "elsewhere"  # met, but not in its section


@dataclass(frozen=True, slots=True)
class ThemeState:
    """place: where it is named, or where it belongs when it is missing (then start == end)."""

    theme: Theme
    standing: Standing
    place: tuple[int, int]


class ThemeStates:
    def __init__(self, draft: Source, claims: Ledger, themes: Sequence[Theme]) -> None:
        self._text = draft.text
        self._sentences = sentences(draft.text)
        self._starts = [start for start, _ in self._sentences]
        self._figures = sorted(f.start for f in claims.facts if f.kind in FIGURES and not structural(f))
        self._gaps = [(f.start, f.end) for f in claims.facts if f.kind is Kind.PLACEHOLDER]
        self._headings = [
            (b.start, b.end, b.level or 1)
            for b in draft.blocks
            if b.kind in (BlockKind.HEADING, BlockKind.TITLE)
        ]
        self._blocks = [(b.start, b.end) for b in draft.blocks]
        self._block_starts = [start for start, _ in self._blocks]
        self.all = tuple(self._state(theme) for theme in themes)

    @property
    def met(self) -> int:
        return sum(state.standing is Standing.MET for state in self.all)

    def _state(self, theme: Theme) -> ThemeState:
        spots = [spot for spot in matching.places(self._text, theme) if not self._in_gap(spot)]
        if not spots:
            end = self._home_end(theme)
            return ThemeState(theme, Standing.MISSING, (end, end))
        inside = [spot for spot in spots if theme.section is None or self._under(spot[0], theme.section)]
        good = next((spot for spot in inside if self._fulfils(theme, spot)), None)
        if good is not None:
            return ThemeState(theme, Standing.MET, good)
        if inside:
            body = [spot for spot in inside if self._heading_at(spot[0]) is None]
            return ThemeState(theme, Standing.NAMED, (body or inside)[0])
        good = next((spot for spot in spots if self._fulfils(theme, spot)), None)
        return ThemeState(theme, Standing.ELSEWHERE if good else Standing.NAMED, good or spots[0])

    def _in_gap(self, spot: tuple[int, int]) -> bool:
        """Inside 【待补：……】, which claims nothing."""
        if any(start <= spot[0] and spot[1] <= end for start, end in self._gaps):
            return True
        line = self._text.rfind("\n", 0, spot[0]) + 1
        opened = self._text.rfind("【待", max(line, spot[0] - 60), spot[0])
        return opened >= 0 and self._text.find("】", opened, spot[0]) < 0

    # --- a mention ---------------------------------------------------------------------------------

    def _fulfils(self, theme: Theme, spot: tuple[int, int]) -> bool:
        if theme.needs is Needs.MENTION:
            return True
        heading = self._heading_at(spot[0])
        if heading is not None:
            return self._section_tells(theme, heading)
        at = bisect_right(self._starts, spot[0]) - 1
        start, end = self._sentences[max(at, 0)]
        if self._supports(theme, start, max(end, spot[1])):
            return True
        return self._leads(start, end, spot) and any(
            self._tells(theme, *span) for span in self._following(at, limit=3)
        )

    def _supports(self, theme: Theme, start: int, end: int) -> bool:
        return matching.supports(theme, self._text[start:end], figures=self._count(start, end))

    def _tells(self, theme: Theme, start: int, end: int) -> bool:
        figures = self._count(start, end)
        if theme.needs is Needs.FIGURE:
            return figures > 0
        return matching.tells_deed(self._text[start:end], figures=figures)

    def _count(self, start: int, end: int) -> int:
        return bisect_left(self._figures, end) - bisect_left(self._figures, start)

    def _leads(self, start: int, end: int, spot: tuple[int, int]) -> bool:
        """A short sentence that opens its paragraph below a heading, or a point (一是抓好安全生产。): what follows
        belongs to it."""
        block = self._block(start)
        if block is None or end - start > 40:
            return False
        if self._text[block[0] : start].strip():
            return _POINT.match(self._text, start) is not None
        below = any(h_end <= start for _, h_end, level in self._headings if level >= 1)
        return below and not matching.framed(self._text[start:end], spot[0] - start, spot[1] - start)

    def _following(self, at: int, limit: int) -> list[tuple[int, int]]:
        """The next sentences of the same paragraph, up to its next point."""
        block = self._block(self._sentences[at][0])
        found = []
        for start, end in self._sentences[at + 1 : at + 1 + limit]:
            if block is None or start >= block[1] or _POINT.match(self._text, start):
                break
            found.append((start, end))
        return found

    # --- headings ----------------------------------------------------------------------------------

    def _heading_at(self, offset: int) -> int | None:
        for n, (start, end, _) in enumerate(self._headings):
            if start <= offset < end:
                return n
        return None

    def _section_tells(self, theme: Theme, heading: int) -> bool:
        """Whether some sentence below a heading that names the theme tells a deed (or a figure)."""
        start, end = self._extent(heading)
        at = bisect_left(self._starts, start)
        while at < len(self._sentences) and self._sentences[at][0] < end:
            if self._tells(theme, *self._sentences[at]):
                return True
            at += 1
        return False

    def _extent(self, heading: int) -> tuple[int, int]:
        """From the heading's end to the next heading of its level or above; of a title, nothing."""
        _, start, level = self._headings[heading]
        for other, _, other_level in self._headings[heading + 1 :]:
            if other_level <= level:
                return start, other
        return start, len(self._text) if heading or len(self._headings) == 1 else start

    def _under(self, offset: int, word: str) -> bool:
        """Whether some heading above (or around) an offset holds the word."""
        deepest = 99
        for start, end, level in reversed(self._headings):
            if start <= offset and level < deepest:
                if word in self._text[start:end]:
                    return True
                deepest = level
        return False

    def _home_end(self, theme: Theme) -> int:
        """Where a missing theme belongs: the end of its section, else of the text."""
        if theme.section is not None:
            for n, (start, end, _) in enumerate(self._headings):
                if theme.section in self._text[start:end]:
                    left, right = self._extent(n)
                    return left + len(self._text[left:right].rstrip("# \t\u3000\n>"))
        return len(self._text.rstrip())

    def _block(self, offset: int) -> tuple[int, int] | None:
        at = bisect_right(self._block_starts, offset) - 1
        return self._blocks[at] if at >= 0 else None
