"""For a person at a terminal: the findings, then the two tables with their columns below each other."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from gov_writer.domain import Comparison, Report, Source
from gov_writer.rendering.findings.as_text import render as findings

_WIDEST = 36


def render(comparison: Comparison, report: Report, draft: Source, color: bool) -> str:
    parts = [findings(report, draft, None, color)]
    old, new = (f"{year or name}" for year, name in zip(comparison.years, ("上年", "本年"), strict=True))
    if comparison.rows:
        table = [("指标", old, new, "变化", "文中增幅", "结论")]
        table += [
            (
                row.indicator,
                row.old.text if row.old else "—",
                row.new.text if row.new else "—",
                row.change,
                row.claimed,
                row.verdict,
            )
            for row in comparison.rows
        ]
        parts += ["指标对照", *_aligned(table), ""]
    if comparison.promises:
        table_ = [("上年打算", "本年结果", "结论")]
        table_ += [
            (p.promised.text, p.result.text if p.result else "—", p.verdict) for p in comparison.promises
        ]
        parts += ["上年打算落实情况", *_aligned(table_), ""]
    return "\n".join(parts)


def _aligned(table: Sequence[tuple[str, ...]]) -> list[str]:
    rows = [[_short(cell) for cell in row] for row in table]
    widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    return [
        "  " + "  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _short(cell: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in cell)
    return plain if len(plain) <= _WIDEST else plain[: _WIDEST - 1] + "…"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
