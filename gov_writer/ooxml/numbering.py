"""The numbers that Word generates: 一、 （一） 1. 第一条 and bullets, as text.

ECMA-376 part 1, 17.9: a paragraph names a list (numId) and a level; the list's abstract definition gives
each level a format and a pattern such as ``（%1）``; a level starts again when a higher one moves on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from gov_writer.ooxml.names import VAL, on, w, whole

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def _counting(number: int, digits: str = "零一二三四五六七八九", units: str = "十百千") -> str:
    """12 -> 十二, 105 -> 一百零五; below ten thousand."""
    if not 0 < number < 10_000:
        return str(number)
    out = ""
    gap = False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            out += (digits[0] if gap and out else "") + digits[digit] + (units[place - 1] if place else "")
            gap = False
        else:
            gap = True
    return out[1:] if out.startswith(digits[1] + units[0]) and digits[1] == "一" else out


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += letters * (number // value)
        number %= value
    return out


def _letter(number: int) -> str:
    """1 -> A, 27 -> AA, as Word counts."""
    return chr(64 + (number - 1) % 26 + 1) * min((number - 1) // 26 + 1, 20) if number > 0 else "0"


def _ring(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else str(number)


def _wide(number: int) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in str(number))


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(c)] for c in str(abs(number)))


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _ring,
    "decimalEnclosedCircleChinese": _ring,
    "decimalEnclosedParen": lambda n: chr(0x2473 + n) if 1 <= n <= 20 else f"({n})",
    "decimalEnclosedFullstop": lambda n: chr(0x2487 + n) if 1 <= n <= 20 else f"{n}.",
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "koreanCounting": str,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _counting,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": lambda n: _counting(n, _LEGAL, "拾佰仟"),
    "ideographLegalTraditional": lambda n: _counting(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟"),
    "ideographTraditional": lambda n: _STEMS[n - 1] if 1 <= n <= 10 else str(n),
    "ideographZodiac": lambda n: _BRANCHES[n - 1] if 1 <= n <= 12 else str(n),
    "ideographEnclosedCircle": lambda n: chr(0x327F + n) if 1 <= n <= 10 else _counting(n),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda n: _letter(n).lower(),
    "ordinal": str,
    "none": lambda _: "",
}


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts as it is asked, paragraph by paragraph, in document order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._opened: set[str] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        links: dict[str, str] = {}
        styles: dict[str, str] = {}
        for element in root.iter(w("abstractNum")):
            identity = element.get(w("abstractNumId"), "")
            self._abstract[identity] = {
                whole(level.get(w("ilvl"))): _read_level(level) for level in element.iter(w("lvl"))
            }
            link, style = element.find(w("numStyleLink")), element.find(w("styleLink"))
            if link is not None:
                links[identity] = link.get(VAL, "")
            if style is not None:
                styles[style.get(VAL, "")] = identity
        for identity, name in links.items():
            if name in styles and not self._abstract[identity]:
                self._abstract[identity] = self._abstract[styles[name]]
        for element in root.iter(w("num")):
            abstract = element.find(w("abstractNumId"))
            key = abstract.get(VAL, "") if abstract is not None else ""
            found = _List(key, dict(self._abstract.get(key, {})))
            for override in element.iter(w("lvlOverride")):
                depth = whole(override.get(w("ilvl")))
                level = override.find(w("lvl"))
                if level is not None:
                    found.levels[depth] = _read_level(level)
                start = override.find(w("startOverride"))
                if start is not None:
                    found.starts[depth] = whole(start.get(VAL), 1)
            self._lists[element.get(w("numId"), "")] = found

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level that this list ties to a paragraph style, None if none."""
        found = self._lists.get(number)
        if found is None:
            return None
        return next((depth for depth, level in found.levels.items() if level.style == style), None)

    def label(self, number: str, depth: int) -> str:
        """The next number of list ``number`` at this level (0-based), with what follows it; "" if none."""
        found = self._lists.get(number)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return ""
        counters = self._counters.setdefault(found.abstract, {})
        if number not in self._opened:
            self._opened.add(number)
            for changed, start in found.starts.items():
                counters[changed] = start - 1
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [d for d in counters if d > depth]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart != 0 and (restart is None or depth < restart):
                del counters[deeper]
        return self._text(found, level, counters)

    def _text(self, found: _List, level: _Level, counters: dict[int, int]) -> str:
        if level.format == "bullet":
            mark = "".join("•" if "\ue000" <= c <= "\uf8ff" else c for c in level.pattern).strip()
            return f"{mark or '•'} "
        text = level.pattern
        for depth in range(9):
            if f"%{depth + 1}" in text:
                other = found.levels.get(depth, _Level())
                count = counters.get(depth, other.start)
                name = "decimal" if level.legal else other.format
                text = text.replace(f"%{depth + 1}", _FORMATS.get(name, str)(count))
        if not text:
            return ""
        closed = text[-1] in "、.．。）):：】]，,"
        return text if closed or level.suffix == "nothing" else f"{text} "


def _read_level(element: etree._Element) -> _Level:
    def value(name: str) -> str | None:
        child = element.find(w(name))
        return None if child is None else child.get(VAL)

    restart = value("lvlRestart")
    legal = element.find(w("isLgl"))
    return _Level(
        start=whole(value("start"), 1),
        format=_format(element) or "decimal",
        pattern=(value("lvlText") or "")[:64],
        suffix=value("suff") or "tab",
        restart=None if restart is None else whole(restart),
        legal=legal is not None and on(legal.get(VAL)),
        style=value("pStyle"),
    )


def _format(level: etree._Element) -> str | None:
    """The number format; Word 2010 and later wrap the newer ones in AlternateContent."""
    for child in level.iter(w("numFmt")):
        if child.get(VAL) != "custom":
            return child.get(VAL)
    return None
