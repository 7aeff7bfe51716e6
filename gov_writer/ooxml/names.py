"""Namespaces and qualified names of WordprocessingML."""

from __future__ import annotations

import hashlib
from functools import cache

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
#: The same vocabulary under the name that "Strict Open XML" files use.
W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
#: How every XML part begins.
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@cache
def w(name: str) -> str:
    """``{…wordprocessingml…}name``."""
    return f"{{{W}}}{name}"


CHOICE, FALLBACK = f"{{{MC}}}Choice", f"{{{MC}}}Fallback"
ALTERNATE = f"{{{MC}}}AlternateContent"
VAL = w("val")


def whole(value: str | None, default: int = 0) -> int:
    """A number of an attribute, rounded: some programs write 240.0.  ``default`` where there is none, or none so big."""
    try:
        return round(float(value)) if value is not None else default
    except (ValueError, OverflowError):
        return default


def on(value: str | None) -> bool:
    """Whether a toggle's w:val means on; a toggle without w:val is on."""
    return value is None or value not in ("0", "false", "off", "none")


#: Tags of content controls that this program sets: around a figure ``gov-writer:F12#7`` (7: its row in the
#: table of sources; ``gov-writer:=#7`` if it was computed),
#: around the appendix that lists the figures' sources ``gov-writer:sources``, which is no part of the text.
CONTROL = "gov-writer:"
SOURCES = "gov-writer:sources"
#: Hidden bookmarks ``_gw_12_1a2b3c4d`` hold a digest of their paragraph, to tell later whether it was changed.
MARK = "_gw_"


def digest(text: str) -> str:
    """Eight hexadecimal digits of a paragraph's words, white space aside."""
    return hashlib.sha256("".join(text.split()).encode("utf-8", "replace")).hexdigest()[:8]
