"""A workbook as bytes that hold no time of day, so that the same rows always give the same file."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

#: openpyxl writes when it was saved, whatever one sets.
_SAVED = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def saved(book: Workbook) -> bytes:
    """The workbook as an .xlsx file without the time of saving, in its properties and in the archive."""
    written, out = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _SAVED.sub(b"", content)
            undated = zipfile.ZipInfo(entry.filename, _NO_DATE)
            undated.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(undated, content)
    return out.getvalue()
