"""What the stages share about likeness: units, values, subjects, and which fact a claim is about.

Do two figures say the same?  ``units``, ``intervals``, ``values``.  Which fact is a claim about?  ``redating`` first
gives figures below a wrong year the right one; ``pairing`` then runs the passes in order (``equal``, ``in_order``,
``likely`` with ``worth``, ``moved`` and ``alone``, then ``in_time``, ``times``, ``as_of``, ``leftovers``).  What follows from what?  ``derivations`` with ``around``, ``totals``, ``changes``, ``shares``,
``earlier`` among the sources' facts; ``following`` by the draft's own sentence.
"""

from gov_writer.matching.values import Comparison, Verdict, Why, compare, examine

__all__ = ["Comparison", "Verdict", "Why", "compare", "examine"]
