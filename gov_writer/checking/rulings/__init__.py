"""What becomes of each figure of a draft against its sources.

``each`` makes one ``ruling`` for each figure of the one alignment, by ``paired`` or ``unpaired``, and ``swaps``.
They ask the same ``grounds``: ``exempt``, ``listed``, ``row_counts``, ``support``, ``standings``, ``wholes``,
``attribution`` and ``reckoning`` (``other_times``, ``rests``, ``brought_to``, ``aims``, ``moved_rates``, ``own_changes``).  ``told`` finds the facts
left out (``implied``, ``summed_up``, ``mistold``) and ``places`` where they belong; ``evidence`` quotes.
"""

from gov_writer.checking.rulings.each import Rulings

__all__ = ["Rulings"]
