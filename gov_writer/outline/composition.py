"""What the genres consist of: their parts, headings, openings and closings."""

from __future__ import annotations

from typing import Any

from gov_writer import lexicon


def genres() -> dict[str, Any]:
    """``lexicon/data/genres.yaml``."""
    data: dict[str, Any] = lexicon.structure("genres")
    return data


def all_parts() -> tuple[dict[str, str], ...]:
    """The names of the parts, those that one genre words its own way included."""
    data = genres()
    own = (names for genre in data["genres"].values() for names in genre.get("parts", {}).values())
    return (*data["parts"].values(), *own)
