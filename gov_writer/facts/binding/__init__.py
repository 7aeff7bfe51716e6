"""What the figures of running text count, whose they are and when.

``prose`` goes through a source sentence by ``sentence``, whose ``openers`` say what goes on from the one ``above``;
``clauses`` cuts it, ``phrases`` looks for the words before a figure (``placed``, ``leaning``, ``parts``, ``glued``,
``twins``) and ``behind`` it, by the ``wording`` of reports.  ``actors`` and ``governing`` say whose, ``in_turn``
deals out lists told 分别.
"""
