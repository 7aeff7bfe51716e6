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
    return data, source.warnings


def text_of(data: bytes, form: str) -> str:
    """The text of a file as ``gov-writer text`` prints it; form: its suffix."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"draft.{form}"
        path.write_bytes(data)
        source: Source = read(str(path))
        return source.text
