"""Where the sources have what a draft tells: the quotations under a finding, and the links of supported figures."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.rulings.ruling import Ruling
from gov_writer.domain import Evidence, Fact, Ledger, Link


class Quotations:
    """Quotes the sources of one ledger."""

    def __init__(self, against: Ledger) -> None:
        self._against = against

    def of(self, *facts: Fact) -> tuple[Evidence, ...]:
        """The source sentences of facts, shortened around the figure."""
        return tuple(self._quote(fact) for fact in facts)

    def _quote(self, fact: Fact, reach: int = 60) -> Evidence:
        source = self._against.source(fact.source)
        start, end = fact.sentence if fact.sentence != (0, 0) else (fact.start, fact.end)
        start, end = max(start, fact.start - reach), min(max(end, fact.end), fact.end + reach)
        words = " ".join(source.text[start:end].split())
        return Evidence(source=source.path, locator=fact.locator, text=words)

    def links(self, rulings: Iterable[Ruling]) -> tuple[Link, ...]:
        """The supported figures with their sources, in text order."""
        found = []
        for ruling in rulings:
            claim, derivation = ruling.claim, ruling.derivation
            if not ruling.supported or (ruling.pair is None and derivation is None):
                continue
            facts = derivation.inputs if derivation is not None else ()
            if ruling.pair is not None and derivation is None:
                facts = (ruling.pair.fact,)
            formula = derivation.formula if derivation is not None else ""
            found.append(Link(start=claim.start, end=claim.end, evidence=self.of(*facts), formula=formula))
        return tuple(sorted(found, key=lambda link: link.start))
