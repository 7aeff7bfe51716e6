"""Where a report speaks of what was promised, by the words that tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from enum import StrEnum
from math import log

from gov_writer.checking.rules.comparing.planned import BRINGS, planned_sentences
from gov_writer.domain import Ledger
from gov_writer.matching import subjects
from gov_writer.text import clauses, sentences
from gov_writer.text.lazy import lazy

#: Share of a promise's telling words in a sentence from which it speaks of the promise, and from which it may.
SPEAKS, MAY_SPEAK = 0.6, 0.42
#: Share of its telling characters in one clause from which it may be told there in other words: 雨污分流 as 雨水、污水管道.
_IN_OTHER_WORDS = 0.45
#: Who led, and what the report is called, tells nothing of what was done.
_NO_RESULT = lazy("领导下|关心支持下|#")
_DONE = lazy(
    "建成|完成|投入使用|投用|竣工|落成|启用|开放|交付|通车|建立|成立|实现|开通|挂牌|验收|全覆盖|入驻|运营|新建|新增|已|顺利|打造"
    "|完工|改造[^，。]{0,12}[个处条户]|获评|创建成功"
)
_NOT_WORD = lazy("[^\u4e00-\u9fff]+")
#: A rule may be told as a system, 楼门长激励办法 as 楼门长积分制度.
_WRITTEN = lazy("(?:办法|细则|条例|指引|指南|导则)$")
_DIGITS = lazy(r"[\d.,%％]+")
_PLANNING = lazy(
    r"(?:20\d\d年|明年|下一步|下步|将|拟|计划|力争|争取|预计|确保|要|加快|推进|推动|启动|建成|完成|新建|建设|实施|打造|全面|持续|继续|进一步|着力|积极|开工)"
)
#: 信访总量 is spoken of as 信访.
_HOW_MANY = lazy(r"(?:总量|总数|总额|数量|规模|件数|起数)$")


class Fate(StrEnum):
    """What became of a promise, in the words of the table."""

    DONE = "已完成"
    MISSED = "未达到"
    PROGRESS = "有进展"
    SILENT = "未提及"
    AGAIN = "再次列入计划"
    UNSURE = "待核"


class Echoes:
    """Where the new report speaks of something, by the words that tell."""

    def __init__(self, new: Ledger) -> None:
        source = new.sources[0]
        ahead = set(planned_sentences(source))
        self._places = [(span, span in ahead) for span in sentences(source.text)]
        self._text = source.text
        self._pairs = [_pairs(source.text[a:b]) for (a, b), _ in self._places]
        self._index: dict[str, list[int]] = {}
        for number, pairs in enumerate(self._pairs):
            for pair in pairs:
                self._index.setdefault(pair, []).append(number)
        self._clauses = [
            ((start, end), set(source.text[left:right]))
            for (start, end), planned in self._places
            if not planned and not _NO_RESULT.search(source.text, start, end)
            for left, right in clauses(source.text, start, end)
        ]
        self._common = Counter(character for _, here in self._clauses for character in here)

    def of(self, promise: str) -> tuple[Fate, tuple[int, int] | None]:
        """What becomes of a promise without a figure, and the sentence that tells."""
        wanted = _pairs(_HOW_MANY.sub("", _PLANNING.sub("", promise)))
        if not wanted:
            return Fate.UNSURE, None
        count = len(self._pairs) or 1
        weight = {pair: log(1 + count / (1 + len(self._index.get(pair, ())))) for pair in wanted}
        whole = sum(weight.values())
        scores: dict[int, float] = defaultdict(float)
        for pair in sorted(wanted):
            for number in self._index.get(pair, ()):
                scores[number] += weight[pair]
        results = [(s / whole, n) for n, s in scores.items() if not self._places[n][1]]
        again = max((s / whole for n, s in scores.items() if self._places[n][1]), default=0.0)
        best, number = max(results, default=(0.0, -1))
        if best >= SPEAKS:
            (start, end), _ = self._places[number]
            said = self._text[start:end]
            return (Fate.DONE if _DONE.search(said) else Fate.PROGRESS), (start, end)
        if best >= MAY_SPEAK:
            return Fate.UNSURE, self._places[number][0]
        if again >= SPEAKS:
            return Fate.AGAIN, None
        place = self._in_other_words(promise)
        return (Fate.UNSURE if place else Fate.SILENT), place

    def _in_other_words(self, promise: str) -> tuple[int, int] | None:
        """The sentence with a clause that has the promise's telling characters, if not its words."""
        promise = _WRITTEN.sub("", promise)
        core = BRINGS.sub("", _HOW_MANY.sub("", _PLANNING.sub("", _NOT_WORD.sub("", promise))))
        count = len(self._clauses)
        weight = {
            c: log(1 + count / (1 + self._common[c])) for c in sorted(set(subjects.features(core).plain))
        }
        whole = sum(weight.values())
        shares = (
            (sum(weight[c] for c in weight if c in here) / whole, at)
            for at, (_, here) in enumerate(self._clauses)
            if whole
        )
        best, at = max(shares, default=(0.0, 0))
        return self._clauses[at][0] if best >= _IN_OTHER_WORDS else None


def _pairs(text: str) -> frozenset[str]:
    """The telling pairs of characters of a sentence, synonyms brought to one word."""
    found: set[str] = set()
    plain = _DIGITS.sub("", text[:1200])
    for at in range(0, len(plain), 60):
        found |= subjects.features(plain[at : at + 76]).pairs
    return frozenset(found)
