"""One file to one ``Source``: which reader, and the faults that come before any reader."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from gov_writer.domain import Source
from gov_writer.errors import GovWriterError, os_reason
from gov_writer.ingest import classified, csv_, decode, endings, plain
from gov_writer.ingest.content import Content
from gov_writer.ingest.limits import FILE_BYTES, SUPPORTED, TEXT_BYTES, fault, too_large

Reader = Callable[[bytes, str], Content]


def read(
    path: str | Path, *, id: str = "S1", shown_as: str | None = None, with_layout: bool = False
) -> Source:
    """Read one file.  path: ``-`` is standard input.  id: S1, S2, …

    shown_as: the name in messages and in ``Source.path`` (the path as given if None).
    with_layout: fill ``Source.layout`` of a .docx too (a draft to be checked; it takes a little longer).
    Raises GovWriterError INGEST-nnn for whatever can't be read.
    """
    name = shown_as if shown_as is not None else str(path)
    if str(path) == "-":
        data, suffix = _standard_input(), ""
        name = shown_as if shown_as is not None else "-"
    else:
        file = Path(path)
        suffix = file.suffix.lower()
        data = _bytes(file, name, TEXT_BYTES if suffix in _PLAIN else FILE_BYTES)
    reader = _reader(suffix, data, name)
    content = _content(_docx_with_layout if with_layout and reader is _docx else reader, data, name)
    return _source(content, hashlib.sha256(data).hexdigest(), name, id)


def read_all(paths: Iterable[str | Path]) -> tuple[tuple[Source, ...], tuple[GovWriterError, ...]]:
    """Read what can be read: the sources, numbered S1, S2, … by their place in ``paths``, and the faults."""
    sources: list[Source] = []
    faults: list[GovWriterError] = []
    for number, path in enumerate(paths, 1):
        try:
            sources.append(read(path, id=f"S{number}"))
        except GovWriterError as error:
            faults.append(error)
    return tuple(sources), tuple(faults)


def from_text(name: str, text: str, *, id: str = "S1") -> Source:
    """A source from text that is there already (the service, tests); ``name`` says md, csv or txt."""
    if len(text) > TEXT_BYTES:
        raise too_large(name, len(text), TEXT_BYTES)
    content = _of_text(decode.normal(text, name), name, Path(name).suffix.lower())
    return _source(content, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), name, id)


def _content(reader: Reader, data: bytes, name: str) -> Content:
    """What the reader finds.  A file that trips a parser in a way nobody foresaw is a broken file."""
    try:
        return reader(data, name)
    except GovWriterError:
        raise
    except Exception as error:
        raise fault(
            119,
            f"“{name}”读不出来，可能已经损坏。",
            where=f"读到一半出错（{type(error).__name__}）。",
            hint="请用 Word、Excel 或 WPS 打开并另存一份再试。",
        ) from error


def _source(content: Content, digest: str, name: str, id: str) -> Source:
    if not content.text.strip():
        raise _empty(name)
    return Source(
        id=id,
        path=name,
        sha256=digest,
        text=content.text,
        blocks=content.blocks,
        tables=content.tables,
        classified=classified.mark(content.text, content.heads),
        secret=classified.secret(content.text, content.blocks, content.heads),
        warnings=content.warnings,
        answers=content.answers,
        layout=content.layout,
        provenance=content.provenance,
    )


def _of_text(text: str, name: str, suffix: str) -> Content:
    if suffix in (".csv", ".tsv"):
        text, blocks, tables = csv_.read(text, name)
        return Content(text=text, blocks=blocks, tables=tables)
    blocks, tables = plain.blocks(text, markdown=suffix in (".md", ".markdown"))
    return Content(text=text, blocks=blocks, tables=tables)


def _text(suffix: str) -> Reader:
    return lambda data, name: _of_text(decode.decode(data, name), name, suffix)


def _docx(data: bytes, name: str) -> Content:
    from gov_writer.ingest.docx import read_docx

    return read_docx(data, name)


def _docx_with_layout(data: bytes, name: str) -> Content:
    from gov_writer.ingest.docx import read_docx

    return read_docx(data, name, with_layout=True)


def _xlsx(data: bytes, name: str) -> Content:
    from gov_writer.ingest.xlsx import read_xlsx

    return read_xlsx(data, name)


def _pdf(data: bytes, name: str) -> Content:
    from gov_writer.ingest.pdf import read_pdf

    return read_pdf(data, name)


def _office(data: bytes, name: str) -> Content:
    from gov_writer.ingest.office import read_office

    return read_office(data, name)


_PLAIN = (*endings.TEXTS, *endings.PLAIN_TABLES)
_READERS: dict[str, Reader] = {
    **{ending: _text(ending) for ending in _PLAIN},
    **dict.fromkeys(endings.WORD, _docx),
    **dict.fromkeys(endings.WORKBOOKS, _xlsx),
    **dict.fromkeys(endings.OLD_WORD, _office),
    ".pdf": _pdf,
}
_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"


def _reader(suffix: str, data: bytes, name: str) -> Reader:
    if not data.strip(b"\x00 \t\r\n"):
        raise _empty(name)
    if not suffix:
        return _by_content(data)
    reader = _READERS.get(suffix)
    if reader is None:
        raise fault(
            104,
            f"不会读“{name}”这种文件。",
            where=f"扩展名是 {suffix}。",
            hint=_save_as(suffix),
        )
    return reader


def _save_as(suffix: str) -> str:
    if suffix in (".xls", ".et"):
        return "请用 Excel 或 WPS 另存为 .xlsx 后再试。"
    if suffix in (".rtf", ".odt", ".html", ".htm", ".ofd"):
        return "请用 Word 或 WPS 另存为 .docx 后再试。"
    return f"请另存为以下格式之一再试：{SUPPORTED}。"


def _by_content(data: bytes) -> Reader:
    """Standard input and files without an extension."""
    if data.startswith(_ZIP):
        return _xlsx if b"xl/workbook.xml" in data else _docx
    if data.startswith(_PDF):
        return _pdf
    return _office if data.startswith(_OLE) else _READERS[".txt"]


def _standard_input() -> bytes:
    try:
        data = sys.stdin.buffer.read(FILE_BYTES + 1)
    except OSError:
        raise fault(
            103,
            "标准输入读不出。",
            where="它是关闭的，或者不是文件。",
            hint="请写明文件名，或检查命令前面的 < 和 |。",
        ) from None
    if len(data) > FILE_BYTES:
        raise too_large("-", len(data), FILE_BYTES)
    return data


def _bytes(file: Path, name: str, limit: int) -> bytes:
    if not name.strip():
        raise fault(101, "文件名是空的。", where="", hint="请写明要读的文件。")
    try:
        if file.is_dir():
            raise fault(
                102, f"“{name}”是文件夹，不是文件。", where="", hint="请给出文件夹里的文件，如 目录/*.md。"
            )
        if not file.exists():
            raise fault(
                101,
                f"找不到文件“{name}”。",
                where=f"当前目录是 {Path.cwd()}。",
                hint="请检查路径和扩展名；文件名有空格时请加引号。",
            )
        if not file.is_file():
            raise fault(102, f"“{name}”不是普通文件。", where="", hint="请给出磁盘上的文件。")
        size = file.stat().st_size
        if size > limit:
            raise too_large(name, size, limit)
        with file.open("rb") as stream:
            return stream.read(limit + 1)[:limit]
    except PermissionError:
        raise fault(
            103, f"没有权限读取“{name}”。", where="", hint="请检查文件权限，或把文件复制到自己的目录后再试。"
        ) from None
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        raise fault(
            103, f"无法打开“{name}”。", where=f"系统的说法：{reason}。", hint="请检查路径和磁盘。"
        ) from None


def _empty(name: str) -> GovWriterError:
    return fault(105, f"“{name}”是空的，没有文字。", where="", hint="请确认内容已经保存，再试一次。")
