"""Draft -> docx, md, html, txt, json with its trace; findings -> text, json, docx and more (``findings``)."""

from gov_writer.domain import Report, Source
from gov_writer.rendering.render import FORMS, render
from gov_writer.rendering.repaired import repaired
from gov_writer.rendering.review import comments
from gov_writer.rendering.trace import trace


def relayout(data: bytes, source: Source) -> bytes:
    """A .docx laid out by GB/T 9704-2012.  source: that file as read; its text stays as it is."""
    from gov_writer.rendering.word.relayout import relayout as lay_out  # lxml loads only here

    return lay_out(data, source)


def as_word(source: Source, report: Report) -> tuple[bytes, Report]:
    """A draft that is no Word file as a .docx, and its report with the spans of that file."""
    from gov_writer.rendering.review import typed

    return typed.as_word(source, report)


__all__ = ["FORMS", "as_word", "comments", "relayout", "render", "repaired", "trace"]
