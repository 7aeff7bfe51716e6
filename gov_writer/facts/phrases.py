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
from gov_writer.facts import behind as after
from gov_writer.facts import clauses, glued, parts, twins, wording
from gov_writer.facts.clauses import BRACKETS, COLONS, RATES, Item, State, modifies, of_times
from gov_writer.facts.leaning import RATE, leans, reaches, same_measure
from gov_writer.facts.twins import basis
from gov_writer.facts.wording import HOLE, LONGEST, noun, pre
from gov_writer.matching import units
from gov_writer.matching.units import Kinship
from gov_writer.text.lazy import lazy

__all__ = ["HOLE", "LONGEST", "bare", "subjects"]

_FROM_END = lazy(r"(?:由|从|自)(?:[原最]?(?:来|初|先)?的?|平均)?$")
#: 列全市各县首位: among whom.
_AMONG_ALL = lazy(
    "(?:位?[列居]|名列|排名?|稳居|处于)?(?:在?全?[\u4e00-\u9fff]{0,4}[省市区县]|同类|同行业)各?[省市区县街镇乡村]{0,4}(?:[（(].{0,6}[）)])?(?:中|里|的)?"
)
_PLACES = frozenset({"排", "列", "居", "位", "全国排位", "全省排位", "全市排位", "全区排位", "全县排位"})
#: What is told of firms and offices once they are counted.
_OF_THEM = frozenset({"从业人员", "从业人数", "营业收入", "营业利润", "利润总额", "注册资本", "主营收入"})
_BODIES = frozenset({"家", "个", "户", "所"})
_MEASURES = frozenset({"增加值", "总产量", "产量", "产值", "总产值"})
_REACHED = frozenset({"完成", "达到", "占", "超", "超过"})
_COMMAS = frozenset("，,")
_AFTER_PART = frozenset("，,：:")
_OF_TIME = lazy(
    "(?:是|为|相当于|达到?)?(?:[一二三四五六七八九十]{2,3}五|上[一个]{0,2}|[一二两三四五六七八九十]+年|当时|期)?(?:时期|期)?[底末初前]?(?:水平)?的?"
)
_FROM_LAST = frozenset("由从自来初先的均")
_ONWARDS = lazy("[到至为成]$")
_BARE_CHANGES = frozenset("升降增减")
_MANNER = lazy("(?:已|均|全部|成功|现场|及时|当场|按时|按期|限期|督促|累计|依法|共|实际)+")
_FOR = lazy(
    "(?:^|[，、共已累计均先后别])(?:为|给|替)(?:辖区|全街|全街道|全镇|全区|全市)?(?:内|的)?[\\s\x00]*$"
)
_THAN = frozenset("比较与同")
_OFFICE = lazy("[办所局站科队组委会室院]$|社区$|村$|中心$|方面$")
#: 新设3个，累计14个: what is told is another count of the same.
_IN_ALL = lazy("累计|总数|总量|现有")
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
_IN_A_ROW = frozenset({"连续", "已连续", "蝉联"})
#: So many counts back 其中 may reach.
_KEPT = 5
_LEFT_OVER = frozenset({"另有", "余下", "剩余", "其余", "剩下"})
_THEM = frozenset({"参与", "参加", "受益"})
_OTHERS = frozenset({"其他", "其它", "其余"})
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
        served = _serves(item.left)  # 为86户家庭完成适老化改造: the deed is behind, too
        behind = item.of_class + (wording.plain(item.right)[: wording.AFTER] if served else noun(item.right))
        if behind in after.GENERAL and figure.kind is Kind.QUANTITY and not served:
            behind = after.named(item, behind)
    end = behind + _change(figure) + basis(figure)
    if _moved_rate(item, state):
        return state.said + end
    if item.closed and (own := _before_brackets(item)) and not leans(own):
        state.stands(own, own)
    elif item.closed and state.base:
        state.lead, state.inner = state.base, False
    if item.joined:
        if state.inner and not behind and state.whole and (done := after.deed(item)):
            return f"{state.whole}其中{done}"  # 其中6个已开工、3个已竣工
        counts = item.before is not None and figure.kind is item.before.figure.kind is Kind.QUANTITY
        counts = counts and figure.core_start == figure.start  # 惠及居民20户、63人
        return (state.lead if behind else (counts and state.lead) or state.stem) + end
    if item.glued:
        return glued.glued(item, state, behind, end)
    words = wording.plain(item.left)
    if item.closed and words[:1] in {"和", "与", "及"}:
        words = words[1:]
    if item.fresh and (own := wording.own_level(words)):
        words = own
    elif wording.to(words) and (state.base or item.back):
        state.base = state.base or pre(item.back)
        return state.base + words
    if (
        words[-1:] in _FROM_LAST
        and (out := _FROM_END.search(words))
        and not _agent(item, behind, words[: out.start()])
    ):
        return _from(item, state, pre(words[: out.start()]), behind)
    left = pre(words)
    if not left and figure.kind is Kind.GROWTH and figure.unit == "%" and item.fresh:
        state.base = _SHARE.sub("", state.base) or state.base
        state.lead = _SHARE.sub("", state.lead) or state.lead
    if behind in _MEANS and not left and state.stem and of_times(figure):
        return state.stem + behind  # 增长15.2%，两年平均增长4.2%
    in_a_row = left in _IN_A_ROW or (left.endswith("连续") and not item.glued)
    if in_a_row and of_times(item.figure) and _AWARDED.match(item.rest):
        return state.stands(left + item.rest, "")  # 连续六年荣获优秀单位
    if left in after.REPEATED and of_times(figure) and (done := after.repeated(item, left)):
        return state.stands(done, "")
    if not behind and item.right:
        words = after.completed(item, left, state.base, alien=lambda: _alien(figure, state))
        if words and not left:
            return state.stands(words, "")
        left = words
    if not behind and not left and figure.kind is Kind.QUANTITY and (told := _RELATIVE.match(item.rest)):
        behind = told["verb"] + noun(told["noun"])
        end = behind + end
    if figure.unit == "倍" and _OF_TIME.fullmatch(left):
        left = ""  # 是“十一五”末的1.6倍
    if figure.kind is Kind.RANK and (left in _PLACES or _AMONG_ALL.fullmatch(left)):
        left = ""
    if _SAME_TIME.fullmatch(left) or left in _THAN:
        left = ""
    if not left and not behind and _same_rate(item, state):
        return state.said
    if left in _REACHED and behind and state.base and leans(left + behind):
        return state.base + left + behind.removesuffix("的")  # 产值31亿元，完成全年58亿元任务的53.9%
    subject = _placed(item, state, left, behind)
    if not left and not behind and _of_growth(item) and not subject.endswith(("增速", "增幅")):
        return subject + "增速"  # 增长8%，排名全区第三
    return subject + end


def _serves(words: str) -> bool:
    """Whether something is done for those who are counted: 为辖区86户…."""
    return ("为" in words or "给" in words or "替" in words) and _FOR.search(words) is not None


def _before_brackets(item: Item) -> str:
    """性别比（以女性为100）为106.5: the words before the brackets, where none stand behind them."""
    before = item.before
    if before is None or before.opens not in BRACKETS or pre(item.left) or not before.fresh:
        return ""
    return pre(before.back)


def _agent(item: Item, behind: str, own: str) -> bool:
    """由1名副局长兼任: who does it, no value that was left."""
    return (
        item.left.rstrip(" \x00").endswith("由")
        and bool(behind)
        and own in {"", "其中", "均"}
        and not _ONWARDS.search(item.right)
    )


def _moved_rate(item: Item, state: State) -> bool:
    """城镇化率66.8%，比上年提高1.6个百分点: points that the rate told right before has moved."""
    before = item.before
    if before is None or not state.said or before.figure.kind is not Kind.PERCENT:
        return False
    points = (
        item.figure.kind is Kind.GROWTH and item.figure.unit == "个百分点" and "总体" not in item.figure.text
    )
    return points and item.fresh and not item.closed and not pre(item.left)


def _same_rate(item: Item, state: State) -> bool:
    """办结率100%，满意率96.1%，上年94.8%: the rate told last, at another time."""
    before = item.before
    both = before is not None and item.figure.kind is before.figure.kind is Kind.PERCENT
    return both and item.fresh and not item.closed and state.said.endswith(("率", "度"))


def _alien(figure: Mention, state: State) -> bool:
    """Whether the figure counts something else than what the sentence has counted so far."""
    return figure.unit is None or not units.same(state.unit, figure.unit)


def _of_growth(item: Item) -> bool:
    """Whether a place among others is that of the growth told right before."""
    return (
        item.figure.kind is Kind.RANK and item.before is not None and item.before.figure.kind is Kind.GROWTH
    )


def _from(item: Item, state: State, own: str, behind: str) -> str:
    """由30件: the first of two values."""
    stem = state.topic + own if 0 < len(own) <= 3 else own
    stem = stem or state.base or pre(item.back) or state.fallback
    if wording.to(behind.removesuffix("的")):
        behind = ""  # 从2006年的19亿元增至2011年的48亿元
    return state.stands(stem + behind, own) + "由"


def _placed(item: Item, state: State, left: str, behind: str) -> str:
    """The subject without its end, from the words before the figure and what the sentence has told."""
    inside = item.opens in BRACKETS and bool(state.base) and (item.fresh or state.inner)
    if left.startswith("其中") and not state.base and state.earlier:
        state.topic = state.base = state.earlier
    if inside and state.inner and state.lead and item.fresh and left.startswith("含"):
        return state.lead + left  # 其中正式工401人（含内退95人）
    if inside and not left and not behind:
        if state.inner and state.said and item.before and item.before.figure.unit != item.figure.unit:
            return state.said  # 其中亡人事故2起（3人）
        return state.stem  # （去年1.2亿）: the same thing at another time
    if left and (state.parted or item.opens in COLONS) and (part := parts.listed(item, state, left)):
        return part
    if inside or left.startswith("其中") or (state.inner and not item.fresh and left):
        if left.startswith("其中"):
            state.base = parts.alike(item, state) or state.base
        state.base = state.base or pre(item.back) or state.fallback
        if not state.base and item.opens in _AFTER_PART:
            left = left.removeprefix("其中")  # 其中，城镇人口 at the beginning of a text
        state.inner, state.whole = True, state.base
        state.lead = state.base + ("其中" if state.base and not leans(left) else "") + left
        state.base = state.base or left.removeprefix("其中")
        if item.opens in _COMMAS and item.fresh and item.before is None:
            return state.stands(state.lead, state.lead)  # 其中，甲医院诊疗6万人次、出院3万人次
        if item.opens in COLONS:
            state.parted, state.parts, state.between = state.whole, item.figure.unit, ""
        return state.lead
    if left in _OTHERS and state.whole and item.figure.kind is Kind.QUANTITY:
        return f"{state.whole}其中{left}"
    of_part = item.figure.kind is Kind.GROWTH or item.figure.unit == "倍" or item.left[:1] in _THAN
    of_part = of_part or _change(item.figure) != ""
    if state.inner and not left and item.fresh and of_part:
        return state.lead or state.stem  # 其中工业投资5.2亿元，增长11%
    if left in _OF_THEM and state.base and state.unit in _BODIES:
        return state.base + left  # 经营单位20家，从业人员160人
    if left == "总面积" and item.figure.unit == "平方公里":
        return state.stands(left, left)  # 辖10个村，总面积36平方公里
    if (left in _MEASURES or left[:2] == "人均") and (alike := same_measure(state.base, left)):
        return state.stands(alike, left)
    if left in _LEFT_OVER and state.counted and (rest := parts.first_alike(item, state)):
        return rest + left
    if leans(left) and (state.base or item.back or len(left) < 3) and not _own_growth(item, left):
        return _leaning(item, state, left)
    if state.topic and left and reaches(left):
        state.lead, state.inner = left, False  # it counts something else; the next may go on with the topic
        return left
    if swapped := parts.other_twin(left, state):
        return swapped
    return _standing(item, state, left, behind).removesuffix(behind)


def _own_growth(item: Item, left: str) -> bool:
    """能耗降低20%，产值提升30%: an output that grew stands for itself."""
    return item.figure.kind is Kind.GROWTH and left in {"产值", "产量", "年产值", "年产量"}


def _leaning(item: Item, state: State, left: str) -> str:
    """A figure whose words go on with the clause before: 占全区的12%, 整改率98%."""
    stem = state.base or pre(item.back) or state.fallback
    than = left[:1] in _THAN
    if state.inner and state.lead and (item.figure.kind in RATES or than or _change(item.figure)):
        return state.lead.removeprefix("其中") + left  # 其中女党员612名，占39.2%
    if RATE.fullmatch(left) and state.topic:
        at = state.topic.find(left[:2])
        if 0 <= at <= 2 < len(state.topic) - at:  # 成功调处矛盾纠纷300起，调处率95%
            stem = state.topic[at + 2 :]
        else:
            stem = state.topic[:at] if at >= 0 else "" if state.topic.endswith("率") else state.topic
    if stem.endswith(left):
        return stem
    state.base = stem or state.base
    state.lead = stem + left
    return state.lead


def _standing(item: Item, state: State, left: str, behind: str) -> str:
    """A figure in a clause of its own; its subject is what the next ones may lean on."""
    if not left and item.rest and of_times(item.figure):
        return state.stands(item.rest, "")
    if not left and not behind:
        if item.fresh and (own := pre(item.back)):
            return state.stands(own, own)
        if told := _of_attribute(item, state):
            return told
        if item.figure.kind is Kind.PERCENT and _WHOLLY.match(item.rest):
            return state.stem + item.rest  # 100%完成任务数
        state.base = state.stem
        total = _IN_ALL.search(item.left)
        if total is None or total[0] in state.base:
            return state.base
        new = state.lead in wording.qualifiers()  # 新建4200亩，累计3.76万亩
        return (state.base.removesuffix(state.lead) if new else state.base) + total[0]
    if not behind and state.topic and item.opens not in COLONS and _lacks_object(left, item, state):
        state.base = (
            state.topic if state.topic.startswith(left) else parts.but_for_twin(state.topic, left) + left
        )
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


def _of_attribute(item: Item, state: State) -> str:
    """果园1200亩，产量2.8万吨，增长4%: the growth of what was told last of the base, "" where the base itself has grown."""
    before = item.before
    if item.figure.kind is not Kind.GROWTH or before is None or before.figure.kind is not Kind.QUANTITY:
        return ""
    of_base = state.said.startswith(state.base) and state.said != state.base and not _change(before.figure)
    own = pre(before.left)
    return state.said if of_base and own[:1] not in {"比", "较"} and leans(own) else ""


def _lacks_object(left: str, item: Item, state: State) -> bool:
    """Whether a verb has its object in the clause before: 排查隐患120处，整改118处, but not 罚款3万元."""
    short = wording.short()
    manner = _MANNER.match(left)
    if left not in short and (manner is None or left[manner.end() :] not in short):
        return False
    if left in _THEM:
        return not state.topic.endswith(left)
    group = wording.groups().get(left)
    if state.topic in short or (group is not None and state.topic in group[1]):
        return False  # 出生312人，死亡280人
    unit = item.figure.unit
    return item.figure.kind in RATES or unit is None or units.kinship(state.unit, unit) is not Kinship.OTHER


def _change(figure: Mention) -> str:
    """The verb of an amount that rose or fell (提高183元), "" for any other figure."""
    if figure.kind is not Kind.QUANTITY or figure.core_start <= figure.start:
        return ""
    said = figure.text[: figure.core_start - figure.start]
    if said in _BARE_CHANGES:
        return said
    match = wording.changes().search(said)
    return match[0] if match else ""
