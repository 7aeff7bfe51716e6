"""Counting what a sentence lists: 、 and the conjunctions that close a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from gov_writer.lexicon import words
from gov_writer.text.lazy import lazy

_BRACKETS = lazy(r"[（(][^（）()]{0,200}[）)]")
_QUOTED = lazy(r"[“\"‘《「][^”\"’》」]{0,60}[”\"’》」]")
#: 和, 与, 及 inside words join nothing.
_NO_CONJUNCTION = lazy(
    r"和谐|和平|和睦|和美|和解|和气|和顺|人和|温和|共和|总和|饱和|缓和|柔和|祥和|中和|及时|及以上|及以下|普及|涉及|以及其|及格|危及|惠及|触及|波及|提及|参与|与会|给与|与时|赠与|与民"
)
_JOINS = lazy(r"以及|和|与|及|暨")


@dataclass(frozen=True, slots=True)
class Count:
    """Between low and high things are listed; start: where the list begins.

    loose: the 和 of the last member was counted as closing the list, though it may be inside a name.
    """

    low: int
    high: int
    start: int = 0
    loose: bool = False


def flattened(words: str) -> str:
    """The words with bracketed and quoted text blanked, length unchanged, so that only the list's own marks count."""

    def blank(match: re.Match[str]) -> str:
        return "□" * len(match[0])

    flat = words
    for _ in range(3):
        flat = _BRACKETS.sub(blank, flat)
    return _QUOTED.sub(blank, flat)


def count_items(words: str) -> Count:
    """How many items ``words`` lists.  A 和 in the last member closes the list; elsewhere it may be inside a name."""
    flat = _NO_CONJUNCTION.sub(lambda m: "□" * len(m[0]), flattened(words))
    members = flat.split("、")
    low = high = len(members)
    loose = False
    for at, member in enumerate(members):
        joins = len(_JOINS.findall(member))
        if not joins:
            continue
        high += joins
        closes = at == len(members) - 1 and len(members) > 1 and joins == 1
        if "以及" in member or (closes and _alike(*_JOINS.split(member))):
            low += 1
            loose = "以及" not in member
        elif len(members) == 1 and joins == 1 and _two_of_a_sort(*_JOINS.split(member)):
            loose = True  # 张岭村和李湾村: two, unless 和 is in a name
    return Count(low, high, 0, loose)


def _alike(left: str, right: str) -> bool:
    """Whether 和 joins two members (物流和文创, 西湾社区和南坪社区) and not two words of one (能源开发与高效利用)."""
    same_end = left[-1:] == right[-1:] and len(left) <= 8
    return same_end or (abs(len(left) - len(right)) <= 1 and max(len(left), len(right)) <= 5)


def _two_of_a_sort(left: str, right: str) -> bool:
    """张岭村和李湾村, 东岭社区和西湾社区: two names with one last word."""
    left, right = left.strip(), right.strip()
    return 2 <= len(left) <= 8 and abs(len(left) - len(right)) <= 2 and left[-1:] == right[-1:]


@cache
def _kinds() -> tuple[str, ...]:
    return words("kinds")


def is_kind(member: str) -> bool:
    """Whether a listed thing is a kind (商场、超市) and not one of its name: a number beside it may be larger."""
    name = member.strip()
    return any(name.endswith(kind) and len(name) <= len(kind) + 2 for kind in _kinds())
