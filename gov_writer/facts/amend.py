"""What a clerk corrects or strikes among the facts that were read, worked into the sources and their ledger.

The words of the source are changed and read again, so that everything later (the draft, its check) binds to
what was typed.  Ids stay those of the ledger without amendments; each changed fact remembers who changed it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from gov_writer.domain import Amendment, Block, Cell, Fact, Kind, Ledger, Period, Source, Table
from gov_writer.errors import GovWriterError
from gov_writer.facts.extract import extract
from gov_writer.text.lazy import lazy

#: Nobody types a longer figure.
LONGEST = 40
_BARE = lazy(r"[-−]?\d+(?:[,，]\d{3})*(?:\.\d+)?")
_ENDS = "。；;！？!?"
_PAUSES = "，,、；;"


@dataclass(frozen=True, slots=True)
class _Edit:
    """``[start, end)`` of a source's text becomes ``text``.  number: the new value of a typed cell."""

    start: int
    end: int
    text: str
    cell: tuple[int, int] | None = None
    number: Decimal | None = None


def amend(
    sources: Iterable[Source],
    amendments: Sequence[Amendment],
    *,
    as_of: date | None = None,
    period: Period | None = None,
) -> Ledger:
    """The ledger of the sources as amended.  as_of, period: as for ``extract``.

    The last amendment of a fact counts.  Striking a fact takes its clause (its cell) out, with whatever other
    fact stands there.  Raises CALL-171 for an id that the sources do not have, CALL-172 for words that are
    no figure where they would stand.
    """
    given = tuple(sources)
    ledger = extract(given, as_of=as_of, period=period)
    wanted = {amendment.fact: amendment for amendment in amendments}
    if not wanted:
        return ledger
    for name in wanted:
        if name not in ledger.index:
            raise GovWriterError(f"材料中没有编号为“{name[:12]}”的数据。", code="CALL-171")
    edits: dict[str, list[_Edit]] = {source.id: [] for source in given}
    for name, amendment in wanted.items():
        fact = ledger.fact(name)
        edits[fact.source].append(_edit(ledger.source(fact.source), fact, amendment, ledger))
    moves = {name: _merged(found) for name, found in edits.items()}
    changed = extract(
        [_changed(source, moves[source.id]) for source in given], as_of=as_of or ledger.as_of, period=period
    )
    return _joined(ledger, changed, wanted, moves)


def _edit(source: Source, fact: Fact, amendment: Amendment, ledger: Ledger) -> _Edit:
    if amendment.text is None:
        return _cut(source, fact, ledger)
    typed = amendment.text.strip()
    if not typed or len(typed) > LONGEST or any(not c.isprintable() for c in typed):
        raise _no_figure(typed)
    cell = _cell(source, fact)
    if cell is not None and cell.number is not None:
        return _typed_cell(source, fact, cell, typed)
    if _BARE.fullmatch(typed) and len(_BARE.findall(fact.text)) == 1:  # the number alone: its unit stays
        typed = _BARE.sub(typed, fact.text, count=1)
    return _Edit(fact.start, fact.end, typed)


def _typed_cell(source: Source, fact: Fact, cell: Cell, typed: str) -> _Edit:
    words = source.text[cell.start : cell.end]
    plain = typed.replace(",", "").replace("，", "").replace("−", "-")
    for unit in ("%", "％", cell.unit, fact.unit):
        plain = plain.removesuffix(unit or "").strip()
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise _no_figure(typed) from None
    if not number.is_finite():
        raise _no_figure(typed)
    shown = f"{plain}%" if words.rstrip().endswith(("%", "％")) else plain
    return _Edit(cell.start, cell.end, shown, fact.cell, number)


def _cut(source: Source, fact: Fact, ledger: Ledger) -> _Edit:
    """The clause of a fact goes; a period that opens it stays for what follows, and so does the full stop."""
    cell = _cell(source, fact)
    if cell is not None:
        return _Edit(cell.start, cell.end, "", fact.cell)
    text = source.text
    start, end = fact.clause
    if not start <= fact.start < fact.end <= end:
        return _Edit(fact.start, fact.end, "")
    opening = [
        f for f in ledger.facts if f.source == source.id and f.kind is Kind.PERIOD and f.start == start
    ]
    if end < fact.sentence[1]:
        return _Edit(opening[0].end if opening else start, end, "")
    stop = end
    while stop > fact.end and text[stop - 1] in _ENDS:
        stop -= 1
    if start > fact.sentence[0] and text[start - 1] in _PAUSES:
        return _Edit(start - 1, stop, "")
    return _Edit(start, end, "")


def struck_with(ledger: Ledger, fact: Fact) -> tuple[Fact, ...]:
    """The other counted facts that striking this one takes out too."""
    edit = _cut(ledger.source(fact.source), fact, ledger)
    return tuple(
        other
        for other in ledger.facts
        if other.source == fact.source
        and other.counted
        and other.id != fact.id
        and edit.start <= other.start
        and other.end <= edit.end
    )


def _cell(source: Source, fact: Fact) -> Cell | None:
    return None if fact.cell is None else source.tables[fact.cell[0]].cells[fact.cell[1]]


def _merged(edits: list[_Edit]) -> list[_Edit]:
    """In text order without overlaps: where two meet, the earlier and larger one is made."""
    kept: list[_Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


class _Shift:
    """Where a place of the old text is in the new one."""

    def __init__(self, edits: Sequence[_Edit]) -> None:
        self._edits = edits
        self._starts = [edit.start for edit in edits]
        self._gained = [0]
        for edit in edits:
            self._gained.append(self._gained[-1] + len(edit.text) - (edit.end - edit.start))

    def __call__(self, at: int, *, right: bool = False) -> int:
        """right: a place inside an edit goes to the end of the new words, else to their start."""
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return at
        edit = self._edits[number]
        if at >= edit.end and (at > edit.start or edit.start == edit.end):
            return at + self._gained[number + 1]
        begin = edit.start + self._gained[number]
        return begin + len(edit.text) if right and at > edit.start else begin


def _changed(source: Source, edits: Sequence[_Edit]) -> Source:
    if not edits:
        return source
    parts, at = [], 0
    for edit in edits:
        parts += [source.text[at : edit.start], edit.text]
        at = edit.end
    text = "".join((*parts, source.text[at:]))
    shift = _Shift(edits)
    blocks = [replace(b, start=shift(b.start), end=shift(b.end, right=True)) for b in source.blocks]
    numbers = {edit.cell: edit for edit in edits if edit.cell is not None}
    tables = []
    for index, table in enumerate(source.tables):
        cells = []
        for place, cell in enumerate(table.cells):
            start = shift(cell.start)
            moved = replace(cell, start=start, end=max(start, shift(cell.end, right=True)))
            typed = numbers.get((index, place))
            cells.append(moved if typed is None else replace(moved, number=typed.number))
        tables.append(Table(name=table.name, cells=tuple(cells)))
    kept = tuple(block for block in blocks if _says(text, block))
    return replace(source, text=text, blocks=kept, tables=tuple(tables))


def _says(text: str, block: Block) -> bool:
    return any(c.isalnum() for c in text[block.start : block.end])


def _joined(
    ledger: Ledger, changed: Ledger, wanted: dict[str, Amendment], moves: dict[str, list[_Edit]]
) -> Ledger:
    """The changed ledger under the old one's ids, with what was struck."""
    shifts = {name: _Shift(edits) for name, edits in moves.items()}
    at: dict[tuple[str, int], list[Fact]] = {}
    struck = []
    for fact in ledger.facts:
        shift = shifts[fact.source]
        cut = next((e for e in moves[fact.source] if not e.text and e.start <= fact.start < e.end), None)
        if cut is not None:
            if fact.counted:
                struck.append(replace(fact, amended=_why(fact, wanted, ledger, cut)))
            continue
        at.setdefault((fact.source, shift(fact.start)), []).append(fact)
    spare = len(ledger.facts)
    found = []
    for fact in changed.facts:
        before = at.get((fact.source, fact.start), [])
        if before:
            old = before.pop(0)
            note = wanted.get(old.id)
            amended = None if note is None else replace(note, was=old.text)
            found.append(replace(fact, id=old.id, amended=amended))
        else:
            spare += 1
            found.append(replace(fact, id=f"F{spare}"))
    for name in {f.id for f in found if f.counted} | {f.id for f in struck}:
        wanted.pop(name, None)
    for note in wanted.values():
        if note.text is not None:  # what was typed is no figure where it stands
            raise _no_figure(note.text)
    return replace(changed, facts=tuple(found), struck=tuple(struck))


def _why(fact: Fact, wanted: dict[str, Amendment], ledger: Ledger, cut: _Edit) -> Amendment:
    own = wanted.get(fact.id)
    if own is None or own.text is not None:  # it went with its neighbour
        near = next(
            f
            for f in ledger.facts
            if f.source == fact.source
            and f.id in wanted
            and wanted[f.id].text is None
            and cut.start <= f.start < cut.end
        )
        own = wanted[near.id]
    return replace(own, fact=fact.id, text=None, was=fact.text)


def _no_figure(typed: str) -> GovWriterError:
    return GovWriterError(
        f"“{typed[:LONGEST]}”在这里读不成一个数据。",
        hint="请照材料的写法填写，如 8753处、3.2万人次、98.6%；表格中的数据只写数字。",
        code="CALL-172",
    )
