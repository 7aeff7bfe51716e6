"""Which genre the notes ask for where the brief names none: by its title, then by the titles of the notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from gov_writer.domain import Brief, Genre
from gov_writer.lexicon import rows
from gov_writer.outline import situation
from gov_writer.outline.reading import Reading

_SIGNS = (
    (Genre.DUTY_REPORT, re.compile("述职|述责述廉|履职情况报告")),
    (Genre.SITUATION_REPORT, re.compile(r"关于[^，。]{2,50}(?:情况|工作)的?(?:报告|通报)|情况报告|处置情况")),
    (Genre.WORK_BRIEFING, re.compile("工作汇报|情况汇报|汇报材料|工作情况汇报|汇报")),
    (Genre.ANNUAL_SUMMARY, re.compile("总结|要点|工作计划|工作思路")),
)


def guessed(brief: Brief, readings: Sequence[Reading]) -> tuple[Genre, str] | None:
    """The genre and the words that tell it; None where nothing does, or where the brief names it.

    An emergency in a title (situation.is_event) is a situation report whatever else the title says.
    """
    if brief.genre_told or brief.genre is not Genre.ANNUAL_SUMMARY:
        return None
    for title in filter(None, _titles(brief, readings)):
        for genre, signs in _SIGNS:
            if found := signs.search(title):
                return genre, found[0]
    if situation.is_event(brief, readings):
        return Genre.SITUATION_REPORT, "突发事件"
    return None


def _titles(brief: Brief, readings: Sequence[Reading]) -> Iterator[str]:
    yield brief.title or ""
    for reading in readings:
        yield reading.title.text
        yield reading.headings[0].words.text if reading.headings and not reading.title.text else ""
    for reading in readings:
        yield PurePath(reading.source.path).stem


def name_of(genre: Genre) -> str:
    """What offices call it (述职报告)."""
    return next(name for key, name in rows("genre_names") if key == genre.value)
