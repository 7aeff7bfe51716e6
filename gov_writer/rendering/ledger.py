"""The ledger as JSON (the contract's form), CSV or a workbook."""

from __future__ import annotations

import csv
import io
import json
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from gov_writer.domain import Fact, Ledger, Mention, Period
from gov_writer.rendering.workbook import saved
from gov_writer.text import LineIndex
from gov_writer.text.cells import harmless, is_number

_COLUMNS = (
    "编号", "材料", "位置", "原文", "类别", "数值", "下限", "上限", "近似", "单位", "统计对象", "主体", "范围",
    "所属时期", "时期起", "时期止", "日期起", "日期止", "计划",
)  # fmt: skip


def render_ledger(ledger: Ledger, form: str, *, labels: bool = False) -> str | bytes:
    """The ledger in one of the forms of ``facts --format``: json and csv are text, xlsx is bytes.

    labels: list the numerals that count nothing, too (``--all``).
    """
    if form == "json":
        return json.dumps(as_dict(ledger, labels=labels), ensure_ascii=False, indent=1) + "\n"
    table = [_COLUMNS, *(tuple(_cells(entry)) for entry in entries(ledger, labels=labels))]
    if form == "csv":
        return _csv(table)
    return _workbook(table)


def as_dict(ledger: Ledger, *, labels: bool = False) -> dict[str, Any]:
    """The contract's ``facts --format json``, version 1."""
    return {
        "version": 1,
        "sources": [
            {"id": s.id, "path": s.path, "sha256": s.sha256, "characters": s.characters}
            for s in ledger.sources
        ],
        "facts": list(entries(ledger, labels=labels)),
    }


def entries(ledger: Ledger, *, labels: bool = False) -> Iterator[dict[str, Any]]:
    """One entry per fact in the ledger's order; labels stand between the facts, where the text has them."""
    if not labels:
        yield from (_fact(fact) for fact in ledger.facts)
        return
    number = 0
    for source in ledger.sources:
        lines = LineIndex(source.text)
        starts = [block.start for block in source.blocks]
        marks = []
        for mention in ledger.labels.get(source.id, ()):
            number += 1
            at = bisect_right(starts, mention.start) - 1
            place = source.blocks[at].locator if at >= 0 else f"第{lines.at(mention.start)[0]}行"
            marks.append(_mention(mention, f"L{number}", source.id, place))
        facts = [_fact(fact) for fact in ledger.of(source.id)]
        yield from sorted((*facts, *marks), key=lambda entry: (entry["start"], entry["end"]))


def _fact(fact: Fact) -> dict[str, Any]:
    entry = _mention(fact.mention, fact.id, fact.source, fact.locator)
    entry["subject"] = fact.subject
    entry["period"] = _period(fact.period)
    entry["actor"], entry["scope"] = fact.actor, fact.scope
    entry["heading"], entry["planned"] = list(fact.heading), fact.planned
    return entry


def _mention(mention: Mention, name: str, source: str, locator: str) -> dict[str, Any]:
    return {
        "id": name,
        "source": source,
        "locator": locator,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "kind": mention.kind.value,
        "value": decimal(mention.value),
        "low": decimal(mention.low),
        "high": decimal(mention.high),
        "approx": mention.approx.value,
        "unit": mention.unit,
        "subject": "",
        "date_start": mention.date_start.isoformat() if mention.date_start else None,
        "date_end": mention.date_end.isoformat() if mention.date_end else None,
        "period": None,
    }


def _period(period: Period | None) -> dict[str, Any] | None:
    if period is None:
        return None
    return {
        "text": period.text,
        "start": period.start.isoformat() if period.start else None,
        "end": period.end.isoformat() if period.end else None,
    }


def decimal(value: Decimal | None) -> str | None:
    """The contract's decimal string: no exponent, no idle zeros (32000, 2.3)."""
    if value is None:
        return None
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- for a spreadsheet -----------------------------------------------------------------------------


def _cells(entry: dict[str, Any]) -> Iterator[str]:
    period = entry["period"] or {}
    yield from (entry[name] or "" for name in ("id", "source", "locator", "text", "kind"))
    yield from (entry[name] or "" for name in ("value", "low", "high", "approx", "unit", "subject"))
    yield from (entry.get(name, "") for name in ("actor", "scope"))
    yield from (period.get(name) or "" for name in ("text", "start", "end"))
    yield from (entry[name] or "" for name in ("date_start", "date_end"))
    yield "是" if entry.get("planned") else ""


def _csv(table: list[tuple[str, ...]]) -> str:
    """With a byte-order mark, without which Excel takes Chinese for something else."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows([harmless(c) for c in row] for row in table)
    return "\ufeff" + stream.getvalue()


def _workbook(table: list[tuple[str, ...]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("事实台账")
    sheet.freeze_panes = "A2"
    for row in table:
        cells = []
        for text in row:
            plain = ILLEGAL_CHARACTERS_RE.sub("", harmless(text))
            number = is_number(text) and len(text) <= 15
            cell = WriteOnlyCell(sheet, value=Decimal(text) if number else plain)  # type: ignore[arg-type]
            if not number:
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    return saved(book)
