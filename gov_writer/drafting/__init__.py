"""Outline -> draft: sentences, paragraphs, numbering; every figure keeps the fact it came from.

``compose`` makes the draft; ``prose`` is the builtin writer of a section.  With a model ``model_writer`` is
the engine and ``phrase`` asks for the sections: ``slots`` takes the figures out and puts them back,
``questions`` has the prompts with the ``manner`` of the examples, ``tokens`` mends figures in answers,
``accept`` lets only those sentences stand that say the same (``equivalence``), ``assemble`` joins them with
the notes' own, ``growing`` shows them as they come.  ``again`` writes one section anew, ``reread`` takes up a
draft that a person has edited.
"""

from gov_writer.drafting.compose import Phrase, compose, sections
from gov_writer.drafting.prose import builtin, told
from gov_writer.drafting.reread import reread

__all__ = ["Phrase", "builtin", "compose", "reread", "sections", "told"]
