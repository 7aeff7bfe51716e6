"""Which pieces the draft tells, and why the rest is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from gov_writer.domain import DATES, Fact, Ledger, Period
from gov_writer.matching.passages.orders import gives_orders
from gov_writer.outline import agreement
from gov_writer.outline.agreement import Context, Relation
from gov_writer.outline.aside import is_contact, is_formula, is_meta, is_private
from gov_writer.outline.build import Frame, is_planned
from gov_writer.outline.caution import doubts, old_reports
from gov_writer.outline.own_time import OwnTime, own_time
from gov_writer.outline.reading import Heading, Piece, Reading
from gov_writer.outline.report import is_report
from gov_writer.outline.tables import read_tables
from gov_writer.outline.withhold import screen, without_personal
from gov_writer.outline.words import Words, plain

_CLAUSE = re.compile(r"[，,；;。！？]")
_REACH = 200
_LEANS = re.compile(r"^(?:同比|环比|较|比|增长|下降|上升|占|完成|达|其中|率)")
#: Headings that a sentence below them silently takes along.
_TELLING = re.compile(
    r"社区|村|小区|片区|园区|街区|学校|市场|公司|项目|大厦|广场|公园|医院|\d|[上下]半年|季度|[去今明]年|[一二三四五六七八九十]月"
)
#: Words without a figure that a cut left over, up to this length: what they were about went with the figure.
_LOOSE = 14
_NOT_WORD = re.compile(r"[\W\d_]+")


@dataclass(slots=True)
class Selection:
    """The readings with the usable pieces alone.  unused: fact id → reason."""

    readings: list[Reading]
    rows: dict[str, list[Piece]] = field(default_factory=dict)
    unused: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Judged:
    """What is known about the facts.  texts: the words of the pieces that were taken, by what they say."""

    facts: Mapping[str, Fact]
    related: Mapping[str, tuple[Relation, str]]
    outside: set[str]
    texts: dict[str, Words] = field(default_factory=dict)


def select(
    ledger: Ledger, readings: Sequence[Reading], *, period: Period | None, strict_period: bool
) -> Selection:
    """Drop what may not be told or is told already.  strict_period: the brief itself named the period."""
    chosen = Selection(list(readings))
    facts = {fact.id: fact for fact in ledger.facts if fact.counted}
    for reading, year in old_reports(chosen.readings, period):
        reading.nodes = []
        chosen.unused |= {f.id: "outside period" for f in facts.values() if f.source == reading.source.id}
        chosen.warnings.append(f"“{reading.source.path}”是{year}年的报告，其中的数据没有写入草稿。")
    _screen(chosen)
    _keep_secret(chosen, facts.values())
    contexts = _contexts(chosen.readings, facts.values())
    usable = [fact for fact in facts.values() if fact.id in contexts or fact.cell is not None]
    reports = frozenset(r.source.id for r in chosen.readings if is_report([r]))
    frame = Frame(facts=facts, period=period)
    ahead = {
        f
        for reading in chosen.readings
        for p in reading.pieces
        if is_planned(p, frame)
        for f in p.words.facts
    }
    fresh = [
        replace(fact, planned=True) if fact.id in ahead else fact
        for fact in usable
        if fact.id not in chosen.unused
    ]
    related = agreement.relations(fresh, contexts, period, reports=reports)
    outside = {f.id for f in usable if strict_period and period is not None and _outside(f, period)}
    outside -= {
        f for reading in chosen.readings for p in reading.pieces if _is_told(p, frame) for f in p.words.facts
    }
    for reading in chosen.readings:
        outside |= _drawn_outside(reading, facts, outside, period)
    judged = _Judged(facts, related, outside)
    for reading in chosen.readings:
        kept: list[Heading | Piece] = []
        for node in reading.nodes:
            if isinstance(node, Heading):
                kept.append(node)
                continue
            piece = _usable(node, judged, chosen)
            if piece is not None:
                kept.append(piece)
        reading.nodes = kept
        chosen.rows[reading.source.id] = _rows(reading, ledger, judged, chosen, own_time(period))
    _warn(chosen, facts, related)
    chosen.warnings += doubts(chosen.readings)
    return chosen


def _screen(chosen: Selection) -> None:
    for reading in chosen.readings:
        pieces = []
        for piece in reading.pieces:
            private = is_private(piece)
            if private or is_contact(piece):
                chosen.unused.update(dict.fromkeys(piece.words.facts, "withheld"))
                if private:
                    where = f"“{reading.source.path}”{piece.locator}"
                    chosen.warnings.append(f"{where}注明仅供内部掌握或者不对外，没有写入草稿。")
            elif piece.words.slots or not (is_meta(piece) or is_formula(piece)):
                pieces.append(piece)
        screened = screen(pieces)
        chosen.warnings += screened.warnings
        chosen.unused.update(dict.fromkeys(screened.withheld, "withheld"))
        usable = {id(before): after for before, after in zip(pieces, screened.pieces, strict=True)}
        nodes: list[Heading | Piece] = []
        for node in reading.nodes:
            if isinstance(node, Piece):
                kept = usable.get(id(node))
                if kept is not None:
                    nodes.append(kept)
            else:
                heading = _screened_heading(node, reading, chosen)
                nodes += [heading] if heading is not None else []
        reading.nodes = nodes
        if gives_orders(reading.title.text):
            chosen.unused.update(dict.fromkeys(reading.title.facts, "withheld"))
            chosen.warnings.append(f"“{reading.source.path}”的标题像是写给模型的指令，没有采用。")
            reading.title = Words("")


def _keep_secret(chosen: Selection, facts: Iterable[Fact]) -> None:
    """What stands under a mark of classification is not told (``read`` has passed over it); its facts are listed."""
    sources = {reading.source.id: reading.source for reading in chosen.readings}
    secret = [fact.id for fact in facts if sources[fact.source].is_secret(fact.start)]
    chosen.unused.update(dict.fromkeys(secret, "withheld"))
    for source in sources.values():
        if source.secret:
            places = [b.locator for b in source.blocks if source.is_secret(b.start)]
            whole = source.secret[0][1] - source.secret[0][0] == len(source.text)
            where = "" if whole or not places else places[0] + ("等处" if len(places) > 1 else "")
            chosen.warnings.append(
                f"“{source.path}”{where}带有密级标志“{source.classified}”，{'其中' if whole else '标明涉密'}的内容没有写入草稿。"
            )


def _screened_heading(heading: Heading, reading: Reading, chosen: Selection) -> Heading | None:
    place = f"“{reading.source.path}”{heading.locator}"
    if gives_orders(heading.words.text):
        chosen.unused.update(dict.fromkeys(heading.words.facts, "withheld"))
        chosen.warnings.append(f"{place}像是写给模型的指令，没有采用。")
        return None
    words, found = without_personal(heading.words)
    if not found:
        return heading
    chosen.warnings.append(f"{place}有个人信息（{'、'.join(found)}），已略去。")
    lost = set(heading.words.facts) - set(words.facts)
    chosen.unused.update(dict.fromkeys(lost, "withheld"))
    return replace(heading, words=words)


def _contexts(readings: Sequence[Reading], facts: Iterable[Fact]) -> dict[str, Context]:
    found: dict[str, Context] = {}
    for reading in readings:
        for number, piece in enumerate(reading.pieces):
            above = " ".join(heading[:60] for heading in piece.headings)
            for start, end, name in piece.words.slots:
                around = f"{above} {piece.words.text[max(0, start - _REACH) : end + _REACH]}"
                left, right = _clause(piece.words.text, start, end)
                clause = piece.words.text[left:right]
                found[name] = Context((reading.source.id, number), piece.office, around, clause)
    sources = {reading.source.id: reading.source for reading in readings}
    for fact in facts:
        if fact.cell is not None:
            table = sources[fact.source].tables[fact.cell[0]]
            cell = table.cells[fact.cell[1]]
            words = " ".join((table.name, *cell.labels, *cell.headers))
            # one id for the whole table: its cells never repeat or contradict each other
            found[fact.id] = Context((fact.source, -1 - fact.cell[0]), "", words)
    return found


def _outside(fact: Fact, period: Period) -> bool:
    """Before last year, or after the period without being a plan.

    The year before stays: reports compare with it. A fact without a period of its own belongs to the report.
    """
    if period.start is None or period.end is None:
        return False
    start = fact.mention.date_start or (fact.period.start if fact.period else None)
    end = fact.mention.date_end or (fact.period.end if fact.period else None)
    if end is not None and end < period.start.replace(year=period.start.year - 1, day=1):
        return True
    return start is not None and start > period.end + timedelta(days=1) and not fact.planned


#: 2026年度参保已缴8620人: what has been done already does not lie ahead, whatever year it is for.
_ALREADY = re.compile("已(?!于)|目前|启动")


def _is_told(piece: Piece, frame: Frame) -> bool:
    """Whether a piece belongs to the report though its time lies ahead: as a plan, or as done for the year to come."""
    facts = [frame.facts[name] for name in piece.words.facts]
    end = frame.period.end if frame.period is not None else None
    later = end is not None and all(
        f.period is None or f.period.end is None or f.period.end > end for f in facts
    )
    return later and (is_planned(piece, frame) or _ALREADY.search(piece.words.text) is not None)


def _drawn_outside(
    reading: Reading, facts: Mapping[str, Fact], outside: set[str], period: Period | None
) -> set[str]:
    """Figures of a sentence whose only dates lie outside: 2022年3月建成2个 is of 2022, 2个 included."""
    found: set[str] = set()
    if period is None or not outside:
        return found
    whole = (period.start, period.end)
    for piece in reading.pieces:
        inside = [facts[name] for name in piece.words.facts]
        dates = [fact for fact in inside if fact.kind in DATES]
        if dates and all(fact.id in outside for fact in dates):
            loose = [f for f in inside if f.period is None or (f.period.start, f.period.end) == whole]
            found |= {fact.id for fact in loose}
    return found


def _usable(piece: Piece, judged: _Judged, chosen: Selection) -> Piece | None:
    """The piece without what is left out; None if nothing is left."""
    key = _key(piece)
    earlier = judged.texts.get(key)
    if earlier is not None:
        for (_, _, fact), (_, _, other) in zip(piece.words.slots, earlier.slots, strict=False):
            chosen.unused[fact] = f"repeats {other}"
        return None
    judged.texts[key] = piece.words
    ids = piece.words.facts
    related = judged.related
    if ids and all(fact in judged.outside for fact in ids):
        chosen.unused.update(dict.fromkeys(ids, "outside period"))
        return None
    if ids and all(_repeats(fact, related) for fact in ids) and _says_no_more(piece.words):
        chosen.unused.update({fact: f"repeats {related[fact][1]}" for fact in ids})
        return None
    words = piece.words
    for fact in ids:
        first = _contradicted(fact, related)
        if first is not None and fact in words.facts:
            words = _without(words, fact, first, judged, chosen)
    if words is piece.words:
        return piece
    if words.slots and all(_repeats(fact, related) for fact in words.facts) and _says_no_more(words):
        chosen.unused.update({fact: f"repeats {related[fact][1]}" for fact in words.facts})
        return None
    rest = _NOT_WORD.sub("", words.text)
    if not rest or (not words.slots and len(rest) <= _LOOSE):
        return None
    return replace(piece, words=words)


def _key(piece: Piece) -> str:
    """What a piece says, with what its headings add to it: the place, the time, the thing if it names none."""
    spoken = [piece.words.text[a:b] for a, b, _ in piece.words.slots]
    words = _NOT_WORD.sub("", piece.words.text)
    above = [h for h in piece.headings if _TELLING.search(h)]
    if len(words) - sum(len(_NOT_WORD.sub("", text)) for text in spoken) < 4:
        above += piece.headings[-1:]
    return "|".join((words, *spoken, *above))


def _repeats(fact: str, related: Mapping[str, tuple[Relation, str]]) -> bool:
    return fact in related and related[fact][0] is Relation.REPEATS


def _contradicted(fact: str, related: Mapping[str, tuple[Relation, str]]) -> str | None:
    """The earlier fact that this one contradicts, None if it contradicts none."""
    relation, other = related.get(fact, (None, None))
    return other if relation is Relation.CONTRADICTS else None


def _says_no_more(words: Words) -> bool:
    """Whether every clause of a few words holds a fact: then nothing is lost with the sentence."""
    bare = words.edited((a, b, "") for a, b, _ in words.slots).text
    return len(_NOT_WORD.sub("", bare)) <= 14 + 8 * (len(words.slots) - 1)


def _without(words: Words, fact: str, other: str, judged: _Judged, chosen: Selection) -> Words:
    """Cut out the clause that holds ``fact``; what else was counted in it goes too, and is listed."""
    start, end = next((a, b) for a, b, f in words.slots if f == fact)
    left, right = _clause(words.text, start, end)
    for a, b, found in words.slots:
        if left <= a and b <= right:
            if found != fact and _repeats(found, judged.related):
                chosen.unused[found] = f"repeats {judged.related[found][1]}"
                continue
            own = found == fact
            chosen.unused[found] = f"contradicts {other}" + (
                "" if own else f"（与 {fact} 同在一个分句，无法拆开）"
            )
    cut = words.edited([(left, right, "")]).stripped()
    first = cut.slots[0] if cut.slots else None
    if first is not None and (_LEANS.match(cut.text) or first[0] == 0):
        subject = judged.facts[first[2]].subject
        if subject and subject not in cut.text and len(subject) <= 30:
            cut = plain(subject) + cut
    return cut


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around ``[start, end)``, or the bracket that holds it; its closing mark included.

    Looked for ``_REACH`` characters to both sides: longer clauses are cut there.
    """
    floor, ceiling = max(0, start - _REACH), end + _REACH
    opened = max(text.rfind("（", floor, start), text.rfind("(", floor, start))
    shut = max(text.rfind("）", floor, start), text.rfind(")", floor, start))
    closed = text.find("）", end, ceiling)
    if opened > shut and closed >= 0:
        return opened, closed + 1
    left = max((m.end() for m in _CLAUSE.finditer(text, floor, start)), default=floor)
    after = _CLAUSE.search(text, end, ceiling)
    return left, after.end() if after else min(len(text), ceiling)


def _rows(reading: Reading, ledger: Ledger, judged: _Judged, chosen: Selection, own: OwnTime) -> list[Piece]:
    """The table rows of a source, without cells that contradict, lie outside, or only repeat."""
    facts = [f for f in ledger.of(reading.source.id) if f.cell is not None and f.counted]
    skip: dict[str, str] = {f.id: "outside period" for f in facts if f.id in judged.outside}
    skip |= {f.id: "outside period" for f in facts if chosen.unused.get(f.id) == "outside period"}
    skip |= {f.id: "withheld" for f in facts if reading.source.is_secret(f.start)}
    related = judged.related
    by_row: dict[tuple[int, int], list[Fact]] = {}
    for fact in facts:
        if fact.cell is None:
            continue
        row = reading.source.tables[fact.cell[0]].cells[fact.cell[1]].row
        by_row.setdefault((fact.cell[0], row), []).append(fact)
        if (other := _contradicted(fact.id, related)) is not None:
            skip[fact.id] = f"contradicts {other}"
    for row_facts in by_row.values():
        if all(_repeats(f.id, related) for f in row_facts):
            skip.update({f.id: f"repeats {related[f.id][1]}" for f in row_facts})
    chosen.unused.update(skip)
    screened = screen(read_tables(reading.source, facts, skip, own=own))
    chosen.warnings += screened.warnings
    chosen.unused.update(dict.fromkeys(screened.withheld, "withheld"))
    return [piece for piece in screened.pieces if piece is not None]


def _warn(chosen: Selection, facts: Mapping[str, Fact], related: Mapping[str, tuple[Relation, str]]) -> None:
    for fact_id, reason in chosen.unused.items():
        first = _contradicted(fact_id, related)
        if reason.startswith("contradicts") and first is not None:
            one, other = facts[first], facts[fact_id]
            chosen.warnings.append(
                f"材料互相矛盾：{one.subject or '同一事项'}，{_place(one, chosen)}为“{one.text}”，"
                f"{_place(other, chosen)}为“{other.text}”；草稿采用前者。"
            )


def _place(fact: Fact, chosen: Selection) -> str:
    path = next(r.source.path for r in chosen.readings if r.source.id == fact.source)
    return f"“{path}”{fact.locator}"
