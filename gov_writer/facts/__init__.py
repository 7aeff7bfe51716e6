"""Figures, dates, periods, ranks, labels and placeholders of Chinese reports, and what they count.

Finding them is ``scanning``, by what ``notation`` knows of how they are written; ``grammar`` prints it all as a page.
What they count: ``extract`` reads every source, its prose by ``binding``, its tables by ``tables`` and ``columns``; ``reporting``
tells which period a source is on, ``asides`` what in it is no content.  ``amend`` works in what a clerk corrects.
"""

from gov_writer.facts.amend import amend, struck_with
from gov_writer.facts.extract import extract
from gov_writer.facts.reporting import told_period
from gov_writer.facts.scanning.scan import scan

__all__ = ["amend", "extract", "scan", "struck_with", "told_period"]
