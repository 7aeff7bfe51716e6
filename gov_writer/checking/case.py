"""What a rule is given: the draft, what was read in it, and what it is checked against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from gov_writer.domain import Ledger, Period, Source, Theme
from gov_writer.settings import CheckSettings
from gov_writer.text import LineIndex

if TYPE_CHECKING:
    from gov_writer.checking.rulings import Rulings
    from gov_writer.checking.themes import ThemeStates

_Made = TypeVar("_Made")


@dataclass(frozen=True, kw_only=True)
class Case:
    """One draft to check.

    claims: the ledger of the draft itself (its facts are what the draft claims).
    against: the ledger of the sources, None when none were given (then FIG and ENT stay silent).
    examples: sources whose names and figures must not leak into the draft (ENT702).
    parts: the ledgers of the parts when the draft is a total to reconcile (group REC).
    before: the ledgers of last year's reports: the one that the draft follows, or those of the parts.
    named: the words that the brief gives: title, unit, addressee, attachments.
    period: the reporting period, None when unknown; as_of: the reference date, None when unknown.
    """

    draft: Source
    claims: Ledger
    against: Ledger | None = None
    themes: tuple[Theme, ...] = ()
    examples: tuple[Source, ...] = ()
    parts: tuple[Ledger, ...] = ()
    before: tuple[Ledger, ...] = ()
    named: tuple[str, ...] = ()
    period: Period | None = None
    as_of: date | None = None
    settings: CheckSettings = field(default_factory=CheckSettings)
    _kept: dict[Callable[[Case], object], object] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def text(self) -> str:
        return self.draft.text

    @cached_property
    def rulings(self) -> Rulings | None:
        """What becomes of each figure against the sources; None when no sources were given."""
        if self.against is None:
            return None
        from gov_writer.checking.rulings import Rulings

        as_of = () if self.as_of is None else (Period(text="", start=self.as_of, end=self.as_of),)
        known = as_of if self.period is None else (*as_of, self.period)
        return Rulings(self.draft, self.claims, self.against, known)

    @cached_property
    def theme_states(self) -> ThemeStates:
        """How the draft stands to each required theme, in the order of ``themes``."""
        from gov_writer.checking.themes import ThemeStates

        return ThemeStates(self.draft, self.claims, self.themes)

    def once(self, made: Callable[[Case], _Made]) -> _Made:
        """What ``made`` makes of this case, kept: what the rules of one group look at together is made once."""
        if made not in self._kept:
            self._kept[made] = made(self)
        return cast("_Made", self._kept[made])

    @cached_property
    def lines(self) -> LineIndex:
        return LineIndex(self.draft.text)
