"""Sort what the notes of several departments say by what it is for and by field of work."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePath

from gov_writer.matching.passages import plans
from gov_writer.outline import roles, situation, topics
from gov_writer.outline.build import TIME, Frame, is_planned
from gov_writer.outline.composition import genres
from gov_writer.outline.enumerated import inside_quotes
from gov_writer.outline.lines import named_in, office_of
from gov_writer.outline.reading import Piece, Reading
from gov_writer.outline.roles import Role
from gov_writer.outline.words import Words


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
    A section that heads lines of the notes by its name takes these, as a topic of that name; one for all that was done
    takes what has no other home.
    """
    found = Grouped()
    meant = roles.roles(wanted)
    named = [name for name, role in meant.items() if role in (None, Role.WORK)]
    homes = _homes([name for name in wanted if meant.get(name) is None])
    catches = Role.WORK in meant.values()
    for reading in readings:
        previous: str | None = None
        block, block_topic = -1, "其他"
        last: tuple[tuple[str, ...], str] = ((), "")
        for piece in (*_parted(_led(reading), frame), *rows.get(reading.source.id, ())):
            if piece.block == block and not piece.listed:
                topic = block_topic
            elif event:
                topic = situation.part_of(piece, previous)
            else:
                topic = _topic(piece, reading, previous)
            block, block_topic, previous = piece.block, topic, topic
            if wanted and topic not in homes:
                topic = _named_above(piece, reading, homes) or topic
            by_words = roles.told_by(named, piece.words.text) if event else None
            if claimed := roles.named_in(named, piece.headings) or by_words:
                topic = claimed
                homes[claimed] = claimed
            elif meant and topic not in homes and last[0] == piece.headings and _one_field(piece.headings):
                topic = last[1] if last[1] in homes else topic
            last = piece.headings, topic
            if meant and any(map(roles.is_overview_heading, piece.headings[-1:])):
                topic = "概况"
            scoped = bool(wanted) and not catches and topic not in homes and topic != "其他"
            topic = "概况" if event and topic == situation.parts()[0] else topic
            _sort(piece, topic, found, planned=is_planned(piece, frame), scoped=scoped)
    _with_their_tables(found)
    return found, homes


def _one_field(headings: Sequence[str]) -> bool:
    """Whether what stands below is all of one field (学习, 廉政): not below 主要工作 or without a heading."""
    name = headings[-1] if headings else ""
    return 2 <= len(name) <= 6 and "工作" not in name and roles.role_of(name) is None


#: A part of rows alone and shorter than this goes where most rows of their table went.
_LONELY = 60


def _with_their_tables(found: Grouped) -> None:
    """A table's one row on another field makes no part of its own."""
    homes: dict[tuple[str, tuple[str, ...]], Counter[str]] = {}
    for topic, pieces in found.work.items():
        for piece in pieces:
            if piece.row:
                homes.setdefault((piece.source.id, piece.headings), Counter())[topic] += 1
    sizes: Counter[str] = Counter()
    for topic, pieces in found.work.items():
        sizes[topics.part_of(topic)] += sum(len(p.words.text) if p.row else 1000 for p in pieces)
    for topic in [t for t in found.work if sizes[topics.part_of(t)] < _LONELY]:
        for piece in list(found.work[topic]):
            home = homes[piece.source.id, piece.headings].most_common(1)[0][0]
            if topics.part_of(home) != topics.part_of(topic):
                found.work[topic].remove(piece)
                found.work[home].append(piece)
        if not found.work[topic]:
            del found.work[topic]


_LEANS = re.compile(r"其中|同比|环比|较|比|分别|占|另|并|且|其余|均|都|该|此|剩余|还有")
_WHOSE = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:办|科|所|站|中心|队|局|委|会|部门|社区|村|公司|学校)(?:[牵联开组举对为共]|$)"
)


def _parted(pieces: Sequence[Piece], frame: Frame) -> list[Piece]:
    """Lines of a list that tell of several fields (发放低保…；新增就业…；建成食堂…), apart at their semicolons.

    Not where a part leans on the one before: by its words, by the time or by the actor named at the beginning.
    """
    found: list[Piece] = []
    for whole in pieces:
        piece, planned = _without_plans(whole)
        if planned is not None:
            found.append(planned)
        parts = _fields_of(piece) if piece.listed and not piece.point and "；" in piece.words.text else []
        if len(parts) < 2 or not _stands_alone(piece, parts, frame):
            found.append(piece)
            continue
        found += [
            replace(
                piece,
                words=words,
                begins=True,
                label=piece.label if index == 0 else "",
            )
            for index, words in enumerate(parts)
        ]
    return found


def _without_plans(piece: Piece) -> tuple[Piece, Piece | None]:
    """不足：…；明年计划建文化家园2个: what is planned behind the last semicolon, as a piece of its own."""
    text = piece.words.text
    at = text.rfind("；")
    if at <= 0 or piece.row or topics.is_plan("", piece.headings) or inside_quotes(text, at):
        return piece, None
    rest = piece.words.part(at + 1, len(text)).stripped()
    if not topics.is_plan(rest.text, ()) or topics.is_plan(text[:at], ()):
        return piece, None
    headings = tuple(h for h in piece.headings if not topics.is_problem_heading(h))
    planned = replace(piece, words=rest, headings=headings, label="", begins=False, point=0)
    return replace(piece, words=piece.words.part(0, at)), planned


def _fields_of(piece: Piece) -> list[Words]:
    """The stretches between semicolons, joined where they are about one field."""
    words, cuts, at = piece.words, [0], 0
    for match in re.finditer("；", words.text):
        if not inside_quotes(words.text, match.start()):
            cuts.append(match.end())
    cuts.append(len(words.text))
    found: list[Words] = []
    topic: str | None = None
    for start, end in pairwise(cuts):
        part = words.part(start, end).stripped()
        own = topics.best(topics.score(part.text))
        if found and (own in (None, topic) or not part.slots or _LEANS.match(part.text)):
            found[-1] = words.part(at, end).stripped()
            continue
        if found or own is not None:
            topic = own
        found.append(part)
        at = start
    return found


def _stands_alone(piece: Piece, parts: Sequence[Words], frame: Frame) -> bool:
    whole = frame.period
    own = (whole.start, whole.end) if whole is not None else None
    if _WHOSE.match(piece.words.text):
        return False
    if len({is_planned(replace(piece, words=part), frame) for part in parts}) > 1:
        return False
    for part in parts[1:]:
        times = [frame.facts[f].period for f in part.facts if f in frame.facts]
        told = TIME.search(part.text) is not None
        if any(p is not None and (p.start, p.end) != own for p in times) and not told:
            return False
    return True


_SELF = re.compile(
    r"(?:20\d\d年\d{1,2}月起?(?:担?任现职|任现职务|到任)|我叫|我是|本人姓名|(?:我|本人)(?:自?(?:20\d\d年)?\d{0,2}月?(?:起|以来)?，?)?(?:现任|担任|任(?!务)|主持|分管|负责)(?!务))"
)
#: 去年排查281起, a line that gives the line before its value of last year
_LOOKS_BACK = re.compile(r"(?:去年|上年|上一年|前年)(?:同期)?(?!底|末|起|以来)")
#: A title up to this length says what a note without headings is about.
_TITLE = 40
_SLOGAN = re.compile(
    r"(?:狠|着力|全力|持续|坚持|切实)?(?:抓|强|促|保|优|稳|惠|聚焦|突出|夯实|筑牢|做实|加强|推进|强化|深化)[\u4e00-\u9fff、]{1,12}"
)


def _led(reading: Reading) -> list[Piece]:
    """The pieces; 一是抓招商。外出招商12批次: the point's own heading goes above what it opens, wherever that goes.

    A title that announces plans makes plans of all below it; of a heading for problems and plans, what begins with the
    first plan.
    """
    found: list[Piece] = []
    turned: tuple[str, ...] = ()
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
        if any(map(plans.is_mixed, piece.headings)):
            own = tuple(h for h in piece.headings if not plans.is_mixed(h))  # 2026年计划：…
            turned = piece.headings if topics.is_plan(piece.words.text, own) else turned
            kind = "打算" if turned == piece.headings else "问题"
            piece = replace(piece, headings=tuple(kind if plans.is_mixed(h) else h for h in piece.headings))
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


def _is_own_topic(named: str, home: str | None) -> bool:
    """Whether a heading is a topic's name (信访工作情况) and not one of another office's field (宣传 in notes of 综治办)."""
    own = home is None or topics.part_of(named) == topics.part_of(home)
    return own and named in topics.topics() and named not in topics.parts()


#: Whose notes tell of industry, roads and visitors too, all of them the countryside's.
_COUNTRY = "农业"


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
    stem = PurePath(reading.source.path).stem
    whose = stem if office_of(stem) or topics.of_office(stem) else named_in(reading.title.text)
    home = topics.of_office(whose) if whose else None
    for heading in piece.headings[-2:]:
        named = topics.field(heading)
        inside = {t: n for t, n in votes.items() if topics.part_of(t) == named}
        if inside:  # 【民生】 names a part: of its topics the one that the words tell
            votes[topics.best(Counter(inside)) or ""] += 9
        elif _is_own_topic(named, home):
            votes[named] += 15
        else:
            votes.update(topics.score(heading, 1 if named in topics.parts() else 3))
        if office_of(heading):
            _vote(votes, topics.of_office(heading), 5)
    _vote(votes, topics.of_office(piece.office) if piece.office else None, 3)
    _vote(votes, home, 10 if home == _COUNTRY else 4)
    if piece.row:
        del votes["概况"]
    best = topics.best(votes) or _meant(piece.headings[-1:])
    if best is None and piece.row:
        best = topics.best(topics.score(stem)) or "治理"
    if not own and previous is not None and best is None:
        return previous
    return best or previous or "其他"


def _named_above(piece: Piece, reading: Reading, homes: Mapping[str, str]) -> str | None:
    """The topic that the piece's headings, office or file name, of those that the brief has a section for."""
    votes = Counter[str]()
    for name in (*piece.headings, piece.office, PurePath(reading.source.path).stem):
        votes.update(topics.score(name))
        _vote(votes, topics.of_office(name) if name else None, 3)
    return topics.best(Counter({topic: points for topic, points in votes.items() if topic in homes}))


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
