"""The units that a table may name in a heading, a caption or a column of its own."""

from __future__ import annotations

from functools import cache

from gov_writer.lexicon import words


@cache
def _all() -> frozenset[str]:
    return frozenset(words("table_units"))


def known(text: str) -> str | None:
    """The unit that these words name (white space and brackets aside), None if they name none."""
    unit = "".join(text.split()).strip("（）()[]【】")
    if unit in ("万", "亿"):
        return unit
    if unit in _all():
        return "%" if unit == "％" else unit
    if unit[:1] in ("万", "亿") and unit[1:] in _all():
        return unit
    return None
