"""From pieces to statements: context carried along, short notes joined, long ones cut."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from gov_writer import lexicon
from gov_writer.domain import Fact, Opens, Period, Statement
from gov_writer.matching.naming import persons
from gov_writer.outline import topics
from gov_writer.outline.lines import office_of
from gov_writer.outline.reading import Piece
from gov_writer.outline.sentences import LONGEST, finished
from gov_writer.outline.words import Words, plain

_PLACE_HEADING = re.compile(
    r"[\u4e00-\u9fff]{2,10}(?:社区|村|小区|片区|园区|街区|学校|小学|中学|市场|商场|公司|项目|大厦|广场|公园|医院)$"
)
_NO_PLACE = re.compile(r"农村|乡村|老旧小区|重点项目|重大项目|项目$|农贸市场|各社区|美好社区|招商")
_ANY_PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}(?:社区|村|小区|片区|园区|市场|项目)")
TIME = re.compile(
    r"\d{4}年|[今去明当本上]年|[上下]半年|季度|\d{1,2}月|月份|年[初末底]|近年|截至|目前|同期|全年|一年来|以来|春节|汛期|昨日|今日"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LEANS_BACK = re.compile(r"^(?:其中|同比|环比|较上年|比上年|分别|占比?|另有|并|且|其余)")
_TINY, _SHORT, _JOINED = 12, 42, 110
#: Rows of one table are counted from its own thousand; so near they belong together.
ROWS_APART = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """What statements are built with.  period: the report's own."""

    facts: Mapping[str, Fact]
    period: Period | None
    local: frozenset[str] = frozenset()  # ids of sources that must not leave the machine


def in_context(piece: Piece, frame: Frame, *, opens: bool = False) -> Piece:
    """The piece with what its headings say and its sentence does not: place, time, or the thing counted.

    opens: it is the first below its headings; the work that they name (老旧小区改造) is then told once.
    """
    words = piece.words
    if not words.slots:
        return labelled(piece) if _is_bare(piece) else piece
    lead = ""
    bare = words.edited((a, b, "") for a, b, _ in words.slots).text
    inner = [heading for heading in reversed(piece.headings) if 2 <= len(heading) <= 24]
    if len(_HAN.findall(bare)) < 2 and not piece.row:
        fact = frame.facts[words.slots[0][2]]
        thing = next((h for h in inner if not office_of(h) and not TIME.search(h)), "")
        lead = fact.subject if 2 <= len(fact.subject) <= 24 and fact.subject not in words.text else thing
    if not lead and _names_a_thing(piece, words):
        lead = _said_first(piece.label, words)
    if opens and not lead:
        lead = _thing_above(piece, words)
    place = next((h for h in inner if _PLACE_HEADING.fullmatch(h) and not _NO_PLACE.search(h)), "")
    if place and place not in words.text and not _ANY_PLACE.search(words.text):
        lead = place + lead.removeprefix(place)
    when = _when(piece, words, frame)
    if when:
        lead = f"{when}{'，' if len(when) > 2 else ''}{lead}"
    if not lead or words.text.startswith(lead):
        return piece
    return replace(piece, words=plain(lead) + words)


def _is_bare(piece: Piece) -> bool:
    """Whether words without a figure say too little without their label (森林防火：无火灾, 原因：短时强降雨)."""
    label = piece.label
    return bool(label) and (
        len(piece.words.text) <= _TINY or bool(NAMES_ONE.search(label) or _WHY.fullmatch(label))
    )


def labelled(piece: Piece) -> Piece:
    """The piece with its label in words (城南片区征收：涉及487户), where no heading of ours says what the label says."""
    if not _names_a_thing(piece, piece.words, fields=True):
        return piece
    return replace(piece, words=plain(_said_first(piece.label, piece.words)) + piece.words)


def _said_first(label: str, words: Words) -> str:
    """What stands before the words of a line in place of its label and the colon."""
    if _GOAL.search(label) or _WHY.fullmatch(label):
        return f"{label}是"
    if NAMES_ONE.search(label) and len(words.text) <= _ONE and not re.search("[，；]", words.text):
        return f"{label}为"
    deed = _counts_at_once(words)
    at_once = (deed and deed["deed"] not in label) or _DOING.fullmatch(label)
    listed = _GIVEN.match(label) and _LISTED.match(words.text)
    # 来信人：李建华，…; 信访人李某：反映…
    who = any(len(label) in (name.start, name.end) for name in persons.find(label + words.text[:8]))
    return label if at_once or listed or who else f"{label}方面，"


def _counts_at_once(words: Words) -> re.Match[str] | None:
    """What was done, where the words begin with it and a figure of nothing named: 新建3200亩."""
    deed = _COUNTED_AT_ONCE.match(words.text)
    return deed if deed is not None and any(start == deed.end() for start, _, _ in words.slots) else None


def _names_a_thing(piece: Piece, words: Words, *, fields: bool = False) -> bool:
    """Whether a line's label says what its figures count (群租房：摸排1204户), not merely the field of work.

    fields: also one that names a field of work or a place.
    """
    label = piece.label
    if not 2 <= len(label) <= 12 or label in words.text or office_of(label) or label in _NOTHING:
        return False
    if not fields and topics.is_field(label) and not _OF_WHOM.match(words.text):
        return False
    if len(label) == 4 and label[:2] in words.text and label[2:] in words.text:
        return False  # 启动响应：14日10时启动Ⅳ级应急响应
    if _GOAL.search(label) and not _GOAL.search(words.text) and not topics.is_plan_heading(label):
        return True
    if (
        _THEN.fullmatch(label)
        or TIME.search(label)
        or topics.is_problem_heading(label)
        or topics.is_plan_heading(label)
    ):
        return False
    place = not fields and _PLACE_HEADING.fullmatch(label) and not _NO_PLACE.search(label)
    return not (place or label.endswith(("工作", "方面", "情况", "部分")))


#: 行动时间：2025年8月12日, 信访件编号：…: a label that one thing's name, number or time stands behind.
NAMES_ONE = re.compile(r"(?:反映人|来访人|申请人|时间|日期|编号|地点|名称|金额|类别|级别|对象)$")
_ONE = 30
#: 原因：短时强降雨
_WHY = re.compile(r"(?:主要|直接|事故|灾害|起火)*(?:原因|起因|诱因|经验|体会|特点|启示)")
_NOTHING = frozenset({"其他", "其它", "另外", "此外", "补充", "备注"})
#: 退役军人：走访64人: without the field's name nobody knows who.
_OF_WHOM = re.compile(
    r"(?:累计|共|已)?(?:走访|慰问|服务|救助|帮扶|安置|接待|受理|发放(?:待遇|补助|补贴|津贴)?)(?=[约近超]?[\d,]+[人名户])"
)
#: 年初目标：完工30台 is what was to be done, whatever time the label names.
_GOAL = re.compile(r"(?:目标|任务)$")
#: 加装电梯：完成21部 is 加装电梯完成21部; 矛盾排查：排查693起 is not 矛盾排查排查693起.
_COUNTED_AT_ONCE = re.compile(
    r"(?:已|累计|共|全年)?(?P<deed>完成|建成|在建|开工|竣工|通车|改造|新增|新建|摸排|排查|整治|拆除|清理|加装|发放|受理|办结|化解|培训)(?=[约近超]?\d)"
)
#: 正在实施：雨污分流 is 正在实施雨污分流.
_DOING = re.compile(
    r"(?:目前|正在|已经?|拟|计划|累计|持续)?(?:实施|推进|开展|建设|在建|续建|新建|完成|建成|开工|投用|启动)"
)
#: 发放救灾物资：棉被120床、方便面460箱 is 发放救灾物资棉被120床、方便面460箱.
_GIVEN = re.compile(
    r"(?:累计|共|已)?(?:发放|配备|采购|购置|投放|储备|调拨|捐赠|安装|更换|补种|栽植)[\u4e00-\u9fff]"
)
_LISTED = re.compile(r"[\u4e00-\u9fff“”]{1,8}[约近超]?\d[^，。；]{0,8}、")
#: A heading that names one piece of work (老旧小区改造), and such as name a whole field (党的建设).
_WORK = re.compile(
    r"[\u4e00-\u9fff“”]{2,10}(?:改造|整治|建设|治理|提升|创建|行动|工程|普查|征收|清理|排查|加装|修复|保护|绿化|防控|试点|升级)"
)
_WHOLE_FIELD = re.compile(
    r"党|组织|作风|队伍|廉|文明|法治|平安|生态|项目|基层|社会|城市|环境|经济|民生|安全|工作"
)


def _thing_above(piece: Piece, words: Words) -> str:
    """老旧小区改造方面， where the heading names the work and the line below doesn't, "" otherwise."""
    heading = piece.headings[-1] if piece.headings else ""
    if not _WORK.fullmatch(heading) or _WHOLE_FIELD.search(heading) or topics.is_field(heading):
        return ""
    told = any(heading[i : i + 2] in words.text for i in range(len(heading) - 3, len(heading) - 1))
    return "" if told else f"{heading}方面，"


def _when(piece: Piece, words: Words, frame: Frame) -> str:
    """The time that only a heading gives, if it is not the report's own."""
    if TIME.search(words.text):
        return ""
    period = frame.facts[words.slots[0][2]].period
    if period is None or not period.text or len(period.text) > 16:
        return ""
    if frame.period is not None and (period.start, period.end) == (frame.period.start, frame.period.end):
        return ""
    return period.text if any(period.text in heading for heading in piece.headings) else ""


def gathered(pieces: Sequence[Piece], frame: Frame, *, join: bool = True) -> list[Piece]:
    """Lines that lean on the one before are put behind it; short notes in a row become one sentence.

    join: False keeps the notes apart (problems and plans, which are told one by one).
    """
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        leans = bool(_LEANS_BACK.match(piece.words.text))
        if last is not None and (join or leans) and _belongs(last, piece):
            body = last.words.text.rstrip("。；")
            mark = "，" if _LEANS_BACK.match(piece.words.text) else "；"
            merged = last.words.part(0, len(body)) + plain(mark) + piece.words
            found[-1] = replace(last, words=merged)
            continue
        opens = join and not piece.row and (last is None or last.headings != piece.headings)
        found.append(in_context(piece, frame, opens=opens))
    return found


def _belongs(last: Piece, piece: Piece) -> bool:
    """Whether a piece goes into the sentence before it."""
    total = len(last.words.text) + len(piece.words.text)
    if last.row and piece.row and last.source.id == piece.source.id:
        near = 0 < piece.block - last.block <= ROWS_APART and last.headings == piece.headings
        return near and total <= _JOINED and "；" not in last.words.text
    if last.source.id != piece.source.id or piece.point or piece.row:
        return False
    if len(piece.words.text) <= _TINY and total <= _JOINED and not (last.row or _needs_context(piece)):
        return True
    if last.headings != piece.headings:
        return False
    if _LEANS_BACK.match(piece.words.text) and total <= LONGEST and piece.block - last.block <= 1:
        return True
    if not (last.listed and piece.listed) or last.row or not piece.begins:
        return False
    if topics.is_problem(piece.words.text, ()) or _needs_context(piece):
        return False
    lasts = max(len(part) for part in last.words.text.split("；"))
    few = last.words.text.count("；") < 2
    return few and lasts <= _SHORT and len(piece.words.text) <= _SHORT and total <= _JOINED


def _needs_context(piece: Piece) -> bool:
    bare = piece.words.edited((a, b, "") for a, b, _ in piece.words.slots).text
    place = any(_PLACE_HEADING.fullmatch(h) and not _NO_PLACE.search(h) for h in piece.headings)
    timed = any(TIME.search(heading) for heading in piece.headings)
    named = _names_a_thing(piece, piece.words)
    if not piece.words.slots:
        return _is_bare(piece) and _names_a_thing(piece, piece.words, fields=True)
    return bool(piece.words.slots) and (len(_HAN.findall(bare)) < 2 or place or timed or named)


def statements(
    piece: Piece,
    frame: Frame,
    *,
    opens: Opens = Opens.NOTHING,
    lead: str = "",
    apart: bool = False,
    planned: bool = False,
) -> list[Statement]:
    """The sentences that a piece makes; only the first opens something."""
    found = []
    told = piece.words
    if lead and told.text.startswith(again := f"{lead.rstrip('。')}方面，"):
        told = told.part(len(again), len(told.text))  # 一是市容整治。市容整治方面，…
    elif piece.label and lead.rstrip("。") == piece.label and _counts_at_once(told):
        told = plain(piece.label) + told  # 高标准农田：新建3200亩
    for index, words in enumerate(finished(told)):
        found.append(
            Statement(
                text=words.text,
                slots=words.slots,
                source=piece.source.id,
                locator=piece.locator,
                planned=planned,
                local_only=piece.source.id in frame.local,
                opens=opens if index == 0 else Opens.NOTHING,
                lead=lead if index == 0 else "",
                apart=apart and index == 0,
            )
        )
    if not found and lead:
        found.append(
            Statement(
                text="", source=piece.source.id, locator=piece.locator, opens=opens, lead=lead, apart=apart
            )
        )
    return found


#: 计划总投资 and 计划投资3亿元的 say how big a thing is, not what will be done.
_SIZE = re.compile(r"(?:计划|拟)(?:总投资|投资(?=[约达近超]?[\d.]+[万亿]?元的))|总投资计划")
_DONE = re.compile(r"实际完成|已(?:完成|建成|开工|竣工|投用|启动|签约|引进|落地)|超额完成")


def is_planned(piece: Piece, frame: Frame) -> bool:
    """Whether a piece tells what will be done: by its heading, by how it begins, by what stands before its figures."""
    text = _SIZE.sub("投资", piece.words.text)
    if piece.headings and (
        _THEN.fullmatch(piece.headings[-1]) or _is_later(piece.headings[-1], frame.period)
    ):
        return _DONE.search(text) is None
    if topics.is_plan(text, piece.headings):
        return not (_DONE.search(text) and not topics.is_plan("", piece.headings))
    facts = [frame.facts[f] for f in piece.words.facts if f in frame.facts]
    if not facts or not all(fact.planned for fact in facts) or _DONE.search(text):
        return False
    if (
        frame.period is not None
        and frame.period.end is not None
        and all(_after(f, frame.period.end) for f in facts)
    ):
        return True
    first = piece.words.slots[0][0]
    if _estimated(piece.words):
        return False
    ahead = _plan_words().search(_SIZE.sub(lambda m: "·" * len(m.group()), piece.words.text))
    return ahead.start() <= first if ahead else text == piece.words.text


#: 后续：申请补助150万元: what follows what was dealt with.
_THEN = re.compile(r"(?:后续|后期)(?:工作|打算|计划|安排|措施|处置)*")
#: 规上产值预计42.6亿元，同比增长7.3%: a result not counted yet, no plan.
_ESTIMATE = re.compile(r"预计(?:全年)?(?:可?达到?|为|实现|完成)?$")
_MEASURED = re.compile(r"同比|环比|增长|下降|去年|上年")


def _estimated(words: Words) -> bool:
    """Whether the first figure is the report's own time's, told before it is counted, and held against the year before."""
    first = words.slots[0][0]
    return bool(_ESTIMATE.search(words.text[:first]) and _MEASURED.search(words.text[first:]))


#: 四季度, 下半年工作: what stands above plans in a report of the time before.
_LATER = re.compile(r"(?:第?(?P<quarter>[二三四])季度|下半年|(?P<year>20\d\d)年)(?:的?(?:工作|重点|任务)*)")


def _is_later(heading: str, period: Period | None) -> bool:
    """Whether a heading names the time after the report's, in its year."""
    match = _LATER.fullmatch(heading)
    if match is None or period is None or period.end is None:
        return False
    if match["year"]:
        return int(match["year"]) > period.end.year
    begins = 3 * "一二三四".index(match["quarter"]) if match["quarter"] else 6
    return period.end.month <= begins


def _after(fact: Fact, end: date) -> bool:
    return fact.period is not None and fact.period.start is not None and fact.period.start > end


@cache
def _plan_words() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("planned")))


_VERB = re.compile(
    r"(?:组织|开展|举办|召开|建成|完成|推进|新增|新建|处置|化解|调处|发放|走访|慰问|整治|拆除|清理|加装|安装|改造|储备|兑现|选派|检查|巡查|责令|引进|培训|成立|制定|建立|推行|落实|协助|配合|开设|打造|实施)"
)


def connected(piece: Piece, word: str) -> Piece:
    """The piece with a connector in front, if it begins with what was done; else as it is."""
    if piece.row or not _VERB.match(piece.words.text) or piece.words.holds(0, 2):
        return piece
    return replace(piece, words=plain(f"{word}，") + piece.words)
