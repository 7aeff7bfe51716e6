"""The rules of group REC that hold a report against last year's.  They speak only when the case has one."""

from gov_writer.checking.rule import Rule
from gov_writer.checking.rules.comparing.rec955_figure_not_updated import FigureNotUpdated
from gov_writer.checking.rules.comparing.rec956_growth_against_last_year import GrowthAgainstLastYear
from gov_writer.checking.rules.comparing.rec957_last_year_misquoted import LastYearMisquoted
from gov_writer.checking.rules.comparing.rec958_promise_not_mentioned import PromiseNotMentioned
from gov_writer.checking.rules.comparing.rec959_promise_missed import PromiseMissed
from gov_writer.checking.rules.comparing.rec960_old_text_left import OldTextLeft

RULES: tuple[type[Rule], ...] = (
    FigureNotUpdated,
    GrowthAgainstLastYear,
    LastYearMisquoted,
    PromiseNotMentioned,
    PromiseMissed,
    OldTextLeft,
)
