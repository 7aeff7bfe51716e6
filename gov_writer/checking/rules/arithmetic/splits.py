"""How a sentence splits a total: 其中, in brackets, after a colon, summed up, left over, by quarters, made up of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gov_writer.checking.rules.arithmetic import grammar
from gov_writer.checking.rules.arithmetic.grammar import Stretch, is_operand, same_unit, tidy
from gov_writer.domain import Fact
from gov_writer.matching import units
from gov_writer.text.lazy import lazy

_AMONG = lazy(r"其中[，,：:]?|按[\u4e00-\u9fff]{2,4}(?:来)?(?:分|划分|统计)[，,：:]|(?<=[，,])含(?![量义蓄])")
_SUMMED = lazy(
    r"[，,、：:（(]\s*(?:以上|全部|[两二三四五六七八九十\d]{1,2}[个项类家大][\u4e00-\u9fff]{0,4}?)?(合计|总计|共计|总共|共|一共)[^，,、；;：:\d]{0,6}$"
)
_FIRM_SUM = frozenset({"合计", "总计", "共计", "总共", "一共"})
_PARTIAL = lazy(r"等(?!级|待|候|同|次|额|值)|包括|包含|主要|例如|譬如|比如|诸如|尤其|特别是|部分|仅|含|有")
_HARD_PARTIAL = lazy(r"等(?!级|待|候|同|次|额|值)|包括|包含|主要|例如|譬如|比如|诸如|尤其|特别是|部分")
#: 市场主体1.5万户，其中企业…，个体户…: cooperatives are the rest.
_HOLDERS = lazy(r"(?:市场|经营)主体[^，,。；;\d]{0,6}$")
_REST = lazy(r"其余|其他|其它|剩余|剩下|余下|尚余|另外的")
_LEFT = lazy(r"(?:仍|还|尚)?(?:有)?(?:剩余|剩下|余下|尚余|其余|(?P<not_yet>未|没有|正在|待))")
#: 有物业…、无物业…: two halves of everything, so 有 does not mean "among others".
_HALVES = lazy(r"有(?P<what>[\u4e00-\u9fff]{1,6}).{0,20}?(?:无|没有|未)(?P=what)", re.S)
#: 年均超收20亿元，其中去年25亿元: an average has no parts.
_MEAN = r"(?:[年月日人户]均|平均|每[千百万年月人户]人?|每个?[\u4e00-\u9fff]{1,3})[^，,。；;、\d]{0,6}$"
_AVERAGE = lazy(_MEAN)
#: 比上半年多出3800万元, 全区泊位累计达到3.18万个: no further part.
_NO_PART = lazy(
    rf"{_MEAN}|[比较][^，,、；;\d]{{1,10}}[多少高低增减]\S{{0,3}}$"
    r"|(?:累计|总数|总量|总计|合计|共计)[^，,、；;\d]{0,6}$"
)
#: 全年共办结261件, after the parts of the year were told.
_WHOLE_YEAR = lazy(r"全年(?:累计|合计|总计|共计|总共|一共|共)[^，,、；;：:\d]{0,8}$")
_FOUR_QUARTERS = lazy(
    r"(?:四个季度|一季度、二季度、三季度[、和]四季度|一至四季度)[^，,。；;\d]{0,10}(?:分别|依次)"
)
_PARTS_OF_YEAR = (
    (lazy(r"上半年"), lazy(r"下半年")),
    (lazy(r"(?<!\d)1\s*[—\-－–~至到]+\s*6月"), lazy(r"(?<!\d)7\s*[—\-－–~至到]+\s*12月")),
    (lazy(r"一季度"), lazy(r"二季度"), lazy(r"三季度"), lazy(r"四季度")),
)
_MADE_OF = lazy(r"[，,](?:分别)?由(?=[^，,。；;\d]{1,16}\d)")
_MAKES = lazy(r"(?:[一二两三四五六七八九\d]{1,2}[个类种项部]?[\u4e00-\u9fff]{0,4})?(?:组成|构成)")
_EACH = lazy("(?P<names>[\u4e00-\u9fff、“”]*)各[有为占]?$")
_NAMES = lazy("以及|[、和与及]")
_LAST_NUMBER = lazy(r"\d+(?=[^\d]{0,3}$)")
_LONGEST_LABEL = 26
_MOST_PARTS = 40
_FARTHEST = 600


@dataclass(frozen=True, slots=True)
class Split:
    """A total with its parts.  whole: the parts claim to be all there are."""

    candidates: tuple[Fact, ...]  # what the total may be, nearest first
    parts: tuple[Fact, ...]
    labels: tuple[str, ...]
    whole: bool
    partial: bool


def splits(text: str, stretch: Stretch, before: Stretch | None) -> Iterator[Split]:
    earlier = before
    for section in grammar.sections(text, stretch):
        yield from _among(text, section, earlier)
        yield from _bracketed(text, section)
        yield from _after_colon(text, section)
        yield from _enumerated(text, section)
        yield from _summed_up(text, section)
        yield from _left_over(text, section)
        yield from _by_periods(text, section)
        yield from _made_up_of(text, section)
        earlier = section


def _among(text: str, section: Stretch, before: Stretch | None) -> Iterator[Split]:
    """…58件，其中A 28件、B 18件：the total stands before 其中, in this sentence or the one before."""
    matches = list(_AMONG.finditer(text, section.start, section.end))
    limits = [*(following.start() for following in matches[1:]), section.end]
    for match, limit in zip(matches, limits, strict=False):
        at = match.start()
        inside = grammar.depth_before(text, section.start, at) > 0
        limit = min(limit, match.end() + _FARTHEST)
        end = _end_of_brackets(text, at, limit) if inside else limit
        if text[max(0, at - 1) : at] == "、":  # 16个、其中新开工5个，…: the comma ends the remark
            comma = re.compile("[，,]").search(text, match.end(), end)
            end = comma.start() if comma else end
        earlier: Sequence[Fact] = [f for f in section.before(at) if f.end <= at]
        own = bool(earlier)
        if _bare_number(text, section, at):
            continue
        if not own and before is not None and not text[section.start : at].strip(" 　"):
            if "\n" in text[before.end : section.start]:
                continue
            earlier = before.facts[-12:]
        for unit in _units_in(section, match.end(), end):
            split = _run(text, section, match.end(), end, earlier, unit=unit)
            if split is None:
                continue
            if match[0][0] == "按":  # who names the sorting says that its sorts don't overlap
                yield replace(split, labels=(), whole=True)
            else:
                yield replace(split, partial=True, whole=False) if match[0] == "含" else split


def _bare_number(text: str, section: Stretch, at: int) -> bool:
    """个体户数11699，其中…: the number nearest before 其中 has no unit and may be the total."""
    found = _LAST_NUMBER.search(text, max(section.start, at - 60), at)
    return found is not None and not section.between(found.start() - 3, found.end() + 3)


def _units_in(section: Stretch, start: int, end: int) -> tuple[Fact, ...]:
    """The first figure of each unit among the parts: 东岭小区12栋420户、西湾小区14栋710户 has two."""
    first: dict[str, Fact] = {}
    for fact in section.facts[section.index(start) :][:_MOST_PARTS]:
        if fact.start < end and is_operand(fact):
            first.setdefault(units.canonical(fact.unit), fact)
    return tuple(first.values())[:3]


def _end_of_brackets(text: str, at: int, end: int) -> int:
    depth = 0
    for here in range(at, min(end, at + 400)):
        if text[here] in "（(":
            depth += 1
        elif text[here] in "）)":
            depth -= 1
            if depth < 0:
                return here
    return end


def _run(
    text: str,
    section: Stretch,
    start: int,
    end: int,
    earlier: Sequence[Fact],
    *,
    whole: bool = False,
    unit: Fact | None = None,
) -> Split | None:
    """The parts in ``text[start:end]`` (those with unit's unit) and the totals before them that have it too."""
    parts: list[Fact] = []
    labels: list[str] = []
    at = start
    first = section.index(start)
    for fact in section.facts[first : first + 3 * _MOST_PARTS]:
        if fact.start >= end or len(parts) == _MOST_PARTS:
            break
        if not is_operand(fact) or grammar.depth_before(text, start, fact.start) > 0:
            continue
        if not same_unit(unit or (parts[0] if parts else fact), fact):
            continue
        label = text[at : fact.start]
        if parts and (not _goes_on(label, labels[0]) or _NO_PART.search(label)):
            break
        if len(parts) > 1 and "、" not in label and _complete(parts, earlier):
            break
        if parts and "、" not in label and fact.unit != parts[0].unit and _in_measure(parts[0], earlier):
            break
        if not parts and len(label) > 2 * _LONGEST_LABEL:
            break
        of_each = _named_before_each(label)
        parts += [fact] * of_each
        labels += [_own_label(label) + grammar.trailing_noun(text, fact.end, end)] * of_each
        at = fact.end
    if not parts:
        return None
    wholes = [f for f in reversed(earlier) if is_operand(f) and _may_hold(f, parts[0])]
    wholes = [f for f in wholes if _AVERAGE.search(text, max(section.start, f.start - 8), f.start) is None]
    wholes = [f for f in wholes if same_unit(f, parts[0])] or wholes
    if not wholes:
        return None
    stop = parts[-1].end
    words = text[start:stop] + grammar.trailing_noun(text, stop, end)
    rest = _REST.search(words) is not None or _HALVES.search(words) is not None
    kinds = _HOLDERS.search(text, max(0, wholes[0].start - 12), wholes[0].start)
    partial = (kinds is not None and "合作社" not in words) or (
        not rest and (_PARTIAL if not whole else _HARD_PARTIAL).search(words) is not None
    )
    return Split(
        tuple(wholes[:4]), tuple(parts), tuple(labels), whole=(whole or rest) and not partial, partial=partial
    )


def _named_before_each(label: str) -> int:
    """How many parts a figure tells at once: 2 for 工业和住宿业各2家, 1 where no list ends with 各."""
    each = _EACH.search(label)
    return len([name for name in _NAMES.split(each["names"]) if name]) if each else 1


def _complete(parts: Sequence[Fact], earlier: Sequence[Fact]) -> bool:
    """Whether the parts so far are all of the nearest total: 28件，其中甲12件、乙16件，引发复议3件 has no third part."""
    whole = next((f for f in reversed(earlier) if is_operand(f) and same_unit(f, parts[0])), None)
    return whole is not None and sum((part.value or Decimal(0) for part in parts), Decimal(0)) == whole.value


def _in_measure(part: Fact, earlier: Sequence[Fact]) -> bool:
    """Whether a total is told in just a part's measure word: 学习9次，其中研讨3次，班子成员宣讲16场 has one part."""
    return any(f.unit == part.unit for f in earlier[-2:])


def _may_hold(whole: Fact, part: Fact) -> bool:
    return units.kinship(whole.unit, part.unit) in (units.Kinship.SAME, units.Kinship.KIN)


def _own_label(words: str) -> str:
    """The words since the last comma: what the part is called."""
    return re.split(r"[，,、；;：:]", words)[-1]


def _goes_on(between: str, first: str) -> bool:
    """Whether the next figure is another part, and not the object of a new clause."""
    if len(between) > _LONGEST_LABEL or not re.search(r"[、，,和及与]", between):
        return False
    label = _own_label(between)
    if "、" in between and "，" not in between and "," not in between:
        return True
    return not grammar.begins_with_verb(label) or grammar.begins_with_verb(first)


def _bracketed(text: str, section: Stretch) -> Iterator[Split]:
    """7家（商贸业4家、服务业3家）"""
    for fact in section.facts:
        if not is_operand(fact):
            continue
        noun = grammar.trailing_noun(text, fact.end, section.end)
        opening = fact.end + len(noun)
        if opening >= section.end or text[opening] not in "（(":
            continue
        end = grammar.closing(text, opening, section.end)
        if end is None:
            continue
        inside = text[opening + 1 : end]
        if "其中" in inside:
            continue
        split = _run(text, section, opening + 1, end, [fact], whole=True)
        if split is not None and (len(split.parts) > 1 or re.match(r"含|包括", inside)):
            yield split


def _after_colon(text: str, section: Stretch) -> Iterator[Split]:
    """共开展活动12次：走访5次、检查3次、培训4次；3个社区…分别为…"""
    for fact in section.facts:
        if not is_operand(fact):
            continue
        noun = grammar.trailing_noun(text, fact.end, section.end)
        colon = fact.end + len(noun)
        if (
            colon >= section.end
            or text[colon] not in "：:"
            or text[fact.end] == "“"
            or "其中" in text[colon : colon + 6]
        ):
            continue
        split = _run(text, section, colon + 1, min(section.end, colon + _FARTHEST), [fact], whole=True)
        if split is not None and len(split.parts) > 1:
            yield split


def _enumerated(text: str, section: Stretch) -> Iterator[Split]:
    """信访件216件，来信32件、来访96件、网上投诉88件: told without 其中, so only what nearly adds up is taken for all."""
    facts = [f for f in section.facts if is_operand(f)]
    for index, whole in enumerate(facts[:-3]):
        noun = grammar.trailing_noun(text, whole.end, section.end)
        opens = whole.end + len(noun)
        if text[opens : opens + 1] not in {"，", ","} or grammar.begins_with_verb(
            text[opens + 1 : opens + 5]
        ):
            continue
        if _AMONG.match(text, opens + 1) or _AMONG.match(text, opens):
            continue
        parts: list[Fact] = []
        at = opens + 1
        for fact in facts[index + 1 : index + 1 + _MOST_PARTS]:
            between = text[at : fact.start]
            if not same_unit(whole, fact) or (parts and not between.startswith("、")) or len(between) > 12:
                break
            parts.append(fact)
            at = fact.end
        amounts = [part.value for part in parts if part.value is not None]
        if (
            len(amounts) < max(3, len(parts))
            or whole.value is None
            or text[at : at + 1] not in {"。", "；", ""}
        ):
            continue
        if abs(sum(amounts) - whole.value) * 10 <= whole.value:
            yield Split((whole,), tuple(parts), (), whole=False, partial=False)


def _summed_up(text: str, section: Stretch) -> Iterator[Split]:
    """商贸业4家、服务业3家，合计7家"""
    for index, fact in enumerate(section.facts):
        if index < 2 or not is_operand(fact):
            continue
        nearest = index - 1
        if not same_unit(section.facts[nearest], fact):  # 三个社区共计304户
            nearest -= 1
        lead = text[max(section.start, section.facts[nearest].end) : fact.start]
        match = _SUMMED.search(lead)
        if match is None or len(lead) > 16:
            continue
        parts: list[Fact] = []
        labels: list[str] = []
        for at in range(nearest, max(-1, nearest - _MOST_PARTS), -1):
            part = section.facts[at]
            if not is_operand(part) or not same_unit(part, fact):
                break
            left = section.facts[at - 1].end if at else section.start
            label = text[left : part.start]
            parts.insert(0, part)
            labels.insert(0, _own_label(label))
            if len(label) > _LONGEST_LABEL or not re.search(r"[、，,和及与]", label) or _SUMMED.search(label):
                break
        if len(parts) < 2 or _HARD_PARTIAL.search(text[parts[0].end : fact.start]):
            continue
        firm = match[1] in _FIRM_SUM and lead.endswith(match[1])
        shown = () if firm else tuple(labels)  # whoever writes 合计 says that the parts don't overlap
        yield Split((fact,), tuple(parts), shown, whole=firm, partial=False)


def _left_over(text: str, section: Stretch) -> Iterator[Split]:
    """排查隐患58处，已整改50处，剩余8处；应改58处，已改50处，未改8处"""
    facts = [f for f in section.facts if is_operand(f)]
    for whole, done, rest in zip(facts, facts[1:], facts[2:], strict=False):
        if not (same_unit(whole, done) and same_unit(done, rest)):
            continue
        between, middle = text[done.end : rest.start], text[whole.end : done.start]
        if max(len(between), len(middle)) > _LONGEST_LABEL or not re.match(r"[，,、]", between):
            continue
        left = _LEFT.match(tidy(between))
        if left is None or "其中" in text[max(section.start, whole.start - 200) : done.start]:
            continue
        if left["not_yet"] and not re.match(r"已|完成|其中已", tidy(middle)):
            continue
        yield Split((whole,), (done, rest), ("已", "余"), whole=True, partial=False)


def _by_periods(text: str, section: Stretch) -> Iterator[Split]:
    """上半年办结128件，下半年办结143件，全年共办结271件; 四个季度分别为…，全年共…"""
    operands = [f for f in section.facts if is_operand(f)]
    for index, whole in enumerate(operands):
        left = operands[index - 1].end if index else section.start
        if index < 2 or _WHOLE_YEAR.search(text, left, whole.start) is None:
            continue
        for names in _PARTS_OF_YEAR:
            parts = operands[max(0, index - len(names)) : index]
            if len(parts) < len(names) or not all(same_unit(part, whole) for part in parts):
                continue
            at = operands[index - len(names) - 1].end if index > len(names) else section.start
            begins = (at, *(part.end for part in parts[:-1]))
            labels = [text[begin : part.start] for begin, part in zip(begins, parts, strict=True)]
            named = all(name.search(label) for name, label in zip(names, labels, strict=True))
            if named or (len(names) == 4 and _FOUR_QUARTERS.search(labels[0])):
                yield Split((whole,), tuple(parts), (), whole=True, partial=False)
                break


def _made_up_of(text: str, section: Stretch) -> Iterator[Split]:
    """小区61个，由商品房小区38个、安置小区14个、宿舍区9个组成"""
    for match in _MADE_OF.finditer(text, section.start, section.end):
        earlier = [f for f in section.before(match.start()) if is_operand(f)]
        if not earlier or len(text[earlier[-1].end : match.start()]) > 6:
            continue
        split = _run(text, section, match.end(), section.end, earlier[-1:], whole=True)
        if split is not None and len(split.parts) > 1 and _MAKES.match(text, split.parts[-1].end):
            yield split
