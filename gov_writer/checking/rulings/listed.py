"""Small counts that say how many of a thing are told one by one (甲、乙两个社区): no source needs to have them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from gov_writer.domain import Approx, Fact, Kind, Ledger
from gov_writer.text.lazy import lazy

#: 三个社区, 两家: few, in words or digits, of things that were named or counted before.
_FEW = lazy(r"[二两三四五六七八九十2-9](?:个|家|所|名|位|处|支|条|项|座|类|级|者|大|种|方|年|天)?")
#: 视察四次：…；…；…；…
_NUMBER = lazy("[二两三四五六七八九十2-9]")
_ITEM = r"[\u4e00-\u9fff“”《》]{1,16}"
#: What leads to a figure of its own (甲级、乙级分别为5家), not to the number of what was listed.
_LEADS = lazy(r"(?:分别|依次|各|各有|为|是|有|达|共|约|近|超|成立|新增|新建|完成|开展)$")
_LISTS = lazy(rf"(?<![0-9.%])(?=[^、]{{2}}){_ITEM}(?:、{_ITEM})+(?:[和与及]{_ITEM})?|{_ITEM}[和与]{_ITEM}")
_WHOLE = lazy(r"[各全本该每\d一两二三四五六七八九十]|辖[区内]")
_THINGS = ("社区", "小区", "网格", "街道", "部门", "科室", "单位", "项目", "企业", "村", "镇", "乡")


class Listed:
    """What is listed beside the counts of one text, and what its sources tell of one by one."""

    def __init__(self, text: str, against: Ledger | None = None) -> None:
        self._text, self._against = text, against

    def counts(self, claim: Fact, before: Sequence[Fact], *, sure: bool = False) -> bool:
        """Whether a small count speaks of what is listed, rightly or (then ARI204 tells) not.

        before: the claims before it, in text order.
        sure: a source surely has another count, so that a wrong one is told with that source.
        """
        if self.beside(claim, before):
            return True
        return not sure and (self.in_sources(claim) or self._miscounted(claim))

    def beside(self, claim: Fact, before: Sequence[Fact] = ()) -> bool:
        """Whether it speaks of what its paragraph has just listed or counted (柳溪、石桥两个社区; 两个社区都…).

        A count that differs from its list is none, so that it can be told.
        """
        text = self._text
        if _NUMBER.match(claim.text) and text.startswith(("：", ":"), claim.end):
            items = re.split("[。\n]", text[claim.end : claim.end + 600], maxsplit=1)[0]
            return items.count("；") + 1 == claim.value
        if not _few(claim):
            return False
        thing = text[claim.end : claim.end + 2]
        line = text.rfind("\n", 0, claim.start) + 1
        for other in reversed(before):
            if other.start < line:
                break
            if (
                other.value == claim.value
                and other.unit == claim.unit
                and text[other.end : other.end + 2] == thing
            ):
                return True
        start = max(line, claim.start - 240)
        for match in reversed(list(_LISTS.finditer(text, start, claim.start))):
            adjacent = match.end() == claim.start
            if adjacent and _LEADS.search(match[0]):
                return False
            if (
                adjacent
                or thing in match[0]
                or thing in text[match.end() : min(match.end() + 8, claim.start)]
            ):
                return len(re.split("[、和与及]", match[0])) == claim.value
        return False

    def in_sources(self, claim: Fact) -> bool:
        """Whether it is how many of a thing the sources tell of: 三个社区 where a table has three communities."""
        if claim.kind is not Kind.QUANTITY or claim.value is None or claim.mention.approx is not Approx.EXACT:
            return False
        thing = next((thing for thing in _THINGS if self._text.startswith(thing, claim.end)), "")
        return claim.unit in ("个", "家") and claim.value in self.sizes.get(thing, ())

    def _miscounted(self, claim: Fact) -> bool:
        """Whether it stands right behind a list of another length (甲、乙、丙4个社区): ARI204 speaks of it."""
        if not _few(claim):
            return False
        start = max(self._text.rfind("\n", 0, claim.start) + 1, claim.start - 120)
        return any(
            m.end() == claim.start and not _LEADS.search(m[0])
            for m in _LISTS.finditer(self._text, start, claim.start)
        )

    @cached_property
    def sizes(self) -> dict[str, frozenset[int]]:
        return {} if self._against is None else _told(self._against)


def _few(claim: Fact) -> bool:
    return claim.kind is Kind.QUANTITY and claim.value is not None and _FEW.fullmatch(claim.text) is not None


def _told(against: Ledger) -> dict[str, frozenset[int]]:
    """How many of a thing (社区) the sources tell of one by one: as rows of a table, or as places of figures."""
    found: dict[str, set[int]] = defaultdict(set)
    for source in against.sources:
        for table in source.tables:
            names = {
                c.labels[-1] for c in table.cells if c.number is not None and c.labels and not c.is_total
            }
            heads = {source.text[c.start : c.end].strip() for c in table.cells if c.is_header} - names
            for thing in _THINGS:
                if names and (
                    any(thing in head for head in heads) or all(name.endswith(thing) for name in names)
                ):
                    found[thing].add(len(names))
    for thing in _THINGS:
        scopes = {f.scope for f in against.facts if f.scope.endswith(thing) and not _WHOLE.match(f.scope)}
        if len(scopes) > 1:
            found[thing].add(len(scopes))
    return {thing: frozenset(sizes) for thing, sizes in found.items()}
