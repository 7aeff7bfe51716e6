"""The vocabulary of gov_writer: frozen types that the stages hand to each other. No behaviour, no I/O."""

from gov_writer.domain.brief import Brief, EngineChoice, Genre, Needs, Theme
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
from gov_writer.domain.fact import COUNTED, DATES, FIGURES, Approx, Fact, Kind, Ledger, Mention, Period
from gov_writer.domain.finding import Coverage, Evidence, Finding, Fix, Link, Report, Severity
from gov_writer.domain.layout import CharacterLook, Layout, PageLook, PageNumber, ParagraphLook
from gov_writer.domain.matrix import Matrix, MatrixCell, MatrixRow
from gov_writer.domain.provenance import Provenance, Written
from gov_writer.domain.source import Answer, Block, BlockKind, Cell, Source, Table

__all__ = [
    "COUNTED",
    "DATES",
    "FIGURES",
    "Answer",
    "Approx",
    "Block",
    "BlockKind",
    "Brief",
    "Cell",
    "CharacterLook",
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
    "Provenance",
    "Report",
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
