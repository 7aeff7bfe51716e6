"""A source that is a report already keeps its structure: its headings, its points, its order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gov_writer.domain import Opens, Section, Statement
from gov_writer.outline import topics
from gov_writer.outline.build import Frame, gathered, is_planned, labelled, statements
from gov_writer.outline.lines import office_of
from gov_writer.outline.reading import Heading, Piece, Reading
from gov_writer.outline.sentences import finished
from gov_writer.outline.words import Slot, Words

#: A point's first sentence is its run-in heading up to this length.
LEAD = 32
#: Numbered lines up to this length are points (一是, 二是) in one paragraph, longer ones paragraphs.
SHORT_ITEM = 90


@dataclass(slots=True)
class Node:
    """A section while it grows."""

    heading: str
    level: int
    slots: tuple[Slot, ...] = ()
    statements: list[Statement] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def frozen(self) -> Section:
        return Section(
            heading=self.heading,
            level=self.level,
            slots=self.slots,
            statements=_flowing(self.statements),
            children=tuple(child.frozen() for child in self.children),
        )

    @property
    def empty(self) -> bool:
        return not self.statements and not self.slots and all(child.empty for child in self.children)


#: Paragraphs of this many characters on average are lines of a note; they run on up to ``FLOWING``.
LINES, FLOWING = 64, 220
#: Sentences up to this length are joined, up to that length together.
SHORT, JOINED = 42, 84


def _flowing(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Lines that each made a paragraph of one short sentence, as paragraphs that read on."""
    table = next((i for i, s in enumerate(statements) if i and s.apart), len(statements))
    prose = statements[:table]
    starts = [s for s in prose if s.opens is not Opens.NOTHING]
    size = sum(len(s.text) for s in prose)
    if any(s.opens is not Opens.PARAGRAPH for s in starts) or len(starts) < 2 or size > LINES * len(starts):
        return tuple(statements)
    found: list[Statement] = []
    length = 0
    for statement in statements:
        begins = statement.opens is Opens.PARAGRAPH
        if begins and found and length + len(statement.text) <= FLOWING and not statement.apart:
            statement = replace(statement, opens=Opens.NOTHING)
        elif begins:
            length = 0
        length += len(statement.text)
        if found and statement.opens is Opens.NOTHING and begins and _joins(found[-1], statement):
            found[-1] = _joined(found[-1], statement)
        else:
            found.append(statement)
    return tuple(found)


def _joins(one: Statement, other: Statement) -> bool:
    """Whether two short sentences read better as one; of three in a row the first two do."""
    plain = one.text.endswith("。") and "；" not in one.text and "；" not in other.text
    short = max(len(one.text), len(other.text)) <= SHORT and len(one.text + other.text) <= JOINED
    return plain and short and not other.lead and one.local_only == other.local_only


def _joined(one: Statement, other: Statement) -> Statement:
    shift = len(one.text)
    slots = (*one.slots, *((a + shift, b + shift, fact) for a, b, fact in other.slots))
    return replace(one, text=one.text[:-1] + "；" + other.text, slots=slots)


def is_report(readings: Sequence[Reading]) -> bool:
    """One source under two or more main headings that are no departments: in prose, or numbered throughout."""
    if len(readings) != 1:
        return False
    reading = readings[0]
    top = _top(reading)
    tops = [h for h in reading.headings if h.level == top]
    pieces = reading.pieces
    if len(tops) < 2 or not pieces or sum(office_of(h.words.text) for h in tops) * 2 >= len(tops):
        return False
    if any(len(h.words.text) > 60 for h in tops):
        return False
    short = sum(1 for piece in pieces if len(piece.words.text) <= 24)
    return short * 2 < len(pieces) or (len(tops) >= 3 and all(h.numbered for h in tops))


def _top(reading: Reading) -> int:
    """The level of the main headings; a single heading above all others is a title."""
    counts = Counter(heading.level for heading in reading.headings)
    repeated = [level for level, count in counts.items() if count > 1]
    return min(repeated or counts or [1])


def keep(
    reading: Reading, rows: Sequence[Piece], frame: Frame, headings: Mapping[str, str]
) -> tuple[list[Statement], tuple[Section, ...]]:
    """The opening statements and the sections of a report, as it has them.

    headings: what the parts for ``problems`` and ``plans`` are called, where lines labelled so stand loose.
    """
    top = _top(reading)
    opening: list[Statement] = []
    roots: list[Node] = []
    current: Node | None = None
    state = _State()
    known = {heading.words.text for heading in reading.headings}
    extra: dict[str, list[Statement]] = {}
    for node in reading.nodes:
        if isinstance(node, Heading):
            current = _open(node, node.level - top + 1, roots, current, state)
            continue
        aside = _aside(node, known)
        if aside is not None:
            extra.setdefault(aside, []).extend(statements(node, frame, planned=aside == "plans"))
            continue
        target = opening if current is None else current.statements
        target += _told(labelled(node), state, frame)
    for name in ("problems", "plans"):
        if name in extra:
            roots.append(Node(headings[name], 1, statements=extra[name]))
    for table in _tables(rows):
        home = _home(table, roots)
        told = [s for row in gathered(table, frame) for s in statements(row, frame)]
        told[:1] = [replace(s, opens=Opens.PARAGRAPH, apart=True) for s in told[:1]]
        (opening if home is None else home.statements).extend(told)
    for root in roots:
        root.children = [child for child in root.children if not child.empty]
    return opening, tuple(root.frozen() for root in roots if not root.empty)


def _tables(rows: Sequence[Piece]) -> list[list[Piece]]:
    """The rows, table by table."""
    found: dict[tuple[str, tuple[str, ...], int], list[Piece]] = {}
    for row in rows:
        found.setdefault((row.source.id, row.headings, row.block // 10_000), []).append(row)
    return list(found.values())


def _home(table: Sequence[Piece], roots: Sequence[Node]) -> Node | None:
    """The section whose words are most like the table's, the first of equals; None where there are no sections."""
    told = re.sub(r"[\W\d_]+", " ", " ".join(f"{row.words.text} {row.hint}" for row in table)[:2000])
    pairs = {told[i : i + 2] for i in range(len(told) - 1) if " " not in told[i : i + 2]}
    best, points = None, -1
    for root in roots:
        if topics.is_problem_heading(root.heading) or topics.is_plan_heading(root.heading):
            continue
        for node in root.children or [root]:
            text = f"{root.heading} {node.heading} {' '.join(s.text for s in node.statements)}"[:4000]
            score = sum(pair in text for pair in pairs)
            if score > points:
                best, points = node, score
    return best


def _aside(piece: Piece, known: set[str]) -> str | None:
    """ "problems" or "plans" for a line with such a label of its own (问题：…, 下步：…)."""
    label = piece.headings[-1] if piece.headings else ""
    if not label or label in known:
        return None
    if topics.is_problem_heading(label):
        return "problems"
    return "plans" if topics.is_plan_heading(label) else None


@dataclass(slots=True)
class _State:
    """What the next sentence has to open.  item: the run-in heading of a 1. that waits for its text."""

    item: str | None = None
    block: int = -1
    listing: bool = False  # short numbered lines are being told as points
    goes_on: bool = False  # a heading was told as a sentence: the text goes on behind it


def _open(
    heading: Heading, level: int, roots: list[Node], current: Node | None, state: _State
) -> Node | None:
    """Take up a heading: a section on levels 1 and 2, a run-in heading below."""
    state.block, state.listing = -1, False
    if level <= 0:
        return current  # a title above the rest; what it counts is told by ``rescued``
    if level == 1 or not roots:
        roots.append(Node(heading.words.text, 1, heading.words.slots))
        state.item = None
        return roots[-1]
    if level == 2:
        roots[-1].children.append(Node(heading.words.text, 2, heading.words.slots))
        state.item = None
        return roots[-1].children[-1]
    if heading.words.slots or len(heading.words.text) > 60:
        section = current or roots[-1]
        spoken = [_spoken(words, heading) for words in finished(heading.words)]
        section.statements += spoken
        state.item, state.goes_on = None, True
        return section
    state.item = heading.words.text
    return current


def _spoken(words: Words, heading: Heading) -> Statement:
    return Statement(text=words.text, slots=words.slots, locator=heading.locator, opens=Opens.ITEM)


def _told(piece: Piece, state: _State, frame: Frame) -> list[Statement]:
    planned = is_planned(piece, frame)
    new_block = piece.block != state.block
    state.block = piece.block
    if state.goes_on:
        new_block = state.goes_on = False
    if piece.point:
        opens = Opens.FIRST_POINT if piece.point == 1 else Opens.POINT
        short = len(piece.words.text) <= LEAD and not piece.words.slots
        lead, item = (piece.words.text if short else ""), state.item
        found: list[Statement] = []
        if item is not None:
            state.item = None
            found.append(
                Statement(text="", source=piece.source.id, locator=piece.locator, opens=Opens.ITEM, lead=item)
            )
            new_block = False
        if short:
            found.append(
                Statement(
                    text="",
                    source=piece.source.id,
                    locator=piece.locator,
                    opens=opens,
                    lead=lead,
                    apart=new_block,
                    planned=planned,
                )
            )
            return found
        return found + statements(piece, frame, opens=opens, apart=new_block, planned=planned)
    if state.item is not None:
        lead, state.item = state.item, None
        return statements(piece, frame, opens=Opens.ITEM, lead=lead, planned=planned)
    if piece.item and new_block and len(piece.words.text) <= SHORT_ITEM:
        opens = Opens.POINT if state.listing else Opens.FIRST_POINT
        first = not state.listing
        state.listing = True
        return statements(piece, frame, opens=opens, apart=first, planned=planned)
    state.listing = False
    if piece.item and new_block:
        return statements(piece, frame, opens=Opens.ITEM, planned=planned)
    return statements(piece, frame, opens=Opens.PARAGRAPH if new_block else Opens.NOTHING, planned=planned)
