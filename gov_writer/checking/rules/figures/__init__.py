"""The rules of group FIG, in the order of their codes."""

from gov_writer.checking.rule import Rule

RULES: tuple[type[Rule], ...] = ()
