"""Do two pieces of coded text say the same?  They do when they differ by words that add and take away nothing.

The measure is deliberately narrow. A model may connect, order and smooth what a note says; every other word of
the note must be there, in its order, and no other word may be. So a direction turned round, a count moved to
another subject, a claim of completion, a name, a programme, a numeral, a negation dropped: each is a word too
many or too few, and none has to be known beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from gov_writer.drafting.slots import is_slot
from gov_writer.lexicon import rows, words
from gov_writer.matching.naming.segments import segmented

#: Marks that may be put in or left out between words (quotation marks, brackets and 《》 may not).
SOFT = frozenset("，。；、：！？,;:!? \u3000")
#: Marks that end a sentence; within a unit an answer may not end one where the note doesn't.
ENDS = frozenset("。！？；!?;")
#: Marks that turn a statement into a doubt or a cheer; never put in, never left out.
_TONE = frozenset("？！?!")
#: After these nothing is put in: 未，发现 and 未深入整改 say something else than 未发现, 未整改.
_CLINGS = frozenset(
    "未不无没非勿别免莫否欠少超近约达共为是在从把被对向与和及或将要拟应可能须需仍还又也都均只仅才就"
)
#: What follows these is no sum (同比共计增长).
_NO_SUM = frozenset(
    [
        "同比",
        "环比",
        "增长",
        "下降",
        "上升",
        "提高",
        "降低",
        "增幅",
        "降幅",
        "增速",
        "占比",
        "比例",
        "比重",
        "排名",
        "位列",
        "位居",
    ]
)
#: A comma in running text has so many characters to both sides.
_RUN = 4
#: Stands between two notes: an answer has a sentence end or a semicolon there, so that the time and the doer of one
#: note never pass to the next.
JOINT = "\u2029"
_LONGEST_ADDED = 40
#: An adverb before these would say how something moved or where it stands (持续下降, 稳步位居).
_DIRECTION = frozenset("增减升降提上下回涨跌翻位居列排达")


@dataclass(frozen=True, slots=True)
class _Words:
    kinds: dict[str, tuple[str, ...]]
    same: dict[str, tuple[str, ...]]


@cache
def _words() -> _Words:
    kinds: dict[str, list[str]] = {"pause": [], "adverb": [], "lead": [], "tail": []}
    for word, kind in rows("glue"):
        kinds[kind].append(word)
    same: dict[str, list[str]] = {}
    for one, other in rows("same_words"):
        same.setdefault(one, []).append(other)
        same.setdefault(other, []).append(one)
    return _Words(
        kinds={kind: tuple(sorted(words, key=len, reverse=True)) for kind, words in kinds.items()},
        same={word: tuple(others) for word, others in same.items()},
    )


def difference(note: str, said: str, *, planned: bool = False) -> str:
    """ "" if ``said`` says what ``note`` says, else the words where they part, for a repair prompt.

    planned: the note tells what will be done; a 了 would make it done.  Quadratic in the lengths, which the caller bounds (a sentence against the notes it is made of).
    """
    far = _reach(note, said, planned=planned)
    if far is None:
        return ""
    i, j = far
    more, less = (
        said[j : j + 8].strip("".join(SOFT)),
        note[i : i + 8].replace(JOINT, "；").strip("".join(SOFT)),
    )
    if more and less:
        return f"材料为“{less}”，写成了“{more}”"
    return f"多出“{more}”" if more else f"漏掉“{less}”" if less else "断句与材料不同"


def _reach(note: str, said: str, *, planned: bool) -> tuple[int, int] | None:
    """None when both can be read to their ends together, else the farthest place that both can be read to."""
    n, m = len(note), len(said)
    places = _Places(note, said, planned=planned)
    added = [_free(said, j, adverbs=True) for j in range(m)]
    dropped = [[k for k in _free(note, i, adverbs=False) if places.whole(i, i + k)] for i in range(n)]
    swaps = [[s for s in _swappable(note, i) if places.whole(i, i + s[0])] for i in range(n)]
    breaks = ENDS | {JOINT}
    at_end = [i in (0, n) or note[i] in breaks or note[i - 1] in breaks for i in range(n + 1)]
    reached = [bytearray(m + 1) for _ in range(n + 1)]
    reached[0][0] = 1
    best = (0, 0)
    for i in range(n + 1):
        row = reached[i]
        for j in range(m + 1):
            if not row[j]:
                continue
            if i + j > best[0] + best[1]:
                best = (i, j)
            if i < n and note[i] == JOINT:
                if j < m and said[j] in ENDS:
                    reached[i + 1][j + 1] = 1
                elif j < m and said[j] in SOFT:
                    row[j + 1] = 1
                continue
            if i < n and j < m and note[i] == said[j]:
                reached[i + 1][j + 1] = 1
            if j < m and added[j] and (at_end[i] or said[j] not in ENDS):
                for length in added[j]:
                    if places.takes(i, j, length):
                        row[j + length] = 1
            if i < n:
                for length in dropped[i]:
                    if places.spares(i, j):
                        reached[i + length][j] = 1
                for length, others in swaps[i]:
                    for other in others:
                        if said.startswith(other, j):
                            reached[i + length][j + len(other)] = 1
    return None if reached[n][m] else best


class _Places:
    """Where something may stand that the note hasn't: between words, and only what fits there.

    starts: per offset of the note whether a word begins (or all ends) there.
    """

    def __init__(self, note: str, said: str, *, planned: bool) -> None:
        self.note, self.said, self.planned = note, said, planned
        self.starts = _word_starts(note)
        self.runs = _runs(note)
        self.heard = _runs(said)

    def whole(self, start: int, end: int) -> bool:
        """Whether a stretch of the note is made of whole words: 及 in 惠及 is none."""
        return self.starts[start] and self.starts[end]

    def takes(self, i: int, j: int, length: int) -> bool:
        """Whether ``said[j : j + length]``, one of the free words and marks, may be put in before ``note[i]``."""
        word, before = self.said[j : j + length], self.said[j - 1 : j]
        if word in SOFT:
            return self._mark(i, j, word, before)
        if not self.starts[i] or (before in _CLINGS and before):
            return False
        if word in _words().kinds["pause"]:
            return not _ends_with(self.said, j - 1, _words().kinds["pause"])
        if word in _words().kinds["adverb"]:
            return self._adverb(i, j)
        if word == "了":
            return not self.planned and _ends_with(self.said, j, _deeds())
        return before != word

    def _mark(self, i: int, j: int, mark: str, before: str) -> bool:
        if mark in _TONE:
            return False
        if mark.isspace():
            return True
        if before in SOFT and before and not before.isspace():
            return False
        edges = (self.note[i - 1 : i], self.note[i : i + 1])
        if i == 0 or i == len(self.note) or any(c in SOFT or c == JOINT or is_slot(c) for c in edges):
            return True
        if _ends_with(self.said, j, _words().kinds["pause"]):
            return True
        back, ahead = self.runs[i]
        far = back >= _RUN and ahead >= _RUN and self.heard[j][0] >= _RUN
        return far and self.starts[i] and before not in _CLINGS

    def _adverb(self, i: int, j: int) -> bool:
        """Before a verb or where a clause begins, and no third one in a row."""
        adverbs = _words().kinds["adverb"]
        one = next((len(w) for w in adverbs if self.said.endswith(w, 0, j)), 0)
        if one and _ends_with(self.said, j - one, adverbs):
            return False
        before = self.note[i - 1 : i]
        begins = i == 0 or before in SOFT or before == JOINT
        return begins or any(self.note.startswith(word, i) for word in _deeds())

    def spares(self, i: int, j: int) -> bool:
        """Whether a free word or mark of the note at ``i`` may be left out before ``said[j]``: 、 only for another mark."""
        mark = self.note[i]
        if mark in _TONE:
            return False
        return mark != "、" or any(c in SOFT for c in (self.said[j - 1 : j], self.said[j : j + 1]) if c)


def _ends_with(text: str, end: int, found: Iterable[str]) -> bool:
    return end > 0 and any(text.endswith(word, 0, end) for word in found)


@cache
def _deeds() -> tuple[str, ...]:
    return tuple(
        word for word in dict.fromkeys((*words("predicates"), *words("action_verbs"))) if len(word) > 1
    )


def _word_starts(text: str) -> list[bool]:
    starts = [True] * (len(text) + 1)
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and "\u4e00" <= text[end] <= "\u9fff":
            end += 1
        if end > at + 1:
            for begin, stop in segmented(text[at:end])[1]:
                for inner in range(begin + 1, stop):
                    starts[at + inner] = False
        at = max(end, at + 1)
    return starts


def _runs(text: str) -> list[tuple[int, int]]:
    """Per offset how many characters there are to the last mark or figure, and to the next."""
    stops = [c in SOFT or c == JOINT or is_slot(c) for c in text]
    back, ahead = [0] * (len(text) + 1), [0] * (len(text) + 1)
    for at, stop in enumerate(stops):
        back[at + 1] = 0 if stop else back[at] + 1
    for at in range(len(text) - 1, -1, -1):
        ahead[at] = 0 if stops[at] else ahead[at + 1] + 1
    return list(zip(back, ahead, strict=True))


def _free(text: str, at: int, *, adverbs: bool) -> list[int]:
    """Lengths of what may be skipped at ``at``: soft marks, connectors, light particles, and adverbs if allowed.

    Adverbs may be put in but never left out: in 入党积极分子 and 主动投案 they say who was counted.
    """
    kinds = _words().kinds
    after = text[at + 1 : at + 2]
    found = [1] if text[at] in SOFT else []
    if at == 0 or text[at - 1] in SOFT or text[at - 1] == JOINT:
        found += [
            len(w)
            for w in kinds["pause"]
            if text.startswith(w, at) and text[at + len(w) : at + len(w) + 1] in SOFT
        ]
    if adverbs:
        for word in kinds["adverb"]:
            follows = text[at + len(word) : at + len(word) + 1]
            if text.startswith(word, at) and follows and follows not in _DIRECTION and not is_slot(follows):
                found.append(len(word))
    if (text[at] == "的" and text[at - 1 : at] not in ("目", "标")) or (
        text[at] == "了" and after not in ("解", "结")
    ):
        found.append(1)
    if text[max(0, at - 2) : at] not in _NO_SUM and text[at - 1 : at] not in _CLINGS:
        found += [
            len(w) for w in ("共", "共计") if text.startswith(w, at) and is_slot(text[at + len(w) :][:1])
        ]
    return found


def _swappable(note: str, at: int) -> list[tuple[int, tuple[str, ...]]]:
    same = _words().same
    return [
        (length, same[note[at : at + length]])
        for length in range(1, 6)
        if at + length <= len(note) and note[at : at + length] in same
    ]


def without_lead(sentence: str, heading: str) -> str:
    """``sentence`` without a first clause that only names the heading (围绕民生服务工作，…)."""
    for stop, char in enumerate(sentence[: len(heading) + 16]):
        if char in "，,：:" and stop:
            return sentence[stop + 1 :] if _is_lead(sentence[:stop], heading) else sentence
    return sentence


def _is_lead(clause: str, heading: str) -> bool:
    leads, tails = _words().kinds["lead"], _words().kinds["tail"]
    for lead in (*leads, ""):
        if clause.startswith(lead):
            rest = clause[len(lead) :]
            if heading and rest.startswith(heading):
                tail = rest[len(heading) :]
                if tail == "" or any(tail == a + b for a in tails for b in (*tails, "")):
                    return True
    return False


def added_too_much(note: str, said: str) -> bool:
    """Whether connecting words have swollen the sentence."""
    return len(said) - len(note) > max(_LONGEST_ADDED // 2, min(_LONGEST_ADDED, len(note) // 2))
