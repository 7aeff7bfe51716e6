"""Figures, dates, periods, ranks, labels and placeholders of Chinese reports, and what they count.

Finding them: ``scan`` goes over a text with ``scan_numbers``, ``scan_times``, ``scan_ranks`` and
``scan_words``; a find is a ``piece`` until ``lists``, ``twins`` and ranges are settled.  How they are
written: ``forms``, ``numerals``, ``fractions``, ``units``, ``measures``, ``names``, ``place``, ``approximators``,
``directions``, ``surroundings``, ``bare``, ``glued``, ``periods``, ``time_words``, ``calendar``, ``timeline``, ``ranks``,
``labels``, ``placeholders``; ``grammar`` prints it all as a page.

What they count: ``extract`` reads every source; ``binding`` goes through its prose sentence by sentence
(``sentence``, ``clauses``, ``phrases``, ``placed``, ``wording``, ``openers``, ``actors``, ``governing``,
``leaning``, ``parts``, ``in_turn``, ``above``, ``behind``, ``captions``), ``tables`` through its tables;
``reporting`` tells which period a source is on.  ``amend`` works in what a clerk corrects.
"""

from gov_writer.facts.amend import amend, struck_with
from gov_writer.facts.extract import extract
from gov_writer.facts.reporting import told_period
from gov_writer.facts.scan import scan

__all__ = ["amend", "extract", "scan", "struck_with", "told_period"]
