"""Files -> sources; briefs and themes files -> what the report is to be."""

from gov_writer.ingest.brief import brief_of, read_brief, read_themes, themes_of
from gov_writer.ingest.periods import parse_period

__all__ = ["brief_of", "parse_period", "read_brief", "read_themes", "themes_of"]
