"""Findings put into the document itself: comments on the characters at fault, safe fixes as tracked changes."""

from __future__ import annotations

from datetime import datetime

from gov_writer.domain import Report


def comments(data: bytes, report: Report, *, date: datetime | None = None) -> bytes:
    """The .docx with a comment for each finding that has none yet, and safe fixes as tracked changes.

    report: of this very file (its spans refer to the text as read).  date: now if None.
    Findings that an earlier run reported, and comments that people answered, stay as they are.
    """
    from gov_writer.rendering.review import write  # lxml loads only here

    return write.comments(data, report, date=date)


__all__ = ["comments"]
