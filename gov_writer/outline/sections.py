"""The sections of a report, made of the grouped notes: fields of work, problems, plans, in the parts of the genre."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gov_writer.domain import Opens, Section, Statement
from gov_writer.outline import leads, situation, topics
from gov_writer.outline.ahead import plans, problems
from gov_writer.outline.build import NAMES_ONE, TIME, gathered
from gov_writer.outline.composition import genres
from gov_writer.outline.grouping import Grouped
from gov_writer.outline.lines import office_of
from gov_writer.outline.matter import one_matter
from gov_writer.outline.paragraphs import LONG_PART, Guide, flat, run
from gov_writer.outline.reading import Piece
from gov_writer.outline.roles import Role, roles

#: Shorter parts, and parts with a point as short as this, are told without 一是, 二是.
SHORT_PART, SHORT_POINT = 100, 18


def level_one(found: Grouped, homes: Mapping[str, str], guide: Guide) -> tuple[Section, ...]:
    """The level-1 sections of the genre, or those that the brief names where it names more than fields of work."""
    if meant := roles(guide.brief.sections):
        return named_sections(found, homes, meant, guide)
    parts = _parts(found, homes, guide)
    after = [section for section in (problems(found, guide), plans(found, guide)) if section is not None]
    split = guide.genre["split"]
    first: list[Section] = []
    if split == "overview" and found.overview:
        first.append(flat(guide.style.overview or "基本情况", 1, found.overview, guide))
    many = len(parts) + len(first) + len(after) >= 3 and len(parts) >= 2
    if (split == "topics" and many) or (not after and not first and len(parts) >= 3):
        return tuple(first + [_raised(part) for part in parts] + after)
    heading = guide.style.work or "应对处置情况" if guide.event else _filled(guide.genre["work"], guide)
    work = Section(heading=heading, level=1, children=tuple(parts))
    whole = [*first, work, *after] if parts else [*first, *after]
    return tuple(whole)


def named_sections(
    found: Grouped, homes: Mapping[str, str], meant: Mapping[str, Role | None], guide: Guide
) -> tuple[Section, ...]:
    """The brief's sections, each for its role; 【待补】 in one that the notes say nothing for."""
    if guide.matter or (Role.OVERVIEW in meant.values() and one_matter(guide.brief)):
        _rows_as_state(found)
    made: list[Section] = []
    told: set[Role | None] = set()
    rest = {topic: pieces for topic, pieces in found.work.items() if topic not in homes}
    for name, role in meant.items():
        section: Section | None = None
        own = [topic for topic in found.work if homes.get(topic) == name]
        if role in (Role.PROBLEMS, Role.PLANS, Role.MIXED):
            section = None if role in told else _unfinished(name, role, found, guide)
        elif role is Role.OVERVIEW:
            section = flat(name, 1, found.overview, guide) if found.overview and role not in told else None
        elif role is Role.WORK and role not in told:
            section = _all_work(name, {**{topic: found.work[topic] for topic in own}, **rest}, found, guide)
        elif own:
            section = _raised(_part(name, own, found, guide, part=topics.part_of(own[0])))
        told.add(role)
        if section is not None or not guide.matter:
            made.append(section or Section(heading=name, level=1, todo=(name,)))
    mixed = Role.MIXED in told
    if guide.genre["split"] == "overview" and found.overview and Role.OVERVIEW not in told:
        made.insert(0, flat("基本情况", 1, found.overview, guide))
    after = [
        None if mixed or Role.PROBLEMS in told else problems(found, guide),
        None if mixed or Role.PLANS in told else plans(found, guide),
    ]
    return (*made, *(section for section in after if section is not None))


def _rows_as_state(found: Grouped) -> None:
    """The tables of a report about one matter tell how far it has come."""
    rows = [piece for pieces in found.work.values() for piece in pieces if piece.row]
    found.overview += sorted(rows, key=_number)
    for topic, pieces in list(found.work.items()):
        found.work[topic] = [piece for piece in pieces if not piece.row]
        if not found.work[topic]:
            del found.work[topic]


def _unfinished(name: str, role: Role, found: Grouped, guide: Guide) -> Section | None:
    """Problems, plans, or both under one heading of the brief."""
    if role is not Role.MIXED:
        return (problems if role is Role.PROBLEMS else plans)(found, guide, name)
    both = [section for section in (problems(found, guide), plans(found, guide)) if section is not None]
    if len(both) < 2:
        return replace(both[0], heading=name) if both else None
    children = tuple(replace(section, level=2, statements=_flat(section), children=()) for section in both)
    return Section(heading=name, level=1, children=children)


def _flat(section: Section) -> tuple[Statement, ...]:
    return (*section.statements, *(s for child in section.children for s in child.statements))


def _all_work(name: str, work: dict[str, list[Piece]], found: Grouped, guide: Guide) -> Section | None:
    """What was done, field by field where there are several."""
    if not work:
        return None
    if name in work or guide.matter or (guide.genre["split"] == "overview" and not guide.event):
        order = sorted((p for pieces in work.values() for p in pieces), key=lambda p: (p.row, _number(p)))
        captioned = _by_caption(order)
        if sum(len(piece.words.text) for piece in order) > LONG_PART and captioned:
            return _captioned(name, captioned, guide)
        work = {"其他": order}
        guide = replace(guide, matter=True)
    own = replace(guide.brief, sections=())
    parts = _parts(replace(found, work=work), {}, replace(guide, brief=own))
    if len(parts) == 1 and not parts[0].children:
        return replace(parts[0], heading=name, level=1)
    return Section(heading=name, level=1, children=tuple(parts))


def _number(piece: Piece) -> tuple[int, int]:
    """The place of a piece in the sources."""
    return int(piece.source.id.lstrip("S") or 0), piece.block


def _filled(template: str, guide: Guide) -> str:
    return template.replace("{when}", guide.when)


def _raised(section: Section) -> Section:
    return replace(section, level=1)


def _parts(found: Grouped, homes: Mapping[str, str], guide: Guide) -> list[Section]:
    """One level-2 section per field of work, or per section of the brief, or per part of an emergency."""
    if guide.event:
        names = [name for name in situation.parts() if name in found.work]
        return [_part(name, [name], found, guide) for name in names]
    wanted = () if roles(guide.brief.sections) else guide.brief.sections
    own: dict[str, str] = guide.genre.get("apart", {})  # topics that are a part of their own in this genre
    shown = tuple(guide.genre.get("order", ())) if "order" in guide.genre else guide.style.order
    order = shown + tuple(p for p in (*topics.parts(), "其他") if p not in shown)
    order = tuple(p for p in order if p not in own.values()) + tuple(dict.fromkeys(own.values()))
    bundles: dict[str, list[str]] = {name: [] for name in (wanted or order)}
    for topic in dict.fromkeys((*topics.topics(), *found.work)):
        if topic in found.work:
            home = homes.get(topic, wanted[-1]) if wanted else own.get(topic, topics.part_of(topic))
            bundles.setdefault(home, []).append(topic)
    data = genres()
    made = []
    for name, inside in bundles.items():
        if inside:
            named = {**data["parts"].get(name, {}), **guide.genre.get("parts", {}).get(name, {})}
            heading = name if wanted else named["verb" if guide.style.verbs else "noun"]
            part = topics.part_of(inside[0]) if wanted else name
            made.append(_part(heading, inside, found, guide, part=part))
        elif wanted:
            made.append(Section(heading=name, level=2, todo=(name,)))
    return made


def _part(heading: str, inside: Sequence[str], found: Grouped, guide: Guide, *, part: str = "") -> Section:
    """A field of work: its topics as points, if there are several."""
    points: dict[str, str] = genres()["leads"]
    labelled = _by_label(found.work[inside[0]], guide.matter) if len(inside) == 1 else []
    if labelled:
        points = {label: label for label, _ in labelled}
    groups = [
        (name, gathered(pieces, guide.frame))
        for name, pieces in labelled or [(topic, _indicators_first(found.work[topic])) for topic in inside]
    ]
    sizes = [sum(len(piece.words.text) for piece in pieces) for _, pieces in groups]
    size = sum(sizes)
    evenly = min(sizes) >= SHORT_POINT or size > 2 * SHORT_PART
    pointed = bool(labelled) or (len(groups) > 1 and size > SHORT_PART and evenly)
    told: list[Statement] = []
    first_point = 0 if groups[0][0] or not labelled else 1
    for number, (topic, pieces) in enumerate(groups):
        opens = Opens.PARAGRAPH if number == 0 or (labelled and not topic) else Opens.NOTHING
        if pointed and (topic or not labelled):
            first = number == first_point
            opens = Opens.ITEM if guide.style.items else (Opens.FIRST_POINT if first else Opens.POINT)
        lead = points.get(topic, "") if pointed else ""
        apart = number == 0 or size > LONG_PART
        told += run(pieces, guide, opens, lead, apart=apart, planned=guide.ahead)
    alone = guide.event or guide.ahead or guide.matter
    opening = "" if alone else leads.opening(part, [p for topic in inside for p in found.work[topic]])
    return Section(heading=heading, level=2, statements=tuple(told), lead=opening)


#: As many labelled lines make points of their own, as many captions headings of theirs.
_MANY, _FEW = 4, 3


def _by_caption(pieces: Sequence[Piece]) -> list[tuple[str, list[Piece]]]:
    """The pieces by what the notes head them with (反映内容, 调查情况, 处理经过); what has no caption stands under "",
    first where it comes before them all, else last.

    Headings that only say what the part is for (做法), whose it is (城建办) or when are no captions.  Empty where less
    than two thirds of their source stand below captions, or below fewer than ``_FEW``.
    """
    found: dict[str, list[Piece]] = {}
    first: list[Piece] = []
    last: list[Piece] = []
    for piece in pieces:
        above = [*piece.headings, *([piece.label] if piece.label else [])]
        named = (h for h in above if _CAPTION.fullmatch(h) and not (office_of(h) or TIME.search(h)))
        caption = "" if piece.row else next((h for h in named if not _is_plain(h)), "")
        if not caption:
            (last if found else first).append(piece)
            continue
        found.setdefault(caption, []).append(replace(piece, label="") if piece.label == caption else piece)
    sources = {piece.source.id for told in found.values() for piece in told}
    loose = sum(piece.source.id in sources for piece in (*first, *last))
    if len(found) < _FEW or 3 * loose > sum(piece.source.id in sources for piece in pieces):
        return []
    return [(caption, told) for caption, told in (("", first), *found.items(), ("", last)) if told]


def _is_plain(heading: str) -> bool:
    """Whether a heading is of the kind that every report has, or says whose or what something is."""
    return heading in _PLAIN_PARTS or NAMES_ONE.search(heading) is not None


_CAPTION = re.compile(r"[\u4e00-\u9fff、“”]{2,16}")
_PLAIN_PARTS = frozenset(
    [
        "做法",
        "主要做法",
        "工作做法",
        "措施",
        "主要措施",
        "举措",
        "成效",
        "工作成效",
        "主要成效",
        "效果",
        "成果",
        "工作",
        "主要工作",
        "工作开展情况",
    ]
)


def _captioned(name: str, captioned: Sequence[tuple[str, list[Piece]]], guide: Guide) -> Section:
    """The part with a level-2 section for each caption; what comes before them stands below its own heading."""
    first = captioned[0][1] if not captioned[0][0] else []
    told = flat(name, 1, first, guide).statements
    children = tuple(
        flat(caption or "其他工作", 2, pieces, guide) for caption, pieces in captioned[bool(first) :]
    )
    return Section(heading=name, level=1, statements=told, children=children)


def _by_label(pieces: Sequence[Piece], matter: bool) -> list[tuple[str, list[Piece]]]:
    """The lines of one list, each with its label (组织领导：…, 宣传：…, 秩序：…), where that is how the work is told.

    A few lines without one come last, under "", or first if they open the list.  matter: captions are labels too.
    """
    if matter and (captioned := _by_caption(pieces)):
        return captioned
    found: list[tuple[str, list[Piece]]] = []
    rest: list[Piece] = []
    last = rest
    for piece in pieces:
        begins = piece.begins and not (last and piece.block == last[-1].block)
        if begins and piece.label and piece.listed and not office_of(piece.label):
            found.append((piece.label, []))
            last = found[-1][1]
        elif begins:
            last = rest
        last.append(replace(piece, label="") if last is not rest else piece)
    names = {label for label, _ in found}
    sources = {piece.source.id for _, inside in found for piece in inside}
    if len(names) != len(found) or len(found) < _MANY or len(sources) > 1 or len(rest) * _MANY > len(pieces):
        return []
    if sum(len(piece.words.text) for piece in pieces) <= SHORT_PART:
        return []  # told without points, where the labels stand in the sentences
    if rest and not pieces[0].label:
        return [("", rest), *found]
    return [*found, ("", rest)] if rest else found


#: What a report on the economy begins with.
_INDICATORS = re.compile(
    r"生产总值|预算收入|财政(?:总)?收入|税收|固定资产投资|工业增加值|工业总产值|消费品零售|社零|可支配收入"
)


def _indicators_first(pieces: Sequence[Piece]) -> list[Piece]:
    """Rows that tell the economy's main figures stand before what was done for it."""
    return sorted(pieces, key=lambda piece: not (piece.row and _INDICATORS.search(piece.words.text)))
