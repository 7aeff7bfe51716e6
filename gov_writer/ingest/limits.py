"""How much is read, and the faults of a file that is too much, broken or not what it says.

A work report has 10–50 thousand characters; the limits leave room for a thousand times that and keep
every refusal within a second or two.
"""

from __future__ import annotations

from gov_writer.errors import GovWriterError

#: Bytes of a .txt, .md or .csv file.
TEXT_BYTES = 20 * 1024 * 1024
#: Characters of one line of text: no person writes such a line.
LINE_CHARACTERS = 2_000_000
#: Bytes of a .docx, .xlsx, .pdf, .doc or .wps file.
FILE_BYTES = 200 * 1024 * 1024
#: Cells of a workbook that hold something.
CELLS = 200_000
#: Pages of a .pdf file.
PAGES = 3_000

SUPPORTED = ".txt、.md、.docx、.xlsx、.csv、.pdf（装有 LibreOffice 时还有 .doc、.wps）"


def fault(number: int, what: str, *, where: str, hint: str) -> GovWriterError:
    """``INGEST-number`` with the contract's four parts."""
    return GovWriterError(what, where=where, hint=hint, code=f"INGEST-{number}")


def too_large(name: str, size: int, limit: int) -> GovWriterError:
    """size, limit: in bytes."""
    return fault(
        109,
        f"“{name}”太大，没有读取。",
        where=f"文件有 {size / 1048576:.0f} MB，上限是 {limit / 1048576:.0f} MB。",
        hint="请确认选对了文件；确实需要时，请拆成几个文件。",
    )
