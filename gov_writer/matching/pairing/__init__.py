"""Which fact is a claim about?

``redating`` first gives figures below a wrong year the right one.  ``passes`` then runs the passes in order over
one ``state``: ``equal``, ``in_order``, ``likely`` with ``worth``, ``moved`` and ``alone``, then ``in_row``,
``in_time``, ``times``, ``as_of``, ``leftovers``.  ``indicators`` pairs two reports by what they count,
``versions`` two versions of one draft.
"""

from gov_writer.matching.pairing.passes import SURE, Alignment, Pair, align

__all__ = ["SURE", "Alignment", "Pair", "align"]
