"""Text that speaks to a model instead of telling of the street's work (prompt injection)."""

from __future__ import annotations

import re
from functools import cache

from gov_writer import lexicon

_JSON = re.compile(
    r"^\s*(?:[{}\[\]]{1,3}\s*,?\s*$|[{\[]\s*[\"'{\[]|[\"'][^\"'\n]{1,40}[\"']\s*[:：]\s*[\"'\d\[{tfn])"
)
_COMMENT = re.compile(r"<!--|-->|<\s*(?:script|style|iframe)\b", re.IGNORECASE)
_LONGEST = 4000


@cache
def _orders() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row[0]})" for row in lexicon.rows("injection")), re.MULTILINE)


def gives_orders(text: str) -> bool:
    """Whether a text speaks to a model rather than about the street's work; its first 4,000 characters tell."""
    head = text[:_LONGEST]
    return bool(_orders().search(head) or _JSON.match(text) or _COMMENT.search(head))
