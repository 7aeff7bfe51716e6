"""PDF files with a text layer: lines joined to paragraphs again, page by page."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gov_writer.domain import Block, BlockKind
from gov_writer.errors import GovWriterError
from gov_writer.ingest import shape
from gov_writer.ingest.content import Content
from gov_writer.ingest.limits import PAGES, fault
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
        pages = []
        for number in range(len(document)):
            pages.append(_lines(document, number, name))
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
    parts: list[str] = []
    found: list[tuple[shape.Piece, str]] = []
    at = 0
    for text, page_number in _paragraphs(pages):
        found += [(piece, f"第{page_number}页") for piece in shape.pieces(text, at)]
        parts.append(text)
        at += len(text) + 1
    text = "\n".join(parts)
    return Content(text=text, blocks=tuple(_blocks(text, found)), warnings=warnings)


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


def _lines(document: Any, number: int, name: str) -> list[_Line]:
    """The page's lines with their left and right edge and height, in points; page numbers left out."""
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
            left, right, size = _edges(textpage, match.start(), match.end(), text)
            found.append(_Line(words, left, right, size))
    finally:
        textpage.close()
        page.close()
    while found and _PAGE_NUMBER.match(found[-1].text):
        found.pop()
    while found and _PAGE_NUMBER.match(found[0].text):
        found.pop(0)
    return found


def _edges(textpage: Any, start: int, end: int, text: str) -> tuple[float, float, float]:
    import pypdfium2

    while start < end - 1 and text[start].isspace():
        start += 1
    while end - 1 > start and text[end - 1].isspace():
        end -= 1
    try:
        left, bottom, _, top = textpage.get_charbox(start, loose=True)
        right = textpage.get_charbox(end - 1, loose=True)[2]
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        return 0.0, 0.0, 0.0
    return left, right, top - bottom


def _paragraphs(pages: list[list[_Line]]) -> Iterator[tuple[str, int]]:
    """Lines joined to paragraphs, each with the page that it begins on (from 1)."""
    text, begun = "", 0
    before: _Line | None = None
    full = 0.0
    for number, page in enumerate(pages, 1):
        margin = min((line.left for line in page), default=0.0)
        full = max((line.right for line in page), default=full)
        for line in page:
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
    pieces = shape.settled([piece for piece, _ in found])
    titled = len(pieces) > 1 and pieces[0].kind is BlockKind.PARAGRAPH
    titled = titled and shape.is_title(text[pieces[0].start : pieces[0].end])
    for number, (piece, (_, locator)) in enumerate(zip(pieces, found, strict=True)):
        kind = BlockKind.TITLE if titled and number == 0 else piece.kind
        yield Block(start=piece.start, end=piece.end, locator=locator, kind=kind, level=piece.level)
