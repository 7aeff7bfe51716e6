"""The pass over a text that finds every figure, date, period, rank, label and placeholder in it.

Two linear searches find where something may begin: an automaton for known words (labels, 今年, 首个) and one
regex for numerals and masks. Each place is then read with anchored patterns, from left to right, and what
was read is never read again, so spans never overlap. At the end lists are settled and pieces frozen.
"""

from __future__ import annotations

from datetime import date

from gov_writer.domain import Kind, Mention, Period
from gov_writer.facts.notation.forms import unify
from gov_writer.facts.notation.numerals import CHINESE, RUN
from gov_writer.facts.notation.units import unit_at
from gov_writer.facts.scanning import captions, labels, numbers, placeholders, ranked, words
from gov_writer.facts.scanning.lists import share
from gov_writer.facts.scanning.piece import Piece
from gov_writer.facts.scanning.times import Times
from gov_writer.text import MappedText
from gov_writer.text.lazy import lazy

#: One set of characters comes first, which the regex engine looks for at full speed; then what the place is.
_TRIGGER = lazy(
    rf"[0-9{CHINESE}Xx×*_【（〔某](?:(?P<run>(?<=[0-9])(?:[0-9]{{0,2}}(?:,[0-9]{{3}}){{1,8}}(?![0-9,])(?:\.[0-9]+)?"
    rf"|[0-9]*(?:\.[0-9]+)?)|(?<=[{CHINESE}])[{CHINESE}]*(?:点[零〇一二三四五六七八九]+)?)|{placeholders.TRIGGER_TAIL})"
)
_PINYIN = lazy(r"[(（][a-zü\u00e0-\u01dc]{1,6}[)）]")
_HAN = lazy("[\u4e00-\u9fff]")


def scan(text: str, *, as_of: date | None = None, period: Period | None = None) -> tuple[Mention, ...]:
    """Every mention of the text, labels and placeholders too, in order, never overlapping.

    as_of: the day that 今年 and 目前 are counted from (the period's end if None); period: the report's own.
    Spans refer to ``text`` as given, ``mention.text == text[start:end]``, even where it is read through
    the simplified view. Never raises on any text; the time taken grows linearly with its length.
    """
    return scan_view(_readable(text), as_of=as_of, period=period)


def scan_view(
    view: MappedText, *, as_of: date | None = None, period: Period | None = None
) -> tuple[Mention, ...]:
    """``scan`` of a text whose readable view is already made; spans are into ``view.original``."""
    text = view.original
    plain = unify(view.text)
    pieces = _Pass(plain, as_of, period).run()
    captions.apply(pieces, plain)
    if view.starts is None:
        return tuple(
            [p.freeze(p.start, p.end, (p.core_start, p.core_end), text[p.start : p.end]) for p in pieces]
        )
    found = []
    for piece in pieces:
        start, end = _with_pinyin(text, view, piece.start, piece.end)
        core = _with_pinyin(text, view, piece.core_start, piece.core_end)
        found.append(piece.freeze(start, end, core, text[start:end]))
    return tuple(found)


def _with_pinyin(text: str, view: MappedText, start: int, end: int) -> tuple[int, int]:
    """The span in the text as given; pinyin that the view left out belongs to the character before it."""
    assert view.starts is not None
    first, last = view.span(start, end)
    pinyin = _PINYIN.match(text, last)
    return first, pinyin.end() if pinyin and (
        end >= len(view.starts) or pinyin.end() <= view.starts[end]
    ) else last


def _readable(text: str) -> MappedText:
    from gov_writer.text import clean

    return clean.readable(text)


class _Pass:
    """One text, read from left to right.  cursor: up to where it has been read."""

    def __init__(self, text: str, as_of: date | None, period: Period | None) -> None:
        self.text = text
        self.pieces: list[Piece] = []
        self.cursor = 0
        self.times = Times(text, as_of, period)
        self.quotes = iter(labels.quoted(text))
        self.quote = next(self.quotes, None)

    def run(self) -> list[Piece]:
        known = iter(labels.lexicon_matches(self.text))
        word = next(known, None)
        for match in _TRIGGER.finditer(self.text):
            start, end = match.span()
            while word is not None and word[0] <= start:
                if word[0] == start and self._numeral_first(word, end, match.lastgroup == "run"):
                    word = next(known, None)
                    continue
                if word[0] >= self.cursor:
                    self._word(*word)
                word = next(known, None)
            if start >= self.cursor:
                if match.lastgroup == "run":
                    self._run(start, end)
                    if self.cursor < end:
                        self.cursor = max(self.cursor, start)
                        self._rest(end)
                else:
                    self._mask(start)
            elif end > self.cursor and match.lastgroup == "run":
                self._rest(end)
        while word is not None:
            if word[0] >= self.cursor:
                self._word(*word)
            word = next(known, None)
        labels.numbered_teams(self.pieces, self.text)
        share(self.pieces, self.text)
        return self.pieces

    def _numeral_first(self, word: tuple[int, int, str], end: int, run: bool) -> bool:
        """Whether a numeral that begins where a known word does is the longer or likelier reading."""
        if not run or word[2].startswith("@"):
            return False
        if end > word[1]:
            return True
        if end != word[1]:
            return labels.counted_here(self.text, *word[:2], end)
        if self.text[end : end + 1] in {"月", "日", "年"}:
            return True
        if self.text[word[0]] <= "9":
            return labels.digits_first(self.text, word[0], end)
        return unit_at(self.text, end, False) != ""

    def _rest(self, end: int) -> None:
        """A numeral run that began inside what was read and goes on behind it."""
        while self.cursor < end:
            match = RUN.search(self.text, self.cursor, end)
            if match is None:
                return
            self._run(match.start(), match.end())
            if self.cursor <= match.start():
                self._label(match.start(), match.end(), "word")

    def _add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.cursor = piece.end

    def _label(self, start: int, end: int, sub: str) -> None:
        start = max(start, self.cursor)
        if end > start:
            self._add(Piece(start, end, Kind.LABEL, sub))

    def quote_at(self, at: int) -> tuple[int, int, str] | None:
        """The quotation with coined terms or the title that ``at`` lies in; must be asked from left to right."""
        while self.quote is not None and self.quote[1] <= at:
            self.quote = next(self.quotes, None)
        return self.quote if self.quote is not None and self.quote[0] <= at else None

    def _word(self, start: int, end: int, sub: str) -> None:
        if sub[0] != "@":
            self._label(start, end, sub)
            return
        if self.quote_at(start) is not None:
            return
        piece = self._trigger(start, end, sub[1:])
        if piece is not None and piece.start >= self.cursor:
            self._add(piece)

    def _trigger(self, start: int, end: int, what: str) -> Piece | None:
        if what == "first":
            return ranked.first(self.text, start, end, self.cursor)
        if what == "third":
            return ranked.ranked(self.text, start, end, "三", self.cursor, "top")
        if what == "front":
            return ranked.front(self.text, start, end, self.cursor)
        if what == "several":
            return words.several(start, end, self.text)
        if what == "half":
            return words.half(self.text, start, end, self.cursor)
        if what == "double":
            return words.double(self.text, start, end)
        return self.times.word(start, end, what, self.cursor)

    def _mask(self, start: int) -> None:
        mask = placeholders.at(self.text, start, self.cursor)
        if mask is None or mask.start < self.cursor:
            return
        self._add(words.masked(self.text, mask, self.cursor))

    def _run(self, start: int, end: int) -> None:
        text, cursor = self.text, self.cursor
        quote = self.quote_at(start)
        if quote is not None:
            self._quoted(quote, start, end)
            return
        before = text[start - 1] if start else "\n"
        if text[end : end + 1] in {"X", "×", "x", "*"} and end - start <= 3 and text[start] <= "9":
            mask = placeholders.at(text, end, cursor)  # 20XX年
            if mask is not None and mask.start == start:
                self._add(words.masked(text, mask, cursor))
                return
        if before in labels.STARTS or before in "（(":
            stop = labels.enumerator(text, start)
            if stop:
                self._label(start, stop, "enumerator")
                return
        if before in {"第", " "} and text[max(cursor, start - 2) : start].rstrip(" ").endswith("第"):
            self._ordinal(start - 1 - (before == " "))
            return
        piece = self.times.at(start, end, cursor)
        if piece is not None:
            self._add(piece)
            return
        span = self._code(start, end, before)
        if span is not None:
            self._label(*span, "code")
            return
        stop = (
            labels.named(text, end) if end - start <= 3 and text[end : end + 1] in labels.NAMED_FIRST else 0
        )
        if stop:
            self._label(start, stop, "word")
            return
        piece = numbers.read(text, start, end, cursor)
        if piece is not None:
            self._add(piece)
            return
        stop = labels.coined_row(text, start) or end
        if stop == end and text[start] > "9" and end < len(text) and _HAN.match(text, end):
            stop += 1
        self._label(start, stop, "slogan" if stop > end + 1 else "word")

    def _quoted(self, quote: tuple[int, int, str], start: int, end: int) -> None:
        """A quotation with a numeral is a label up to the first mask in it."""
        hole = placeholders.first_in(self.text, start, quote[1])
        self._label(quote[0], hole if hole >= 0 else quote[1], quote[2])
        if self.cursor < end:
            self._label(start, end, quote[2])

    def _code(self, start: int, end: int, before: str) -> tuple[int, int] | None:
        text = self.text
        if text[start] in "0123456789":
            if before in "〔[［【（(":
                stop = labels.document_number(text, start)
                if stop:
                    return start - 1, stop
            if before.isascii() and (before.isalpha() or before in "-_./"):
                span = labels.after_letters(text, start)
                if span is not None:
                    return max(span[0], self.cursor), max(span[1], end)
            stop = labels.code(text, start, end)
            if not stop and (end - start > 4 or text[end : end + 1] in {"-", " "}):
                stop = labels.called(text, start, end)
            return (start, stop) if stop else None
        if text[end : end + 1] == "+":
            stop = labels.code(text, start, end)
            return (start, stop) if stop else None
        return None

    def _ordinal(self, start: int) -> None:
        text = self.text
        piece = self.times.at(start, start + 1, self.cursor)
        if piece is None:
            piece = ranked.rank(
                text, start, self.cursor, bool(self.pieces) and self.pieces[-1].kind is Kind.RANK
            )
        if piece is not None:
            self._add(piece)
            return
        found = labels.ordinal(text, start)
        if found is not None:
            self._label(start, found[0], "ordinal")
