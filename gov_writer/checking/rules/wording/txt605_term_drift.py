"""TXT605: a term that is spelt otherwise once: 百日攻坚, 百日攻坚, 宝日攻坚."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from gov_writer import lexicon
from gov_writer.checking.case import Case
from gov_writer.checking.office import Allowed
from gov_writer.checking.rule import Citation, Rule
from gov_writer.domain import Evidence, Finding, Fix, Severity
from gov_writer.matching.naming import segments, vocabulary
from gov_writer.text.lazy import lazy

_RUN = lazy("[\u3400-\u4dbf\u4e00-\u9fff]{4,}")
_HAN = lazy("[\u3400-\u4dbf\u4e00-\u9fff]")
_QUOTED = lazy("[“《「『][^“”《》「」『』\n]{2,30}[”》」』]", needs="“《「『")
_SIZE = 4
#: How much likelier a spelling must be where few other places have it.
_MARGIN = 2.0
#: Of so many spellings at one place none is the slip of another.
_CROWD = 12
#: Characters that stand in one another's place as words of their own, not as parts of a term.
_LOOSE = frozenset(
    "的地得是以由到对从在和与及或等着了过把被将向于为也都还要可能会使让用按随各每某该此其这那你我他她它们个条项级型性化式者员家有无不未"
    "新老总同更最再又并且而则因所就才只仅已曾正来去做作抓促保稳强提增减实重大小好高多共为成至比较占达超近约余万亿元年月日市区县镇乡村省国"
    "我全本代设彻机携之中上下内外前后间时起止"
)


@dataclass(frozen=True, slots=True)
class _Slip:
    """At ``at`` stands ``text[at]`` where ``right`` stands elsewhere in the same words."""

    at: int
    right: str


@dataclass(slots=True)
class _Support:
    windows: int = 0
    often: int = 0
    model: str = ""
    model_at: int = 0
    offset: int = 0


class TermDrift(Rule):
    code = "TXT605"
    name = "term-drift"
    severity = Severity.WARNING
    title = "同一名称前后写法不一"
    why = "行动、平台、地名等专名写错一个音近或形近的字，前后对照才看得出来。"
    bad = "“百日攻坚”行动……在全区率先完成“宝日攻坚”任务。"
    good = "“百日攻坚”行动……在全区率先完成“百日攻坚”任务。"
    authority = Citation("本项目约定", "", "同一名称全文一致")

    def check(self, case: Case) -> Iterable[Finding]:
        text = case.text
        slips = _candidates(text)
        quoted = _quoted(text)
        pairs = Counter(map("".join, pairwise(text)))
        allowed = Allowed(case)
        found = []
        for slip, support in slips.items():
            if not allowed.covers(slip.at, slip.at + 1) and _convinces(text, slip, support, pairs, quoted):
                found.append(self._finding(case, slip, support))
        told = {(finding.start, finding.end) for finding in found}
        for at, model, wrong in _quoted_drifts(text, quoted):
            if not allowed.covers(at, at + len(wrong)) and not any(
                start < at + len(wrong) and at < end for start, end in told
            ):
                found.append(self._quoted(case, at, model, wrong))
        return sorted(found, key=lambda finding: finding.start)

    def _quoted(self, case: Case, at: int, model: str, wrong: str) -> Finding:
        often = case.text.count(model)
        line = case.lines.at(case.text.find(model))[0]
        message = f"“{wrong}”疑为“{model}”之误：全文另有{often}处作“{model}”。"
        evidence = (Evidence(source=case.draft.path, locator=f"第{line}行", text=model),)
        fix = Fix(start=at, end=at + len(wrong), text=model, safe=False)
        return self.found(case, at, at + len(wrong), message, expected=model, evidence=evidence, fix=fix)

    def _finding(self, case: Case, slip: _Slip, support: _Support) -> Finding:
        start = slip.at - support.offset
        end = start + _SIZE
        line = case.lines.at(support.model_at)[0]
        written = case.text[start:end]
        message = f"“{written}”疑为“{support.model}”之误：全文另有{support.often}处作“{support.model}”。"
        evidence = (Evidence(source=case.draft.path, locator=f"第{line}行", text=support.model),)
        fix = Fix(start=slip.at, end=slip.at + 1, text=slip.right, safe=False)
        return self.found(case, start, end, message, expected=support.model, evidence=evidence, fix=fix)


def _candidates(text: str) -> dict[_Slip, _Support]:
    """Windows of four characters that differ in one from a commoner window, gathered by place."""
    places: dict[str, list[int]] = defaultdict(list)
    terms = {text[start + 1 : end - 1] for start, end in _quoted(text)}
    for run in _RUN.finditer(text):
        for at in range(run.start(), run.end() - _SIZE + 1):
            spots = places[text[at : at + _SIZE]]
            if len(spots) < 50:
                spots.append(at)
    groups: dict[tuple[int, str], list[str]] = defaultdict(list)
    for gram in places:
        for skip in range(_SIZE):
            groups[skip, gram[:skip] + gram[skip + 1 :]].append(gram)
    slips: dict[_Slip, _Support] = {}
    for (skip, _), grams in groups.items():
        if not 2 <= len(grams) <= _CROWD:
            continue
        for model, rare in _pairs(grams, places):
            a, b = model[skip], rare[skip]
            named = len(places[model]) >= 3 and any(model in term for term in terms)
            if (
                (b in _LOOSE and not named)
                or (a in _LOOSE and not named and not _looks_alike(a, b))
                or _legitimate(a, b)
                or not (_sounds_alike(a, b) or _looks_alike(a, b))
            ):
                continue
            at = places[rare][0]
            edge = (skip == 0 and at > 0 and bool(_HAN.match(text[at - 1]))) or (
                skip == _SIZE - 1 and at + _SIZE < len(text) and bool(_HAN.match(text[at + _SIZE]))
            )
            whole = (skip == 0 and any(term.startswith(model) for term in terms)) or (
                skip == _SIZE - 1 and any(term.endswith(model) for term in terms)
            )
            if edge and not (named and whole) and not _firm_edge(text, at + skip, a, len(places[model])):
                continue
            support = slips.setdefault(_Slip(at + skip, a), _Support())
            support.windows += 1
            if len(places[model]) > support.often or not support.model:
                support.often = len(places[model])
                support.model, support.model_at, support.offset = model, places[model][0], skip
    return slips


def _firm_edge(text: str, at: int, right: str, often: int) -> bool:
    """A window's first or last character may belong to the word outside: only a plain misspelling counts there."""
    alike = bool(vocabulary.sound(text[at]) & vocabulary.sound(right)) or _looks_alike(text[at], right)
    return often >= 3 and alike and _is_part(text, at, right) and not _is_part(text, at, text[at])


def _pairs(grams: list[str], places: dict[str, list[int]]) -> Iterator[tuple[str, str]]:
    ordered = sorted(grams, key=lambda gram: (-len(places[gram]), places[gram][0]))
    for rare in ordered:
        if len(places[rare]) != 1:
            continue
        for model in ordered:
            if model is not rare:
                yield model, rare


def _convinces(
    text: str, slip: _Slip, support: _Support, pairs: Counter[str], quoted: list[tuple[int, int]]
) -> bool:
    """Whether the rare spelling is no word of its own, and the other is one or comes often."""
    at = slip.at
    if support.often < 3 and not segments.likelier(text, at, slip.right, _MARGIN):
        return False  # 评|营商环境 beside 经营|商圈: both are words
    left, right = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    wrong = _is_part(text, at, text[at]) or pairs[left + text[at]] > 1 or pairs[text[at] + right] > 1
    fits = _is_part(text, at, slip.right)
    if support.often == 1 and not _both_or_neither(at, support.model_at, quoted):
        return False  # “水韵江苏” beside 水运江苏: a name, and other words
    same_sound = bool(vocabulary.sound(text[at]) & vocabulary.sound(slip.right))
    inside = any(start <= at < end for start, end in quoted) or any(
        start <= support.model_at < end for start, end in quoted
    )
    if not (same_sound or inside or _looks_alike(text[at], slip.right) or support.windows >= 3):
        return False
    if support.often >= 3:
        return not wrong or (same_sound and support.windows >= 2 and fits)
    if support.often == 2:
        return not wrong and (fits or support.windows >= 2)
    return inside and not wrong and fits


def _both_or_neither(at: int, model: int, quoted: list[tuple[int, int]]) -> bool:
    """Whether the later of two places that stand once each is not a name in quotation marks of which the other is none."""
    inside = [any(start <= place < end for start, end in quoted) for place in (at, model)]
    return inside[1] or not inside[0]


def _is_part(text: str, at: int, character: str) -> bool:
    """Whether ``character`` at ``at`` makes a word with its neighbours."""
    around = text[max(0, at - 3) : at] + character + text[at + 1 : at + 4]
    middle = min(3, at)
    for size in (2, 3, 4):
        for start in range(max(0, middle - size + 1), middle + 1):
            if vocabulary.is_word(around[start : start + size]) and start + size <= len(around):
                return True
    return False


def _quoted_drifts(text: str, quoted: list[tuple[int, int]]) -> Iterator[tuple[int, str, str]]:
    """Whole quoted terms that differ in one character from a commoner one: ``(at, model, wrong)``."""
    first: dict[str, int] = {}
    often: Counter[str] = Counter()
    for start, end in quoted:
        bare = text[start + 1 : end - 1]
        if 3 <= len(bare) <= 16:
            first.setdefault(bare, start + 1)
            often[bare] += 1
    groups: dict[tuple[int, str], list[str]] = defaultdict(list)
    for bare in first:
        for skip in range(len(bare)):
            groups[skip, bare[:skip] + bare[skip + 1 :]].append(bare)
    for (skip, _), members in groups.items():
        if not 2 <= len(members) <= _CROWD:
            continue
        for wrong in members:
            if often[wrong] != 1:
                continue
            for model in members:
                a, b = model[skip], wrong[skip]
                alike = _sounds_alike(a, b) or _looks_alike(a, b)
                if model == wrong or not alike or _legitimate(a, b):
                    continue
                plain = len(wrong) >= 4 and all(map(_HAN.match, wrong))
                at = first[wrong] + skip
                parallel = often[model] < 3 and "的" in wrong  # “盼的事”变成“干的事”
                if parallel or (often[model] < 3 and not _near_in_kind(text, at, a)):
                    continue
                if often[model] >= 2 or (plain and _doubtful(text, first[wrong] + skip, first[model] + skip)):
                    yield first[wrong], model, wrong
                    break


def _near_in_kind(text: str, at: int, right: str) -> bool:
    """Of two quoted terms that stand once each, a slip must be plain: 省管县用 and 省管校用 are two things."""
    alike = bool(vocabulary.sound(text[at]) & vocabulary.sound(right)) or _looks_alike(text[at], right)
    return alike or segments.likelier(text, at, right, _MARGIN)


def _doubtful(text: str, at: int, other: int) -> bool:
    """Of two spellings that stand once each: the one that makes no word, else the later one."""
    here, there = _is_part(text, at, text[at]), _is_part(text, other, text[other])
    return (not here) if here != there else at > other


def _quoted(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTED.finditer(text)]


@cache
def _families(name: str) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(lexicon.words(name)):
        for character in group:
            found[character].add(number)
    return {character: frozenset(numbers) for character, numbers in found.items()}


def _legitimate(a: str, b: str) -> bool:
    families = _families("opposed_characters")
    return bool(families.get(a, frozenset()) & families.get(b, frozenset()))


def _looks_alike(a: str, b: str) -> bool:
    families = _families("similar_shapes")
    return bool(families.get(a, frozenset()) & families.get(b, frozenset()))


_FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("h", "f"), ("uo", "o"))


@cache
def _sounds_alike(a: str, b: str) -> bool:
    """Equal without tones, or within the confusions of southern speech, or one letter apart (bai, bao)."""
    for one in vocabulary.sound(a):
        for other in vocabulary.sound(b):
            if one == other or _smooth(one) == _smooth(other):
                return True
            if len(one) == len(other) >= 3 and sum(x != y for x, y in zip(one, other, strict=True)) == 1:
                return True
    return False


def _smooth(sound: str) -> str:
    for long, short in _FUZZY:
        sound = sound.replace(long, short)
    return sound
