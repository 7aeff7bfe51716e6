"""Files -> sources; briefs and themes files -> what the report is to be."""

from gov_writer.ingest.brief import brief_of, read_brief, read_themes, themes_of
from gov_writer.ingest.periods import parse_period
from gov_writer.ingest.read import from_text, read, read_all

__all__ = [
    "brief_of",
    "from_text",
    "parse_period",
    "read",
    "read_all",
    "read_brief",
    "read_themes",
    "themes_of",
]
