"""Which files are read, by the ending of their name (lower case, with the dot).

Everything that lists, filters or refuses files asks here, so that a file which one door lets in is let in by all.
"""

from __future__ import annotations

TEXTS = (".txt", ".text", ".md", ".markdown")
#: Word files whose findings can become comments in place.
WORD = (".docx", ".docm")
#: Read through LibreOffice where it is installed.
OLD_WORD = (".doc", ".wps")
#: What a report may be.
REPORTS = (*WORD, *OLD_WORD, ".pdf", *TEXTS)
PLAIN_TABLES = (".csv", ".tsv")
WORKBOOKS = (".xlsx", ".xlsm")
#: What a source may be.
READABLE = (*REPORTS, *PLAIN_TABLES, *WORKBOOKS)
#: What a folder named as a source stands for: every kind of document.  Those that can't be read (an .xls)
#: are among them, so that they end in a message and not in silence; pictures and the like are not.
DOCUMENTS = frozenset((*READABLE, ".rtf", ".odt", ".xls", ".et", ".ods", ".ppt", ".pptx", ".ofd"))
