"""FIG: figures and dates against the sources."""

from gov_writer.checking.rule import Rule

RULES: tuple[type[Rule], ...] = ()
