"""A number where it stands in its text, with the sign or the 数 and 几 before it."""

from __future__ import annotations

from gov_writer.facts.notation.numerals import Number

_COUNTED = frozenset("0123456789一二三四五六七八九十个")


class Place:
    """A number in its text.  begin: the number with its 数, 几 or minus sign; floor: where reading may go back to."""

    __slots__ = ("begin", "floor", "negative", "number", "positive", "several", "start", "text")

    def __init__(self, text: str, start: int, number: Number, floor: int) -> None:
        self.text, self.start, self.number, self.floor = text, start, number, floor
        self.begin = start
        self.negative = self.positive = self.several = False
        if start <= floor:
            return
        before = text[start - 1]
        if before == "-" and number.arabic and not self._joins(start - 2):
            self.negative, self.begin = True, start - 1
        elif before == "+" and number.arabic and not self._joins(start - 2):
            self.positive, self.begin = True, start - 1
        elif before in "数几" and text[start] in "十百千万亿":
            self.several, self.begin = True, start - 1

    def _joins(self, at: int) -> bool:
        """Whether what stands before a dash is something that a range or a code begins with."""
        if at < self.floor:
            return False
        char = self.text[at]
        dated = char in "年月日" and self.text[at - 1 : at] in _COUNTED
        return dated or char in "%—-+" or (char.isascii() and char.isalnum())

    def before(self, length: int) -> str:
        """The text right before the number, not further back than the floor."""
        return self.text[max(self.floor, self.begin - length) : self.begin]
