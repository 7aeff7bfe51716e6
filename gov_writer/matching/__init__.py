"""What the stages share about likeness: units, values, subjects, and which fact a claim is about.

Do two figures say the same?  ``units``, ``intervals``, ``values``; of what they count ``subjects``, whose it is
``owners``.  ``contexts`` has the words around a figure, ``finding`` the indices, ``retold`` the facts that stand for
one another.  With these, ``pairing`` finds the fact that a claim is about, and ``deriving`` what follows from facts.
``naming`` reads names, ``passages`` compares and recognizes whole passages.
"""

from gov_writer.matching.values import Comparison, Verdict, Why, compare, examine

__all__ = ["Comparison", "Verdict", "Why", "compare", "examine"]
