"""What follows from what: sums, differences, growths, shares, averages, durations.

``derivations`` tries the ``operations`` on the facts ``around`` a claim and the ``groups`` in which they stand:
``totals``, ``totals_told``, ``named_parts``, ``named_rows``, ``across_row``, ``changes``, ``growth_lists``,
``earlier``, ``shares``, as far as words have ``announced`` them.  ``following`` computes with the ``terms`` of the
draft's own sentence.
"""
