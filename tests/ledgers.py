"""Ledgers of single texts, for the tests of what binding finds."""

from __future__ import annotations

from gov_writer import facts, ingest
from gov_writer.domain import Fact, Ledger


def ledger(text: str, name: str = "材料.md", **more: object) -> Ledger:
    return facts.extract([ingest.from_text(name, text)], **more)  # type: ignore[arg-type]


def by_text(found: Ledger) -> dict[str, Fact]:
    return {fact.text: fact for fact in found.facts}
