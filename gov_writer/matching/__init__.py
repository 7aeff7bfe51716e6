"""What the stages share about likeness: units, values, subjects, and which fact a claim is about.

Do two figures say the same?  ``units``, ``intervals``, ``values``; of what they count ``subjects``.

Which fact is a claim about?  ``redating`` first gives figures below a wrong year the right one; ``pairing``
then runs the passes in order over one ``state`` (``contexts`` has the words, ``finding`` the indices):
``equal``, ``in_order``, ``likely`` with ``worth``, ``owners``, ``moved`` and ``alone``, then ``in_row``,
``in_time``, ``times``, ``as_of``, ``leftovers``; ``retold`` facts stand for one another.  ``indicators`` and
``versions`` pair two reports.

What follows from what?  ``derivations`` tries the ``operations`` on the facts ``around`` a claim and the
``groups`` in which they stand: ``totals``, ``totals_told``, ``named_parts``, ``named_rows``, ``across_row``,
``changes``, ``growth_lists``, ``earlier``, ``shares``, as far as words have ``announced`` them; ``following``
computes with the ``terms`` of the draft's own sentence.

Names: ``names`` of all kinds, from ``persons`` and ``entities`` with ``segments`` and ``vocabulary``;
``personal`` data. Passages: ``themes``, ``plans``, ``orders`` to a model, ``quoting`` of fixed expressions,
``near`` duplicates.
"""

from gov_writer.matching.values import Comparison, Verdict, Why, compare, examine

__all__ = ["Comparison", "Verdict", "Why", "compare", "examine"]
