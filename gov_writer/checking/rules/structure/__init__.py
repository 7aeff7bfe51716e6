"""The rules of group STR, in the order of their codes."""

from gov_writer.checking.rule import Rule
from gov_writer.checking.rules.structure.str501_numbering_broken import NumberingBroken
from gov_writer.checking.rules.structure.str502_level_skipped import LevelSkipped
from gov_writer.checking.rules.structure.str503_promised_count import PromisedCount
from gov_writer.checking.rules.structure.str504_empty_section import EmptySection
from gov_writer.checking.rules.structure.str505_repeated_passage import RepeatedPassage

RULES: tuple[type[Rule], ...] = (NumberingBroken, LevelSkipped, PromisedCount, EmptySection, RepeatedPassage)
