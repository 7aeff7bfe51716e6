"""Figures that are told month by month behind the months: 3月、4月分别为12处和9处, 1至6月分别拆除26处、18处…."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from gov_writer.domain import Mention, Period
from gov_writer.text.lazy import lazy

#: Between the months and the first figure; between two figures.
_RESPECTIVELY = lazy(r"[^。；;\d]{0,14}(?:分别|依次)[^，,。；;\d]{0,10}")
_JOINED = frozenset({"、", "和", "与", "及"})
#: Months of a year.
_MOST = 12


def in_turn(text: str, times: Sequence[Mention], figures: Sequence[Mention]) -> dict[int, Period]:
    """The month or quarter of each figure of such a list, by the ``id`` of its mention; times, figures: a sentence's."""
    found: dict[int, Period] = {}
    listed: list[Mention] = []  # 2021年和2022年, each told by itself
    for time in times:
        listed = [*listed, time] if listed and text[listed[-1].end : time.start] in _JOINED else [time]
        first = next((i for i, f in enumerate(figures) if f.start >= time.end), None)
        if first is None or not _RESPECTIVELY.fullmatch(text, time.end, figures[first].start):
            continue
        run = [figures[first]]
        for figure in figures[first + 1 : first + 1 + _MOST]:
            if text[run[-1].end : figure.start] not in _JOINED or figure.unit != run[0].unit:
                break
            run.append(figure)
        parts = [one.as_period() for one in listed] if len(listed) > 1 else _parts(time)
        if 1 < len(run) == len(parts):
            found |= {id(figure): part for figure, part in zip(run, parts, strict=True)}
    return found


def _parts(time: Mention) -> list[Period]:
    """The whole months, quarters or years of a period, as it is told in them; none if it has no whole ones."""
    start, end = time.date_start, time.date_end
    size = 3 if "季度" in time.text else 1 if "月" in time.text else 12 if time.sub == "year-range" else 0
    if start is None or end is None or not size or start.day != 1 or "日" in time.text:
        return []
    parts: list[Period] = []
    while start < end < date.max and len(parts) < _MOST:
        month = start.month + size - 1
        if month > _MOST:
            return []
        close = date(start.year, month, monthrange(start.year, month)[1])
        parts.append(Period(text=time.text, start=start, end=close))
        start = close + timedelta(days=1)
    return parts if parts and parts[-1].end == end else []
