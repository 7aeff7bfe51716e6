"""The characters that comments were written on."""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from gov_writer.ooxml.document import Document
from gov_writer.ooxml.names import w

_START, _END, _BOX = w("commentRangeStart"), w("commentRangeEnd"), w("txbxContent")
_ID = w("id")


def commented(document: Document, ids: Collection[str]) -> dict[str, tuple[int, int]]:
    """Comment id -> the half-open span of the document's text between its marks.

    A comment that was set at a point, or whose marks have no text between them, is left out. Text boxes that are
    anchored between the marks belong to a comment only if the marks stand in the same box.
    """
    if not ids:
        return {}
    spans: dict[str, tuple[int, int]] = {}
    by_part: dict[str, dict[etree._Element, tuple[int, int]]] = {}
    for stretch in document.stretches:
        if stretch.piece.node is not None:
            by_part.setdefault(stretch.part, {})[stretch.piece.node] = (stretch.start, stretch.end)
    for part, places in by_part.items():
        spans |= _between_marks(document.package.root(part), places, ids)
    return spans


def _between_marks(
    root: etree._Element, places: dict[etree._Element, tuple[int, int]], ids: Collection[str]
) -> dict[str, tuple[int, int]]:
    """places: text node -> its span.  One pass, whatever the number of comments that overlap."""
    if not any(mark.get(_ID) in ids for mark in root.iter(_START)):
        return {}
    read: dict[etree._Element | None, list[tuple[int, int]]] = {}  # text box (None: outside) -> spans so far
    begun: dict[str, tuple[etree._Element | None, int]] = {}
    spans: dict[str, tuple[int, int]] = {}
    for element in root.iter():
        if element in places:
            read.setdefault(_box(element), []).append(places[element])
        elif element.tag == _START and element.get(_ID) in ids:
            box = _box(element)
            begun[element.get(_ID, "")] = (box, len(read.get(box, ())))
        elif element.tag == _END and element.get(_ID) in begun:
            identity = element.get(_ID, "")
            box, first = begun.pop(identity)
            inside = read.get(box, [])
            if len(inside) > first:
                (start, stop), (begin, end) = inside[first], inside[-1]
                spans[identity] = (min(start, begin), max(stop, end))
    return spans


def _box(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(_BOX), None)
