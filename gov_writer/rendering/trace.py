"""The trace (溯源): for each figure of the rendered text the fact and the place that it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gov_writer.domain import Amendment, Draft, DraftBlock, Fact, Figure, Ledger


def trace(draft: Draft, ledger: Ledger, text: str) -> dict[str, Any]:
    """The contract's trace.  text: the rendered file as ``gov-writer text`` reads it; spans refer to it.

    A block that the text does not hold word for word (it was changed on the way) is looked for figure by
    figure from where the last block ended.
    """
    figures = []
    cursor = 0
    for block in draft.blocks:
        start = text.find(block.text, cursor)
        for figure in sorted(block.figures, key=lambda f: (f.start, f.end)):
            at = _place(text, block, figure, start, cursor)
            shown = block.text[figure.start : figure.end]
            figures.append(_figure(figure, at, shown, ledger))
            cursor = max(cursor, at + len(shown)) if start < 0 else cursor
        if start >= 0:
            cursor = start + len(block.text)
    return {
        "version": 1,
        "engine": {"name": draft.engine, "model": draft.model, "prompts": dict(draft.prompts)},
        "figures": figures,
        "unused": [
            *({**_shown(ledger.fact(item.fact), ledger), "reason": item.reason} for item in draft.unused),
            *(_struck(fact, ledger) for fact in ledger.struck),
        ],
        "sections": [
            {
                "heading": section.heading,
                "engine": section.engine,
                "attempts": section.attempts,
                "fell_back": section.fell_back,
                **({"rejected": list(section.rejected)} if section.rejected else {}),
            }
            for section in draft.sections
        ],
    }


def _place(text: str, block: DraftBlock, figure: Figure, start: int, cursor: int) -> int:
    if start >= 0:
        return start + figure.start
    return max(text.find(block.text[figure.start : figure.end], cursor), 0)


def _figure(figure: Figure, at: int, shown: str, ledger: Ledger) -> dict[str, Any]:
    entry: dict[str, Any] = {"start": at, "end": at + len(shown), "text": shown, "fact": figure.fact}
    if figure.fact is None:
        typed = {name: correction(note) for name in figure.inputs if (note := ledger.fact(name).amended)}
        found = {**entry, "formula": figure.formula, "inputs": list(figure.inputs)}
        return {**found, "corrections": typed} if typed else found
    fact = ledger.fact(figure.fact)
    found = {**entry, "source": ledger.source(fact.source).path, "locator": fact.locator}
    return {**found, "correction": correction(fact.amended)} if fact.amended else found


def correction(note: Amendment) -> dict[str, Any]:
    """Who typed what in the place of which words of the source, and when."""
    return {"was": note.was, "typed": note.text, "by": note.by, "at": note.at}


def _struck(fact: Fact, ledger: Ledger) -> dict[str, Any]:
    """A fact that a clerk struck: withheld, with who did it."""
    assert fact.amended is not None
    reason = "withheld (struck by the clerk)"
    return {**_shown(fact, ledger), "reason": reason, "correction": correction(fact.amended)}


def _shown(fact: Fact, ledger: Ledger) -> dict[str, Any]:
    path = ledger.source(fact.source).path
    return {"fact": fact.id, "text": fact.text, "source": path, "locator": fact.locator}
