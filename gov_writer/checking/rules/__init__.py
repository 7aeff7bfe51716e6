"""All rules, listed group by group; nothing is found by scanning directories."""

from gov_writer.checking.rule import Rule
from gov_writer.checking.rules import (
    arithmetic,
    dates,
    figures,
    layout,
    names,
    privacy,
    reconciling,
    structure,
    themes,
    wording,
)

RULES: tuple[type[Rule], ...] = (
    *figures.RULES,
    *arithmetic.RULES,
    *dates.RULES,
    *themes.RULES,
    *structure.RULES,
    *wording.RULES,
    *names.RULES,
    *privacy.RULES,
    *layout.RULES,
    *reconciling.RULES,
)
