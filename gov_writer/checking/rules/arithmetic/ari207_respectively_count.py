"""ARI207: 分别 joins a number of things with a different number of values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules import citations
from gov_writer.checking.rules.arithmetic import grammar
from gov_writer.checking.rules.arithmetic.grammar import Stretch
from gov_writer.checking.rules.arithmetic.lists import Count, count_items
from gov_writer.domain import Fact, Finding, Kind, Severity
from gov_writer.lexicon import rows
from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import small

_RESPECTIVELY = lazy(r"分别")
_VALUES = frozenset({Kind.QUANTITY, Kind.PERCENT, Kind.GROWTH, Kind.RANK})
_JOIN = lazy(
    r"^\s*(?:以上|以下|左右|以内|名|位|的)?\s*(?:[、和与及,，]|以及)\s*(?:同比|环比)?(?:第|前)?(?:约|近|超|过)?$"
)
_STATED = lazy(
    r"(\d{1,2}|[两二三四五六七八九十]{1,2})(?:个|家|名|位|项|条|类|所|处|大|人|种|级|部|支|方面|地)"
)
#: Quoted names stand side by side without a comma: “保供水”“保供电”.
_BESIDE = lazy(r"(?<=[”》])(?=[“《])")
_GOES_ON = lazy(r"\s*(?:、|和|与|及|以及)\s*(?:约|近|超)?[\d一二两三四五六七八九十]")
_LONGEST_LEAD = 90


class RespectivelyCount(Rule):
    code = "ARI207"
    name = "respectively-count"
    severity = Severity.ERROR
    title = "“分别”前后个数不等"
    why = "“分别”要求前面几项、后面就有几个数；少一个，后面的数就全对错了位。"
    bad = "东岭、西湾、南坪三个社区分别走访120户、98户。"
    good = "东岭、西湾、南坪三个社区分别走访120户、98户、86户。"
    authority = citations.ACCURATE

    def check(self, case: Case) -> Iterator[Finding]:
        for stretch in grammar.stretches(case):
            for section in grammar.sections(case.text, stretch):
                for match in _RESPECTIVELY.finditer(case.text, section.start, section.end):
                    finding = self._judge(case, section, match.start(), match.end())
                    if finding is not None:
                        yield finding

    def _judge(self, case: Case, section: Stretch, start: int, end: int) -> Finding | None:
        values = _values(case.text, section, end)
        if len(values) < 2:
            return None  # one value may hold for all of them
        counts = list(_subjects(case.text, section, start, end, values[0]))
        if not counts or any(count.low <= len(values) <= count.high for count in counts):
            return None
        firm = [count for count in counts if count.low >= 2 or (count.high == 2 and count.loose)]
        if not firm:
            return None
        expected = firm[0]
        several = str(expected.low) if expected.low == expected.high else f"{expected.low}—{expected.high}"
        message = f"“分别”前面有{several}项，后面有{len(values)}个数（{'、'.join(v.text for v in values)}），对不上。"
        loose = any(count.loose and count.low - 1 == len(values) for count in counts)
        severity = self.severity.lowered() if loose else None
        return self.found(case, min(expected.start, start), values[-1].end, message, severity=severity)


def _values(text: str, section: Stretch, after: int) -> list[Fact]:
    """The run of values of one kind that 分别 governs."""
    run: list[Fact] = []
    for fact in section.facts[section.index(after) :]:
        if not run:
            if fact.start - after > 40 or re.search(r"[，,]", text[after : fact.start]):
                return []
            if fact.kind in _VALUES and fact.value is not None:
                run.append(fact)
            continue
        joined = _JOIN.match(text[run[-1].end : fact.start]) is not None
        if not joined or fact.kind is not run[0].kind or len(run) > 30:
            break
        if "，" in text[run[-1].end : fact.start] and fact.unit != run[0].unit:
            break
        run.append(fact)
    if run and _GOES_ON.match(text, run[-1].end):
        return []  # 3分、5分和1毛钱: values that were not read the same way
    return run


def _subjects(text: str, section: Stretch, start: int, end: int, first: Fact) -> Iterator[Count]:
    """All the ways to count what 分别 distributes over; empty where nothing can be counted."""
    lead_start = max(section.start, start - _LONGEST_LEAD)
    lead = text[lead_start:start]
    clauses = list(re.finditer(r"[^，,；;：:]+", lead))
    own = clauses[-1] if clauses and not re.search(r"[，,；;：:]\s*$", lead) else None
    if own is not None:
        yield from _in_words(text, lead_start + own.start(), lead_start + own.end())
    between = text[end : first.start]
    if "、" in between or re.search(r"[和与及]", between):
        yield from _in_words(text, end, first.start)
    previous = [c for c in clauses if c is not own][-2:]
    for clause in previous:
        span = lead_start + clause.start(), lead_start + clause.end()
        figures = [f for f in section.between(*span) if f.kind in _VALUES]
        if len(figures) > 1:
            yield Count(len(figures), len(figures), lead_start + clause.start())
        yield from _in_words(text, lead_start + clause.start(), lead_start + clause.end())
    if own is not None and previous and (more := _trades(own, previous[-1], previous)):
        yield Count(more, more, lead_start + previous[-1].start())
    if len(previous) > 1 and own is None:
        yield Count(len(previous), len(previous), lead_start + previous[0].start())
    facts = [f for f in section.between(lead_start, start) if f.kind in _VALUES]
    if len(facts) > 1:
        yield Count(1, len(facts), facts[0].start)


def _trades(own: re.Match[str], last: re.Match[str], previous: Sequence[re.Match[str]]) -> int:
    """交通运输、仓储和邮政业，房地产业增加值分别…: trades whose names have commas of their own; 0 if it is no such list."""
    if "业" not in own[0] or not last[0].endswith("业"):
        return 0
    return 1 + sum(clause[0].endswith("业") for clause in previous)


def _in_words(text: str, start: int, end: int) -> Iterator[Count]:
    """The listed items between two offsets, the number that stands there, and words that mean several."""
    words = text[start:end]
    listed = count_items(_BESIDE.sub("、", words))
    if listed.high > 1:
        several = _several(words)
        yield Count(listed.low, listed.high + several, start, listed.loose)
    elif several := _several(words):
        yield Count(1 + several, 1 + several, start)
    for match in _STATED.finditer(words):
        number = small(match[1])
        if number is not None and number > 1 and listed.high <= 1:
            yield Count(number, number, start + match.start())


@cache
def _compounds() -> tuple[re.Pattern[str], dict[str, int]]:
    counts = {word: int(count) for word, count in rows("paired_words")}
    longest_first = sorted(counts, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), counts


def _several(words: str) -> int:
    """How many more things compound words name (城乡居民 are two)."""
    pattern, counts = _compounds()
    return sum(counts[match[0]] - 1 for match in pattern.finditer(words))
