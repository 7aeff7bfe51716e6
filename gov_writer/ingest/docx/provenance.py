"""Provenance read back from a draft made ``--with-sources``: controls, the table of sources, paragraph marks."""

from __future__ import annotations

from lxml import etree

from gov_writer.domain import Provenance, Written
from gov_writer.ooxml.document import Document
from gov_writer.ooxml.names import CONTROL, MARK, SOURCES, VAL, digest, w


def provenance_of(document: Document) -> Provenance | None:
    """None if the document was not written with its sources."""
    root = document.package.root(document.main)
    controls: dict[str, etree._Element] = {}
    table: etree._Element | None = None
    for control in root.iter(w("sdt")):
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        name = tag.get(VAL, "") if tag is not None else ""
        if name == SOURCES:
            table = control
        elif name.startswith(CONTROL):
            controls.setdefault(name.rpartition("#")[2], control)
    if table is None:
        return None
    owners: dict[int, str] = {}
    kept = []  # as long as the elements live, so do their ids
    for number, control in controls.items():
        for run in control.iter(w("r")):
            owners[id(run)] = number
            kept.append(run)
    places: dict[str, tuple[int, int]] = {}
    for stretch in document.stretches:
        number = owners.get(id(stretch.piece.run), "")
        if number:
            start, _ = places.get(number, (stretch.start, 0))
            places[number] = (start, stretch.end)
    return Provenance(figures=tuple(_written(table, places)), untouched=tuple(_untouched(document)))


def _written(table: etree._Element, places: dict[str, tuple[int, int]]) -> list[Written]:
    found = []
    for row in list(table.iter(w("tr")))[1:]:
        cells = ["".join(t.text or "" for t in cell.iter(w("t"))) for cell in row.iter(w("tc"))]
        if len(cells) < 5:
            continue
        number, words, subject, origin, locator = cells[:5]
        fact, _, source = origin.partition(" ") if not origin.startswith("=") else (origin, "", "")
        start, end = places.get(number, (None, None))
        found.append(
            Written(
                words=words, fact=fact, subject=subject, source=source, locator=locator, start=start, end=end
            )
        )
    return found


def _untouched(document: Document) -> list[tuple[int, int]]:
    found = []
    for line in document.lines:
        if line.where != "body" or line.paragraph is None:
            continue
        own = f"_{digest(document.text[line.start : line.end])}"
        for mark in line.paragraph.element.iter(w("bookmarkStart")):
            name = mark.get(w("name"), "")
            if name.startswith(MARK) and name.endswith(own):
                found.append((line.start, line.end))
    return found
