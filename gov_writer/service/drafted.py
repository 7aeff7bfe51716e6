"""A draft's blocks as they are kept in the database."""

from __future__ import annotations

from typing import Any

from gov_writer.domain import Draft, DraftBlock, DraftBlockKind, Figure


def dump(draft: Draft) -> list[dict[str, Any]]:
    """Blocks and figures as plain data."""
    return [
        {
            "kind": str(block.kind),
            "text": block.text,
            "level": block.level,
            "figures": [[f.start, f.end, f.fact, f.formula, list(f.inputs)] for f in block.figures],
        }
        for block in draft.blocks
    ]


def load(blocks: list[dict[str, Any]]) -> Draft:
    """The draft again, without its trace."""
    return Draft(blocks=tuple(_block(block) for block in blocks))


def _block(data: dict[str, Any]) -> DraftBlock:
    figures = (
        Figure(start=start, end=end, fact=fact, formula=formula, inputs=tuple(inputs))
        for start, end, fact, formula, inputs in data["figures"]
    )
    kind = DraftBlockKind(data["kind"])
    return DraftBlock(kind=kind, text=data["text"], level=data["level"], figures=tuple(figures))
