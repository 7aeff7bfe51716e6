"""The sections of a report, made of the grouped notes: fields of work, problems, plans, in the parts of the genre."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gov_writer.domain import Brief, Opens, Section, Statement
from gov_writer.outline import leads, situation, topics
from gov_writer.outline.build import Frame, connected, gathered, statements
from gov_writer.outline.grouping import Grouped
from gov_writer.outline.reading import Piece
from gov_writer.outline.style import Style, genres

#: Beyond these, points get paragraphs of their own, and a paragraph is broken.
LONG_PART, LONG_PARAGRAPH = 420, 380
#: Shorter parts, and parts with a point as short as this, are told without 一是, 二是.
SHORT_PART, SHORT_POINT = 100, 18


@dataclass(slots=True)
class Layout:
    """What the sections are built with.

    event: it is a report on an emergency.  ahead: the notes tell plans alone.
    """

    brief: Brief
    style: Style
    frame: Frame
    genre: dict[str, Any]
    when: str
    event: bool = False
    ahead: bool = False


def level_one(found: Grouped, homes: Mapping[str, str], layout: Layout) -> tuple[Section, ...]:
    """The level-1 sections of the genre."""
    parts = _parts(found, homes, layout)
    problems = _problems(found, layout)
    plans = _plans(found, layout)
    after = [section for section in (problems, plans) if section is not None]
    split = layout.genre["split"]
    first: list[Section] = []
    if split == "overview" and found.overview:
        first.append(_flat("基本情况", 1, found.overview, layout))
    many = len(parts) + len(first) + len(after) >= 3 and len(parts) >= 2
    if (split == "topics" and many) or (not after and not first and len(parts) >= 3):
        return tuple(first + [_raised(part) for part in parts] + after)
    heading = "应对处置情况" if layout.event else _filled(layout.genre["work"], layout)
    work = Section(heading=heading, level=1, children=tuple(parts))
    whole = [*first, work, *after] if parts else [*first, *after]
    return tuple(whole)


def turned_ahead(found: Grouped, layout: Layout) -> None:
    """Where the notes tell plans alone, they are what the report is about: its parts, its title, its opening."""
    if found.work or found.overview or found.problems or not found.plans:
        return
    by_topic: dict[str, list[Piece]] = {}
    for piece in found.plans:
        by_topic.setdefault(piece.hint if piece.hint != "概况" else "其他", []).append(piece)
    layout.genre = {**layout.genre, **genres()["ahead"]}
    if layout.brief.sections or len({topics.part_of(topic) for topic in by_topic}) > 2:
        found.work, found.plans, layout.ahead = by_topic, [], True
    layout.when = _year_of_plans([p for pieces in by_topic.values() for p in pieces]) or layout.when


def _year_of_plans(pieces: Sequence[Piece]) -> str:
    """The one year that their headings and titles name (2026年计划), "" if they name none or several."""
    years = {year for piece in pieces for above in piece.headings for year in re.findall(r"20\d\d年", above)}
    return min(years) if len(years) == 1 else ""


def _filled(template: str, layout: Layout) -> str:
    return template.replace("{when}", layout.when)


def _raised(section: Section) -> Section:
    return replace(section, level=1)


def _parts(found: Grouped, homes: Mapping[str, str], layout: Layout) -> list[Section]:
    """One level-2 section per field of work, or per section of the brief, or per part of an emergency."""
    if layout.event:
        names = [name for name in situation.parts() if name in found.work]
        return [_part(name, [name], found, layout) for name in names]
    wanted = layout.brief.sections
    own: dict[str, str] = layout.genre.get("apart", {})  # topics that are a part of their own in this genre
    shown = tuple(layout.genre.get("order", ())) if "order" in layout.genre else layout.style.order
    order = shown + tuple(p for p in (*topics.parts(), "其他") if p not in shown)
    order = tuple(p for p in order if p not in own.values()) + tuple(dict.fromkeys(own.values()))
    bundles: dict[str, list[str]] = {name: [] for name in (wanted or order)}
    for topic in (*topics.topics(), "其他"):
        if topic in found.work:
            home = homes.get(topic, wanted[-1]) if wanted else own.get(topic, topics.part_of(topic))
            bundles.setdefault(home, []).append(topic)
    data = genres()
    made = []
    for name, inside in bundles.items():
        if inside:
            named = {**data["parts"].get(name, {}), **layout.genre.get("parts", {}).get(name, {})}
            heading = name if wanted else named["verb" if layout.style.verbs else "noun"]
            part = topics.part_of(inside[0]) if wanted else name
            made.append(_part(heading, inside, found, layout, part=part))
        elif wanted:
            made.append(Section(heading=name, level=2, todo=(name,)))
    return made


def _part(heading: str, inside: Sequence[str], found: Grouped, layout: Layout, *, part: str = "") -> Section:
    """A field of work: its topics as points, if there are several."""
    points: dict[str, str] = genres()["leads"]
    groups = [(topic, gathered(found.work[topic], layout.frame)) for topic in inside]
    sizes = [sum(len(piece.words.text) for piece in pieces) for _, pieces in groups]
    size = sum(sizes)
    pointed = len(groups) > 1 and size > SHORT_PART and (min(sizes) >= SHORT_POINT or size > 2 * SHORT_PART)
    told: list[Statement] = []
    for number, (topic, pieces) in enumerate(groups):
        opens = Opens.PARAGRAPH if number == 0 else Opens.NOTHING
        if pointed:
            opens = Opens.ITEM if layout.style.items else (Opens.FIRST_POINT if number == 0 else Opens.POINT)
        lead = points.get(topic, "") if pointed else ""
        apart = number == 0 or size > LONG_PART
        told += run(pieces, layout, opens, lead, apart=apart, planned=layout.ahead)
    alone = layout.event or layout.ahead
    opening = "" if alone else leads.opening(part, [p for topic in inside for p in found.work[topic]])
    return Section(heading=heading, level=2, statements=tuple(told), lead=opening)


def run(
    pieces: Sequence[Piece], layout: Layout, opens: Opens, lead: str, *, apart: bool, planned: bool = False
) -> list[Statement]:
    told: list[Statement] = []
    length = since = used = 0
    for index, piece in enumerate(pieces):
        first = index == 0
        begins = opens if first else Opens.NOTHING
        if not first and length > LONG_PARAGRAPH:
            begins, length = Opens.PARAGRAPH, 0
        if since >= 2 and index > 1 and begins is Opens.NOTHING:
            linked = connected(piece, layout.style.connectors[used % 2])
            if linked is not piece:
                piece, since, used = linked, 0, used + 1
        since += 1
        made = statements(
            piece,
            layout.frame,
            opens=begins,
            lead=lead if first else "",
            apart=apart and first,
            planned=planned,
        )
        length += sum(len(statement.text) for statement in made)
        told += made
    return told


def _flat(
    heading: str, level: int, pieces: Sequence[Piece], layout: Layout, *, planned: bool = False
) -> Section:
    made = run(gathered(pieces, layout.frame), layout, Opens.PARAGRAPH, "", apart=True, planned=planned)
    return Section(heading=heading, level=level, statements=tuple(made))


def _listed(heading: str, pieces: Sequence[Piece], layout: Layout, *, planned: bool) -> Section:
    """Problems or plans one by one: 一是…；二是…."""
    told: list[Statement] = []
    size = sum(len(piece.words.text) for piece in pieces)
    whole = layout.frame.period
    after = whole.end.year + 1 if whole is not None and whole.end is not None else 0
    for index, piece in enumerate(_timed_once(gathered(pieces, layout.frame, join=False), after)):
        opens = Opens.FIRST_POINT if index == 0 else Opens.POINT
        goes_on = (
            index > 0 and piece.block == pieces[index - 1].block and not piece.listed and not piece.point
        )
        told += statements(
            piece,
            layout.frame,
            opens=Opens.NOTHING if goes_on else opens,
            apart=index == 0 or (size > LONG_PART and not goes_on),
            planned=planned,
        )
    return Section(heading=heading, level=1, statements=tuple(told))


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


def _problems(found: Grouped, layout: Layout) -> Section | None:
    if not found.problems:
        return None
    heading = layout.style.problems or layout.genre["problems"]
    return _listed(heading, found.problems, layout, planned=False)


_NEXT = re.compile(r"^(?:下一?步|下阶段|下一阶段|今后|接下来|明年|来年)(?:的?工作)?(?:中|里)?[，,：:]?\s*")


def _plans(found: Grouped, layout: Layout) -> Section | None:
    """What comes next; with many plans a level-2 heading for each field of work."""
    if not found.plans:
        return None
    heading = layout.style.plans or layout.genre["plans"]
    by_part: dict[str, list[Piece]] = {}
    for piece in found.plans:
        by_part.setdefault(topics.part_of(piece.hint), []).append(piece)
    if len(found.plans) < 8 or len(by_part) < 3:
        return _listed(heading, found.plans, layout, planned=True)
    data = genres()["parts"]
    order = [part for part in (*topics.parts(), "其他") if part in by_part]
    children = []
    for part in order:
        made = run(by_part[part], layout, Opens.PARAGRAPH, "", apart=True, planned=True)
        name = data[part]["plain"] if part != "概况" else "其他工作"
        children.append(Section(heading=f"抓好{name}", level=2, statements=tuple(made)))
    return Section(heading=heading, level=1, children=tuple(children))
