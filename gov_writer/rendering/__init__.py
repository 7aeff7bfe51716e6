"""Draft -> docx, md, html, txt, json with its trace; findings -> text, json, docx and more (``findings``)."""

from gov_writer.rendering.render import FORMS, render
from gov_writer.rendering.review import comments
from gov_writer.rendering.trace import trace

__all__ = ["FORMS", "comments", "render", "trace"]
