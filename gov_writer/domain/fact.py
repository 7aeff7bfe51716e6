"""Mentions and facts: what ``facts`` hands on. Figures are Decimal, spans half-open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from gov_writer.domain.source import Source


class Kind(StrEnum):
    QUANTITY = "quantity"
    PERCENT = "percent"
    GROWTH = "growth"
    DATE = "date"
    DATE_RANGE = "date_range"
    PERIOD = "period"
    RANK = "rank"
    LABEL = "label"
    PLACEHOLDER = "placeholder"


FIGURES = frozenset({Kind.QUANTITY, Kind.PERCENT, Kind.GROWTH, Kind.RANK})
DATES = frozenset({Kind.DATE, Kind.DATE_RANGE})
TIMES = DATES | {Kind.PERIOD}
#: What coverage and the draft's guarantees count (contract, "facts --format json").
COUNTED = FIGURES | DATES
#: Days beyond which a period is a whole year, and beyond which it is all of a year but some last days.
_WHOLE_YEAR, _YEAR_SO_FAR = 360, 351


class Approx(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more-than"
    AT_LEAST = "at-least"
    LESS_THAN = "less-than"
    AT_MOST = "at-most"
    SEVERAL = "several"
    RANGE = "range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of days, both ends included; None is open or unresolved.  text: as written."""

    text: str
    start: date | None
    end: date | None

    @property
    def days(self) -> int | None:
        """How many days it has; None where an end is open."""
        return None if self.start is None or self.end is None else (self.end - self.start).days + 1

    @property
    def whole_year(self) -> bool:
        """Whether it is a year from end to end, give or take some days; False where an end is open."""
        return (self.days or 0) > _WHOLE_YEAR

    @property
    def year_so_far(self) -> bool:
        """Whether it is a year, or one told up to some day of its last fortnight; False where an end is open."""
        return (self.days or 0) > _YEAR_SO_FAR

    def before(self, other: Period) -> bool:
        """Whether it is over before the other begins; False where that is not known."""
        return self.end is not None and other.start is not None and self.end < other.start

    def apart(self, other: Period) -> bool:
        """Whether the two have no day in common; False where an end of either is open."""
        return None not in (self.days, other.days) and (self.before(other) or other.before(self))

    def within(self, other: Period) -> bool:
        """Whether all its days are the other's too; False where an end of either is open."""
        if self.start is None or self.end is None or other.start is None or other.end is None:
            return False
        return other.start <= self.start <= self.end <= other.end

    def part_of(self, other: Period) -> bool:
        """Whether it lies within the other and is shorter (一月 of 一季度)."""
        return self.within(other) and (self.start, self.end) != (other.start, other.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A number, date, period, rank, label or placeholder as it stands in a text.

    start, end: the whole span, approximator and direction included, in the scanned text.
    core_start, core_end: number and unit alone.
    value, low, high: in the base unit (3.2万份 → 32000; 1.4亿元 → 140000000 元; 2.3% → 2.3);
    a growth that falls is negative; None where there is none, None bound = unbounded.
    unit: the measure word or unit without scale (份, 元, 个百分点); None for kinds without one.
    step: what one unit of the last printed digit is worth (3.2万 → 1000; 8753 → 1; 2.3% → 0.1):
    the tolerance that printed digits allow is half of it.
    basis: 同比, 环比, 较上年, 比年初, 年均, 累计 …, as written; "" if none.
    sub: the finer class, for rules that need it (enumerator, ordinal, money, quoted, year, …).
    date_start, date_end: first and last day of a date, date range or period.
    """

    start: int
    end: int
    text: str
    kind: Kind
    core_start: int
    core_end: int
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    approx: Approx = Approx.EXACT
    unit: str | None = None
    step: Decimal | None = None
    basis: str = ""
    sub: str = ""
    date_start: date | None = None
    date_end: date | None = None

    def as_period(self) -> Period:
        """The days of a date, date range or period; both ends are None for what is none of them."""
        return Period(text=self.text, start=self.date_start, end=self.date_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What a clerk changed of a fact that was read (更正、划去).

    fact: its id.  text: the words typed in the place of the source's, None where the fact was struck.
    by: who; at: when, ISO 8601.  was: the source's own words (filled in by ``facts.amend``).
    """

    fact: str
    text: str | None
    by: str
    at: str
    was: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A mention bound to what it counts, to its period and to its place in a source (事实).

    id: F1, F2, … through all sources in order; labels (only in ``Ledger.mentions``) have none.
    subject: what was counted or measured as a reader would say it (累计排查发现安全隐患).
    actor, scope: who did it, where (街道, 6个社区); "" where the text does not say.
    period: the period it belongs to, None if neither text nor heading tells.
    sentence, clause: the spans around it in the source's text.
    heading: the headings above it, outermost first.
    cell: the index ``(table, cell)`` for a fact of a table, else None.
    planned: the sentence tells what will be done, not what was.
    amended: what a clerk changed of it; None where it stands as the source has it.
    """

    id: str
    source: str
    locator: str
    mention: Mention
    subject: str = ""
    actor: str = ""
    scope: str = ""
    period: Period | None = None
    sentence: tuple[int, int] = (0, 0)
    clause: tuple[int, int] = (0, 0)
    heading: tuple[str, ...] = ()
    cell: tuple[int, int] | None = None
    planned: bool = False
    amended: Amendment | None = None

    @property
    def kind(self) -> Kind:
        return self.mention.kind

    @property
    def text(self) -> str:
        return self.mention.text

    @property
    def start(self) -> int:
        return self.mention.start

    @property
    def end(self) -> int:
        return self.mention.end

    @property
    def value(self) -> Decimal | None:
        return self.mention.value

    @property
    def unit(self) -> str | None:
        return self.mention.unit

    @property
    def counted(self) -> bool:
        """Whether coverage and the draft's guarantees count it."""
        return self.kind in COUNTED


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """All facts of all sources, in source order (事实台账).

    facts: every mention but labels, bound.  labels: the labels by source id, unbound.
    period: the reporting period that relative dates were resolved with; as_of: the reference date.
    struck: facts that a clerk has struck; no draft may use them.
    """

    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    labels: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    period: Period | None = None
    as_of: date | None = None
    struck: tuple[Fact, ...] = ()

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Where each fact stands in ``facts``, by its id."""
        return {fact.id: i for i, fact in enumerate(self.facts)}

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.sources}

    def source(self, source_id: str) -> Source:
        return self._sources[source_id]

    def fact(self, fact_id: str) -> Fact:
        return self.facts[self.index[fact_id]]

    def of(self, source_id: str) -> tuple[Fact, ...]:
        """The facts of one source."""
        return tuple(f for f in self.facts if f.source == source_id)

    def near(self, fact: Fact, reach: int) -> tuple[Fact, ...]:
        """The fact with as many before it and behind it as ``reach`` says, in source order."""
        at = self.index[fact.id]
        return self.facts[max(0, at - reach) : at + reach + 1]

    def together(self, fact: Fact, reach: int) -> tuple[Fact, ...]:
        """Those of ``near`` that stand in the fact's own sentence or row, the fact among them."""
        home = fact.source, fact.sentence
        return tuple(f for f in self.near(fact, reach) if (f.source, f.sentence) == home)

    def column(self, fact: Fact) -> tuple[str, int, int]:
        """Source, table and column of a fact that stands in a table."""
        table, cell = fact.cell or (0, 0)
        return fact.source, table, self.source(fact.source).tables[table].cells[cell].column

    def before(self, fact: Fact, most: int = 1) -> tuple[Fact, ...]:
        """The last facts before one, in source order."""
        at = self.index[fact.id]
        return self.facts[max(0, at - most) : at]

    def after(self, fact: Fact, most: int = 1) -> tuple[Fact, ...]:
        """The next facts behind one, in source order."""
        at = self.index[fact.id]
        return self.facts[at + 1 : at + 1 + most]
