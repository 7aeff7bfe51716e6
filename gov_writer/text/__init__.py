"""Text positions and views: lines and columns, sentences, and texts that map back to their original."""

from gov_writer.text.mapped import MappedText
from gov_writer.text.positions import LineIndex
from gov_writer.text.sentences import clauses, sentences

__all__ = ["LineIndex", "MappedText", "clauses", "sentences"]
