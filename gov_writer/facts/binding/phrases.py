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

from collections.abc import Collection, Sequence

from gov_writer.domain import Kind, Mention
from gov_writer.facts.binding import behind as after
from gov_writer.facts.binding import clauses, glued, twins, wording
from gov_writer.facts.binding.clauses import BRACKETS, Item, State, change, modifies, of_times
from gov_writer.facts.binding.leaning import leans
from gov_writer.facts.binding.placed import placed
from gov_writer.facts.binding.twins import basis
from gov_writer.facts.binding.wording import HOLE, LONGEST, noun, pre
from gov_writer.matching import units
from gov_writer.text.lazy import lazy

__all__ = ["HOLE", "LONGEST", "bare", "subjects"]

_FROM_END = lazy(r"(?:由|从|自)(?:[原最]?(?:来|初|先)?的?|平均)?$")
#: 列全市各县首位: among whom.
_AMONG_ALL = lazy(
    "(?:位?[列居]|名列|排名?|稳居|处于)?(?:在?全?[\u4e00-\u9fff]{0,4}[省市区县]|同类|同行业)各?[省市区县街镇乡村]{0,4}(?:[（(].{0,6}[）)])?(?:中|里|的)?"
)
_PLACES = frozenset({"排", "列", "居", "位", "全国排位", "全省排位", "全市排位", "全区排位", "全县排位"})
_REACHED = frozenset({"完成", "达到", "占", "超", "超过"})
_THAN = frozenset("比较与同")
_FROM_LAST = frozenset("由从自来初先的均")
_ONWARDS = lazy("[到至为成]$")
#: Who reports, before it is told how often: 我局先后3次….
_OURS = lazy("[我本该全][省市区县镇乡村局办院校所中心社区街道支队大]{1,3}|街道|社区|[镇乡区县市]里")
#: 投入300余万元改造: an amount that was spent, no class of things.
_AWARDED = lazy("荣?获|蝉联|被评?|入[选围]|跻身|保持[^，]{2,16}(?:称号|荣誉)")
#: 3家[达到标准]的企业
_RELATIVE = lazy(
    "(?P<verb>(?:达到|获得|符合|通过|享受|具备|参加|完成|列入|纳入|建成|投入)[^的，]{1,10})的(?P<noun>[\u4e00-\u9fff]{2,})"
)
#: 轻工业产值占比23.9%，同比增长0.8%: what has the share has grown.
_SHARE = lazy("占比$")
_MEANS = frozenset({"平均", "年均", "平均分别", "年均分别"})
_IN_A_ROW = frozenset({"连续", "已连续", "蝉联"})
#: So many counts back 其中 may reach.
_KEPT = 5
_SAME_TIME = lazy("同期数?(?:为|是)?|同期的")


def subjects(
    sentence: str,
    offset: int,
    figures: Sequence[Mention],
    fallback: str = "",
    earlier: str = "",
    before: Sequence[tuple[str | None, str]] = (),
    timed: Collection[int] = (),
) -> list[str]:
    """The subject of each figure (in text order), "" where the sentence has no words for it.

    sentence: ``text[offset:…]`` with ``HOLE`` in the place of periods and dates.
    fallback: what a figure without words of its own is about: the heading or the line above.
    earlier: the main subject of the sentence before, which 其中 at the beginning may go on with.
    before: units and subjects of that sentence.
    timed: the figures (by ``id``) that are told of one time after the other: 1至3月分别为12起、9起、5起.
    """
    items = clauses.items(sentence, offset, figures)
    state = State(fallback, earlier, before=before, timed=timed)
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
    return figure.kind is Kind.QUANTITY and not modifies(figure) and not change(figure)


def bare(words: str) -> str:
    """Words without holes, quotation marks and what only opens or closes a clause."""
    return pre(words)


def _subject(item: Item, state: State) -> str:
    figure = item.figure
    behind = _behind(item)
    end = behind + change(figure) + basis(figure)
    if _moved_rate(item, state):
        return state.said + end
    _leave_brackets(item, state)
    if item.joined:
        return _joined(item, state, behind, end)
    if item.glued:
        return glued.glued(item, state, behind, end)
    words, moved = _moving(item, state, behind)
    if moved:
        return moved
    left = pre(words)
    if not left and figure.kind is Kind.GROWTH and figure.unit == "%" and item.fresh:
        state.base = _SHARE.sub("", state.base) or state.base
        state.lead = _SHARE.sub("", state.lead) or state.lead
    if of_times(figure) and (done := _so_often(item, state, left, behind)):
        return done
    if not (behind or state.base or item.back) and (done := after.work(item, left)):
        return state.stands(left + done, left)
    if not behind and item.right:
        words = after.completed(item, left, state.base, alien=lambda: _alien(figure, state))
        if words and not left:
            return state.stands(words, "")
        left = words
    if not behind and not left:
        behind = _related(item)
        end = behind + end
    left = "" if _only_compares(figure, left) else left
    return _ended(item, state, left, behind, end)


def _behind(item: Item) -> str:
    """The noun behind the figure that it counts; of those who are served with the deed."""
    if item.figure.kind is Kind.GROWTH:
        return ""
    served = wording.serves(item.left)  # 为86户家庭完成适老化改造: the deed is behind, too
    behind = item.of_class + (wording.plain(item.right)[: wording.AFTER] if served else noun(item.right))
    if not behind or served or item.figure.kind is not Kind.QUANTITY:
        return behind
    if behind in after.GENERAL or (item.fresh and not pre(item.left)):
        return after.named(item, behind)
    return behind


def _leave_brackets(item: Item, state: State) -> None:
    """Go on with what was told before the parentheses that the figure stands behind."""
    if item.closed and state.aside:
        state.aside = False  # 其中火灾5起（去年7起），下降28%
    elif item.closed and (own := _before_brackets(item)) and not leans(own):
        state.stands(own, own)
    elif item.closed and state.base:
        state.lead, state.inner = state.base, False


def _joined(item: Item, state: State, behind: str, end: str) -> str:
    """A figure that only 、 or 和 parts from the one before."""
    if state.inner and not behind and state.whole and (done := after.deed(item)):
        return f"{state.whole}其中{done}"  # 其中6个已开工、3个已竣工
    figure = item.figure
    counts = item.before is not None and figure.kind is item.before.figure.kind is Kind.QUANTITY
    counts = counts and figure.core_start == figure.start  # 惠及居民20户、63人
    return (state.lead if behind else (counts and state.lead) or state.stem) + end


def _moving(item: Item, state: State, behind: str) -> tuple[str, str]:
    """The words before the figure, and the subject of a value that something moved from or to, else ""."""
    words = wording.plain(item.left)
    if item.closed and words[:1] in {"和", "与", "及"}:
        words = words[1:]
    if item.fresh and (own := wording.own_level(words)):
        words = own
    elif wording.to(words) and (state.base or item.back):
        state.base = state.base or pre(item.back)
        return words, wording.moved(state.base, words)
    out = _FROM_END.search(words) if words[-1:] in _FROM_LAST else None
    if out is not None and not _agent(item, behind, words[: out.start()]):
        return words, _from(item, state, pre(words[: out.start()]), behind)
    return words, ""


def _so_often(item: Item, state: State, left: str, behind: str) -> str:
    """The subject of a number of times or years that says how long or how often something was done; else ""."""
    if behind in _MEANS and not left and state.stem:
        return state.stem + behind  # 增长15.2%，两年平均增长4.2%
    in_a_row = left in _IN_A_ROW or (left.endswith("连续") and not item.glued)
    if in_a_row and _AWARDED.match(item.rest):
        return state.stands(left + item.rest, "")  # 连续六年荣获优秀单位
    if not behind and len(item.rest) > 3 and _OURS.fullmatch(left):
        return state.stands(left + item.rest, "")  # 我局先后三次向低保户发放补贴
    if left in after.REPEATED and (done := after.repeated(item, left)):
        return state.stands(done, "")
    return ""


def _related(item: Item) -> str:
    """The noun behind a clause that tells of it: 3家[达到标准]的企业; "" where there is none."""
    told = _RELATIVE.match(item.rest) if item.figure.kind is Kind.QUANTITY else None
    return told["verb"] + noun(told["noun"]) if told else ""


def _only_compares(figure: Mention, left: str) -> bool:
    """Whether the words say only with what the figure is compared: 是“十一五”末的1.6倍, 列全市第3位."""
    if figure.unit == "倍" and wording.of_time(left):
        return True
    if figure.kind is Kind.RANK and (left in _PLACES or _AMONG_ALL.fullmatch(left)):
        return True
    return left in _THAN or _SAME_TIME.fullmatch(left) is not None


def _ended(item: Item, state: State, left: str, behind: str, end: str) -> str:
    """The subject from the words on both sides; end: those behind, with how the figure moved and against what."""
    if not left and not behind and _same_rate(item, state):
        return state.said
    if left in _REACHED and behind and state.base and leans(left + behind):
        return state.base + left + behind.removesuffix("的")  # 产值31亿元，完成全年58亿元任务的53.9%
    subject = placed(item, state, left, behind)
    if not left and not behind and _of_growth(item) and not subject.endswith(("增速", "增幅")):
        return subject + "增速"  # 增长8%，排名全区第三
    return subject + end


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
