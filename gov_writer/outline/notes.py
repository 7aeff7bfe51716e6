"""Notes of several departments, grouped by field of work into the parts of the genre."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from gov_writer.domain import Brief, Opens, Section, Statement
from gov_writer.outline import leads, situation, topics
from gov_writer.outline.build import Frame, connected, gathered, is_planned, statements
from gov_writer.outline.lines import office_of
from gov_writer.outline.reading import Piece, Reading
from gov_writer.outline.style import Style, genres

#: Beyond these, points get paragraphs of their own, and a paragraph is broken.
LONG_PART, LONG_PARAGRAPH = 420, 380
#: Shorter parts, and parts with a point as short as this, are told without 一是, 二是.
SHORT_PART, SHORT_POINT = 100, 18


@dataclass(slots=True)
class Grouped:
    """Pieces by what they are for.  work: topic → pieces.  scope: pieces that the brief leaves no place."""

    overview: list[Piece] = field(default_factory=list)
    work: dict[str, list[Piece]] = field(default_factory=dict)
    problems: list[Piece] = field(default_factory=list)
    plans: list[Piece] = field(default_factory=list)
    scope: list[Piece] = field(default_factory=list)


def group(
    readings: Sequence[Reading],
    rows: Mapping[str, Sequence[Piece]],
    frame: Frame,
    wanted: Sequence[str],
    *,
    event: bool = False,
) -> tuple[Grouped, dict[str, str]]:
    """Sort every piece; the second value says which of the brief's sections takes which topic.

    wanted: the brief's sections, empty if it names none.  event: by the parts of a report on an emergency.
    """
    found = Grouped()
    homes = _homes(wanted)
    for reading in readings:
        previous: str | None = None
        block, block_topic = -1, "其他"
        for piece in (*_led(reading), *rows.get(reading.source.id, ())):
            if piece.block == block and not piece.listed:
                topic = block_topic
            elif event:
                topic = situation.part_of(piece, previous)
            else:
                topic = _topic(piece, reading, previous)
            block, block_topic, previous = piece.block, topic, topic
            scoped = bool(wanted) and topic not in homes and topic != "其他"
            topic = "概况" if event and topic == situation.parts()[0] else topic
            _sort(piece, topic, found, planned=is_planned(piece, frame), scoped=scoped)
    return found, homes


_SELF = re.compile(r"(?:我叫|我是|我现任|我担任|本人现任|本人担任|本人姓名)")
#: 去年排查281起, a line that gives the line before its value of last year
_LOOKS_BACK = re.compile(r"(?:去年|上年|上一年|前年)(?:同期)?(?!底|末|起|以来)")
#: A title up to this length says what a note without headings is about.
_TITLE = 40
_SLOGAN = re.compile(
    r"(?:狠|着力|全力|持续|坚持|切实)?(?:抓|强|促|保|优|稳|惠|聚焦|突出|夯实|筑牢|做实|加强|推进|强化|深化)[\u4e00-\u9fff、]{1,12}"
)


def _led(reading: Reading) -> list[Piece]:
    """The pieces; 一是抓招商。外出招商12批次: the point's own heading goes above what it opens, wherever that goes.

    A title that announces plans makes plans of all below it.
    """
    found: list[Piece] = []
    pieces = reading.pieces
    lead, block = "", -1
    future = (reading.title.text,) if topics.is_plan_heading(reading.title.text) else ()
    for index, piece in enumerate(pieces):
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        if piece.block != block:
            lead, block = "", piece.block
        if piece.point:
            lead = ""
            opens = after is not None and after.block == block and not after.point
            if opens and not piece.words.slots and _SLOGAN.fullmatch(piece.words.text):
                lead = piece.words.text
                continue
        headings = (*future, *piece.headings, *((lead,) if lead else ()))
        found.append(replace(piece, headings=headings) if headings != piece.headings else piece)
    return found


def _sort(piece: Piece, topic: str, found: Grouped, *, planned: bool, scoped: bool) -> None:
    if topics.is_problem(piece.words.text, piece.headings) and not piece.row:
        found.problems.append(piece)
    elif piece.ahead or (planned and not piece.row):
        found.plans.append(replace(piece, hint=topic))
    elif topic == "概况" or _SELF.match(piece.words.text):
        found.overview.append(piece)
    elif scoped:
        found.scope.append(piece)
    else:
        found.work.setdefault(topic, []).append(piece)


def _topic(piece: Piece, reading: Reading, previous: str | None) -> str:
    """The field of work with most votes: the words, the headings, the office, the file's name."""
    votes: Counter[str] = Counter()
    votes.update(topics.score(piece.words.text, 2))
    votes.update(topics.score(piece.hint, 3))
    own = bool(votes)
    if not own and previous is not None and _LOOKS_BACK.match(piece.words.text):
        return previous
    if not piece.headings and len(reading.title.text) <= _TITLE:
        votes.update(topics.score(reading.title.text))
    for heading in piece.headings[-2:]:
        inside = {t: n for t, n in votes.items() if topics.part_of(t) == heading}
        if inside:  # 【民生】 names a part: of its topics the one that the words tell
            votes[topics.best(Counter(inside)) or ""] += 9
        else:
            votes.update(topics.score(heading, 1 if heading in topics.parts() else 3))
        if office_of(heading):
            _vote(votes, topics.of_office(heading), 5)
    _vote(votes, topics.of_office(piece.office) if piece.office else None, 3)
    stem = PurePath(reading.source.path).stem
    if office_of(stem) or topics.of_office(stem):
        _vote(votes, topics.of_office(stem), 4)
    if piece.row:
        del votes["概况"]
    best = topics.best(votes) or _meant(piece.headings[-1:]) or ("治理" if piece.row else None)
    if not own and previous is not None and best is None:
        return previous
    return best or previous or "其他"


def _meant(headings: Sequence[str]) -> str | None:
    """The topic of a heading that only names its field in common words (环境整治), None if it names none."""
    aliases: dict[str, list[str]] = genres()["aliases"]
    for heading in headings:
        points = {p: sum(len(w) for w in words if w in heading) for p, words in aliases.items()}
        part = max(points, key=lambda name: points[name])
        if points[part] >= 2 and len(heading) <= 10:
            return next((t for t in topics.topics() if topics.part_of(t) == part), None)
    return None


def _vote(votes: Counter[str], topic: str | None, points: int) -> None:
    if topic is not None:
        votes[topic] += points


def _homes(wanted: Sequence[str]) -> dict[str, str]:
    """For each topic the brief's section that takes it."""
    homes: dict[str, str] = {}
    if not wanted:
        return homes
    aliases: dict[str, list[str]] = genres()["aliases"]
    for topic in topics.topics():
        part = topics.part_of(topic)
        best, points = "", 0
        for section in wanted:
            score = 3 * topics.score(section)[topic] + sum(
                2 for word in aliases.get(part, ()) if word in section
            )
            score += 4 if topic in section else 0
            if score > points:
                best, points = section, score
        if best:
            homes[topic] = best
    return homes


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


def sections(found: Grouped, homes: Mapping[str, str], layout: Layout) -> tuple[Section, ...]:
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
