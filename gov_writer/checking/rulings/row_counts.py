"""How many rows a table of the sources has, and how many of them have something in a column (4处机构, 三个助餐点).

Who counts them in a draft names what stands at the head of the rows, or of the column.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property

from gov_writer.domain import Approx, Fact, Kind, Ledger, Source, Table
from gov_writer.lexicon import words
from gov_writer.matching.contexts import bigrams
from gov_writer.text.lazy import lazy

_UNITS = frozenset(
    {"个", "家", "处", "所", "座", "类", "项", "名", "户", "条", "支", "人", "种", "辆", "台", "大"}
)
_SPLIT = lazy(r"[（(）)/、：:\s]+")
_NO_NAME = frozenset({"名称", "序号", "指标", "单位", "月份", "合计", "备注"})
#: Rows that a clerk counts; characters around a figure that name what is counted; tables that are read.
_FEWEST, _MOST, _BEFORE, _BEHIND, _TABLES = 2, 60, 14, 8, 60


class RowCounts:
    """The sizes of the sources' tables by the words that head their rows and columns."""

    def __init__(self, text: str, against: Ledger) -> None:
        self._text, self._against = text, against

    def counted(self, claim: Fact) -> bool:
        """Whether a count is that of the rows, or of the filled cells of a column, which its words name."""
        if claim.kind is not Kind.QUANTITY or claim.value is None or claim.mention.approx is not Approx.EXACT:
            return False
        if not _counts(claim):
            return False
        heads = self._sizes.get(int(claim.value))
        if not heads:
            return False
        start = max(claim.sentence[0], claim.start - _BEFORE)
        said = bigrams(self._text[start : claim.start])
        said |= bigrams(self._text[claim.end : min(max(claim.sentence[1], claim.end), claim.end + _BEHIND)])
        return not said.isdisjoint(heads)

    def of_kind(self, claim: Fact) -> bool:
        """Whether a count is that of the rows whose names end with what it counts (三个镇)."""
        if claim.kind is not Kind.QUANTITY or claim.value is None or claim.mention.approx is not Approx.EXACT:
            return False
        kind = self._text[claim.end : claim.end + 2]
        return _counts(claim) and any(int(claim.value) == self._kinds.get(kind[:size]) for size in (1, 2))

    @cached_property
    def _kinds(self) -> dict[str, int]:
        """How many rows have names that end alike: 三个镇 of 云河镇, 马塘镇, 青莲镇 and two zones."""
        rows = {
            label
            for source in self._against.sources
            for table in source.tables[:_TABLES]
            for cell in table.cells
            if cell.number is not None and not cell.is_total
            for label in cell.labels[-1:]
        }
        found = Counter(label[-size:] for label in rows for size in (1, 2) if len(label) > size + 1)
        return {kind: many for kind, many in found.items() if _FEWEST <= many <= _MOST}

    @cached_property
    def _sizes(self) -> dict[int, frozenset[str]]:
        """Number of rows → the words of what is counted."""
        found: dict[int, set[str]] = defaultdict(set)
        tables = [(s, t) for s in self._against.sources for t in s.tables][:_TABLES]
        for source, table in tables:
            for size, head in _of_table(source, table):
                if _FEWEST <= size <= _MOST:
                    found[size] |= bigrams(head)
        plain = {pair for word in words("table_heads") for pair in bigrams(word)}
        return {size: frozenset(pairs - plain) for size, pairs in found.items()}


def _counts(claim: Fact) -> bool:
    return claim.unit in _UNITS and claim.value == claim.value.to_integral_value()  # type: ignore[union-attr]


def _of_table(source: Source, table: Table) -> list[tuple[int, str]]:
    """Sizes with the heads that name them."""
    own = [c for c in table.cells if not c.is_total]
    rows = {c.row for c in own if c.number is not None and c.labels}
    found: list[tuple[int, str]] = []
    first = [
        c for c in own if c.is_header and c.column == 0 and not c.labels and c.row < min(rows, default=0)
    ]
    found += [(len(rows), head) for c in first for head in _names(source.text[c.start : c.end])]
    filled: dict[int, set[int]] = defaultdict(set)
    heads: dict[int, tuple[str, ...]] = {}
    for c in own:
        if c.number is not None and c.row in rows and c.headers:
            filled[c.column].add(c.row)
            heads[c.column] = c.headers
    for column, some in filled.items():
        if len(some) < len(rows):
            found += [(len(some), head) for told in heads[column] for head in _names(told)]
    return found


def _names(head: str) -> list[str]:
    plain = re.sub(r"[*#|]", "", head)
    return [part for part in _SPLIT.split(plain) if len(part) > 1 and part not in _NO_NAME]
