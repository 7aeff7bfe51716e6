"""Page numbers of an existing document: — 1 — on the outer side of every page, below what its footers say."""

from __future__ import annotations

from lxml import etree

from gov_writer.ooxml.fields import numbers_only, page_numbers, says_number_only
from gov_writer.ooxml.names import VAL, R, on, w
from gov_writer.ooxml.package import Package, Relation
from gov_writer.rendering.word import parts
from gov_writer.rendering.word.sections import insert_in_section

_ID = f"{{{R}}}id"
_TYPE = w("type")
#: outer: right or left as its page is odd or even; the first page of a later section may be either.
_STYLES = {"odd": "GwNumberOdd", "even": "GwNumberEven", "outer": "GwNumberOuter"}


def number_pages(package: Package, main: str, sections: list[etree._Element], changed: set[str]) -> None:
    """Give every section footers for odd, even and first pages; their words stay."""
    both = _odd_and_even(package, main)
    write = _Footers(package, main, changed)
    parts.footer_styles(package, main, changed)
    parts.odd_and_even(package, main, changed)
    _clear_headers(package, main, changed)
    relations = package.relations(main)
    first_words: str | None = None
    plain = not any(_has_words(package, relation) for relation in relations.values())
    for number, section in enumerate(sections):
        references = {ref.get(_TYPE, "default"): ref for ref in section.findall(w("footerReference"))}
        heads = {ref.get(_TYPE): ref for ref in section.findall(w("headerReference"))}
        if "default" in heads and "even" not in heads and not both:
            even = etree.Element(w("headerReference"), {_TYPE: "even", _ID: heads["default"].get(_ID, "")})
            section.insert(0, even)
        first_differs = section.find(w("titlePg"))
        if plain and first_differs is not None:  # it has nothing to hide but the number
            section.remove(first_differs)
        if number and not references:
            if section.find(w("titlePg")) is not None:
                identity = write.reference(first_words, "outer", shared=True)
                insert_in_section(
                    section, etree.Element(w("footerReference"), {_TYPE: "first", _ID: identity})
                )
            continue
        targets = {}
        for kind, reference in references.items():
            relation = relations.get(reference.get(_ID, ""))
            known = relation is not None and not relation.external and relation.target in package.names
            targets[kind] = relation.target if relation is not None and known else None
            section.remove(reference)
        first_words = targets.get("first", first_words)
        even_words = targets.get("even") if both else targets.get("default")
        for kind, part, side in (
            ("even", even_words, "even"),
            ("default", targets.get("default"), "odd"),
            ("first", targets.get("first"), "outer" if number else "odd"),
        ):
            identity = write.reference(part, side, shared=kind == "even" and not both)
            insert_in_section(section, etree.Element(w("footerReference"), {_TYPE: kind, _ID: identity}))


class _Footers:
    """Writes footers once each, however many sections share them."""

    def __init__(self, package: Package, main: str, changed: set[str]) -> None:
        self._package, self._main, self._changed = package, main, changed
        self._made: dict[tuple[str | None, str], str] = {}

    def reference(self, part: str | None, side: str, *, shared: bool) -> str:
        """The relationship id of a footer with this part's words.  shared: another side needs the part itself."""
        if part is not None and numbers_only(self._package.root(part)):
            part = None
        key = part, side
        if key not in self._made:
            self._made[key] = self._write(part, side, shared=shared)
        return self._made[key]

    def _write(self, part: str | None, side: str, *, shared: bool) -> str:
        package, main, changed = self._package, self._main, self._changed
        if part is None:
            part = parts.add(package, main, "footer", parts.footer(_STYLES[side]), changed)
        else:
            if shared:
                part = parts.add_copy(package, main, "footer", part, changed)
            root = package.root(part)
            changed.add(part)
            _clear(root)
            if not any(True for _ in page_numbers(root)):  # a number within words stays where it is
                root.append(parts.number_paragraph(_STYLES[side]))
        target = part
        return next(key for key, relation in package.relations(main).items() if relation.target == target)


def _clear(root: etree._Element) -> None:
    """Take out paragraphs that say nothing but the page number."""
    for paragraph in list(root.iter(w("p"))):
        above = paragraph.getparent()
        if above is None or not says_number_only(paragraph):
            continue
        if sum(child.tag in (w("p"), w("tbl"), w("sdt")) for child in above) > 1:
            above.remove(paragraph)
        elif above.tag == w("sdtContent"):
            control = above.getparent()
            outer = control.getparent() if control is not None else None
            if control is not None and outer is not None:
                outer.remove(control)
        else:
            for child in list(paragraph):
                if child.tag != w("pPr"):
                    paragraph.remove(child)


def _clear_headers(package: Package, main: str, changed: set[str]) -> None:
    """The number is at the foot of the page; one in a header would be the second."""
    for relation in package.relations(main).values():
        if relation.kind != "header" or relation.external or relation.target not in package.names:
            continue
        root = package.root(relation.target)
        if any(says_number_only(paragraph) for paragraph in root.iter(w("p"))):
            _clear(root)
            if not len(root):
                etree.SubElement(root, w("p"))
            changed.add(relation.target)


def _has_words(package: Package, relation: Relation) -> bool:
    """Whether a header or footer says more than a page number."""
    if relation.kind not in ("header", "footer") or relation.external or relation.target not in package.names:
        return False
    return not numbers_only(package.root(relation.target))


def _odd_and_even(package: Package, main: str) -> bool:
    for relation in package.relations(main).values():
        if relation.kind == "settings" and relation.target in package.names:
            both = package.root(relation.target).find(w("evenAndOddHeaders"))
            return both is not None and on(both.get(VAL))
    return False


__all__ = ["number_pages"]
