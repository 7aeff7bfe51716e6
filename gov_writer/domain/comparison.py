"""The tables of a comparison with last year's report: indicators with both values, promises and what became of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one report says.  text: the figure's words, or the sentence where there is no figure."""

    text: str
    sentence: str
    source: str
    locator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """One indicator.

    old, new: None where a report does not tell.  change: what the two values imply (＋4.2%, −1.1个百分点), "" where
    nothing follows.  claimed: the growth that the new report tells, "" if none.
    verdict: 相符, 不符, 待核 (the indicators may differ), 未写增幅, 上年未报 or 今年未报.
    """

    indicator: str
    unit: str
    old: Said | None
    new: Said | None
    change: str = ""
    claimed: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """Something that last year's report said would be done.

    promised: the clause or sentence.  result: what this year's report says of it, None if nothing.
    verdict: 已完成, 未达到, 有进展, 未提及, 再次列入计划 or 待核.
    """

    promised: Said
    result: Said | None
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """old, new: paths.  years: the reporting years as written, "" where unknown."""

    old: str
    new: str
    years: tuple[str, str]
    rows: tuple[ComparedRow, ...]
    promises: tuple[PromiseRow, ...]
