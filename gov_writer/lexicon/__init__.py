"""Word lists and tables as data, each with its source in its first lines.

A list is ``data/NAME.tsv``: lines that begin with ``#`` are comments (the first says where the words
come from), empty lines are skipped, columns are separated by tabs. Tables that need structure are
``data/NAME.yaml``. Both are read once per process.
"""

from gov_writer.lexicon.load import counts, rows, structure, words

__all__ = ["counts", "rows", "structure", "words"]
