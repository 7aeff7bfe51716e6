"""Figures, dates, periods, ranks, labels and placeholders of Chinese reports, and what they count."""

from gov_writer.facts.amend import amend, struck_with
from gov_writer.facts.extract import extract
from gov_writer.facts.reporting import told_period
from gov_writer.facts.scan import scan

__all__ = ["amend", "extract", "scan", "struck_with", "told_period"]
