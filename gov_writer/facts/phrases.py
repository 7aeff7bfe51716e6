"""What the figures of one sentence count, read from the words around them.

No word segmentation: official prose keeps to a few patterns, and punctuation, the figures themselves and
short lists of words (``lexicon/data/binding.tsv``) are enough to tell them apart:

    排查隐患120处                     words before              → 排查隐患
    服务了892名居民                   words before and after    → 服务居民
    完成收入5460万元，同比增长2.3%     a growth leans on what came before → 完成收入同比
    男、女分别为31人、27人             a list of names and one of figures → 男 / 女
    项目12个，其中新建5个              → 项目 / 项目其中新建
    警情由30件降到12件                → 警情由 / 警情降到

Every character of the sentence is looked at a fixed number of times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from gov_writer.domain import Approx, Kind, Mention
from gov_writer.lexicon import rows

#: Longest stretch of words before and after a figure that is taken into its subject, and of the whole.
BEFORE, AFTER, LONGEST = 36, 20, 48
#: Stands for characters that are no part of any subject (periods, dates, source tags).
HOLE = "\x00"

_HARD = re.compile(r"[，,。！？!?；;：:（）()\[\]【】\n\t|]|——|--")
_JOINT = "和与及或"
_FROM_END = re.compile(r"(?:由|从|自)(?:[原最]?(?:来|初|先)?的?)?$")
_TO = re.compile(
    r"^[^，]{0,6}?(?:降低?|增加?|上?升|提[高升]|下降|减少|扩大|压[减缩降]|回落|调整|缩[短减]|变|扩大|增长|恢复|发展|拓展)"
    r"(?:到|至|为|成)了?$|^[到至]$"
)
_RESPECTIVELY = re.compile(r"(?:分别|依次|各自)")
_LIST = re.compile(r"、|以及|[和与及]")
#: These lean however long the rest is; 人均 and 总投资 may also begin a noun of their own.
_ALWAYS = frozenset(
    ("其中", "占", "占比", "同比", "环比", "较", "比", "高于", "低于", "含", "包括", "均", "连续")
)
_DIGITS = frozenset("一二三四")
_BARE_CHANGES = frozenset("升降增减")
#: 百亿元项目, 亿元以上企业: the name of a class.
_CLASS = re.compile("[十百千万亿]+元?(?:级|以上|以下|$)")
#: 留（回）乡, and the footnote marks of web copies.
_ASIDE = re.compile(r"[（(][^（）()]{0,30}[）)]|\^?\[\d{1,3}\]")
_BRACKETS = frozenset("（([")
_COLONS = frozenset("：:")
_RATES = frozenset({Kind.PERCENT, Kind.GROWTH})
_EDGE = re.compile(r"[\s×\x00“”\"'‘’《》·•*#>＞\-—－_~～+]+")


@dataclass(slots=True)
class _Item:
    """A figure with the words that are its own.

    left: words before it since the last figure or punctuation mark.  right: the noun behind it.
    fresh: a clause of its own.  opens: the mark that opened the clause.  joined: stands directly behind
    another figure and a 、 or 和.  glued: no mark at all between it and the figure before.
    back: the words of the last earlier clause since the figure before, for clauses like 共12件.
    rest: the words behind it up to the next mark or figure.  before: the figure before it.
    """

    figure: Mention
    left: str
    right: str = ""
    fresh: bool = True
    opens: str = ""
    joined: bool = False
    glued: bool = False
    back: str = ""
    rest: str = ""
    before: _Item | None = None


def subjects(sentence: str, offset: int, figures: Sequence[Mention], fallback: str = "") -> list[str]:
    """The subject of each figure (in text order), "" where the sentence has no words for it.

    sentence: ``text[offset:…]`` with ``HOLE`` in the place of periods and dates.
    fallback: what a figure without words of its own is about: the heading or the line above.
    """
    items = _items(sentence, offset, figures)
    state = _State(fallback)
    found: list[str] = []
    at = 0
    while at < len(items):
        run = _run(items, at)
        names = _paired(run, state, found) if len(run) > 1 else []
        if names:
            state.stands(names[0], names[0])
            found += names
        else:
            found += [_subject(item, state) for item in run]
        at += len(run)
    return [subject[:LONGEST] for subject in found]


# --- cutting the sentence --------------------------------------------------------------------------


def _items(sentence: str, offset: int, figures: Sequence[Mention]) -> list[_Item]:
    items: list[_Item] = []
    end = 0
    previous: _Item | None = None
    for figure in figures:
        start = figure.start - offset
        gap = sentence[end:start]
        item = _cut(gap, figure, previous)
        item.before = previous
        items.append(item)
        previous = item
        end = max(end, figure.end - offset)
    if previous is not None:
        tail = sentence[end : end + 60]
        mark = _HARD.search(tail)
        tail = tail[: mark.start()] if mark else tail
        previous.rest = _tidy(tail)
        previous.right = _first(tail)
    return items


def _cut(gap: str, figure: Mention, previous: _Item | None) -> _Item:
    """Divide the words between two figures between them."""
    if "（" in gap or "(" in gap or "[" in gap:
        gap = _ASIDE.sub("", gap)
    marks = list(_HARD.finditer(gap)) if len(gap) < 400 else list(_HARD.finditer(gap, len(gap) - 400))
    if marks:
        last = marks[-1]
        if previous is not None:
            previous.rest = _tidy(gap[: marks[0].start()])
            previous.right = _first(gap[: marks[0].start()])
        item = _Item(figure, gap[last.end() :], opens=last[0])
        begin = marks[-2].end() if len(marks) > 1 else (0 if previous is None else len(gap))
        item.back = gap[begin : last.start()]
        if previous is None and len(marks) == 1:
            item.back = gap[: last.start()]
        return item
    if previous is None:
        return _Item(figure, gap)
    bare = gap.strip(" \x00")
    if "、" in gap:
        before, _, after = gap.rpartition("、")
        previous.right = _first(before)
        opens = previous.opens if previous.opens in _BRACKETS else ""
        return _Item(figure, after, fresh=False, opens=opens, joined=not after.strip(" \x00"))
    if bare and bare[0] in _JOINT:
        opens = previous.opens if previous.opens in _BRACKETS else ""
        return _Item(figure, bare[1:], fresh=False, opens=opens, joined=len(bare) == 1)
    if bare and bare[-1] in _JOINT:
        previous.right = bare[:-1]
        return _Item(figure, "", fresh=False, joined=True)
    previous.right = gap
    return _Item(figure, gap, fresh=False, glued=True)


def _first(words: str) -> str:
    """Up to the first 、, unless a single character stands before it (国、省考核断面)."""
    at = words.find("、")
    return words if at < 0 or (at == 1 and len(words) > 2) else words[:at]


def _run(items: list[_Item], at: int) -> list[_Item]:
    """The figures from ``at`` on that only 、 and 和 separate: 5%、8%和12%."""
    stop = at + 1
    first = items[at].figure
    while stop < len(items) and items[stop].joined:
        other = items[stop].figure
        rates = other.kind in _RATES and first.kind in _RATES
        if not rates and (other.kind is not first.kind or other.unit != first.unit):
            break
        stop += 1
    return items[at:stop]


# --- a list of names and a list of figures ---------------------------------------------------------


def _paired(run: list[_Item], state: _State, before: list[str]) -> list[str]:
    """Subjects for 新建、改建3条、5条 and 存贷款余额分别为8亿元、5亿元; empty if it is no such list."""
    if any(_noun(item.right) for item in run[:-1]):
        return []
    words = run[0].left
    if not _words(words) and run[0].back and not before:
        words = run[0].back
    parted = _RESPECTIVELY.search(words)
    if parted and not _pre(words[: parted.start()]):
        known = state.names if len(state.names) == len(run) else before[-len(run) :]
        if len(known) == len(run):
            ending = _noun(run[-1].right) + _basis(run[0].figure)
            return [name + ending for name in known]
    head = words[: parted.start()] if parted else words
    tail = _trail(_words(words[parted.end() :])[:6]) if parted else ""
    noun = _noun(run[-1].right)
    head = _words(head).removeprefix("其中")
    names = [name for name in (_lead(part) for part in _LIST.split(_trail(head))) if name]
    count = len(run)
    ending = tail + noun + _basis(run[0].figure)
    if len(names) < count and parted:
        names = _compound(_trail(_lead(head)), count)
    if len(names) < count:
        stem = _trail(_lead(head)) + noun + _basis(run[0].figure)
        return [f"{stem}第{n}项" for n in range(1, count + 1)] if parted else []
    names = names[-count:]
    shared = _shared_ending(names)
    state.names = [name + (shared if n < count - 1 else "") for n, name in enumerate(names)]
    return [name + ending for name in state.names]


def _shared_ending(names: list[str]) -> str:
    """男、女性 → 性; 新建、改建农村公路 → 农村公路: where the first names are bare qualifiers."""
    last = names[-1]
    if all(name in _DIGITS for name in names[:-1]) and last[0] in _DIGITS:
        return last[1:]  # 一、二、三产
    qualifiers = _qualifiers()
    if not all(name in qualifiers for name in names[:-1]):
        return ""
    for size in range(min(len(last) - 1, 6), 0, -1):
        if last[:size] in qualifiers:
            return last[size:]
    return ""


def _compound(head: str, count: int) -> list[str]:
    """存贷款余额 → 存款余额, 贷款余额."""
    for short, members in _compounds():
        if len(members) == count and short in head:
            return [head.replace(short, member, 1) for member in members]
    return []


# --- one figure ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _State:
    """What later figures of the sentence may lean on.

    topic: the last subject of a full clause.  base: the last subject with words of its own.
    lead: the words before the first figure of a list.  inner: parts of base are being told (其中, brackets).
    names: the subjects of the last list that was paired.
    """

    fallback: str
    topic: str = ""
    base: str = ""
    lead: str = ""
    inner: bool = False
    names: list[str] = field(default_factory=list)

    @property
    def stem(self) -> str:
        return self.base or self.fallback

    def stands(self, subject: str, lead: str) -> str:
        self.topic = self.base = subject = subject[:LONGEST]  # never grows from figure to figure
        self.lead, self.inner = lead, False
        return subject


def _subject(item: _Item, state: _State) -> str:
    figure = item.figure
    noun = _noun(item.right) if figure.kind is not Kind.GROWTH else ""
    end = noun + _change(figure) + _basis(figure)
    if item.joined:
        return (state.lead if noun else state.stem) + end
    if item.glued:
        return _glued(item, state, noun, end)
    words = _EDGE.sub("", item.left)
    if _TO.match(words) and (state.base or item.back):
        state.base = state.base or _pre(item.back)
        return state.base + words
    if out := _FROM_END.search(words):
        own = _pre(words[: out.start()])
        stem = (
            (state.topic + own if 0 < len(own) <= 3 else own)
            or state.base
            or _pre(item.back)
            or state.fallback
        )
        return state.stands(stem + noun, own) + "由"
    left = _pre(words)
    inside = item.opens in _BRACKETS and bool(state.base)
    if inside or left.startswith("其中") or (state.inner and not item.fresh and left):
        state.base = state.base or _pre(item.back) or state.fallback
        state.inner = True
        state.lead = state.base + ("其中" if not _leans(left) else "") + left
        return state.lead + end
    if _leans(left) and (state.base or item.back or len(left) < 3):
        stem = state.base or _pre(item.back) or state.fallback
        state.base = stem
        state.lead = stem + left
        return state.lead + end
    return _standing(item, state, left, noun) + end.removeprefix(noun)


def _standing(item: _Item, state: _State, left: str, noun: str) -> str:
    """A figure in a clause of its own; its subject is what the next ones may lean on."""
    if not left and item.rest and _of_times(item.figure):
        return state.stands(item.rest, "")
    if not left and not noun:
        if item.fresh and (own := _pre(item.back)):
            return state.stands(own, own)
        state.base = state.stem
        return state.base
    if not noun and state.topic and item.opens not in _COLONS and left in _short():
        state.base, state.lead, state.inner = state.topic + left, left, False
        return state.base
    if not noun and len(left) < 2 and item.back:
        left = _pre(item.back) + left
    return state.stands(left + noun, left)


def _glued(item: _Item, state: _State, noun: str, end: str) -> str:
    """A figure behind another with words but no mark between: 3个小区5个院落, 投入2次共3万元."""
    gap = _EDGE.sub("", item.left)
    if _TO.match(gap):
        return state.stem + gap
    before = item.before
    if before is not None and gap and _modifies(before.figure):
        lead = _pre(before.left) + before.figure.text + gap  # 60岁以上老人120名
        if lead.startswith("其中"):
            state.inner = True
            return state.stem + _trail(lead) + end
        return state.stands(_trail(lead) + noun, _trail(lead)) + end.removeprefix(noun)
    own = _pre(gap)
    if not own or (noun and _noun(item.left) == gap):
        return (state.lead if noun else state.stem) + end
    if _leans(own):
        return state.stem + own + end
    stem = own if len(own) > 3 or noun else state.topic + own
    state.base = stem + noun
    return stem + end


def _tidy(words: str) -> str:
    """The words behind 先后4次: what was done so often."""
    return _EDGE.sub("", words)[:24].removeprefix("地").removeprefix("的")


def _of_times(figure: Mention) -> bool:
    """先后4次到…: how often something was done, told before it is said what."""
    return figure.unit in {"次", "回", "轮", "轮次", "批次", "天", "个月", "年"}


def _modifies(figure: Mention) -> bool:
    """60岁以上, 亿元以上: a class of things, not a count; 20天内 is neither."""
    if _CLASS.match(figure.text):
        return True
    if figure.unit == "元" and figure.approx is Approx.MORE_THAN:
        return True
    return figure.approx in (Approx.AT_LEAST, Approx.AT_MOST) and not figure.text.endswith("内")


def _leans(left: str) -> bool:
    """Whether the words need what came before: 其中…, 占…, 增速, 较上年."""
    if not left:
        return False
    found = _leaning().match(left)
    return found is not None and (len(left) < 5 or found[0] in _ALWAYS)


def _change(figure: Mention) -> str:
    """The verb of an amount that rose or fell (提高183元), "" for any other figure."""
    if figure.kind is not Kind.QUANTITY or figure.core_start <= figure.start:
        return ""
    said = figure.text[: figure.core_start - figure.start]
    if said in _BARE_CHANGES:
        return said
    match = _changes().search(said)
    return match[0] if match else ""


def _basis(figure: Mention) -> str:
    return figure.basis if figure.kind is Kind.GROWTH else ""


# --- words -----------------------------------------------------------------------------------------


def _pre(words: str) -> str:
    """Words before a figure, without what opens a clause (同时, 一是) and what leads to the figure (达到)."""
    return _trail(_lead(words[-BEFORE * 2 :]))[-BEFORE:]


def bare(words: str) -> str:
    """Words without holes, quotation marks and what only opens or closes a clause."""
    return _pre(words)


def _lead(words: str) -> str:
    words = _EDGE.sub("", words).lstrip("、")
    match = _openers().match(words)
    return words[match.end() :] if match else words


def _trail(words: str) -> str:
    match = _closers().search(words)
    return words[: match.start()] if match else words


def _words(words: str) -> str:
    return _EDGE.sub("", words)


def _noun(words: str) -> str:
    """The noun that a figure stands before: 892名[居民二轮核酸检测], 66个[门面的整治任务]."""
    if not words or words.isspace():
        return ""
    words = _EDGE.sub("", words).removeprefix("的")
    if _TO.match(words):
        return ""
    stop = _stops().search(words)
    noun = words[: stop.start()] if stop else words
    return noun[:AFTER]


# --- the tables as patterns ------------------------------------------------------------------------


def _either(role: str) -> str:
    listed = [row[1] for row in rows("binding") if row[0] == role]
    return "|".join(sorted(listed, key=lambda word: (-len(word), word)))


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(f"(?:{_either('openers')})++")


@cache
def _closers() -> re.Pattern[str]:
    return re.compile(f"(?:{_either('closers')})++$")


@cache
def _leaning() -> re.Pattern[str]:
    return re.compile(_either("leaning"))


@cache
def _short() -> frozenset[str]:
    """Verbs that need the object of the clause before: 排查120处，整改118处."""
    return frozenset(row[1] for row in rows("binding") if row[0] == "short")


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(_either("stops"))


@cache
def _changes() -> re.Pattern[str]:
    return re.compile(_either("changes"))


@cache
def _compounds() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((row[1], tuple(row[2].split("|"))) for row in rows("binding") if row[0] == "compounds")


@cache
def _qualifiers() -> frozenset[str]:
    return frozenset(word for row in rows("twins") for cell in row for word in cell.split("|"))
