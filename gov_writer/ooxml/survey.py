"""One pass over a part of a document: what each paragraph is, and the text of those that hold nothing but runs.

Long documents are mostly such paragraphs; they are read here, where the parser's own iteration passes over all
that is neither text nor of consequence. Every other paragraph is walked node by node (``walk``).
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from gov_writer.ooxml.names import ALTERNATE, VAL, M, w

_P, _T, _PPR = w("p"), w("t"), w("pPr")
_PSTYLE, _OUTLINE, _NUMPR = w("pStyle"), w("outlineLvl"), w("numPr")
#: What makes a paragraph more than its runs' text: fields, boxes, marks, formulas, tracked deletions and moves, hidden
#: words, and old properties, which name styles of their own.
_SPECIAL = (
    *map(w, ("fldChar", "sdt", "br", "drawing", "pict", "object", "tab", "ptab", "cr", "noBreakHyphen", "sym", "del",
             "moveFrom", "rt", "instrText", "delText", "pPrChange", "rPrChange", "vanish", "txbxContent")),
    ALTERNATE, f"{{{M}}}t", f"{{{M}}}r",
)  # fmt: skip
_MARKS, _ID = (w("commentRangeStart"), w("commentReference")), w("id")
_WANTED = (_P, _T, _PSTYLE, _OUTLINE, _NUMPR, *_MARKS, *_SPECIAL)
_SPACES = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\u2028": " ", "\u2029": " ", "\x85": " "})


@dataclass(slots=True)
class Seen:
    """A paragraph's style, outline level and number (the w:numPr), None where it has none of its own.

    text: None where there is more to it than runs of text.
    """

    style: str | None = None
    outline: str | None = None
    number: etree._Element | None = None
    text: str | None = None


def survey(root: etree._Element) -> tuple[dict[etree._Element, Seen], int]:
    """What is seen of each w:p below root, and the highest id by which comments are referred to there (0: none)."""
    found: dict[etree._Element, Seen] = {}
    highest = 0
    outer: set[etree._Element] = set()  # what holds paragraphs and is in none
    paragraph: etree._Element | None = None
    seen = Seen()
    words: list[str] = []
    plain = False
    for node in root.iter(*_WANTED):
        tag = node.tag
        if tag == _T:
            if plain and (text := node.text):
                words.append(text)
        elif tag == _P:
            _finish(seen, paragraph, words, plain)
            above = node.getparent()
            plain = above in outer
            if not plain and above is not None:
                around = list(above.iterancestors(_P)) if above.tag != _P else [above]
                plain = not around
                if plain:
                    outer.add(above)
                for other in around:  # its text is not in one piece
                    if other in found:
                        _properties(found[other], other)
            seen, paragraph, words = Seen(), node, []
            found[node] = seen
        elif tag == _PSTYLE:
            seen.style = node.get(VAL)
        elif tag == _OUTLINE:
            seen.outline = node.get(VAL, "9")
        elif tag == _NUMPR:
            seen.number = node
        elif tag in _MARKS:
            value = node.get(_ID, "")
            highest = max(
                highest, int(value) if value.isascii() and value.isdigit() and len(value) < 11 else 0
            )
        else:
            plain = False
    _finish(seen, paragraph, words, plain)
    return found, highest


def _finish(seen: Seen, paragraph: etree._Element | None, words: list[str], plain: bool) -> None:
    if plain:
        seen.text = clean("".join(words))
    elif paragraph is not None:
        _properties(seen, paragraph)


def _properties(seen: Seen, element: etree._Element) -> None:
    """As the paragraph's own properties have it."""
    seen.text = seen.style = seen.outline = seen.number = None
    properties = element.find(_PPR)
    if properties is None:
        return
    named, outline = properties.find(_PSTYLE), properties.find(_OUTLINE)
    seen.style = named.get(VAL) if named is not None else None
    seen.outline = outline.get(VAL, "9") if outline is not None else None
    seen.number = properties.find(_NUMPR)


def clean(text: str) -> str:
    """White space of every kind is a blank; character for character."""
    spaced = (
        "\n" in text or "\t" in text or "\r" in text or "\u2028" in text or "\u2029" in text or "\x85" in text
    )
    return text.translate(_SPACES) if spaced else text
