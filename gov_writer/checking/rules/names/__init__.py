"""The rules of group ENT, in the order of their codes."""

from gov_writer.checking.rule import Rule
from gov_writer.checking.rules.names.ent701_unsourced_name import UnsourcedName
from gov_writer.checking.rules.names.ent702_example_leak import ExampleLeak

RULES: tuple[type[Rule], ...] = (UnsourcedName, ExampleLeak)
