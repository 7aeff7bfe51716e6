"""Draft + ledger -> report. Offline, pure CPU, linear in the text.

``run`` asks the ``rules`` (each a ``rule``) about a ``case``, and ``suppression`` takes back what a person
has answered.  What becomes of each figure against the sources is decided once, in ``rulings``; the rules show it.
Words: ``known`` names, ``levels``, ``ordinals``, the ``office``'s own lists, ``themes``; ``structural`` figures count
the text itself.  Structure: ``numbering`` reads the ``series`` of a text, ``forgiven`` excuses slips, ``sections`` has
the headings with what stands below.
"""

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.run import all_rules, refuse_unknown, run

__all__ = ["Case", "Citation", "Rule", "all_rules", "refuse_unknown", "run"]
