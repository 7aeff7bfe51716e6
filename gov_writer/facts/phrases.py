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

from collections.abc import Sequence

from gov_writer.domain import Kind, Mention
from gov_writer.facts import clauses, twins, wording
from gov_writer.facts.clauses import BRACKETS, COLONS, RATES, Item, State, modifies
from gov_writer.facts.twins import basis
from gov_writer.facts.wording import HOLE, LONGEST, noun, pre, trail
from gov_writer.matching import units
from gov_writer.matching.units import Kinship
from gov_writer.text.lazy import lazy

__all__ = ["HOLE", "LONGEST", "bare", "subjects"]

_FROM_END = lazy(r"(?:由|从|自)(?:[原最]?(?:来|初|先)?的?)?$")
#: These lean however long the rest is; 人均 and 总投资 may also begin a noun of their own.
_ALWAYS = frozenset(
    ("其中", "占", "占比", "同比", "环比", "较", "比", "高于", "低于", "含", "包括", "均", "连续")
)
_BARE_CHANGES = frozenset("升降增减")
#: A share of what was planned: 完成年度目标的101%.
_OF_PLAN = lazy(
    "(?:已|共)?(?:完成|达到?|占|超)(?:了)?(?:(?:[省市区县][定级]?|[省市区县]委|[省市区县]政府|上级)(?:下达)?的?)?(?:年度|全年|年初|年(?=任务|计划|目标)|既定|序时|目标|计划|进度|任务|预算|下达)"
)
_CONTRIBUTES = lazy("(?:对|拉动)[^，]{2,12}(?:贡献率|贡献|增长)$")
#: A rate named alone: 参保率, 成功率; 整改 before it may stand in the words before, too.
_RATE = lazy("[\u4e00-\u9fff]{2,3}率")
_MANNER = lazy("(?:已|均|全部|成功|现场|及时|当场|按时|按期|限期|督促|累计|依法|共|实际)+")
#: Who is reached, told with a noun of its own: 惠及老人, 受益群众.
_REACHES = lazy("惠及|受益")
_ATTRIBUTES = lazy("资金|金额|款|投资|面积|人数|户数")
_FOR = lazy(
    "(?:^|[，、共已累计均先后别])(?:为|给|替)(?:辖区|全街|全街道|全镇|全区|全市)?(?:内|的)?[\\s\x00]*$"
)
_THAN = frozenset("比较与同")
_OFFICE = lazy("[办所局站科队组委会室院]$|社区$|村$|中心$|方面$")
#: 新设3个，累计14个: what is told is another count of the same.
_IN_ALL = lazy("累计|总数|总量|现有")
#: 满意度在全国100个城市中排第15位
_AMONG = lazy("[中里](?:排名?|排在|列|居|位[列居]|名列)?$")
_FIELD = lazy("(?:位列|位居|名列|[在居列位排])(?:全[国省市区县]|同类)?$")
#: 投入300余万元改造: an amount that was spent, no class of things.
_AWARDED = lazy("荣?获|蝉联|被评?|入[选围]|跻身|保持[^，]{2,16}(?:称号|荣誉)")
#: 3家[达到标准]的企业
_RELATIVE = lazy(
    "(?P<verb>(?:达到|获得|符合|通过|享受|具备|参加|完成|列入|纳入|建成|投入)[^的，]{1,10})的(?P<noun>[\u4e00-\u9fff]{2,})"
)
#: 轻工业产值占比23.9%，同比增长0.8%: what has the share has grown.
_SHARE = lazy("占比$")
_MEANS = frozenset({"平均", "年均", "平均分别", "年均分别"})
_WHOLLY = lazy("完成|达到|实现|覆盖|办结|整改|落实")
_LEAVES = frozenset({"退出", "清退", "调出", "调进", "调入", "纳入"})
_IN_A_ROW = frozenset({"连续", "已连续", "蝉联"})
#: So many counts back 其中 may reach.
_KEPT = 5
_OTHERS = frozenset({"其他", "其它", "其余"})
_SPENT = lazy("(?:投入|耗资|斥资|出资|资金|经费|争取|拨付|筹集|募集|发放|安排|落实)[了共计]?$")
_SAME_TIME = lazy("同期数?(?:为|是)?|同期的")


def subjects(
    sentence: str, offset: int, figures: Sequence[Mention], fallback: str = "", earlier: str = ""
) -> list[str]:
    """The subject of each figure (in text order), "" where the sentence has no words for it.

    sentence: ``text[offset:…]`` with ``HOLE`` in the place of periods and dates.
    fallback: what a figure without words of its own is about: the heading or the line above.
    earlier: the main subject of the sentence before, which 其中 at the beginning may go on with.
    """
    items = clauses.items(sentence, offset, figures)
    state = State(fallback, earlier)
    found: list[str] = []
    at = 0
    while at < len(items):
        run = clauses.run(items, at)
        names = twins.paired(run, state, found) if len(run) > 1 else []
        if names:
            whole = twins.common(state.names or names, state)
            state.stands(whole, whole)
            found += names
            state.said = ""
        else:
            for item in run:
                state.said = _subject(item, state)
                if _counts(item.figure) and not state.inner:
                    state.counted = [*state.counted[-_KEPT:], (item.figure.unit, state.said)]
                found.append(state.said)
        at += len(run)
    return [subject[:LONGEST] for subject in found]


def _counts(figure: Mention) -> bool:
    """Whether parts may be told of it: no class of things, no rise or fall."""
    return figure.kind is Kind.QUANTITY and not modifies(figure) and not _change(figure)


def bare(words: str) -> str:
    """Words without holes, quotation marks and what only opens or closes a clause."""
    return pre(words)


def _subject(item: Item, state: State) -> str:
    figure = item.figure
    behind = ""
    if figure.kind is not Kind.GROWTH:
        served = _FOR.search(item.left) is not None  # 为86户家庭完成适老化改造: the deed is behind, too
        behind = item.of_class + (wording.plain(item.right)[: wording.AFTER] if served else noun(item.right))
    end = behind + _change(figure) + basis(figure)
    if _moved_rate(item, state):
        return state.said + end
    if item.closed and state.base:
        state.lead, state.inner = state.base, False
    if item.joined:
        counts = item.before is not None and figure.kind is item.before.figure.kind is Kind.QUANTITY
        counts = counts and figure.core_start == figure.start  # 惠及居民20户、63人
        return (state.lead if behind else (counts and state.lead) or state.stem) + end
    if item.glued:
        return _glued(item, state, behind, end)
    words = wording.EDGE.sub("", item.left)
    if item.fresh and (own := wording.own_level(words)):
        words = own
    elif wording.TO.match(words) and (state.base or item.back):
        state.base = state.base or pre(item.back)
        return state.base + words
    if out := _FROM_END.search(words):
        return _from(item, state, pre(words[: out.start()]), behind)
    left = pre(words)
    if not left and figure.kind is Kind.GROWTH and figure.unit == "%" and item.fresh:
        state.base = _SHARE.sub("", state.base) or state.base
        state.lead = _SHARE.sub("", state.lead) or state.lead
    if behind in _MEANS and not left and state.base and _of_times(figure):
        return state.base + behind  # 增长15.2%，两年平均增长4.2%
    if left in _IN_A_ROW and _of_times(item.figure) and _AWARDED.match(item.rest):
        return state.stands(left + item.rest, "")  # 连续六年荣获优秀单位
    if not behind and not left and figure.kind is Kind.QUANTITY and (told := _RELATIVE.match(item.rest)):
        behind = told["verb"] + noun(told["noun"])
        end = behind + end
    if _SAME_TIME.fullmatch(left) or left in _THAN:
        left = ""
    if not left and not behind and _same_rate(item, state):
        return state.said
    subject = _placed(item, state, left, behind)
    if not left and not behind and _of_growth(item) and not subject.endswith(("增速", "增幅")):
        return subject + "增速"  # 增长8%，排名全区第三
    return subject + end


def _moved_rate(item: Item, state: State) -> bool:
    """城镇化率66.8%，比上年提高1.6个百分点: points that the rate told right before has moved."""
    before = item.before
    if before is None or not state.said or before.figure.kind is not Kind.PERCENT:
        return False
    points = item.figure.kind is Kind.GROWTH and item.figure.unit == "个百分点"
    return points and item.fresh and not item.closed and not pre(item.left)


def _same_rate(item: Item, state: State) -> bool:
    """办结率100%，满意率96.1%，上年94.8%: the rate told last, at another time."""
    before = item.before
    both = before is not None and item.figure.kind is before.figure.kind is Kind.PERCENT
    return both and item.fresh and not item.closed and state.said.endswith(("率", "度"))


def _of_growth(item: Item) -> bool:
    """Whether a place among others is that of the growth told right before."""
    return (
        item.figure.kind is Kind.RANK and item.before is not None and item.before.figure.kind is Kind.GROWTH
    )


def _from(item: Item, state: State, own: str, behind: str) -> str:
    """由30件: the first of two values."""
    stem = state.topic + own if 0 < len(own) <= 3 else own
    stem = stem or state.base or pre(item.back) or state.fallback
    return state.stands(stem + behind, own) + "由"


def _placed(item: Item, state: State, left: str, behind: str) -> str:
    """The subject without its end, from the words before the figure and what the sentence has told."""
    inside = item.opens in BRACKETS and bool(state.base) and (item.fresh or state.inner)
    if left.startswith("其中") and not state.base and state.earlier:
        state.topic = state.base = state.earlier
    if inside and state.inner and state.lead and item.fresh and left.startswith("含"):
        return state.lead + left  # 其中正式工401人（含内退95人）
    if inside and not left and not behind:
        return state.stem  # （去年1.2亿）: the same thing at another time
    if inside or left.startswith("其中") or (state.inner and not item.fresh and left):
        if left.startswith("其中"):
            state.base = _alike(item, state) or state.base
        state.base = state.base or pre(item.back) or state.fallback
        state.inner, state.whole = True, state.base
        state.lead = state.base + ("其中" if not _leans(left) else "") + left
        state.base = state.base or left.removeprefix("其中")
        return state.lead
    if left in _OTHERS and state.whole and item.figure.kind is Kind.QUANTITY:
        return f"{state.whole}其中{left}"
    if state.inner and not left and item.figure.kind is Kind.GROWTH:
        return state.lead or state.stem  # 其中工业投资5.2亿元，增长11%
    if _leans(left) and (state.base or item.back or len(left) < 3) and not _own_growth(item, left):
        return _leaning(item, state, left)
    if state.topic and left and _reaches(left):
        state.lead, state.inner = left, False  # it counts something else; the next may go on with the topic
        return left
    if swapped := _other_twin(left, state):
        return swapped
    return _standing(item, state, left, behind).removesuffix(behind)


def _alike(item: Item, state: State) -> str:
    """What 其中 goes back to where the last figure counts something else: 改造12户，投入30万元，其中低保户5户."""
    if item.figure.kind is not Kind.QUANTITY or item.figure.unit is None or not state.counted:
        return ""
    for unit, subject in reversed(state.counted):
        if units.kinship(unit, item.figure.unit) is not Kinship.OTHER:
            return subject if (unit, subject) != state.counted[-1] else ""
    return ""


def _own_growth(item: Item, left: str) -> bool:
    """能耗降低20%，产值提升30%: an output that grew stands for itself."""
    return item.figure.kind is Kind.GROWTH and left in {"产值", "产量", "年产值", "年产量"}


def _leaning(item: Item, state: State, left: str) -> str:
    """A figure whose words go on with the clause before: 占全区的12%, 整改率98%."""
    stem = state.base or pre(item.back) or state.fallback
    if state.inner and state.lead and item.figure.kind in RATES:
        return state.lead + left  # 其中女党员612名，占39.2%
    if _RATE.fullmatch(left) and state.topic:
        at = state.topic.find(left[:2])
        if 0 <= at <= 2 < len(state.topic) - at:  # 成功调处矛盾纠纷300起，调处率95%
            stem = state.topic[at + 2 :]
        else:
            stem = state.topic[:at] if at >= 0 else "" if state.topic.endswith("率") else state.topic
    state.base = stem or state.base
    state.lead = stem + left
    return state.lead


def _other_twin(left: str, state: State) -> str:
    """男2.35万人，女2.27万人: a bare twin takes the place of the one before it; "" if it is none."""
    group = wording.groups().get(left)
    if group is None or left in wording.short() or not state.lead:
        return ""
    for word in group[1]:
        at = state.lead.rfind(word)
        if at > 0 and word == "小学" and state.lead[at - 1] == "中":  # 中小学
            continue
        if at >= 0 and word != left:
            state.lead = state.lead[:at] + left + state.lead[at + len(word) :]
            if not state.inner:
                state.base = state.lead
            return state.lead
    return ""


def _but_for_twin(topic: str, left: str) -> str:
    """低保新增 before 退出: the topic without the verb at its end that the new one excludes."""
    group = wording.groups().get(left) if left in _LEAVES else None
    for word in group[1] if group else ():
        if topic.endswith(word) and len(topic) > len(word) + 1:
            return topic.removesuffix(word)
    return topic


def _standing(item: Item, state: State, left: str, behind: str) -> str:
    """A figure in a clause of its own; its subject is what the next ones may lean on."""
    if not left and item.rest and _of_times(item.figure):
        return state.stands(item.rest, "")
    if not left and not behind:
        if item.fresh and (own := pre(item.back)):
            return state.stands(own, own)
        if item.figure.kind is Kind.PERCENT and _WHOLLY.match(item.rest):
            return state.stem + item.rest  # 100%完成任务数
        state.base = state.stem
        total = _IN_ALL.search(item.left)
        if total is None or total[0] in state.base:
            return state.base
        new = state.lead in wording.qualifiers()  # 新建4200亩，累计3.76万亩
        return (state.base.removesuffix(state.lead) if new else state.base) + total[0]
    if not behind and state.topic and item.opens not in COLONS and _lacks_object(left, item, state):
        state.base = state.topic if state.topic.startswith(left) else _but_for_twin(state.topic, left) + left
        state.lead, state.inner = left, False
        return state.base
    if not behind and len(left) < 2 and item.back:
        left = pre(item.back) + left
    elif not behind and item.opens in COLONS and (left in wording.qualifiers() or left in wording.short()):
        label = pre(item.back)
        if 2 <= len(label) <= 10 and not _OFFICE.search(label):
            subject = state.stands(label + left, left)  # 高标准农田：新建4200亩
            state.unit = item.figure.unit
            return subject
    subject = state.stands(left + behind, left)
    state.unit = item.figure.unit
    return subject


def _lacks_object(left: str, item: Item, state: State) -> bool:
    """Whether a verb has its object in the clause before: 排查隐患120处，整改118处, but not 罚款3万元."""
    short = wording.short()
    manner = _MANNER.match(left)
    if left not in short and (manner is None or left[manner.end() :] not in short):
        return False
    group = wording.groups().get(left)
    if state.topic in short or (group is not None and state.topic in group[1]):
        return False  # 出生312人，死亡280人
    unit = item.figure.unit
    return item.figure.kind in RATES or unit is None or units.kinship(state.unit, unit) is not Kinship.OTHER


def _glued(item: Item, state: State, behind: str, end: str) -> str:
    """A figure behind another with words but no mark between: 3个小区5个院落, 投入2次共3万元."""
    gap = wording.EDGE.sub("", item.left)
    if wording.TO.match(gap):
        return state.stem + gap
    before = item.before
    if before is not None and modifies(before.figure) and not _SPENT.search(before.left):
        own = pre(before.left) + before.figure.text + gap  # 60岁以上老人120名, （亿元以上5个
        if own.startswith("其中") or (before.opens in BRACKETS and state.base):
            state.inner = True
            own = trail(own)
            return state.base + ("" if own.startswith("其中") else "其中") + own + end
        if gap == "的" and before.opens not in BRACKETS:  # 500万元以上的4家
            whole = state.whole if state.whole and item.figure.unit != before.figure.unit else ""
            return (
                (f"{whole}其中" if whole else "")
                + own.removeprefix("其中").removesuffix("的")
                + behind
                + end.removeprefix(behind)
            )
        if not gap and before.figure.unit in clauses.AGES:
            state.lead, state.inner = state.base + before.figure.text, True
            return state.lead + end  # 0-17岁312人
        if gap:
            return state.stands(trail(own) + behind, trail(own)) + end.removeprefix(behind)
    if before is not None and item.figure.kind is Kind.RANK and _AMONG.search(gap):
        return state.stands(_FIELD.sub("", pre(before.left)) or state.stem, "") + end  # 在100个城市中排第15位
    own = pre(gap)
    if not own or (behind and noun(item.left) == gap):
        return (state.lead if behind else state.lead or state.stem) + end
    if _leans(own):
        return state.stem + ("" if end == own else own) + end
    if state.topic.endswith(own):  # 覆盖39个小区225万平方米, 两个月排查225件
        stem = before.figure.text + own if before is not None and _of_times(before.figure) else state.topic
    else:
        stem = own if len(own) > 3 or behind else state.topic + own
    state.base = stem + behind
    return stem + end


def _of_times(figure: Mention) -> bool:
    """先后4次到…: how often something was done, told before it is said what."""
    return figure.unit in {"次", "回", "轮", "轮次", "批次", "天", "个月", "年"}


def _leans(left: str) -> bool:
    """Whether the words need what came before: 其中…, 占…, 增速, 较上年."""
    if not left:
        return False
    if len(left) < 5 and _RATE.fullmatch(left):
        return True
    found = wording.leaning().match(left)
    if found is None:
        return _OF_PLAN.match(left) is not None or _CONTRIBUTES.match(left) is not None
    if _reaches(left):
        return False
    return len(left) < 5 or found[0] in _ALWAYS


def _reaches(left: str) -> bool:
    """Whether the words tell who is reached, with a noun of their own: 惠及老人, but not 涉及金额."""
    match = _REACHES.match(left)
    return match is not None and len(left) > match.end() and _ATTRIBUTES.search(left) is None


def _change(figure: Mention) -> str:
    """The verb of an amount that rose or fell (提高183元), "" for any other figure."""
    if figure.kind is not Kind.QUANTITY or figure.core_start <= figure.start:
        return ""
    said = figure.text[: figure.core_start - figure.start]
    if said in _BARE_CHANGES:
        return said
    match = wording.changes().search(said)
    return match[0] if match else ""
