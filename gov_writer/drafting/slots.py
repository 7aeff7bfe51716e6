"""Figures leave a statement before a model sees it, and come back by code.

A *sheet* is what one question is about: its units (the statements, in order) as **coded** text, in which each
figure, date and rank is one private-use character and so is each concealed name. Shown to a model the same
text has ``⟦F1⟧`` and ``⟦N1⟧`` in their place; numbers count within the sheet, so that a note added elsewhere
changes nothing here (and the cached answer still holds).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gov_writer.domain import Figure, Statement

_FIGURE0, _FIGURES = 0xE000, 0x0F00
_NAME0, _NAMES = 0xEF00, 0x0900
_PRIVATE = re.compile("[\ue000-\uf8ff]")
#: Tokens as they were shown (or doubled), and as models mangle them: other brackets, full-width, spaces. A bracket of
#: the note's own around a token stays: （其中⟦F3⟧）, （⟦F3⟧）.
_TOKEN = re.compile(
    r"⟦{1,3}[ \u3000]?([FfＦｆNnＮｎ])[ \u3000]?([0-9０-９]{1,4})[ \u3000]?⟧{1,3}"
    r"|(?![（(]⟦)[⟦\[【〔［｛{<《（(「『〚]{1,3}[ \u3000]?([FfＦｆNnＮｎ])[ \u3000]?([0-9０-９]{1,4})[ \u3000]?[⟧\]】〕］｝}>》）)」』〛]{1,3}"
)
_MARKUP = re.compile("[⟦⟧]")
_SPACED = re.compile(
    "[A-Za-z0-9] +[A-Za-z0-9]"
)  # spaces are dropped from coded text; here they would be missed
#: Statements that lean on the one before them: they stay with it.
_LEANS = re.compile(
    r"^[（(]?(?:其中|同比|环比|较|比|该|此|上述|以上|前述|分别|并|也|还|占|另|从而|由此|对此|这|前者|后者|他|她|它|其)"
)

#: Spans of a text to conceal, in order and apart: ``(start, end)``.
Conceal = Callable[[str], Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Unit:
    """Statements that are said together.  statements: their indices; text: coded, without end mark.

    stretch: units of different stretches are not said in one sentence.  planned: it tells what will be done.
    """

    statements: tuple[int, ...]
    text: str
    stretch: int = 0
    planned: bool = False

    @property
    def slots(self) -> str:
        """Its figure characters in order."""
        return "".join(c for c in self.text if is_figure(c))


@dataclass(frozen=True, slots=True)
class Sheet:
    """figures: per figure character the fact id and the words of the source; names: per name character the words."""

    units: tuple[Unit, ...]
    figures: dict[str, tuple[str, str]]
    names: dict[str, str]
    #: statements that can't be shown to a model at all (indices)
    kept_back: tuple[int, ...] = ()

    def shown(self, coded: str) -> str:
        """Coded text as a model sees it."""
        return "".join(_label(c) for c in coded)

    def coded(self, answer: str) -> str:
        """A model's text with its tokens as characters; unknown tokens stay as they are."""

        def code(match: re.Match[str]) -> str:
            kind = unicodedata.normalize("NFKC", match[1] or match[3]).upper()
            number = int(unicodedata.normalize("NFKC", match[2] or match[4]))
            char = chr((_FIGURE0 if kind == "F" else _NAME0) + number)
            return char if char in self.figures or char in self.names else match[0]

        return _TOKEN.sub(code, _PRIVATE.sub("\ufffd", answer))

    def filled(self, coded: str) -> tuple[str, tuple[Figure, ...]]:
        """Coded text with the source's words put in, and where the figures stand."""
        parts: list[str] = []
        figures: list[Figure] = []
        at = 0
        for char in coded:
            piece = char
            if char in self.figures:
                fact, piece = self.figures[char]
                figures.append(Figure(start=at, end=at + len(piece), fact=fact))
            elif char in self.names:
                piece = self.names[char]
            parts.append(piece)
            at += len(piece)
        return "".join(parts), tuple(figures)


def is_figure(char: str) -> bool:
    """Whether ``char`` stands for a figure in coded text."""
    return _FIGURE0 < ord(char) <= _FIGURE0 + _FIGURES - 1


def is_slot(char: str) -> bool:
    """Whether ``char`` stands for a figure or a name in coded text."""
    return bool(char) and "\ue000" <= char <= "\uf8ff"


def sheet_of(
    statements: Sequence[Statement],
    *,
    conceal: Conceal | None = None,
    hidden: Sequence[bool] = (),
    stretches: Sequence[int] = (),
) -> Sheet:
    """The sheet for ``statements``.

    hidden: which statements must not be shown at all.  stretches: the stretch of each, all in one if left out.
     Kept back are those, the ones that hold slot markup or
    private-use characters of their own or where a figure and a concealed span overlap, and what leans on them.
    """
    units: list[Unit] = []
    figures: dict[str, tuple[str, str]] = {}
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    kept_back: list[int] = []
    for index, statement in enumerate(statements):
        concealed = tuple(conceal(statement.text)) if conceal else ()
        alone = bool(kept_back) and kept_back[-1] == index - 1 and leans(statement.text)
        full = len(figures) + len(statement.slots) >= _FIGURES or len(names) + len(concealed) >= _NAMES
        if alone or full or any(hidden[index : index + 1]) or not _showable(statement, concealed):
            kept_back.append(index)
            continue
        coded = _coded(statement, concealed, figures, names, codes)
        stretch = stretches[index] if stretches else 0
        if units and leans(coded) and units[-1].statements[-1] == index - 1 and units[-1].stretch == stretch:
            last = units.pop()
            planned = last.planned or statement.planned
            units.append(Unit((*last.statements, index), f"{last.text}。{coded}", stretch, planned))
        else:
            units.append(Unit((index,), coded, stretch, statement.planned))
    return Sheet(tuple(units), figures, names, tuple(kept_back))


def leans(text: str) -> bool:
    """Whether a statement can't be read without the one before it."""
    return bool(_LEANS.match(text.lstrip()))


def _showable(statement: Statement, hidden: Sequence[tuple[int, int]]) -> bool:
    text = statement.text
    if (
        _PRIVATE.search(text)
        or _MARKUP.search(text)
        or _SPACED.search(text)
        or _TOKEN.search(text)
        or not text.strip()
    ):
        return False
    at = 0
    for start, end, _ in statement.slots:
        if not at <= start < end <= len(text):
            return False
        at = end
    return not any(s < end and start < e for start, end, _ in statement.slots for s, e in hidden)


def _coded(
    statement: Statement,
    hidden: Sequence[tuple[int, int]],
    figures: dict[str, tuple[str, str]],
    names: dict[str, str],
    codes: dict[str, str],
) -> str:
    text = statement.text
    spans = [(s, e, fact) for s, e, fact in statement.slots] + [(s, e, "") for s, e in hidden]
    parts: list[str] = []
    at = 0
    for start, end, fact in sorted(spans):
        words = text[start:end]
        if fact:
            char = chr(_FIGURE0 + len(figures) + 1)
            figures[char] = (fact, words)
        else:
            char = codes.setdefault(words, chr(_NAME0 + len(names) + 1))
            names[char] = words
        parts += [text[at:start], char]
        at = end
    parts.append(text[at:])
    return "".join("".join(parts).split()).rstrip("。；;，,、.")


def _label(char: str) -> str:
    if not is_slot(char):
        return char
    code = ord(char)
    return f"⟦N{code - _NAME0}⟧" if code >= _NAME0 else f"⟦F{code - _FIGURE0}⟧"
