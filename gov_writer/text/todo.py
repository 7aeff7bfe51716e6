"""【待补：…】, the mark for what the sources don't say: how it is written and found again."""

from __future__ import annotations

from gov_writer.text.lazy import lazy

#: However long the theme's name is; a second 【 ends it, so that a row of them is read once.
TODO = lazy(r"【待补[^【】\n]*】")


def todo(what: str) -> str:
    """The mark that asks for ``what``."""
    return f"【待补：{what}】"
