"""The vocabulary of gov_writer: frozen types that the stages hand to each other. They answer what their own fields tell; no I/O."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gov_writer.domain.brief import Brief, EngineChoice, Genre, Needs, Theme
from gov_writer.domain.fact import (
    COUNTED,
    DATES,
    FIGURES,
    TIMES,
    Amendment,
    Approx,
    Fact,
    Kind,
    Ledger,
    Mention,
    Period,
)
from gov_writer.domain.finding import Coverage, Evidence, Finding, Fix, Link, Report, Severity
from gov_writer.domain.source import Answer, Block, BlockKind, Cell, Source, Table

if TYPE_CHECKING:
    from gov_writer.domain.comparison import ComparedRow, Comparison, PromiseRow, Said
    from gov_writer.domain.draft import (
        Draft,
        DraftBlock,
        DraftBlockKind,
        Figure,
        Opens,
        Outline,
        Section,
        SectionProse,
        SectionTrace,
        Statement,
        Unused,
    )
    from gov_writer.domain.layout import CharacterLook, Layout, PageLook, PageNumber, ParagraphLook
    from gov_writer.domain.matrix import Matrix, MatrixCell, MatrixRow
    from gov_writer.domain.provenance import Provenance, Written

#: What a check of a plain text never meets; making these types takes longer than such a check.
_LATER = {
    "comparison": "ComparedRow Comparison PromiseRow Said",
    "draft": "Draft DraftBlock DraftBlockKind Figure Opens Outline Section SectionProse SectionTrace Statement Unused",
    "layout": "CharacterLook Layout PageLook PageNumber ParagraphLook",
    "matrix": "Matrix MatrixCell MatrixRow",
    "provenance": "Provenance Written",
}


def __getattr__(name: str) -> Any:
    """The types of ``_LATER``, when they are first asked for."""
    for module, names in _LATER.items():
        if name in names.split():
            found = globals()[name] = getattr(import_module(f"gov_writer.domain.{module}"), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "COUNTED",
    "DATES",
    "FIGURES",
    "TIMES",
    "Amendment",
    "Answer",
    "Approx",
    "Block",
    "BlockKind",
    "Brief",
    "Cell",
    "CharacterLook",
    "ComparedRow",
    "Comparison",
    "Coverage",
    "Draft",
    "DraftBlock",
    "DraftBlockKind",
    "EngineChoice",
    "Evidence",
    "Fact",
    "Figure",
    "Finding",
    "Fix",
    "Genre",
    "Kind",
    "Layout",
    "Ledger",
    "Link",
    "Matrix",
    "MatrixCell",
    "MatrixRow",
    "Mention",
    "Needs",
    "Opens",
    "Outline",
    "PageLook",
    "PageNumber",
    "ParagraphLook",
    "Period",
    "PromiseRow",
    "Provenance",
    "Report",
    "Said",
    "Section",
    "SectionProse",
    "SectionTrace",
    "Severity",
    "Source",
    "Statement",
    "Table",
    "Theme",
    "Unused",
    "Written",
]
