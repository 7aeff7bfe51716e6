"""The rules of group FMT, in the order of their codes: the layout of GB/T 9704-2012."""

from gov_writer.checking.rule import Rule
from gov_writer.checking.rules.layout.fmt901_page_setup import PageSetup
from gov_writer.checking.rules.layout.fmt902_heading_style import HeadingStyle
from gov_writer.checking.rules.layout.fmt903_body_style import BodyStyle
from gov_writer.checking.rules.layout.fmt904_page_number import PageNumberStyle
from gov_writer.checking.rules.layout.fmt905_typed_number import TypedNumber

RULES: tuple[type[Rule], ...] = (PageSetup, HeadingStyle, BodyStyle, PageNumberStyle, TypedNumber)
