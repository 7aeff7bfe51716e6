"""Tables of an existing document: the text's typeface, and no wider than the page they stand on."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gov_writer.ooxml import standard
from gov_writer.ooxml.names import W, w, whole
from gov_writer.ooxml.package import parse
from gov_writer.rendering.word import properties, styles

_WIDTH, _KIND, _TABLE, _SECTION = w("w"), w("type"), w("tbl"), w("sectPr")


def lay_out_tables(root: etree._Element) -> None:
    """Tables keep their sizes, weights and sides; those too wide for their page shrink, columns in proportion."""
    fonts = parse(f'<w:x xmlns:w="{W}">{styles.fonts(standard.BODY.font)}</w:x>'.encode(), "", "")[0]
    names = {str(name): str(value) for name, value in fonts.items()}
    for table in root.iter(_TABLE):
        for run in table.iter(w("r")):
            if next(run.iterchildren(w("t")), None) is None:
                continue
            found = properties.of_run(run)
            for old in (*found.findall(w("rFonts")), *found.findall(w("color"))):
                found.remove(old)
            style = found.find(w("rStyle"))
            found.insert(0 if style is None else 1, etree.Element(w("rFonts"), names))
    for table, room in _outermost(root):
        _fit(table, room)


def _outermost(root: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """The body's own tables, each with the width of its section's text, in twips."""
    waiting: list[etree._Element] = []
    for element in root.iter(_TABLE, _SECTION):
        if element.tag == _TABLE:
            if next(element.iterancestors(_TABLE, w("txbxContent")), None) is None:
                waiting.append(element)
            continue
        size, margins = element.find(w("pgSz")), element.find(w("pgMar"))
        room = whole(size.get(_WIDTH)) if size is not None else 0
        if margins is not None:
            room -= sum(whole(margins.get(w(side))) for side in ("left", "right", "gutter"))
        columns = element.find(w("cols"))
        alone = columns is None or whole(columns.get(w("num")), 1) < 2
        yield from ((table, room) for table in waiting if alone)
        waiting = []


def _fit(table: etree._Element, room: int) -> None:
    """Shrink a table of fixed widths that is wider than its page by more than the air in its cells."""
    grid = [whole(column.get(_WIDTH)) for column in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
    total = sum(grid)
    if room < standard.mm(50) or total <= room + standard.mm(5):
        return
    for place in (w("tblGrid"), w("tblPr"), w("tr")):
        for part in table.iterfind(place):
            for width in part.iter(w("gridCol"), w("tblW"), w("tcW")):
                if width.tag == w("gridCol") or width.get(_KIND) == "dxa":
                    width.set(_WIDTH, str(max(whole(width.get(_WIDTH)) * room // total, 1)))
            for indent in part.iterfind(w("tblInd")):
                if whole(indent.get(_WIDTH)) > 0:
                    indent.set(_WIDTH, "0")
