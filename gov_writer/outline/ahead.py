"""What is not done yet: the problems that the notes own up to, and what they plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gov_writer.domain import Opens, Section, Statement
from gov_writer.outline import topics
from gov_writer.outline.build import Frame, gathered, statements
from gov_writer.outline.composition import genres
from gov_writer.outline.grouping import Grouped
from gov_writer.outline.paragraphs import LONG_PART, Guide, run
from gov_writer.outline.reading import Piece


def turned_ahead(found: Grouped, guide: Guide) -> None:
    """Where the notes tell plans alone, they are what the report is about: its parts, its title, its opening."""
    if found.work or found.overview or found.problems or not found.plans:
        return
    by_topic: dict[str, list[Piece]] = {}
    for piece in found.plans:
        by_topic.setdefault(piece.hint if piece.hint != "概况" else "其他", []).append(piece)
    guide.genre = {**guide.genre, **genres()["ahead"]}
    if guide.brief.sections or len({topics.part_of(topic) for topic in by_topic}) > 2:
        found.work, found.plans, guide.ahead = by_topic, [], True
    guide.when = _year_of_plans([p for pieces in by_topic.values() for p in pieces]) or guide.when


def _year_of_plans(pieces: Sequence[Piece]) -> str:
    """The one year that their headings and titles name (2026年计划), "" if they name none or several."""
    years = {year for piece in pieces for above in piece.headings for year in re.findall(r"20\d\d年", above)}
    return min(years) if len(years) == 1 else ""


def problems(found: Grouped, guide: Guide, heading: str = "") -> Section | None:
    """What the notes own up to, None if nothing.  heading: what the brief calls it."""
    if not found.problems:
        return None
    heading = heading or guide.style.problems or guide.genre["problems"]
    told = gathered(found.problems, guide.frame, join=False)
    return _listed(heading, told, found.problems, planned=False, frame=guide.frame)


def plans(found: Grouped, guide: Guide, named: str = "") -> Section | None:
    """What comes next; with many plans a level-2 heading for each field of work.  named: what the brief calls it."""
    if not found.plans:
        return None
    found.plans.sort(key=lambda piece: any(map(topics.is_request_heading, piece.headings)))
    when = _time_of(found.plans, guide)
    when = when if not named or when in named else ""
    heading = _NEXT.sub(when, guide.style.plans or guide.genre["plans"]) if when else ""
    heading = named or heading or guide.style.plans or guide.genre["plans"]
    by_part: dict[str, list[Piece]] = {}
    for piece in found.plans:
        by_part.setdefault(topics.part_of(piece.hint), []).append(piece)
    if len(found.plans) < 8 or len(by_part) < 3:
        return _listed(heading, _told(found.plans, when, guide), found.plans, planned=True, frame=guide.frame)
    data = genres()["parts"]
    order = [part for part in (*topics.parts(), "其他") if part in by_part]
    children = []
    for part in order:
        made = run(_told(by_part[part], when, guide), guide, Opens.PARAGRAPH, "", apart=True, planned=True)
        name = data[part]["plain"] if part != "概况" else "其他工作"
        children.append(Section(heading=f"抓好{name}", level=2, statements=tuple(made)))
    return Section(heading=heading, level=1, children=tuple(children))


def _listed(
    heading: str, told: Sequence[Piece], pieces: Sequence[Piece], *, planned: bool, frame: Frame
) -> Section:
    """Problems or plans one by one: 一是…；二是…."""
    made: list[Statement] = []
    size = sum(len(piece.words.text) for piece in pieces)
    for index, piece in enumerate(told):
        opens = Opens.FIRST_POINT if index == 0 else Opens.POINT
        goes_on = index > 0 and piece.block == told[index - 1].block and not piece.listed and not piece.point
        made += statements(
            piece,
            frame,
            opens=Opens.NOTHING if goes_on else opens,
            apart=index == 0 or (size > LONG_PART and not goes_on),
            planned=planned,
        )
    return Section(heading=heading, level=1, statements=tuple(made))


_NEXT = re.compile(r"^下一?(?:步|阶段)(?:的)?")
_NAMED = re.compile(r"(20\d\d)年(?:重点)?(?:工作)?(?:计划|打算|思路|安排|要点)")
_TIMES = re.compile(r"明年|来年|20\d\d年(?![底初末])|下半年|第?[二三四]季度")


def _time_of(pieces: Sequence[Piece], guide: Guide) -> str:
    """The time that the title or all of the plans name (2026年, 下半年), "" if they don't agree on one."""
    titled = _NAMED.search(guide.brief.title or "")
    if titled is not None and titled[1] != guide.when[:4]:
        return f"{titled[1]}年"
    times = {_time_named(piece, guide) for piece in pieces}
    return times.pop() if len(times) == 1 else ""


def _time_named(piece: Piece, guide: Guide) -> str:
    """The time after the report's that a plan is for, by its words or by what stands above it."""
    whole = guide.frame.period
    if whole is None or whole.end is None:
        return ""
    match = _TIMES.match(piece.words.text)
    match = match or next(filter(None, map(_TIMES.search, reversed(piece.headings))), None)
    if match is None:
        return ""
    named = f"{whole.end.year + 1}年" if match[0] in ("明年", "来年") else match[0]
    named = f"第{named}" if named.endswith("季度") and named[0] != "第" else named
    follows = {3: "第二季度", 6: "下半年", 9: "第四季度", 12: f"{whole.end.year + 1}年"}.get(
        whole.end.month, ""
    )
    return named if named == follows else ""


def _told(pieces: Sequence[Piece], when: str, guide: Guide) -> list[Piece]:
    """The plans in their context, the time that their heading says left out."""
    whole = guide.frame.period
    after = whole.end.year + 1 if whole is not None and whole.end is not None else 0
    told = _timed_once(gathered(pieces, guide.frame, join=False), after)
    if not when:
        return told
    names = f"{when}|明年|来年" if when == f"{after}年" else f"(?:{when}|{when.removeprefix('第')})"
    begins = re.compile(
        rf"(?:{names})(?:的?(?:工作)?(?:目标|计划|打算)(?=[，：:]))?(?![底初末上下以内起中])[，,：:]?"
    )
    return [_without(piece, begins) for piece in told]


def _without(piece: Piece, begins: re.Pattern[str]) -> Piece:
    match = begins.match(piece.words.text)
    if (
        match is None
        or piece.ahead
        or piece.words.holds(0, match.end())
        or match.end() >= len(piece.words.text)
    ):
        return piece
    return replace(piece, words=piece.words.part(match.end(), len(piece.words.text)))


_YEAR = re.compile(
    r"(?:20\d\d年|明年|来年|[一二三四]季度|[上下]半年|\d{1,2}月份?)(?:[，,]|(?=计划|拟|力争|将|争取|打算|准备|预计|继续|推进|推动|重点|开展|完成|实施|建设|加快|打造|新建|新增|抓好|做好|启动))"
)


def _timed_once(pieces: Sequence[Piece], after: int) -> list[Piece]:
    """2026年计划…，明年拟…: a year that the lines of a list begin with is said once.  after: which year 明年 is."""
    found: list[Piece] = []
    before = ""
    for piece in pieces:
        match = _YEAR.match(piece.words.text)
        year = match.group().rstrip("，,") if match and not piece.words.holds(0, match.end()) else ""
        year = f"{after}年" if year in ("明年", "来年") else year
        if match and year and year == before and not piece.ahead:
            piece = replace(piece, words=piece.words.part(match.end(), len(piece.words.text)))
        before = year or before
        found.append(piece)
    return found
