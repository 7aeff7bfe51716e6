"""Draft + ledger -> report. Offline, pure CPU, linear in the text.

``run`` asks the ``rules`` (each a ``rule``) about a ``case``, and ``suppression`` takes back what a person
has answered.  Against the sources: ``rulings`` makes one ``ruling`` for each figure of the one alignment, by
``paired`` or ``unpaired``, and ``swaps``.  They ask the same ``grounds``: ``exempt``, ``listed``, ``structural``,
``row_counts``, ``support``, ``standings``, ``wholes``, ``attribution`` and ``reckoning`` (``other_times``, ``rests``,
``brought_to``, ``moved_rates``).  ``told`` finds the facts left out (``summed_up``, ``mistold``) and ``places``
where they belong; ``evidence`` quotes.  Words: ``known`` names, ``levels``, ``ordinals``, the ``office``'s own
lists, ``themes``.  Structure: ``numbering`` reads the ``series`` of a text, ``forgiven`` excuses slips,
``sections`` has the headings with what stands below.
"""

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.run import all_rules, refuse_unknown, run

__all__ = ["Case", "Citation", "Rule", "all_rules", "refuse_unknown", "run"]
