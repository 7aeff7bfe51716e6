"""A draft in the form that the output's name asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gov_writer.errors import GovWriterError

if TYPE_CHECKING:
    from gov_writer.domain import Draft, Ledger

#: What ``OUT`` may end in.
FORMS = ("docx", "md", "html", "txt", "json")


def render(draft: Draft, *, form: str, ledger: Ledger, with_sources: bool = False) -> bytes:
    """The draft as the bytes of a file.  form: one of ``FORMS``.  Raises GovWriterError OUT-103 for another.

    with_sources: a .docx keeps each figure's fact in a content control and ends in the table 数据溯源表.
    """
    if form == "docx":
        from gov_writer.rendering.word import docx

        return docx(draft, ledger, with_sources=with_sources)
    from gov_writer.rendering import plain

    if form == "md":
        return plain.markdown(draft).encode()
    if form == "txt":
        return plain.plain(draft).encode()
    if form == "html":
        return plain.page(draft, ledger).encode()
    if form == "json":
        return plain.as_json(draft, ledger).encode()
    raise GovWriterError(
        f"不能写成“.{form}”格式。",
        hint="输出文件名请以 .docx、.md、.html、.txt 或 .json 结尾。",
        code="OUT-103",
    )
