"""The rules of group DAT, in the order of their codes."""

from gov_writer.checking.rule import Rule
from gov_writer.checking.rules.dates.dat301_impossible_date import ImpossibleDate
from gov_writer.checking.rules.dates.dat302_weekday_mismatch import WeekdayMismatch
from gov_writer.checking.rules.dates.dat303_reversed_range import ReversedRange
from gov_writer.checking.rules.dates.dat304_outside_period import OutsidePeriod
from gov_writer.checking.rules.dates.dat305_future_as_done import FutureAsDone
from gov_writer.checking.rules.dates.dat306_duration_mismatch import DurationMismatch
from gov_writer.checking.rules.dates.dat307_stale_year import StaleYear

RULES: tuple[type[Rule], ...] = (
    ImpossibleDate,
    WeekdayMismatch,
    ReversedRange,
    OutsidePeriod,
    FutureAsDone,
    DurationMismatch,
    StaleYear,
)
