"""How paragraphs and runs look once styles, defaults, themes and direct formatting are put together.

ECMA-376 part 1, 17.7.2: document defaults, then the style chain from its base up, then direct properties.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from gov_writer.ooxml.names import VAL, on, w, whole
from gov_writer.ooxml.package import Package
from gov_writer.ooxml.styles import Styles

_P, _R, _T = w("p"), w("r"), w("t")
_RPR, _PPR, _PSTYLE, _RSTYLE = w("rPr"), w("pPr"), w("pStyle"), w("rStyle")
_JC, _IND, _SPACING = w("jc"), w("ind"), w("spacing")
_FONTS, _SIZE, _BOLD = w("rFonts"), w("sz"), w("b")
_TABS = w("tabs")
_OF_BLOCKS = frozenset((_JC, _IND, _SPACING))
_OF_RUNS = frozenset((_SIZE, _BOLD, _SPACING, _RSTYLE))
#: What tells a run's look, as far as it matters.
Key = tuple[object, ...]
#: The length of a text, its run's key, and a run of that key.
Text = tuple[int, Key, etree._Element]
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLook:
    """font: of East Asian characters.  size: half points.  spacing: twips."""

    font: str = ""
    size: int = 20
    bold: bool = False
    spacing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLook:
    """align: w:jc.  first, first_chars: first-line indent in twips and in hundredths of a character.

    tab: the first tab stop in twips, 0 if none is set.
    """

    align: str = "left"
    first: int = 0
    first_chars: int | None = None
    line: int = 240
    rule: str = "auto"
    tab: int = 0

    def indent(self, size: int) -> int:
        """The first line's indent in hundredths of a character of ``size`` half points."""
        if self.first_chars:
            return self.first_chars
        return round(self.first * 100 / (size * 10)) if size else 0


class Looks:
    """Resolves looks; styles are resolved once each."""

    def __init__(self, styles: Styles, defaults: etree._Element | None, theme: etree._Element | None) -> None:
        self._styles = styles
        self._theme = _theme_fonts(theme)
        self._runs: dict[str | None, RunLook] = {}
        self._blocks: dict[str | None, BlockLook] = {}
        self._found: dict[tuple[int, tuple[object, ...]], RunLook] = {}
        self._same: dict[RunLook, RunLook] = {}
        self._paragraphs: dict[tuple[str | None, ...], tuple[RunLook, BlockLook]] = {}
        self._base_run, self._base_block = RunLook(), BlockLook()
        if defaults is not None:
            run = defaults.find(f"{w('rPrDefault')}/{w('rPr')}")
            block = defaults.find(f"{w('pPrDefault')}/{w('pPr')}")
            self._base_run = self.with_run(self._base_run, run)
            self._base_block = _with_block(self._base_block, block)

    def of_style(self, style: str | None) -> tuple[RunLook, BlockLook]:
        """What a paragraph style gives; the default style for None."""
        key = style or self._styles.default
        if key not in self._runs:
            run, block = self._base_run, self._base_block
            for element in reversed(self._styles.chain(key)):
                run = self.with_run(run, element.find(w("rPr")))
                block = _with_block(block, element.find(w("pPr")))
            self._runs[key], self._blocks[key] = self._same.setdefault(run, run), block
        return self._runs[key], self._blocks[key]

    def block(self, paragraph: etree._Element) -> tuple[RunLook, BlockLook]:
        """A paragraph's look and that of its runs without properties of their own."""
        properties = next(paragraph.iterchildren(_PPR), None)
        if properties is None:
            return self.of_style(None)
        named: str | None = None
        key: list[str | None] = []
        for child in properties:
            tag = child.tag
            if tag == _PSTYLE:
                named = child.get(VAL)
            elif tag == _TABS:
                key += (str(stop.get(w("pos"))) for stop in child)
            elif tag in _OF_BLOCKS:
                key.append(tag)
                key += (str(part) for item in child.items() for part in item)
        key.append(named)
        known = self._paragraphs.get(tuple(key))
        if known is None:
            run, block = self.of_style(named)
            known = self._paragraphs[tuple(key)] = run, _with_block(block, properties)
        return known

    def run(self, run: etree._Element, base: RunLook) -> RunLook:
        """A run's look; runs that look alike have the same object.  base: what its paragraph gives it."""
        properties = next(run.iterchildren(_RPR), None)
        if properties is None:
            return base
        key: list[object] = []
        for child in properties:
            tag = child.tag
            if tag == _FONTS:
                key += child.items()
            elif tag in _OF_RUNS:
                key += (tag, child.get(VAL))
        return self.known(run, base, tuple(key))

    def known(self, run: etree._Element, base: RunLook, key: Key) -> RunLook:
        """The same, where it is known what tells the look."""
        if not key:
            return base
        whole = id(base), key  # looks are kept, so their ids are theirs alone
        look = self._found.get(whole)
        if look is None:
            properties = run.find(_RPR)
            look = self._found[whole] = base if properties is None else self._run(properties, base)
        return look

    def _run(self, properties: etree._Element, base: RunLook) -> RunLook:
        named = properties.find(_RSTYLE)
        if named is not None:
            for element in reversed(self._styles.chain(named.get(VAL))):
                base = self.with_run(base, element.find(_RPR))
        look = self.with_run(base, properties)
        return self._same.setdefault(look, look)

    def with_run(self, look: RunLook, properties: etree._Element | None) -> RunLook:
        if properties is None:
            return look
        font, size, bold, spacing = look.font, look.size, look.bold, look.spacing
        for child in properties:
            if child.tag == _FONTS:
                theme = child.get(w("eastAsiaTheme"))
                font = (self._theme.get(theme) if theme else None) or child.get(w("eastAsia")) or font
            elif child.tag == _SIZE:
                size = whole(child.get(VAL), size)
            elif child.tag == _BOLD:
                bold = on(child.get(VAL))
            elif child.tag == _SPACING:
                spacing = whole(child.get(VAL), spacing)
        return RunLook(font=font, size=size, bold=bold, spacing=spacing)


def texts_below(root: etree._Element) -> dict[etree._Element, list[Text]]:
    """The texts of each paragraph that holds nothing but runs, in order.

    One pass over all; of other paragraphs the lists are not to be used.
    """
    found: dict[etree._Element, list[Text]] = {}
    texts: list[Text] = []
    alike: dict[Key, etree._Element] = {}
    run: etree._Element | None = None
    key: Key = ()
    for node in root.iter(_P, _R, _T, _FONTS, *_OF_RUNS):
        tag = node.tag
        if tag == _T:
            if run is not None and (text := node.text):
                texts.append((len(text), key, alike.setdefault(key, run)))
        elif tag == _R:
            run, key = node, ()
        elif tag == _P:
            texts = found[node] = []
            run = None
        elif run is not None:
            key += tuple(node.items()) if tag == _FONTS else (tag, node.get(VAL))
    return found


def looks_of(package: Package, main: str, known: Styles) -> Looks:
    """The looks of a document: its styles, defaults and theme."""
    theme = defaults = None
    for relation in package.relations(main).values():
        if relation.external or relation.target not in package.names:
            continue
        if relation.kind == "theme":
            theme = package.root(relation.target)
        elif relation.kind == "styles":
            defaults = package.root(relation.target).find(w("docDefaults"))
    return Looks(known, defaults, theme)


def _with_block(look: BlockLook, properties: etree._Element | None) -> BlockLook:
    if properties is None:
        return look
    align, indent, line = properties.find(_JC), properties.find(_IND), properties.find(_SPACING)
    stop = properties.find(f"{_TABS}/{w('tab')}")
    if stop is not None:
        look = replace(look, tab=whole(stop.get(w("pos"))))
    if align is not None:
        look = replace(
            look, align={"start": "left", "end": "right"}.get(align.get(VAL, ""), align.get(VAL, ""))
        )
    if indent is not None:
        chars, first, hanging = (indent.get(w(n)) for n in ("firstLineChars", "firstLine", "hanging"))
        out = indent.get(w("hangingChars"))
        if out is not None and whole(out):
            chars, first, hanging = f"-{whole(out)}", None, None
        if chars is not None:
            look = replace(look, first_chars=whole(chars), first=0)
        if first is not None:
            look = replace(look, first=whole(first), first_chars=look.first_chars if chars else None)
        elif hanging is not None:
            look = replace(look, first=-whole(hanging), first_chars=None)
    if line is not None and line.get(w("line")) is not None:
        look = replace(look, line=whole(line.get(w("line")), 240), rule=line.get(w("lineRule"), "auto"))
    return look


def _theme_fonts(theme: etree._Element | None) -> dict[str, str]:
    """majorEastAsia and minorEastAsia -> font (the one for simplified Chinese where the theme leaves it open)."""
    found: dict[str, str] = {}
    if theme is None:
        return found
    for kind in ("major", "minor"):
        fonts = next(theme.iter(f"{_A}{kind}Font"), None)
        if fonts is None:
            continue
        east = fonts.find(f"{_A}ea")
        name = east.get("typeface", "") if east is not None else ""
        if not name:
            scripts = {font.get("script"): font.get("typeface", "") for font in fonts.iter(f"{_A}font")}
            name = scripts.get("Hans", "")
        found[f"{kind}EastAsia"] = name
    return found
