"""Which texts are versions of one document: those with the same title line, and those that a person put together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from gov_writer.service.store import Recent, Store

#: A title line beyond this is no title.
TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A document that there is.  mark: see ``document_of``."""

    mark: str
    title: str


def title_of(text: str) -> str:
    """The first line that says something."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:TITLE]


def document_of(text: str) -> str:
    """What stays the same over a document's versions: its title line."""
    return sha("".join(title_of(text).split()))


def sha(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def of(row: Recent, same: dict[tuple[str, str], str]) -> str:
    """The mark of the document that a job is a version of.  same: as the store has it."""
    mark = document_of(row.title)
    return same.get((row.unit, mark), mark)


def others(store: Store, document: str, *, limit: int = 60) -> list[Known]:
    """The own unit's other documents, the latest first; for the choice of what a text is a version of."""
    same, unit = store.same(), store.unit
    mine = same.get((unit, document), document)
    found: dict[str, Known] = {}
    for row in store.recent(300):
        mark = of(row, same)
        if row.unit == unit and row.kind in ("check", "draft") and row.title and mark != mine:
            found.setdefault(mark, Known(mark=mark, title=row.title))
    return list(found.values())[:limit]
