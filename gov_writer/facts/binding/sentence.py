"""What binding sees of one sentence: its leading marks, its clauses, and the holes where times and asides stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from sys import maxsize

from gov_writer.domain import Mention
from gov_writer.facts.binding import phrases
from gov_writer.text.lazy import lazy

_CLAUSE_END = lazy(r"[，,。！？!?；;：:\n①-⑳][，,。！？!?；;：:\n①-⑳]*|(?<=[ \u3000])·(?=[ \u3000])")
_LEADING = lazy(
    r"[\s*#>•·—\-\x00，,、]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．]|[一二三四五六七八九十]是)?[\s*\x00，,、]*"
)
#: The words of a line that begins with other Han characters begin at once.
_NUMERALS = frozenset("一二三四五六七八九十")
_HOUR = lazy("(?:[上下]午|午后|中午|凌晨|清晨|傍晚|晚上?|许|左右|前后|时分)+")
_OPENS = lazy(
    r"(?:预计|预期|据?(?:初步)?(?:统计|测算)|经(?:统计|测算)|可以说|另外|此外|同时|截至|截止)?[，,：:\s]*"
)
_TITLE_MARK = lazy("[，,。；;：:、]")


def past_marks(text: str, start: int = 0, end: int = maxsize) -> int:
    """Where the words begin behind list marks, numbering and blanks: （三）…, - …, 一是…."""
    first = text[start : start + 1]
    if "\u4e00" <= first <= "\u9fff" and first not in _NUMERALS:
        return start
    found = _LEADING.match(text, start, end)
    return found.end() if found is not None else start


class Clauses:
    """The clauses of one sentence, asked for from left to right."""

    def __init__(self, line: str, start: int, end: int) -> None:
        self.ends = [start + m.end() for m in _CLAUSE_END.finditer(line)]
        self.text, self.start, self.end = line, start, end

    def around(self, mention: Mention) -> tuple[int, int]:
        """The clause that holds the mention; a comma inside a figure (9,870) ends no clause."""
        at = bisect_right(self.ends, mention.start)
        lo = self.ends[at - 1] if at else self.start
        upper = bisect_left(self.ends, mention.end, at)
        hi = self.ends[upper] if upper < len(self.ends) else self.end
        begin = lo - self.start
        while begin < mention.start - self.start and self.text[begin].isspace():
            begin += 1
        return self.start + begin, hi


def leads(text: str, start: int, mention: Mention) -> bool:
    """Whether the sentence opens with this period, which then also governs the next sentences."""
    begin = past_marks(text, start)
    return mention.start <= begin or _OPENS.fullmatch(text, begin, mention.start) is not None


def parts(text: str, start: int) -> bool:
    """Whether the sentence tells parts of what the one before has told."""
    return text.startswith("其中", past_marks(text, start))


def opening(text: str, mention: Mention) -> int:
    """Where a time begins, with 自 and 从 before 2007年起."""
    since = mention.text.endswith(("起", "来", "至今")) and text[mention.start - 1 : mention.start] in {
        "自",
        "从",
    }
    return mention.start - since


def holed(line: str, start: int, cuts: Iterable[tuple[int, int]]) -> str:
    """The sentence with holes where periods, dates and asides stand; every offset stays."""
    pieces, at = [], 0
    for cut_start, cut_end in sorted(cuts):
        lo, hi = max(cut_start - start, at), min(cut_end - start, len(line))
        pieces += [line[at:lo], phrases.HOLE * (hi - lo)]
        at = max(hi, at)
    return "".join((*pieces, line[at:]))


def event(holed: str, lo: int, hi: int) -> str:
    """What happened on a date: the rest of its clause, or the next clause."""
    for piece in _CLAUSE_END.split(holed[hi : hi + 80]):
        words_ = phrases.bare(piece[:36])
        if len(words_) >= 2 and not _HOUR.fullmatch(words_):
            return words_[:30]
    before = _CLAUSE_END.split(holed[max(0, lo - 40) : lo])
    return phrases.bare(before[-1])[-30:]


@lru_cache(maxsize=64)  # asked for each sentence below it
def plain_title(heading: str) -> str:
    """The first words of a heading without its number."""
    return _TITLE_MARK.split(heading[past_marks(heading) :], 1)[0][:16]


def touching(spans: Sequence[tuple[int, int]], start: int, end: int) -> Sequence[tuple[int, int]]:
    """The spans (in order, apart) that share characters with ``[start, end)``."""
    if not spans:
        return ()
    at = bisect_right(spans, (start, start))
    first = at - 1 if at and spans[at - 1][1] > start else at
    stop = bisect_left(spans, (end, end), first)
    return spans[first:stop]
