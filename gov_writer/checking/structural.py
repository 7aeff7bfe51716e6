"""Counts that speak of the text itself, or are articles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from gov_writer.domain import Approx, Fact, Kind, Ledger
from gov_writer.text.lazy import lazy

_PROMISED = lazy(r"[一二三四五六七八九十两]+(?:个|大)?(?:方面|点|条|项|部分|环节|层面|维度|关键|重点|问题)?")
_NUMERALS = "一二三四五六七八九十两"


def structural(fact: Fact) -> bool:
    """一个平台, 三个方面: an article, or a count that announces what follows; no source needs to have it."""
    mention = fact.mention
    if mention.kind is not Kind.QUANTITY or mention.approx is not Approx.EXACT or not mention.text:
        return False
    if mention.value == 0 and not mention.text[0].isdigit():
        return True  # 事故为零: that nothing happened, notes tell without a figure
    if mention.text[0] not in _NUMERALS:
        return False
    if mention.unit == "件" and re.search("以下|下列", fact.subject) and len(mention.text) == 2:
        return True  # 抓好以下三件事
    if mention.value == Decimal(1) or mention.unit in ("季度", "个季度"):
        return True
    return bool(_PROMISED.fullmatch(mention.text)) and mention.unit in (
        *("方面", "个方面", "点", "部分", "环节", "层面", "维度", "关键", "重点"),
    )


#: 三个社区, 两家: few, in words or digits, of things that were named or counted before.
_FEW = lazy(r"[二两三四五六七八九十2-9](?:个|家|所|名|位|处|支|条|项|座|类|级|者)?")
_ITEM = r"[\u4e00-\u9fff“”《》]{1,16}"
#: What leads to a figure of its own (甲级、乙级分别为5家), not to the number of what was listed.
_LEADS = lazy(r"(?:分别|依次|各|各有|为|是|有|达|共|约|近|超|成立|新增|新建|完成|开展)$")
_LISTS = lazy(rf"(?<![0-9.%])(?=[^、]{{2}}){_ITEM}(?:、{_ITEM})+(?:[和与及]{_ITEM})?|{_ITEM}[和与]{_ITEM}")


def recalls(claim: Fact, text: str, before: Sequence[Fact]) -> bool:
    """Whether a small count speaks of what its paragraph has just listed or counted (柳溪、石桥两个社区; 两个社区都…).

    before: the claims before it, in text order.  A count that differs from its list is none, so that it can be told.
    """
    if claim.kind is not Kind.QUANTITY or claim.value is None or not _FEW.fullmatch(claim.text):
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
        adjacent = match.end() == claim.start and not _LEADS.search(match[0])
        if adjacent or thing in match[0] or thing in text[match.end() : match.end() + 8]:
            return len(re.split("[、和与及]", match[0])) == claim.value
    return False


def miscounted(claim: Fact, text: str) -> bool:
    """Whether a small count stands right behind a list of another length (甲、乙、丙4个社区): ARI204 speaks of it."""
    if claim.kind is not Kind.QUANTITY or claim.value is None or not _FEW.fullmatch(claim.text):
        return False
    start = max(text.rfind("\n", 0, claim.start) + 1, claim.start - 120)
    return any(
        m.end() == claim.start and not _LEADS.search(m[0]) for m in _LISTS.finditer(text, start, claim.start)
    )


_WHOLE = lazy(r"[各全本该每\d一两二三四五六七八九十]|辖[区内]")
_THINGS = ("社区", "小区", "网格", "街道", "部门", "科室", "单位", "项目", "企业", "村", "镇", "乡")


def gathered(against: Ledger) -> dict[str, frozenset[int]]:
    """How many of a thing (社区) the sources tell of one by one: as rows of a table, or as places of figures.

    三个社区 needs no source that says 3个: a table with three communities has them.
    """
    found: dict[str, set[int]] = defaultdict(set)
    for source in against.sources:
        for table in source.tables:
            names = {
                c.labels[-1] for c in table.cells if c.number is not None and c.labels and not c.is_total
            }
            heads = {source.text[c.start : c.end].strip() for c in table.cells if c.is_header}
            for thing in _THINGS:
                if names and (thing in heads or all(name.endswith(thing) for name in names)):
                    found[thing].add(len(names))
    for thing in _THINGS:
        scopes = {f.scope for f in against.facts if f.scope.endswith(thing) and not _WHOLE.match(f.scope)}
        if len(scopes) > 1:
            found[thing].add(len(scopes))
    return {thing: frozenset(sizes) for thing, sizes in found.items()}


def names_them(claim: Fact, text: str, sizes: dict[str, frozenset[int]]) -> bool:
    """Whether a count of things (三个社区) is how many of them the sources tell of (``gathered``)."""
    if claim.kind is not Kind.QUANTITY or claim.value is None or claim.mention.approx is not Approx.EXACT:
        return False
    thing = next((thing for thing in _THINGS if text.startswith(thing, claim.end)), "")
    return claim.unit in ("个", "家") and claim.value in sizes.get(thing, ())
