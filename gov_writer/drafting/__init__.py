"""Outline -> draft: sentences, paragraphs, numbering; every figure keeps the fact it came from."""

from gov_writer.drafting.compose import Phrase, compose, sections
from gov_writer.drafting.prose import builtin, told
from gov_writer.drafting.reread import reread

__all__ = ["Phrase", "builtin", "compose", "reread", "sections", "told"]
