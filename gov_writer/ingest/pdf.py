"""PDF files with a text layer: lines joined to paragraphs again, page by page."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gov_writer.domain import Block, BlockKind, Table
from gov_writer.errors import GovWriterError
from gov_writer.ingest import shape
from gov_writer.ingest.content import Content
from gov_writer.ingest.limits import PAGES, fault
from gov_writer.ingest.pdf_tables import LEAST_LINES, MOST_LINES, Cell, Ruled, built, row_text, ruled
from gov_writer.ooxml.package import encrypted, wrong_kind

_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－·\s]*$"
)

_HAN = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])[ \t]+(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])"
)
#: Characters of text on a page at least, on average, for a file to count as one with a text layer.
_LEAST = 4
#: Bytes that one part of a page may unpack to, and those that are not looked at; the largest fonts have 30 MB.
STREAM_BYTES, _SMALL = 64 * 1048576, 64 * 1024
#: Seconds for all pages: a long report takes one or two.
SECONDS = 120
_STREAM = re.compile(rb"stream\r?\n")
_IMAGE = re.compile(rb"/Subtype\s*/Image")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    size: float
    y: float = 0.0  # of its middle, from the page's upper edge


def read_pdf(data: bytes, name: str) -> Content:
    """Read a PDF.  Raises INGEST-116 for a scan, 108 for one with a password, 107 for a broken one."""
    begun = time.monotonic()
    _check_streams(data, name)
    document = _open(data, name)
    try:
        if len(document) > PAGES:
            raise fault(
                109,
                f"“{name}”页数太多，没有读取。",
                where=f"文件有 {len(document)} 页，上限是 {PAGES} 页。",
                hint="请确认选对了文件；确实需要时，请拆成几个文件。",
            )
        pages: list[list[_Line]] = []
        ruled_pages: list[int] = []
        for number in range(len(document)):
            lines, has_rules = _lines(document, number, name)
            pages.append(lines)
            if has_rules:
                ruled_pages.append(number)
            if time.monotonic() - begun > SECONDS:
                raise _too_much(name, f"读了 {SECONDS} 秒，才读到第{number + 1}页。")
    finally:
        document.close()
    characters = sum(len(line.text) for page in pages for line in page)
    if characters < max(1, min(_LEAST * len(pages), 20)):
        raise _scan(name, len(pages))
    empty = [str(number) for number, page in enumerate(pages, 1) if not page]
    warnings: tuple[str, ...] = ()
    if empty:
        warnings = (f"第{'、'.join(empty[:8])}页没有文字层（可能是扫描页），没有读到。",)
    written = _Written()
    for item, number in _paragraphs(_with_tables(data, pages, ruled_pages)):
        if isinstance(item, Ruled):
            written.table(item, number)
        else:
            written.paragraph(item, number)
    return written.content(warnings)


class _Written:
    """The text as it grows, with its blocks and tables."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._found: list[tuple[shape.Piece, str]] = []
        self._at = 0
        self._rows: list[tuple[Sequence[Cell], int, str]] = []
        self._last: Ruled | None = None
        self._count = 0
        self._tables: list[Table] = []

    def paragraph(self, text: str, number: int) -> None:
        self._end_table()
        self._found += [(piece, f"第{number}页") for piece in shape.pieces(text, self._at)]
        self._add(text)

    def table(self, ruled: Ruled, number: int) -> None:
        """A table, or the rest of the one before; a header row that is repeated there is text only."""
        goes_on = self._last is not None and ruled.same_columns(self._last)
        if not goes_on:
            self._end_table()
            self._count += 1
        head = self._rows[0][0] if self._rows else None
        for row_number, row in enumerate(ruled.rows, 1):
            text = row_text(row)
            if not text.strip():
                continue
            locator = f"第{number}页表{self._count}第{row_number}行"
            if not (goes_on and row_number == 1 and row == head):
                self._rows.append((row, self._at, locator))
            end = self._at + len(text)
            self._found.append((shape.Piece(start=self._at, end=end, kind=BlockKind.ROW), locator))
            self._add(text)
        self._last = ruled

    def content(self, warnings: tuple[str, ...]) -> Content:
        self._end_table()
        text = "\n".join(self._parts)
        blocks = tuple(_blocks(text, self._found))
        return Content(text=text, blocks=blocks, tables=tuple(self._tables), warnings=warnings)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._at += len(text) + 1

    def _end_table(self) -> None:
        if self._rows:
            self._tables.append(built(self._rows))
        self._rows, self._last = [], None


def _with_tables(data: bytes, pages: list[list[_Line]], numbers: list[int]) -> list[list[_Line | Ruled]]:
    """The pages with each ruled table in the place of the lines that its cells hold."""
    tables = ruled(data, numbers)
    made: list[list[_Line | Ruled]] = []
    for number, lines in enumerate(pages):
        items: list[_Line | Ruled] = list(lines)
        for table in tables.get(number, ()):
            inside = [n for n in items if isinstance(n, _Line) and n.y and table.holds(n.left + 1, n.y)]
            if inside and table.says([line.text for line in inside]):
                at = items.index(inside[0])
                items[at] = table
                gone = {id(line) for line in inside}
                items = [item for item in items if id(item) not in gone]
        made.append(items)
    return made


def _check_streams(data: bytes, name: str) -> None:
    """Refuse what unpacks to more than any page holds; pictures are not unpacked to read text, so they may."""
    total = 0
    for match in _STREAM.finditer(data):
        end = data.find(b"endstream", match.end())
        begin = data.rfind(b"obj", max(match.start() - 2000, 0), match.start())
        head = data[max(begin, 0) : match.start()]
        if end - match.end() < _SMALL or b"/FlateDecode" not in head or _IMAGE.search(head):
            continue
        unpacked = 0
        unpack = zlib.decompressobj()
        try:
            rest = data[match.end() : end]
            while rest and not unpack.eof and unpacked <= STREAM_BYTES:
                unpacked += len(unpack.decompress(rest, 1 << 20))
                rest = unpack.unconsumed_tail
        except zlib.error:
            continue
        total += unpacked
        if unpacked > STREAM_BYTES or total > 8 * STREAM_BYTES:
            raise _too_much(name, f"其中一部分解开后超过 {STREAM_BYTES // 1048576} MB。")


def _too_much(name: str, where: str) -> GovWriterError:
    return fault(
        114,
        f"“{name}”解开后大得不正常，出于安全没有读取。",
        where=where,
        hint="请用 PDF 阅读软件打开确认，重新导出后再试。",
    )


def _open(data: bytes, name: str) -> Any:
    import pypdfium2  # type: ignore[import-untyped]

    if not data[:1024].lstrip().startswith(b"%PDF-") and b"%PDF-" not in data[:1024]:
        if data.startswith(b"PK"):
            raise wrong_kind(name, " Office 文件", ".docx")
        raise _broken(name)
    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) == 0:
            raise _broken(name)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or (b"/Encrypt" in data and "security" in str(error).lower()):
            raise encrypted(name) from None
        raise _broken(name) from None
    return document


def _broken(name: str) -> GovWriterError:
    return fault(
        107, f"“{name}”不是完好的 PDF 文件，读不出来。", where="", hint="请重新下载或重新导出后再试。"
    )


def _scan(name: str, pages: int) -> GovWriterError:
    return fault(
        116,
        f"“{name}”是扫描件，没有文字层，读不出来。",
        where=f"共 {pages} 页，都是图片。",
        hint="请先用 OCR 软件（如 WPS 的“图片转文字”）转成 Word 文档再试。",
    )


def _lines(document: Any, number: int, name: str) -> tuple[list[_Line], bool]:
    """The page's lines with their left and right edge and height, in points, page numbers left out; and
    whether so many lines are drawn on it that it may hold a table."""
    import pypdfium2

    try:
        page = document[number]
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        raise fault(
            107, f"“{name}”已经损坏，读不出来。", where=f"第{number + 1}页。", hint="请重新导出后再试。"
        ) from None
    try:
        text = textpage.get_text_range()
        found = []
        for match in re.finditer(r"[^\r\n]+", text):
            words = match.group().replace("\ufffe", "").replace("\x00", "")
            words = _HAN.sub("", words).strip()
            if not words:
                continue
            left, right, size, y = _edges(textpage, match.start(), match.end(), text)
            found.append(_Line(words, left, right, size, page.get_height() - y if y else 0.0))
        drawn = sum(1 for _ in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_PATH,), max_depth=2))
    finally:
        textpage.close()
        page.close()
    while found and _PAGE_NUMBER.match(found[-1].text):
        found.pop()
    while found and _PAGE_NUMBER.match(found[0].text):
        found.pop(0)
    return found, LEAST_LINES <= drawn <= MOST_LINES


def _edges(textpage: Any, start: int, end: int, text: str) -> tuple[float, float, float, float]:
    """Left, right, height and the middle's distance from the page's lower edge."""
    import pypdfium2

    while start < end - 1 and text[start].isspace():
        start += 1
    while end - 1 > start and text[end - 1].isspace():
        end -= 1
    try:
        left, bottom, _, top = textpage.get_charbox(start, loose=True)
        right = textpage.get_charbox(end - 1, loose=True)[2]
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        return 0.0, 0.0, 0.0, 0.0
    return left, right, top - bottom, (top + bottom) / 2


def _paragraphs(pages: list[list[_Line | Ruled]]) -> Iterator[tuple[str | Ruled, int]]:
    """Lines joined to paragraphs, and tables, each with the page that it begins on (from 1)."""
    text, begun = "", 0
    before: _Line | None = None
    full = 0.0
    for number, page in enumerate(pages, 1):
        lines = [item for item in page if isinstance(item, _Line)]
        margin = min((line.left for line in lines), default=0.0)
        full = max((line.right for line in lines), default=full)
        for line in page:
            if isinstance(line, Ruled):
                if text:
                    yield text, begun
                text, before = "", None
                yield line, number
                continue
            if before is not None and _runs_on(before, line, margin, full):
                gap = " " if text[-1].isascii() and text[-1].isalnum() and line.text[0].isalpha() and line.text[0].isascii() else ""  # fmt: skip
                text += gap + line.text
            else:
                if text:
                    yield text, begun
                text, begun = line.text, number
            before = line
    if text:
        yield text, begun


def _runs_on(before: _Line, line: _Line, margin: float, full: float) -> bool:
    """Whether ``line`` continues the paragraph of ``before``: that one is full, this one not indented."""
    size = max(before.size, line.size, 6.0)
    if abs(before.size - line.size) > 0.25 * size or shape.level_of(line.text)[0]:
        return False
    indented = line.left > margin + 1.2 * size
    room = full - before.right > 2.2 * size
    if indented:
        return False
    return not room


def _blocks(text: str, found: list[tuple[shape.Piece, str]]) -> Iterator[Block]:
    pieces = shape.settled([piece for piece, _ in found], text)
    titled = len(pieces) > 1 and pieces[0].kind is BlockKind.PARAGRAPH
    titled = titled and shape.is_title(text[pieces[0].start : pieces[0].end])
    for number, (piece, (_, locator)) in enumerate(zip(pieces, found, strict=True)):
        kind = BlockKind.TITLE if titled and number == 0 else piece.kind
        yield Block(start=piece.start, end=piece.end, locator=locator, kind=kind, level=piece.level)
