"""Findings put into the document itself: comments on the characters at fault, safe fixes as tracked changes."""

from gov_writer.rendering.review.write import comments

__all__ = ["comments"]
