"""The sections of a report, made of the grouped notes: fields of work, problems, plans, in the parts of the genre."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gov_writer.domain import Opens, Section, Statement
from gov_writer.outline import leads, situation, topics
from gov_writer.outline.ahead import plans, problems
from gov_writer.outline.build import gathered
from gov_writer.outline.composition import genres
from gov_writer.outline.grouping import Grouped
from gov_writer.outline.lines import office_of
from gov_writer.outline.paragraphs import LONG_PART, Guide, flat, run
from gov_writer.outline.reading import Piece

#: Shorter parts, and parts with a point as short as this, are told without 一是, 二是.
SHORT_PART, SHORT_POINT = 100, 18


def level_one(found: Grouped, homes: Mapping[str, str], guide: Guide) -> tuple[Section, ...]:
    """The level-1 sections of the genre."""
    parts = _parts(found, homes, guide)
    after = [section for section in (problems(found, guide), plans(found, guide)) if section is not None]
    split = guide.genre["split"]
    first: list[Section] = []
    if split == "overview" and found.overview:
        first.append(flat("基本情况", 1, found.overview, guide))
    many = len(parts) + len(first) + len(after) >= 3 and len(parts) >= 2
    if (split == "topics" and many) or (not after and not first and len(parts) >= 3):
        return tuple(first + [_raised(part) for part in parts] + after)
    heading = "应对处置情况" if guide.event else _filled(guide.genre["work"], guide)
    work = Section(heading=heading, level=1, children=tuple(parts))
    whole = [*first, work, *after] if parts else [*first, *after]
    return tuple(whole)


def _filled(template: str, guide: Guide) -> str:
    return template.replace("{when}", guide.when)


def _raised(section: Section) -> Section:
    return replace(section, level=1)


def _parts(found: Grouped, homes: Mapping[str, str], guide: Guide) -> list[Section]:
    """One level-2 section per field of work, or per section of the brief, or per part of an emergency."""
    if guide.event:
        names = [name for name in situation.parts() if name in found.work]
        return [_part(name, [name], found, guide) for name in names]
    wanted = guide.brief.sections
    own: dict[str, str] = guide.genre.get("apart", {})  # topics that are a part of their own in this genre
    shown = tuple(guide.genre.get("order", ())) if "order" in guide.genre else guide.style.order
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
    labelled = _by_label(found.work[inside[0]]) if len(inside) == 1 else []
    if labelled:
        points = {label: label for label, _ in labelled}
    groups = [
        (name, gathered(pieces, guide.frame))
        for name, pieces in labelled or [(topic, _indicators_first(found.work[topic])) for topic in inside]
    ]
    sizes = [sum(len(piece.words.text) for piece in pieces) for _, pieces in groups]
    size = sum(sizes)
    evenly = bool(labelled) or min(sizes) >= SHORT_POINT or size > 2 * SHORT_PART
    pointed = len(groups) > 1 and size > SHORT_PART and evenly
    told: list[Statement] = []
    for number, (topic, pieces) in enumerate(groups):
        opens = Opens.PARAGRAPH if number == 0 else Opens.NOTHING
        if pointed and (topic or not labelled):
            opens = Opens.ITEM if guide.style.items else (Opens.FIRST_POINT if number == 0 else Opens.POINT)
        lead = points.get(topic, "") if pointed else ""
        apart = number == 0 or size > LONG_PART
        told += run(pieces, guide, opens, lead, apart=apart, planned=guide.ahead)
    alone = guide.event or guide.ahead
    opening = "" if alone else leads.opening(part, [p for topic in inside for p in found.work[topic]])
    return Section(heading=heading, level=2, statements=tuple(told), lead=opening)


#: As many labelled lines make points of their own.
_MANY = 4


def _by_label(pieces: Sequence[Piece]) -> list[tuple[str, list[Piece]]]:
    """The lines of one list, each with its label (组织领导：…, 宣传：…, 秩序：…), where that is how the work is told.

    A few lines without one come last, under "".
    """
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
    return [*found, ("", rest)] if rest else found


#: What a report on the economy begins with.
_INDICATORS = re.compile(
    r"生产总值|预算收入|财政(?:总)?收入|税收|固定资产投资|工业增加值|工业总产值|消费品零售|社零|可支配收入"
)


def _indicators_first(pieces: Sequence[Piece]) -> list[Piece]:
    """Rows that tell the economy's main figures stand before what was done for it."""
    return sorted(pieces, key=lambda piece: not (piece.row and _INDICATORS.search(piece.words.text)))
