"""TXT604: a character, word or mark typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from gov_writer import lexicon
from gov_writer.checking.case import Case
from gov_writer.checking.office import Allowed
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.wording.txt602_scrape_noise import doubled_by_scraping
from gov_writer.domain import Finding, Fix, Severity
from gov_writer.matching import vocabulary

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_ONE = re.compile(f"([{_HAN}])\\1")
_MORE = re.compile(f"([{_HAN}]{{2,8}}?)\\1(?!\\1)")
_MARKS = re.compile("([，。、；：！？])\\1+|[，、；：][。，、；：](?![。，、；：])|。[，、；：]|([,;:])\\2")
_STRONGEST = "。；：，、"
#: Units of administration and place words pile up by themselves: 全市市场监管, 各区区委, 古镇镇区.
_PLACES = frozenset("省市区县镇乡村街路局院校所站馆园山江河湖港城海库水民工")


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


@cache
def _reduplicated() -> frozenset[str]:
    return frozenset(lexicon.words("reduplications"))


def _is_slip(text: str, at: int) -> bool:
    """No word explains both characters: neither 天天, 扎扎实实, nor 目的|的, 为了|了解."""
    pair, character = text[at : at + 2], text[at]
    before, after = text[max(0, at - 2) : at], text[at + 2 : at + 4]
    if pair in _reduplicated() or character in _PLACES or character in "零一二三四五六七八九十百千万亿":
        return False
    if (len(after) == 2 and after[0] == after[1]) or (
        len(before) == 2 and before[0] == before[1]
    ):  # 扎扎实实
        return False
    known = vocabulary.is_word
    left = len(before) > 0 and known(before[-1] + character)
    right = len(after) > 0 and known(character + after[0])
    left3 = len(before) == 2 and known(before + character)
    right3 = len(after) == 2 and known(character + after)
    if (
        (known(pair) and character not in _FUNCTION)
        or known(pair + after[:1])
        or known(before[-1:] + pair)
        or known(before[-1:] + pair + after[:1])
    ):
        return False
    if character == "的":
        return before[-1:] not in ("目", "标") and after[:1] not in ("确", "士", "哥")
    if character == "了":
        return before[-1:] not in ("明", "未") and after[:1] not in ("解", "结", "却", "然")
    if character in _FUNCTION:
        return not ((left or left3) and (right or right3))
    if (left or left3) and not (right or right3):
        return True
    closed = not after or (not _HAN_CHAR.match(after[0]) and after[0] not in "”’》」』）")
    if closed and before and _HAN_CHAR.match(before[-1]):  # 张贴贴。
        return True
    return character in _OPENING and (right or right3) and not (left or left3)


#: Characters that begin verbs and adverbs and seldom end a word: 加加强, 更更大, 让让.
_OPENING = frozenset(
    "加让更快全新突重推提强开建完实抓坚促落引培打积深统健优扩改组持确保服制严不可要能会先再又已未较最越特极各每"
)
_HAN_CHAR = re.compile(f"[{_HAN}]")
_FUNCTION = frozenset("的了是在和与对将为及把被并也而以从由向着就都")


def _may_repeat(text: str, at: int, word: str) -> bool:
    """研究研究, 一个一个, 很多很多; and lists such as 3个3个 hold no whole word twice."""
    if word in _reduplicated() or word[0] in "一很非越又边再好" or not vocabulary.is_word(word[:2]):
        return True
    if len(word) == 2:
        return not vocabulary.is_word(word) or text[at - 1 : at] in "“‘"
    return False
