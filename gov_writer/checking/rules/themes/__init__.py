"""The rules of group THM, in the order of their codes."""

from gov_writer.checking.rule import Rule
from gov_writer.checking.rules.themes.thm401_missing_theme import MissingTheme
from gov_writer.checking.rules.themes.thm402_theme_in_name_only import ThemeInNameOnly
from gov_writer.checking.rules.themes.thm403_misquoted_expression import MisquotedExpression
from gov_writer.checking.rules.themes.thm404_theme_in_wrong_section import ThemeInWrongSection

RULES: tuple[type[Rule], ...] = (MissingTheme, ThemeInNameOnly, MisquotedExpression, ThemeInWrongSection)
