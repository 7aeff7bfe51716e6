"""A draft as a plain .docx: real headings, Chinese fonts, nothing else."""

from __future__ import annotations

import io

from gov_writer.domain import Draft, DraftBlock, DraftBlockKind


def docx(draft: Draft) -> bytes:
    """The draft as a Word file.  The same draft gives the same bytes."""
    import docx as word
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = word.Document()
    for block in draft.blocks:
        paragraph = document.add_paragraph(block.text, style=_style(block))
        if block.kind is DraftBlockKind.TITLE:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif block.kind is DraftBlockKind.SIGNATURE:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _style(block: DraftBlock) -> str:
    if block.kind is DraftBlockKind.TITLE:
        return "Title"
    return f"Heading {block.level}" if block.kind is DraftBlockKind.HEADING else "Normal"
