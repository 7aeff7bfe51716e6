"""``check --fix``: the safe fixes (punctuation and the like, never a figure), written into the file itself."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from pathlib import Path

from gov_writer.cli.output import write_result
from gov_writer.domain import Finding, Source
from gov_writer.errors import GovWriterError
from gov_writer.rendering.repaired import repaired

_TEXT = (".md", ".markdown", ".txt")


def apply(draft: Source, findings: Iterable[Finding]) -> int:
    """Write the safe fixes into the draft's file; how many were made.

    Of overlapping fixes the first is made; a second run makes the next. Raises CALL-150 for a file that is
    no UTF-8 text: what was read is then not what stands in the file.
    """
    text, count = repaired(draft.text, findings)
    if not count:
        return 0
    file = Path(draft.path)
    raw = file.read_bytes() if draft.path != "-" else b""
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    windows = b"\r\n" in raw
    body = raw[len(mark) :].replace(b"\r\n", b"\n")
    if file.suffix.lower() not in _TEXT or body != draft.text.encode("utf-8", "surrogatepass"):
        raise GovWriterError(
            f"“{draft.path}”不能直接修改。",
            hint="--fix 只改 UTF-8 编码的 .md 和 .txt；其他文件请按提示手工修改。",
            code="CALL-150",
        )
    data = text.encode("utf-8", "surrogatepass")
    write_result(mark + (data.replace(b"\n", b"\r\n") if windows else data), draft.path)
    return count
