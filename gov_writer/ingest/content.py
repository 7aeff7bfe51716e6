"""What a reader hands to ``read``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gov_writer.domain import Answer, Block, Table

if TYPE_CHECKING:
    from gov_writer.domain import Layout, Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A file's text, its blocks and tables.

    heads: what stands at the head of every page (a document's headers), where marks of secrecy stand.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    warnings: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    layout: Layout | None = None
    provenance: Provenance | None = None
