"""Styles as far as reading needs them: heading level, title, list number and hidden text, with inheritance."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from gov_writer.ooxml.names import VAL, on, w, whole

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TOC = re.compile(r"(?:toc|目录)\s*\d?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a style gives its paragraphs or runs.  level: 1–9 for headings, else 0."""

    id: str
    name: str = ""
    level: int = 0
    title: bool = False
    toc: bool = False
    hidden: bool = False
    number: str | None = None
    depth: int | None = None


class Styles:
    """Looks styles up by id; unknown ids are plain."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._found: dict[str, Style] = {}
        self.default: str | None = None
        if root is None:
            return
        for element in root.iter(w("style")):
            identity = element.get(w("styleId"), "")
            self._elements[identity] = element
            default = element.get(w("default"))
            if element.get(w("type")) == "paragraph" and default is not None and on(default):
                self.default = identity

    def element(self, identity: str) -> etree._Element | None:
        """The w:style element, None if there is none of this id."""
        return self._elements.get(identity)

    def chain(self, identity: str | None) -> list[etree._Element]:
        """The style and those it is based on, itself first."""
        found: list[etree._Element] = []
        while identity and identity in self._elements and len(found) < 20:
            element = self._elements[identity]
            if element in found:
                break
            found.append(element)
            base = element.find(w("basedOn"))
            identity = base.get(VAL) if base is not None else None
        return found

    def get(self, identity: str | None) -> Style:
        """The style with what it inherits; the default paragraph style for None."""
        key = identity or self.default or ""
        if key not in self._found:
            self._found[key] = self._resolve(key)
        return self._found[key]

    def _resolve(self, identity: str) -> Style:
        level, number, depth, hidden = 0, None, None, None
        names = []
        for element in self.chain(identity):
            name = element.find(w("name"))
            names.append((name.get(VAL) or "").strip() if name is not None else "")
            outline = element.find(f"{w('pPr')}/{w('outlineLvl')}")
            if outline is not None and not level:
                value = whole(outline.get(VAL), 9)
                level = value + 1 if value < 9 else 0
            heading = _HEADING.match(names[-1])
            if heading and not level:
                level = int(heading.group(1))
            listed = element.find(f"{w('pPr')}/{w('numPr')}")
            if listed is not None and number is None:
                given = listed.find(w("numId"))
                number = given.get(VAL) if given is not None else None
                at = listed.find(w("ilvl"))
                depth = whole(at.get(VAL)) if at is not None else None
            vanish = element.find(f"{w('rPr')}/{w('vanish')}")
            if vanish is not None and hidden is None:
                hidden = on(vanish.get(VAL))
        own = names[0] if names else ""
        return Style(
            id=identity,
            name=own,
            level=level,
            title=own.lower() in ("title", "标题", "公文标题", "文件标题", "大标题"),
            toc=bool(_TOC.match(own)),
            hidden=bool(hidden),
            number=number,
            depth=depth,
        )
