"""The stages in order.

A check:  ``prepare`` reads draft and sources and extracts their figures  (ingest, facts)
          → ``examine`` runs the rules  (checking)  → ``show`` puts the report in a form  (rendering).
A draft:  ``request`` reads brief and sources  (ingest)  → ``planned`` extracts and chooses  (facts, outline)
          → ``draft`` writes, with a model's phrases or without  (drafting)  → ``own_case`` checks what was written
          → ``render`` makes the file and its trace  (rendering).

``checks`` has the first, ``drafts`` the second, ``doubts`` the checker's word on a model's sentences, ``layout``
what becomes of a finished .docx.  Stages never import each other: what needs two of them stands here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gov_writer.pipeline.checks import case_of, examine, facts, prepare, raise_first, show

if TYPE_CHECKING:
    from gov_writer.pipeline.doubts import second_opinion
    from gov_writer.pipeline.drafts import (
        Drafted,
        Phrase,
        Request,
        draft,
        own_case,
        planned,
        read_facts,
        render,
        request,
        writer_for,
    )
    from gov_writer.pipeline.layout import laid_out

#: What a check needs not; a draft is slow enough to wait for it.
_LATER = {
    "drafts": "Drafted Phrase Request draft own_case planned read_facts render request writer_for",
    "doubts": "second_opinion",
    "layout": "laid_out",
}


def __getattr__(name: str) -> Any:
    """The verbs of ``_LATER``, when they are first asked for."""
    for module, names in _LATER.items():
        if name in names.split():
            found = globals()[name] = getattr(import_module(f"gov_writer.pipeline.{module}"), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Drafted",
    "Phrase",
    "Request",
    "case_of",
    "draft",
    "examine",
    "facts",
    "laid_out",
    "own_case",
    "planned",
    "prepare",
    "raise_first",
    "read_facts",
    "render",
    "request",
    "second_opinion",
    "show",
    "writer_for",
]
