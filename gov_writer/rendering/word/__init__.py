"""A draft as a Word document in the layout of GB/T 9704-2012."""

from gov_writer.rendering.word.build import docx

__all__ = ["docx"]
