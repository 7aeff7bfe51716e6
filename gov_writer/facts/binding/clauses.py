"""The words of one sentence, divided among its figures, and what earlier figures leave to later ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from gov_writer.domain import Approx, Kind, Mention
from gov_writer.facts.binding import wording
from gov_writer.text.lazy import lazy

#: One set of characters comes first, which the engine looks for at full speed; a single dash is no mark, and a dot is
#: one between blanks (签约3户 · 改造4个).
_HARD = lazy(
    r"[，,。！？!?；;：:（）()\[\]【】\n\t|①-⑳·—-](?:(?<![·—-])|(?<=—)—|(?<=-)-|(?<=[ \u3000]·)(?=[ \u3000]))"
)
#: Joins two figures; not the first character of 和谐, 与会, 及时.
_JOINT = lazy("和(?![谐平睦解美])|与(?!会)|及(?![时早格])|或(?!者)")
_JOINTS = "和与及或"
#: Words that end like one: 参与, 涉及, 祥和.
_NO_JOINT = lazy("[参赋给授付]与$|[涉惠普触波顾危遍累推]及$|[祥缓饱温总随调]和$")
#: What is told of a list in advance: 事故分别为：…, 具体为：….
LISTED = lazy("(?:分别|依次|各自|具体)(?:为|是|有)?$|如下$")
#: 一批[技术过硬、作风优良]的队员: what kind the things are that stand behind 的.
_KINDS = lazy("[\u4e00-\u9fff]{4}(?:、[\u4e00-\u9fff]{4}){1,3}的(?=..)")
#: What is measured of the things that were counted, and in what.
_ATTRIBUTE = lazy("(?<=[\u4e00-\u9fff]{2})(?:总|计划|年度|占地|建筑|养殖|种植)?(?:投资额?|面积|里程|总产量)$")
_MEASURED = frozenset({"元", "美元", "平方米", "公顷", "亩", "平方公里", "公里", "吨"})
#: 1家投资2亿元的企业: how large the thing is that was counted.
_SIZE = lazy("(?:总|计划|预计|年)?(?:投资|产值|产能|营收|面积|占地|建筑面积|注册资[本金])额?[了达]?")
_RATE_NAMED = lazy("(?:任务)?[\u4e00-\u9fff]{2}率$")
_QUOTED = lazy("“[^“”]{1,60}”")
#: ，按不变价格计算，比上年增长: how the growth was reckoned.
_RECKONED = lazy("[，,（(]?(?:以|按)[^，,。；（）]{2,12}计算(?:（[^（）]{1,6}）)?[）)]?(?=[，,、]|\x00*$)")
#: 留（回）乡, and the footnote marks of web copies.
_ASIDE = lazy(r"[（(][^（）()]{0,30}[）)]|\^?\[\d{1,3}\]")
#: A blank behind a figure ends its clause in notes (8753 处 整改 8640), unless what follows leans on the figure.
_BLANK = lazy(r"[ \u3000]+(?=[\u4e00-\u9fff])(?![的和与及等]|以[上下内]|左右)")
#: 百亿元项目, 亿元以上企业: the name of a class.
_CLASS = lazy("[十百千万亿]+元?(?:级|以上|以下|$)")
_LEVEL = lazy(r"\s*(?:国家|省|市|区|县|街道|镇|村|社区)级\s*")
_LEVELS = lazy(r"\s*(?:国家|省|市|区|县|街道|镇|村|社区)级(?P<noun>[\u4e00-\u9fff]{2,})")
BRACKETS = frozenset("（([")
COLONS = frozenset("：:")
AGES = frozenset({"岁", "周岁"})
_BARE_CHANGES = frozenset("升降增减")
RATES = frozenset({Kind.PERCENT, Kind.GROWTH})


@dataclass(slots=True)
class Item:
    """A figure with the words that are its own.

    left: words before it since the last figure or punctuation mark.  right: the noun behind it.
    fresh: a clause of its own.  opens: the mark that opened the clause.  joined: stands directly behind
    another figure and a 、 or 和.  glued: no mark at all between it and the figure before.
    back: the words of the last earlier clause since the figure before, for clauses like 共12件.
    rest: the words behind it up to the next mark or figure.  then: those of the clause behind the mark.  before: the figure before it.
    closed: behind parentheses in which parts were told.  of_class: the class that stands between it and its noun (1200名[60岁以上]老人).
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
    then: str = ""
    before: Item | None = None
    closed: bool = False
    of_class: str = ""


@dataclass(slots=True)
class State:
    """What later figures of the sentence may lean on.

    topic: the last subject of a full clause.  base: the last subject with words of its own.
    lead: the words before the first figure of a list.  inner: parts of base are being told (其中, brackets).
    names: the subjects of the last list that was paired.  unit: what the topic is counted in.
    earlier: the topic of the sentence before, for one that opens with 其中.  said: the subject of the figure before,
    "" after a list.  whole: what 其中 parted last.  parted: what a colon parts into a list (其中：…), in units of
    parts, the marks between them being ``between``.  counted: units and subjects of
    the sentence's counts that are no parts; before: those of the sentence before.  timed: the
    figures that are told of one time after the other.  aside: parentheses behind a part tell more of that part.
    """

    fallback: str
    earlier: str = ""
    topic: str = ""
    base: str = ""
    lead: str = ""
    inner: bool = False
    names: list[str] = field(default_factory=list)
    unit: str | None = None
    said: str = ""
    whole: str = ""
    parted: str = ""
    parts: str | None = None
    between: str = ""
    counted: list[tuple[str | None, str]] = field(default_factory=list)
    before: Sequence[tuple[str | None, str]] = ()
    timed: Collection[int] = ()
    aside: bool = False

    @property
    def stem(self) -> str:
        return self.base or self.fallback

    def stands(self, subject: str, lead: str) -> str:
        subject = subject[: wording.LONGEST]  # never grows from figure to figure
        self.topic = self.base = wording.per_head(subject)
        self.lead, self.inner = lead, False
        return subject


def items(sentence: str, offset: int, figures: Sequence[Mention]) -> list[Item]:
    """The figures with their words; sentence is ``text[offset:…]``, figures in text order."""
    found: list[Item] = []
    end = 0
    previous: Item | None = None
    for figure in figures:
        start = figure.start - offset
        item = _cut(sentence[end:start], figure, previous)
        item.before = previous
        found.append(item)
        previous = item
        end = max(end, figure.end - offset)
    if previous is not None:
        tail = sentence[end : end + 60]
        if "“" in tail:
            tail = _quiet(tail)
        mark = _HARD.search(tail)
        if mark and mark[0] in "，,":
            previous.then = _HARD.split(tail[mark.end() :], 1)[0]
        tail = tail[: mark.start()] if mark else tail
        previous.rest = _tidy(tail)
        previous.right = _noun_of(previous.figure, tail)
    for item in reversed(found):
        before = item.before
        if before is None:
            continue
        if item.glued:
            _behind_another(item, before)
        elif item.joined and item.figure.unit in AGES and not before.right.strip():
            before.right = item.right  # 0-17岁、18-34岁人口
        elif not (item.left + before.right).strip(" \x00，,") and wording.serves(before.left):
            before.right, item.left = item.right, before.left  # 对86户，120人给予救助
        if not item.fresh and before.figure.unit == item.figure.unit and _LEVEL.fullmatch(before.right):
            noun = _LEVELS.match(item.right)  # 74项国家级、94项省级试点任务
            if noun:
                before.right += noun["noun"]
    return found


def _behind_another(item: Item, before: Item) -> None:
    """Give a figure and the one right before it the words that are behind both."""
    blank = not item.left.strip(" \x00")
    if item.figure.kind is Kind.PERCENT:
        before.right = _RATE_NAMED.sub("", before.right)  # 836个党组织达标率100%
    elif item.figure.unit in _MEASURED and item.figure.unit != before.figure.unit:
        before.right = _ATTRIBUTE.sub("", before.right)  # 41项工程总投资1903万元
    if blank and modifies(item.figure):
        before.of_class, before.right = item.figure.text, item.right  # 1200名60周岁以上老人
    elif _is_first(before.figure) and "的" in item.right:
        before.right, item.right = _last_noun(item.right), ""  # 全省首个迈入全球前列的学科
    elif before.right.strip(" \x00") == "的":
        before.right = "的" + item.right  # 投资8亿元的[50万吨]钢材项目
    elif blank and _two_measures(item):
        before.right = item.right  # 拆除23处1833平方米违建
    elif _of_size(item):
        before.right, item.right = item.right, ""  # 2个产值过百亿元的园区


def _is_first(figure: Mention) -> bool:
    """首个, 首家, 第一家: what is first stands behind."""
    return figure.kind is Kind.RANK and figure.text[-1:] in "个家座条所项部支处"


def _noun_of(figure: Mention, words: str) -> str:
    """The words behind a figure that it may count; of 首家集助餐、康养于一体的中心 the last noun."""
    return _last_noun(words) if _is_first(figure) and "的" in words else _first(words)


def _last_noun(words: str) -> str:
    return words[words.rfind("的") + 1 :]


def _two_measures(item: Item) -> bool:
    """Whether two figures tell the same thing in two units, and the thing stands behind the second."""
    before = item.before
    assert before is not None
    alone = not item.left.strip(" \x00") and not before.right.strip(" \x00") and item.right.strip(" \x00")
    kinds = before.figure.kind is item.figure.kind is Kind.QUANTITY
    return bool(alone) and kinds and before.figure.unit != item.figure.unit


def _of_size(item: Item) -> bool:
    """Whether the figure with its words tells the size of the things that the figure before it counts."""
    before = item.before
    return (
        item.glued
        and before is not None
        and item.right.startswith("的")
        and 2 <= len(size := item.left.strip(" \x00")) <= 8
        and (item.figure.approx is not Approx.EXACT or _SIZE.fullmatch(size) is not None)
        and before.figure.kind is Kind.QUANTITY
        and before.figure.unit in {"个", "家", "户", "项", "座", "所", "处", "条"}
    )


def _cut(gap: str, figure: Mention, previous: Item | None) -> Item:
    """Divide the words between two figures between them."""
    if "（" in gap or "(" in gap or "[" in gap:
        gap = _ASIDE.sub("", gap)
    if "计算" in gap:
        gap = _RECKONED.sub("", gap)
    if "“" in gap:
        gap = _quiet(gap)
    if previous is not None and gap[:1] in {" ", "\u3000"} and _BLANK.match(gap):
        gap = "，" + gap
    marks = list(_HARD.finditer(gap)) if len(gap) < 400 else list(_HARD.finditer(gap, len(gap) - 400))
    if marks:
        return _behind_marks(gap, figure, previous, marks)
    if previous is None:
        return Item(figure, gap)
    bare = gap.strip(" \x00")
    if "、" in gap:
        before, _, after = gap.rpartition("、")
        previous.right = _first(before)
        opens = previous.opens if previous.opens in BRACKETS else ""
        return Item(figure, after, fresh=False, opens=opens, joined=not after.strip(" \x00"))
    if bare and _JOINT.match(bare):
        opens = previous.opens if previous.opens in BRACKETS else ""
        return Item(figure, bare[1:], fresh=False, opens=opens, joined=len(bare) == 1)
    if bare and bare[-1] in _JOINTS and not _NO_JOINT.search(bare):
        previous.right = bare[:-1]
        return Item(figure, "", fresh=False, joined=True)
    previous.right = gap
    return Item(figure, gap, fresh=False, glued=True)


def _behind_marks(gap: str, figure: Mention, previous: Item | None, marks: list[re.Match[str]]) -> Item:
    """A figure in a clause of its own; the figure before it keeps the words up to the first mark."""
    last = marks[-1]
    if previous is not None:
        previous.rest = _tidy(gap[: marks[0].start()])
        previous.right = _noun_of(previous.figure, gap[: marks[0].start()])
        if marks[0][0] in "，,":
            previous.then = gap[marks[0].end() : marks[1].start() if len(marks) > 1 else len(gap)]
    item = Item(figure, gap[last.end() :], opens=last[0])
    begin = marks[-2].end() if len(marks) > 1 else (0 if previous is None else len(gap))
    item.back = gap[begin : last.start()]
    if previous is None and len(marks) == 1:
        item.back = gap[: last.start()]
    if last[0] in COLONS and len(marks) > 1 and LISTED.match(item.back.strip(" \x00")):
        begin = marks[-3].end() if len(marks) > 2 else 0
        item.back = gap[begin : last.start()]  # 事故按行业分，分别为：…
    if (last[0] in COLONS or last[0] in "，,") and item.back.strip(" \x00") == "其中":
        item.left, item.back = "其中" + item.left, ""
    item.closed = "）" in gap or ")" in gap
    return item


def run(found: list[Item], at: int) -> list[Item]:
    """The figures from ``at`` on that only 、 and 和 separate: 5%、8%和12%."""
    stop = at + 1
    first = found[at].figure
    while stop < len(found) and found[stop].joined:
        other = found[stop].figure
        rates = other.kind in RATES and first.kind in RATES
        if not rates and (other.kind is not first.kind or other.unit != first.unit):
            break
        stop += 1
    return found[at:stop]


def modifies(figure: Mention) -> bool:
    """60岁以上, 亿元以上: a class of things, not a count; 20天内 is neither."""
    if _CLASS.match(figure.text):
        return True
    if figure.unit == "元" and figure.approx is Approx.MORE_THAN:
        return True
    if figure.approx is Approx.RANGE and (figure.unit in AGES or figure.unit == "元"):
        return True
    return figure.approx in (Approx.AT_LEAST, Approx.AT_MOST) and not figure.text.endswith("内")


def change(figure: Mention) -> str:
    """The verb of an amount that rose or fell (提高183元), "" for any other figure."""
    if figure.kind is not Kind.QUANTITY or figure.core_start <= figure.start:
        return ""
    said = figure.text[: figure.core_start - figure.start]
    if said in _BARE_CHANGES:
        return said
    match = wording.changes().search(said)
    return match[0] if match else ""


def _quiet(words: str) -> str:
    """The words, but no mark inside quotation marks divides them: “讲文明，树新风”等主题活动."""
    return _QUOTED.sub(lambda quoted: _HARD.sub("", quoted[0]), words)


def of_times(figure: Mention) -> bool:
    """先后4次到…: how often something was done, told before it is said what."""
    return figure.unit in {"次", "回", "轮", "轮次", "批次", "天", "周", "个月", "个季度", "季度", "年", "届"}


def _first(words: str) -> str:
    """Up to the first 、, unless a single character stands before it (国、省考核断面) or kinds of the noun are told."""
    at = words.find("、")
    if at >= 4 and (kinds := _KINDS.match(words.lstrip(" \x00"))):
        return words.lstrip(" \x00")[kinds.end() :]
    if (at == 1 and len(words) > 2) or (at == 2 and words.startswith(("国家", "国控", "国考"))):
        return words
    return words if at < 0 else words[:at]


def _tidy(words: str) -> str:
    """The words behind 先后4次: what was done so often."""
    return wording.plain(words)[:24].removeprefix("地").removeprefix("的")
