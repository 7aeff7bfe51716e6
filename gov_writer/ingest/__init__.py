"""Files -> sources; briefs and themes files -> what the report is to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gov_writer.ingest.periods import parse_period
from gov_writer.ingest.read import from_text, read, read_all

if TYPE_CHECKING:
    from gov_writer.ingest.archive import Unpacked
    from gov_writer.ingest.brief import brief_of, read_brief, read_themes, themes_of, yaml_of


def unzip(data: bytes, name: str) -> Unpacked:
    """The reports of a .zip by name; see ``archive.unzip``."""
    from gov_writer.ingest.archive import unzip as unpack  # zipfile loads only here

    return unpack(data, name)


__all__ = [
    "brief_of",
    "from_text",
    "parse_period",
    "read",
    "read_all",
    "read_brief",
    "read_themes",
    "themes_of",
    "unzip",
    "yaml_of",
]


def __getattr__(name: str) -> Any:
    """The readers of briefs and themes are imported when one is asked for: most checks have neither."""
    if name in ("brief_of", "read_brief", "read_themes", "themes_of", "yaml_of"):
        from gov_writer.ingest import brief

        return getattr(brief, name)
    raise AttributeError(name)
