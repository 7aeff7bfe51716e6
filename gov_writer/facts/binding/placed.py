"""What a figure's words make of it: a part of what was told, something more of it, or a thing of its own.

其中新建5个 tells a part, 占全区的12% leans on the clause before, 排查隐患120处 stands alone.
"""

from __future__ import annotations

from gov_writer.domain import Kind
from gov_writer.facts.binding import parts, wording
from gov_writer.facts.binding.clauses import BRACKETS, COLONS, RATES, Item, State, change, of_times
from gov_writer.facts.binding.leaning import RATE, leans, reaches, same_measure
from gov_writer.facts.binding.wording import pre
from gov_writer.matching import units
from gov_writer.matching.units import Kinship
from gov_writer.text.lazy import lazy

#: What is told of firms and offices once they are counted.
_OF_THEM = frozenset({"从业人员", "从业人数", "营业收入", "营业利润", "利润总额", "注册资本", "主营收入"})
#: What is told of projects, in the order that reports tell it.
_OF_PROJECTS = frozenset(
    {
        "完成投资",
        "完成投资额",
        "计划投资",
        "年计划投资",
        "年度计划投资",
        "年度计划完成投资",
        "年度投资计划",
        "到位资金",
    }
)
_PROJECTS = lazy("(?:项目|工程)(?!.*(?:投资|资金)$)")
_HELD = frozenset({"户", "起", "对"})
_BODIES = frozenset({"家", "个", "户", "所"})
_MEASURES = frozenset(
    {"增加值", "总产量", "产量", "产值", "总产值", "总产", "预计总产", "预计总产量", "预计产量"}
)
#: Who pays for something, told after a first payer: 其中上级资金80万元，街道自筹20万元.
_PAYERS = lazy(
    "(?:争取|申请|整合|撬动|带动|吸引|引入|落实)?(?:上级|中央|[省市区县镇乡村]级?|街道|本级|地方|财政|社会|群众|居民|企业|银行|专项)*"
    "(?:资金|经费|资本|贷款|补助|补贴|奖补|配套|自筹|捐款|投入)(?:资金)?"
)
_COMMAS = frozenset("，,")
_AFTER_PART = frozenset("，,：:")
_MANNER = lazy("(?:已|均|全部|成功|现场|及时|当场|按时|按期|限期|督促|累计|依法|共|实际)+")
_THAN = frozenset("比较与同")
_OFFICE = lazy("[办所局站科队组委会室院]$|社区$|村$|中心$|方面$")
#: 新设3个，累计14个: what is told is another count of the same.
_IN_ALL = lazy("累计|总数|总量|现有")
_WHOLLY = lazy("完成|达到|实现|覆盖|办结|整改|落实")
#: How many there are of what was counted, in its unit.
_NUMBERS = frozenset({"起数", "件数", "宗数", "户数", "人数", "次数", "批次", "人次", "场次数"})
_LEFT_OVER = frozenset({"另有", "余下", "剩余", "其余", "剩下"})
_THEM = frozenset({"参与", "参加", "受益"})
_OTHERS = frozenset({"其他", "其它", "其余"})
#: What people think of a thing: never of a rate.
_RATED = frozenset({"满意度", "满意率", "知晓率", "认可度", "支持率"})


def placed(item: Item, state: State, left: str, behind: str) -> str:
    """The subject without its end, from the words before the figure and what the sentence has told."""
    inside = item.opens in BRACKETS and bool(state.base) and (item.fresh or state.inner)
    if left.startswith("其中") and not state.base and state.earlier:
        state.topic = state.base = state.earlier
    if inside and (aside := _in_brackets(item, state, left, behind)):
        return aside
    if left and (state.parted or item.opens in COLONS) and (part := parts.listed(item, state, left)):
        return part
    if inside or left.startswith("其中") or (state.inner and not item.fresh and left):
        return _part(item, state, left)
    if (
        state.inner
        and not left
        and item.fresh
        and (_of_part(item) or (not behind and _at_another_time(item)))
    ):
        return state.lead or state.stem  # 其中工业投资5.2亿元，增长11%
    if state.inner and state.whole and item.figure.unit == "元" and _PAYERS.fullmatch(left):
        return f"{state.whole}其中{left}"
    if known := _known(item, state, left):
        return known
    of_rate = state.base.endswith("率") and left in _RATED  # 分类准确率91.2%，满意度96.5%
    leaned = leans(left) and not of_rate
    if leaned and (state.base or item.back or len(left) < 3) and not _own_growth(item, left):
        return _leaning(item, state, left)
    if state.topic and left and reaches(left):
        state.lead, state.inner = left, False  # it counts something else; the next may go on with the topic
        return left
    if swapped := parts.other_twin(left, state):
        return swapped
    return _standing(item, state, left, behind).removesuffix(behind)


def _in_brackets(item: Item, state: State, left: str, behind: str) -> str:
    """What a figure in parentheses tells of the one before them, "" where it tells a part of it."""
    if state.inner and state.lead and item.fresh and left.startswith("含"):
        return state.lead + left  # 其中正式工401人（含内退95人）
    if left or behind:
        return ""
    if state.inner and state.said:
        state.aside = True
        return state.said  # 其中亡人事故2起（3人）, 其中火灾5起（去年7起）
    return state.stem  # （去年1.2亿）: the same thing at another time


def _part(item: Item, state: State, left: str) -> str:
    """A part of what the sentence has told, by 其中, in parentheses, or going on with parts."""
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


def _at_another_time(item: Item) -> bool:
    """其中盗窃87起，去年121起: whether nothing but a time parts a figure from the one before, which counts the same."""
    before = item.before
    alike = (
        before is not None
        and before.figure.kind is item.figure.kind
        and before.figure.unit == item.figure.unit
    )
    return alike and wording.HOLE in item.left and not item.back


def _of_part(item: Item) -> bool:
    """Whether a figure without words tells how the part before it has moved."""
    figure = item.figure
    grown = figure.kind is Kind.GROWTH or figure.unit == "倍" or item.left[:1] in _THAN
    before = item.before.figure.unit if item.before else None
    return grown or change(figure) != "" or (figure.unit == "人" and before in _HELD)  # 低保户145户，372人


def _known(item: Item, state: State, left: str) -> str:
    """The subject of words that always go on in one way (其余, 从业人员, 增加值); "" for any others."""
    if left in _OTHERS and state.whole and item.figure.kind is Kind.QUANTITY:
        return f"{state.whole}其中{left}"
    if left in _OF_THEM and state.base and state.unit in _BODIES:
        return state.base + left  # 经营单位20家，从业人员160人
    if left in _OF_PROJECTS and _PROJECTS.search(state.base) and item.figure.unit == "元":
        return state.base + left  # 重点项目212个，总投资846亿元，完成投资91亿元
    if left == "总面积" and item.figure.unit == "平方公里":
        return state.stands(left, left)  # 辖10个村，总面积36平方公里
    if (left in _MEASURES or left[:2] == "人均") and (alike := same_measure(state.base, left)):
        return state.stands(alike, left)
    if left in _NUMBERS and (whole := parts.first_alike(item, state)):
        return state.stands(whole + left, left)  # 发生火灾12起；与去年相比，起数减少3起
    if left in _LEFT_OVER and state.counted and (rest := parts.first_alike(item, state)):
        return rest + left
    return ""


def _own_growth(item: Item, left: str) -> bool:
    """能耗降低20%，产值提升30%: an output that grew stands for itself."""
    return item.figure.kind is Kind.GROWTH and left in {"产值", "产量", "年产值", "年产量"}


def _leaning(item: Item, state: State, left: str) -> str:
    """A figure whose words go on with the clause before: 占全区的12%, 整改率98%."""
    named = pre(item.back).startswith("其中") and change(item.figure)  # 其中劳资纠纷不降反升，比上年增加7件
    stem = pre(item.back) if named else state.base or pre(item.back) or state.fallback
    than = left[:1] in _THAN
    if state.inner and state.lead and (item.figure.kind in RATES or than or change(item.figure)):
        return state.lead.removeprefix("其中") + left  # 其中女党员612名，占39.2%
    if RATE.fullmatch(left) and state.topic:
        at = state.topic.find(left[:2])
        if 0 <= at <= 2 < len(state.topic) - at:  # 成功调处矛盾纠纷300起，调处率95%
            stem = state.topic[at + 2 :]
        else:
            stem = state.topic[:at] if at >= 0 else "" if state.topic.endswith("率") else state.topic
    if stem.endswith(left):
        return stem
    paid = item.before is not None and item.before.figure.unit == "元" and item.figure.kind is Kind.PERCENT
    if paid and left[0] == "占" and state.said.startswith(stem):
        return state.said + left  # 项目12个，完成投资3亿元，占年度计划的75%
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
    of_base = state.said.startswith(state.base) and state.said != state.base and not change(before.figure)
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
