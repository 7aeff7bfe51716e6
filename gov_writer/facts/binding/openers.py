"""What opens a line and says what the rest of it is about: a plan's name, a label before a colon, last year."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from gov_writer.domain import Kind, Mention, Period
from gov_writer.facts.binding import sentence
from gov_writer.lexicon import rows
from gov_writer.matching import units
from gov_writer.matching.passages import plans
from gov_writer.text.lazy import lazy

#: 明年打算：…；… and 2026年计划：…, a heading run into its line.
_RUN_IN = lazy(r"(?P<words>[^，,。；;：:\n]{2,20})[：:]")
_NEXT = lazy("打算|计划|安排|思路|明年|来年|下一?步|下一?阶段")
#: 下半年：, 明年打算：, 三季度工作安排：, and the same without the colon
_HEADS = lazy(r"\**(?:重点|主要)?(?:工作)?(?:打算|计划|安排|任务|目标|思路|数据|情况)?\**(?:[：:]\**)?\s*")
_LABEL = lazy(r"[“\"]?([\u4e00-\u9fffA-Za-z]{2,10})[”\"]?\**[：:](?=[^\n]*\d)")
_NO_LABEL = lazy(
    "指标|情况|工作$|方面|数据|如下|包括|成效|亮点|做法|问题|其中|备注|说明|来源|时间|日期|单位|总体|合计|打算|计划|安排|^[明来今去上全]年$|看$|讲$|说$|来看|分别$"
)
#: A subject of so many characters needs no label.
_SAYS_ENOUGH = 8
#: 去年排查281起: a sentence that gives the one before its value of last year.
LOOKS_BACK = lazy("(?:去年|上年|上一年)(?:同期)?")
_DONE = lazy("完成|实际|实现|已|落实")


def opens_plan(
    text: str, begin: int, end: int, mentions: Sequence[Mention], reported: Period | None
) -> tuple[bool, Mention | None]:
    """Whether the line ``text[begin:end]`` opens with a plan's name and a colon, so that all of it is a plan; and
    the period that the name tells.

    reported: the period that the source reports on: a plan for it that was carried out is none.
    """
    opener = _RUN_IN.match(text, begin, end)
    if opener is None:
        return False, None
    when = next((m for m in mentions if m.kind is Kind.PERIOD and m.start < opener.end()), None)
    last = reported.end if reported else None
    later = bool(when and when.start == begin and when.date_start and last and when.date_start > last)
    if not later and not (_NEXT.search(opener["words"]) and plans.is_plan(opener["words"])):
        return False, None
    if _DONE.search(text, begin, end):
        return False, None  # 2025年计划：拆违100处，实际完成120处
    return not (when and when.date_end and last and when.date_end <= last), when


def heads(
    text: str, begin: int, end: int, mentions: Sequence[Mention], reported: Period | None
) -> tuple[bool, Mention] | None:
    """What a line that names nothing but a time (下半年：) says of the lines below it: whether they are planned, and
    the time; None for any other line.

    reported: the period that the source reports on: what comes after it is planned.
    """
    when = next((m for m in mentions if m.kind is Kind.PERIOD and m.start == begin), None)
    if when is None or _HEADS.fullmatch(text, when.end, end) is None:
        return None
    last = reported.end if reported else None
    ahead = _NEXT.search(text, begin, end) is not None
    return ahead or bool(when.date_start and last and when.date_start > last), when


def label(text: str, begin: int, end: int) -> str:
    """The words before a colon that say what the line is about, "" for none and for those that say nothing."""
    opener = _LABEL.match(text, begin, end)
    return "" if opener is None or _NO_LABEL.search(opener[1]) or _speaks(opener[1]) else opener[1]


def _speaks(label: str) -> bool:
    """Whether 小顾： tells who wrote a message, not what it is about."""
    return len(label) == 2 and label[0] in "小老阿" and label[1] in _surnames()


@cache
def _surnames() -> str:
    return "".join(row[0] for row in rows("surnames") if row[1] == "clear")


def under(label: str, subject: str) -> str:
    """老旧小区改造：…已开工6个 counts 老旧小区改造开工; a subject that shares words with the label says enough."""
    said = {subject[i : i + 2] for i in range(len(subject) - 1)}
    shared = any(label[i : i + 2] in said for i in range(len(label) - 1))
    return subject if shared or len(subject) > _SAYS_ENOUGH else label + subject


def as_before(figure: Mention, subject: str, counted: Sequence[tuple[str | None, str]]) -> str:
    """去年排查281起 after 排查矛盾纠纷326起: the same is counted, in fewer words."""
    longer = [
        s
        for unit, s in counted
        if units.same(unit, figure.unit) and (s.endswith(subject) or s.startswith(subject))
    ]
    return longer[0] if longer else subject


def whole(
    holed: str, offset: int, figures: Sequence[Mention], counted: Sequence[tuple[str | None, str]]
) -> str:
    """What the sentence before counted, of which this one tells parts (其中…); "" if it tells none."""
    if not figures or not holed.startswith("其中", sentence.past_marks(holed)):
        return ""
    alike = [subject for unit, subject in counted if units.same(unit, figures[0].unit)]
    kin = [s for u, s in counted if units.kinship(u, figures[0].unit) is not units.Kinship.OTHER]
    words = holed[: figures[0].start - offset]
    named = [subject for subject in alike if subject[:2] in words or subject[-2:] in words]
    alike = named or alike  # 立案22件，处分23人，移送1人。其中，处分干部7人
    whole = alike[-1] if alike else kin[0] if kin else counted[-1][1]
    return whole.partition("其中")[0]
