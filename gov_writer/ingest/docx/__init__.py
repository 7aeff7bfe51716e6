"""Word documents -> text, blocks and tables."""

from gov_writer.ingest.docx.reader import read_docx

__all__ = ["read_docx"]
