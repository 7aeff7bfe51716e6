"""TXT604: a character, word or mark typed twice."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from gov_writer import lexicon
from gov_writer.checking.case import Case
from gov_writer.checking.office import Allowed
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.wording.txt602_scrape_noise import doubled_by_scraping
from gov_writer.domain import Finding, Fix, Severity
from gov_writer.matching.naming import segments, vocabulary
from gov_writer.text.lazy import lazy

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_ONE = lazy(f"([{_HAN}])\\1")
_MORE = lazy(f"([{_HAN}]{{2,8}}?)\\1(?!\\1)")
_MARKS = lazy(
    "([，。、；：！]|？(?!？*[万亿余]?[个件户名人次处家项起场元]))\\1+|[，、；：][。，、；：](?![。，、；：])|。[，、；：]|([,;:])\\2"
)
_STRONGEST = "。；：，、"
#: What a name ends with and the next word begins with: 某某市|市级, 某某江|江段, 农业税|税率.
_PLACES = frozenset("省市州区县镇乡村街路局院校所站馆园山江河湖港城海库税")
#: What makes a name of the word before it: 中心组|组织, 指挥部|部署, 服务队|队员.
_SUFFIXES = frozenset("组部队员室办会厅委处科班团社户家点线群带")


class DoubledCharacter(Rule):
    code = "TXT604"
    name = "doubled-character"
    severity = Severity.WARNING
    title = "多打了一个字、词或标点"
    why = "“的的”“，，”是输入或修改时留下的，拼写检查常看不出来。"
    bad = "街道的的工作，，得到肯定。"
    good = "街道的工作，得到肯定。"
    authority = Citation("GB/T 15834-2011", "5.1", "标点符号的位置和书写形式")

    def check(self, case: Case) -> Iterable[Finding]:
        allowed = Allowed(case)
        found = [*self._characters(case), *self._words(case)]
        found = [finding for finding in found if not allowed.covers(finding.start, finding.end)]
        if not doubled_by_scraping(case.text):
            found += self._marks(case)
        return sorted(found, key=lambda finding: (finding.start, finding.end))

    def _marks(self, case: Case) -> Iterable[Finding]:
        for match in _MARKS.finditer(case.text):
            words = match.group()
            keep = min(words, key=lambda mark: _STRONGEST.find(mark) if mark in _STRONGEST else -1)
            fix = Fix(start=match.start(), end=match.end(), text=keep, safe=True)
            yield self.found(
                case, match.start(), match.end(), f"标点重复：“{words}”应为“{keep}”。", expected=keep, fix=fix
            )

    def _characters(self, case: Case) -> Iterable[Finding]:
        text = case.text
        for match in _ONE.finditer(text):
            at = match.start()
            character = match.group(1)
            if text[at - 1 : at] == character or text[at + 2 : at + 3] == character:
                if text[at + 2 : at + 4] == character + text[at + 3 : at + 4] and _thrice(text, at):
                    yield self._twice(case, at, at + 3, character * 2)
                continue
            if not _is_slip(text, at):
                continue
            yield self._twice(case, at, at + 2, character)

    def _words(self, case: Case) -> Iterable[Finding]:
        for match in _MORE.finditer(case.text):
            word = match.group(1)
            if len(set(word)) == 1 or _may_repeat(case.text, match.start(), word):
                continue
            yield self._twice(case, match.start(), match.end(), word)

    def _twice(self, case: Case, start: int, end: int, once: str) -> Finding:
        fix = Fix(start=start, end=end, text=once, safe=False)
        words = case.text[start:end]
        return self.found(case, start, end, f"“{words}”似多打了一遍“{once}”。", expected=once, fix=fix)


def _thrice(text: str, at: int) -> bool:
    """Whether a character stands three times between two words that it ends and begins: 推进|进|进度, not 哈哈哈."""
    once, before, after = text[at], text[at - 1 : at], text[at + 3 : at + 4]
    if once in _NUMERALS or once in (before, after):
        return False
    return segments.known(before + once) and segments.known(once + after)


@cache
def _reduplicated() -> frozenset[str]:
    return frozenset(lexicon.words("reduplications"))


def _is_slip(text: str, at: int) -> bool:
    """No words explain both characters: neither 天天, 扎扎实实, nor a word that ends where another begins.

    The likeliest words are found twice, with the character once and twice. In 我国|国情 the second character costs
    less than a stray one, for a word begins with it; in 街道|工作|作|风 it costs what a stray character costs.
    """
    character = text[at]
    if character in _NUMERALS or _stands_apart(text, at):
        return False
    left, right = segments.around(text, at, at + 2, _REACH)
    twice, words = segments.segmented(left + character * 2 + right)
    once, kept = segments.segmented(left + character + right)
    price = segments.cost(character)
    if price - (twice - once) > _SLACK:
        return False
    first, second = len(left), len(left) + 1
    if _names_meet(left, kept, second, right[:1]):
        return False
    whole = [_length(words, place) > 1 for place in (first, second)]
    if all(whole) or (any(whole) and character in _GRAMMATICAL):
        return False  # 去年|年底 (for all that 去|年底 are words too), 目的|的, 在|在建
    return _length(kept, first) > 1 or price <= _FUNCTION or character == "共"


def _names_meet(left: str, kept: tuple[tuple[int, int], ...], after: int, next_one: str) -> bool:
    """南昌|昌北, 中国|国新, 大桥|桥旅: a word, and then a lone character that seldom stands alone: a name's second."""
    if _length(kept, len(left)) < 2 or after >= kept[-1][1] or _length(kept, after) > 1:
        return False
    if segments.cost(next_one) < _SELDOM:
        return False
    start = next(start for start, end in kept if start <= len(left) < end)
    return start < len(left)


def _stands_apart(text: str, at: int) -> bool:
    """Where doubling is no slip or can't be told: patterns (扎扎实实, 一张张), names, brands, measures, levels."""
    character, before, after = text[at], text[max(0, at - 2) : at], text[at + 2 : at + 4]
    if (len(after) == 2 and after[0] == after[1]) or (len(before) == 2 and before[0] == before[1]):
        return True
    if _ONE.search(text, max(0, at - 5), at) or _ONE.search(text, at + 2, at + 7):
        return True  # 歇歇脚、喝喝水、充充电
    if _OWN_WORD.match(text, at + 1):
        return True  # 工作|作简要汇报, 农户|户均
    if before[-1:] in ("一", "“", "《", "‘") or (after and after[0] in "”》’"):
        return True
    ends = before[-1:] != "" and segments.known(before[-1] + character)
    begins = after[:1] != "" and segments.known(character + after[0])
    if not ends and before[-1:] in _surnames() and character in _given():
        return True
    counted = before[-1:] != "" and (before[-1] in _COUNTING or before[-1].isdigit())
    suffix = character in _PLACES or (character in _SUFFIXES and segments.known(before))
    abbreviated = not ends and before[-1:] != "" and before[-1] in _ABBREVIATIONS
    if begins and (counted or suffix or abbreviated):
        return True  # 陕煤|煤炭, 中船|船舶
    if text[at - 1 : at + 2] == "中国国":
        return True  # 中国|国新, 中国|国家
    if any(name in text[max(0, at - 6) : at + 8] for name in _doubled_names()):
        return True
    return character * 2 in _reduplicated() and begins == ends  # 人人, 年年, but not 工人|人, 年|年度


def _length(words: tuple[tuple[int, int], ...], place: int) -> int:
    return next(end - start for start, end in words if start <= place < end)


@cache
def _doubled_names() -> tuple[str, ...]:
    """吉尔吉斯斯坦 and other names with a character twice."""
    return tuple(name for name in lexicon.words("known_places") if len(name) > 3 and _ONE.search(name))


@cache
def _surnames() -> frozenset[str]:
    return frozenset("".join(lexicon.words("surnames")))


@cache
def _given() -> frozenset[str]:
    return frozenset("".join(lexicon.words("given_characters")))


#: Words that begin with the second character and that the segmenter does not know as such.
_OWN_WORD = lazy(
    "作(?:简[要短单]|如下|专题|重点|典型|交流|表态|书面|口头|述职|深入|详细|[一个了出为]|汇报|报告|说明)|[户人村社]均"
    "|任(?:组长|副|总|主任|书记|指挥|会长|[大中小]?队长|班长|所长|院长|委员|理事|成员|第一)"
)
#: Short names of provinces and of the country, with which firms and institutes are abbreviated.
_ABBREVIATIONS = frozenset(
    "中国京津冀晋蒙辽吉黑沪苏浙皖徽闽赣鲁潍豫鄂湘粤桂琼渝川蜀黔贵滇藏陕秦甘陇青宁新港澳台"
)
#: How much less than a stray character the second one may cost and still be one.
_SLACK = 0.3
#: What a character costs that often stands by itself (的, 和, 在, 要).
_FUNCTION = 7.5
#: What a character costs at least that seldom stands alone.
_SELDOM = 7.9
_REACH = 6
_GRAMMATICAL = frozenset("的了是在和与对将为及把被并也而以从由向着就都到不有")
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿")
_COUNTING = frozenset("一二三四五六七八九十百千万亿余多几每")


def _may_repeat(text: str, at: int, word: str) -> bool:
    """研究研究, 一个一个, 很多很多; and lists such as 3个3个 hold no whole word twice."""
    if word in _reduplicated() or word[0] in "一很非越又边再好" or not vocabulary.is_word(word[:2]):
        return True
    end = at + 2 * len(word)
    if segments.known(word + text[end : end + 1]) and text[end : end + 1]:
        return True  # 博士|博士后
    if len(word) == 2:
        return not vocabulary.is_word(word) or text[at - 1 : at] in "“‘"
    return False
