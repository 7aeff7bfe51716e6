"""Whose figure it is: the community, village or office that the sentence names (柳溪社区走访独居老人132户).

Names are read where sources set them off (at the beginning of a clause, a line, a table row, in a list), so a draft's
sentence is searched for known names only, and a verb before one never gets into it. A figure may have several owners
(柳溪、石桥两个社区); where no name stands, it has none, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gov_writer.domain import Fact
from gov_writer.matching.contexts import Contexts
from gov_writer.text.lazy import lazy

_KIND = "社区|村|小区|街道|片区|园区|网格|镇|乡|派出所|司法所|卫生院|卫生服务中心|小学|中学|幼儿园|大队|中队|[\u4e00-\u9fff]队|[\u4e00-\u9fff]办"
#: A name set off from what stands before it; its own part is two to four characters long.
_SET_OFF = lazy(
    rf"(?:^|[\n\t|，。；;、：:（(*#\-\s\d.]|在|由)(?P<stem>[\u4e00-\u9fff]{{1,4}}?)(?P<kind>{_KIND})"
)
_NAME = lazy(rf"(?P<kind>{_KIND}|(?<=[一二三四五六七八九十])[组班科])")
#: These words make no name of what stands before 社区, 村, 办.
_COMMON = lazy(
    r"^(?:本|全|各|每|该|个|两|三|四|五|六|七|八|九|十|老旧|新|旧|示范|美丽|和美|行政|自然|脱贫|贫困|试点|所有|部分|有关|相关|多个|其他|其它|涉及|街道|区|镇|乡|城|乡|农|重点|先进|主|分|支|大|小|督|承|主|协|举|创|开|兴|申|试|联|民|协|包|代|帮|交|严|查|补|停|拟|已|待|未|再|续|接|组|部|排|车|军|舰|梯|团)+$"
)
#: What is done with a place is no part of its name: 听取社区书记汇报, 覆盖全部小学.
_WORK = lazy(
    "举办|成立|服务|覆盖|配合|听取|宣传|占全|选派|召开|组织|开展|走访|建成|新建|改造|创建|评选|培育|打造|完成|实施|推进|推动|指导|督促|帮助|联系|惠及|涉及|深入|进驻|入驻|书记|镇长|干部"
    "|.*[驻入进到下包年月日户人家件个次处]$"
)
_NO_OFFICE = lazy("[都已均全没未再主举承督交]办|[带领表编代车]队")
#: 1、一组：今年外出招商23批次
_TEAM = lazy(
    r"^[\s*#>\-\d.、（()）]*(?P<team>第?[一二三四五六七八九十](?:组|队|班|科))[：:，,\s]", re.MULTILINE
)
_LIST = lazy(r"(?P<stem>[\u4e00-\u9fff]{2,4})(?P<kind>(?:社区|村|小区|街道|镇|乡)?)[、和与及]$")
_TOTAL = lazy(r"计$|[总平]|其[中他它余]|全部|本级")
_HEAD = lazy(r"^[\s|]*(?P<kind>社区|村|小区|街道|镇|乡|网格)(?:名称|别)?\s*(?:[\t|,]|$)")
#: 河口镇 in a column headed 街道 is a town all the same.
_ENDS = lazy("(?:社区|村|小区|街道|镇|乡|网格)$")
_BACK, _DEEP = 60, 12


def _kinds_of_rows(side: Contexts) -> dict[str, str]:
    """The rows of tables whose first column is headed by a kind of owner (社区), with their full names."""
    found: dict[str, str] = {}
    for i, fact in enumerate(side.facts):
        if fact.cell is None or not (label := side.row(i)) or label in found:
            continue
        kind = _HEAD.search(side.head_of(fact))
        if (
            kind
            and 1 < len(label) <= 4
            and not _TOTAL.search(label)
            and not _ENDS.search(label)
            and not _COMMON.match(label)
        ):
            found[label] = label + kind["kind"]
    return found


def _teams(side: Contexts) -> frozenset[str]:
    """一组, 二组, 三组 where lines of one source open with two of them at least."""
    found = (frozenset(m["team"] for m in _TEAM.finditer(text)) for text in side.texts)
    return frozenset(team for teams in found if len(teams) > 1 for team in teams)


class Owners:
    """The owners of the facts of a draft (mine) and of its sources (theirs).  All by index."""

    def __init__(self, mine: Contexts, theirs: Contexts) -> None:
        self._sides = (mine, theirs)
        self._known: frozenset[str] | None = None
        self._rows: dict[str, str] = {}  # 柳荫, under a column headed 社区 → 柳荫社区
        self._found: dict[tuple[int, int], frozenset[str]] = {}

    @property
    def known(self) -> frozenset[str]:
        """The names that the sources set off: stem and kind (柳溪社区)."""
        if self._known is None:
            theirs = self._sides[1]
            self._rows = _kinds_of_rows(theirs)
            self._known = (
                frozenset(
                    name
                    for source in theirs.texts
                    for match in _SET_OFF.finditer(source)
                    if not _COMMON.match(match["stem"])
                    and not _WORK.match(match["stem"])
                    and not _NO_OFFICE.match(match["kind"])
                    and len(name := match["stem"] + match["kind"]) > 2
                )
                | frozenset(self._rows.values())
                | _teams(theirs)
            )
        return self._known

    def of(self, side: int, index: int) -> frozenset[str]:
        """The owners of a fact; empty where its sentence names none.  side: 0 mine, 1 theirs."""
        key = (side, index)
        if key not in self._found:
            self._found[key] = self._read(self._sides[side], index) if self.known else frozenset()
        return self._found[key]

    def apart(self, claim: int, fact: int) -> bool:
        """Whether both have owners, and none in common."""
        mine = self.of(0, claim)
        return bool(mine) and bool(theirs := self.of(1, fact)) and mine.isdisjoint(theirs)

    def _read(self, side: Contexts, index: int) -> frozenset[str]:
        fact = side.facts[index]
        if side is self._sides[1] and (own := self._rows.get(side.row(index))) is not None:
            return frozenset({own})
        if (own := self._respectively(side, index)) is not None:
            return frozenset({own})
        for words in (fact.subject, *self._before(side, fact), fact.actor):
            found = self._all(words) if fact.cell is not None else self._last(words)
            if found:
                return found
        if (
            fact.heading
            and (named := _NAME.search(fact.heading[-1]))
            and named.end() == len(fact.heading[-1].rstrip())
        ):
            return self._last(fact.heading[-1].rstrip())
        return frozenset()

    def _respectively(self, side: Contexts, index: int) -> str | None:
        """柏坪村和清泉村较弱，分别只有38.9万元和30.2万元: whose a figure behind 分别 is, where as many names stand before."""
        fact = side.facts[index]
        begin = max(fact.sentence[0], fact.start - 2 * _BACK)
        words = "" if fact.cell is not None else side.between(fact, begin, fact.start)
        head, told, _ = words.rpartition("分别")
        if not told or "。" in words:
            return None
        named = list(_NAME.finditer(head[-_BACK:]))
        names = [
            n
            for m in named
            for size in (4, 3, 2)
            if (n := head[-_BACK:][max(0, m.start() - size) : m.end()]) in self.known
        ]
        at = fact.start - len(words) + len(head)
        group = [
            f.id
            for f in side.facts[max(0, index - _DEEP) : index + _DEEP]
            if f.clause == fact.clause and f.source == fact.source and f.start >= at and f.unit == fact.unit
        ]
        return names[group.index(fact.id)] if len(names) == len(group) > 1 and fact.id in group else None

    def _before(self, side: Contexts, fact: Fact) -> Iterator[str]:
        """The words before a figure: its clause, its sentence; of a table none but its labels."""
        if fact.cell is not None:
            yield fact.scope
            return
        yield side.between(fact, max(fact.clause[0], fact.start - _BACK), fact.start)
        yield side.between(fact, max(fact.sentence[0], fact.start - _BACK), fact.start)
        yield fact.scope

    def _all(self, labels: str) -> frozenset[str]:
        """All known names among a row's labels: a quarter, and the community that it lies in."""
        ends = [match.end() for match in _NAME.finditer(labels)]
        return frozenset(name for end in ends for name in self._last(labels[:end]))

    def _last(self, words: str) -> frozenset[str]:
        """The last known name in some words, with those that stand in one list with it."""
        for match in reversed(list(_NAME.finditer(words[-_BACK - 20 :]))):
            text = words[-_BACK - 20 :]
            for size in (4, 3, 2, 1):
                start = match.start() - size
                name = text[start : match.end()]
                if start >= 0 and name in self.known:
                    return frozenset({name, *self._listed(text[:start], match["kind"])})
        return frozenset()

    def _listed(self, text: str, kind: str) -> Iterator[str]:
        """The names before a name in its list; each may leave the kind to the last."""
        for _ in range(_DEEP):
            match = _LIST.search(text[-12:])
            if match is None:
                return
            stem = match["stem"]
            name = next((stem[-n:] + kind for n in (4, 3, 2) if stem[-n:] + kind in self.known), "")
            if not name:
                return
            yield name
            text = (
                text[: len(text[:-12]) + match.end("stem") - len(name) + len(kind)]
                if len(text) > 12
                else text[: match.end("stem") - len(name) + len(kind)]
            )
