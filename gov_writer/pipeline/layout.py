"""A finished .docx in the layout of GB/T 9704, and the text that a file holds."""

from __future__ import annotations

import tempfile
from pathlib import Path

from gov_writer.domain import Source
from gov_writer.errors import GovWriterError
from gov_writer.ingest import read


def laid_out(path: str | Path) -> tuple[bytes, tuple[str, ...]]:
    """A .docx in the layout of GB/T 9704-2012 with the same text, and what to tell the reader.

    Raises GovWriterError CALL-160 for what is no .docx, CALL-161 if the text would change.
    """
    from gov_writer import rendering

    if Path(path).suffix.lower() != ".docx":
        raise GovWriterError(
            f"“{path}”不是 .docx 文件，不能排版。",
            hint="请先用 Word 或 WPS 另存为 .docx。",
            code="CALL-160",
        )
    source: Source = read(str(path))
    data = rendering.relayout(Path(path).read_bytes(), source)
    if text_of(data, "docx") != source.text:
        raise GovWriterError(
            f"“{path}”排版后文字会有变化，没有写出。",
            hint="请用 Word 打开，接受修订并另存一份后再试。",
            code="CALL-161",
        )
    return data, (*source.warnings, *_left(data))


def _left(data: bytes) -> tuple[str, ...]:
    """What the layout could not put right without touching words."""
    layout = _read(data, "docx", with_layout=True).layout
    if layout is None or layout.number is None or not layout.number.among:
        return ()
    words = layout.number.among[:30]
    return (f"页脚里的页码和别的字写在一段里（{words}），没有改动；请把页码从这一段里删去，再排一次版。",)


def text_of(data: bytes, form: str) -> str:
    """The text of a file as ``gov-writer text`` prints it; form: its suffix."""
    return _read(data, form).text


def _read(data: bytes, form: str, *, with_layout: bool = False) -> Source:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"draft.{form}"
        path.write_bytes(data)
        return read(str(path), with_layout=with_layout)
