"""Which statements support a required theme, by the same measure as the checker's."""

from __future__ import annotations

from gov_writer.domain import Needs, Section, Statement, Theme
from gov_writer.matching.passages import themes as measure
from gov_writer.text import sentences


def of(themes: tuple[Theme, ...], statement: Statement) -> tuple[str, ...]:
    """The names of the themes that a statement supports: one of its sentences names and meets them."""
    found = []
    text = statement.text
    spans = sentences(text)
    for theme in themes:
        for start, end in spans:
            figures = sum(1 for a, b, _ in statement.slots if start <= a and b <= end)
            if measure.supports(theme, text[start:end], figures=figures):
                found.append(theme.name)
                break
    return tuple(found)


def told_below(theme: Theme, section: Section) -> bool:
    """Whether a heading or a point's lead names the theme and something below it meets it."""
    if measure.places(section.heading, theme):
        children = [s for child in section.children for s in child.statements]
        return any(_meets(theme, s) for s in (*section.statements, *children))
    leads = [index for index, s in enumerate(section.statements) if measure.places(s.lead, theme)]
    return any(_meets(theme, s) for index in leads for s in section.statements[index : index + 3])


def led_by(theme: Theme, statement: Statement) -> bool:
    """Whether the lead of a statement names the theme and the statement meets it."""
    return bool(statement.lead) and bool(measure.places(statement.lead, theme)) and _meets(theme, statement)


def _meets(theme: Theme, statement: Statement) -> bool:
    if theme.needs is Needs.MENTION:
        return bool(statement.text)
    figures = len(statement.slots)
    if theme.needs is Needs.FIGURE:
        return figures > 0
    return measure.tells_deed(statement.text, figures=figures)
