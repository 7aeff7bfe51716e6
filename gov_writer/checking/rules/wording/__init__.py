"""The rules of group TXT, in the order of their codes."""

from gov_writer.checking.rule import Rule
from gov_writer.checking.rules.wording.txt601_placeholder_left import PlaceholderLeft
from gov_writer.checking.rules.wording.txt602_scrape_noise import ScrapeNoise
from gov_writer.checking.rules.wording.txt603_mixed_width_punctuation import MixedWidthPunctuation
from gov_writer.checking.rules.wording.txt604_doubled_character import DoubledCharacter
from gov_writer.checking.rules.wording.txt605_term_drift import TermDrift
from gov_writer.checking.rules.wording.txt606_confusable_word import ConfusableWord
from gov_writer.checking.rules.wording.txt607_unit_style import UnitStyle

RULES: tuple[type[Rule], ...] = (
    PlaceholderLeft,
    ScrapeNoise,
    MixedWidthPunctuation,
    DoubledCharacter,
    TermDrift,
    ConfusableWord,
    UnitStyle,
)
