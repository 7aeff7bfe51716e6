"""Draft + ledger -> report. Offline, pure CPU, linear in the text."""

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.run import all_rules, refuse_unknown, run

__all__ = ["Case", "Citation", "Rule", "all_rules", "refuse_unknown", "run"]
