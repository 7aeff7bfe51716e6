"""Corrections and strikes by a clerk: the ledger binds to what was typed, and ids stay."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from gov_writer import ingest
from gov_writer.domain import Amendment, Ledger, Source
from gov_writer.errors import GovWriterError
from gov_writer.facts import amend, extract, struck_with

NOTES = (
    "# 云溪区东岭街道应急办\n\n- 2025年累计排查燃气隐患1204处，整改1187处，整改率98.6%。\n"
    "- 开展演练36场，覆盖3.2万人次。\n- 发放宣传单5000份。\n"
)


def _source(text: str = NOTES) -> Source:
    return ingest.from_text("应急办.md", text)


def _id(ledger: Ledger, text: str) -> str:
    return next(fact.id for fact in ledger.facts if fact.text == text)


def _done(text: str, typed: str | None, notes: str = NOTES) -> Ledger:
    source = _source(notes)
    plain = extract((source,))
    return amend((source,), [Amendment(fact=_id(plain, text), text=typed, by="小林", at="2025-12-20T09:00")])


def test_a_correction_is_read_in_the_place_of_what_stood_there() -> None:
    plain, done = extract((_source(),)), _done("1204处", "1240处")
    fact = done.fact(_id(plain, "1204处"))
    assert (fact.text, fact.value, fact.subject) == ("1240处", Decimal(1240), "累计排查燃气隐患")
    assert fact.amended is not None
    assert (fact.amended.was, fact.amended.text, fact.amended.by) == ("1204处", "1240处", "小林")
    assert [f.id for f in done.facts] == [f.id for f in plain.facts]
    assert [f.text for f in done.facts if f.amended is None] == [
        f.text for f in plain.facts if f.text != "1204处"
    ]
    for fact in done.facts:
        assert done.sources[0].text[fact.start : fact.end] == fact.text


@pytest.mark.parametrize(
    ("text", "typed", "read"),
    [("3.2万人次", "3.5", "3.5万人次"), ("98.6%", "99.1%", "99.1%"), ("36场", "约40场", "约40场")],
)
def test_a_bare_number_keeps_the_unit(text: str, typed: str, read: str) -> None:
    done = _done(text, typed)
    assert [f.text for f in done.facts if f.amended] == [read]


@pytest.mark.parametrize("typed", ["", "很多", "12处" * 30, "1\n2处", "二十大"])
def test_what_is_no_figure_is_refused(typed: str) -> None:
    with pytest.raises(GovWriterError, match="读不成一个数据"):
        _done("1204处", typed)


def test_an_unknown_fact_is_refused() -> None:
    with pytest.raises(GovWriterError, match="F99"):
        amend((_source(),), [Amendment(fact="F99", text=None, by="", at="")])


def test_a_strike_takes_the_clause_and_leaves_the_rest() -> None:
    done = _done("1187处", None)
    assert "整改1187处" not in done.sources[0].text
    assert "1204处，整改率98.6%。" in done.sources[0].text
    assert [f.text for f in done.struck] == ["1187处"]
    plain = extract((_source(),))
    assert {f.id for f in done.facts} == {f.id for f in plain.facts} - {_id(plain, "1187处")}


def test_the_period_and_the_full_stop_stay() -> None:
    assert "2025年整改1187处" in _done("1204处", None).sources[0].text
    assert "整改1187处。\n" in _done("98.6%", None).sources[0].text
    gone = _done("5000份", None).sources[0]
    assert "5000份" not in gone.text
    assert all(any(c.isalnum() for c in gone.text[b.start : b.end]) for b in gone.blocks)


def test_neighbours_in_the_clause_go_too() -> None:
    notes = "共有12个小区36栋楼完成改造，惠及900户。\n"
    plain = extract((_source(notes),))
    fact = plain.fact(_id(plain, "12个"))
    assert [f.text for f in struck_with(plain, fact)] == ["36栋"]
    assert [f.text for f in _done("12个", None, notes).struck] == ["12个", "36栋"]


def test_cells_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("社区", "网格数（个）", "办结率"), ("东岭社区", 21, "98.9%"), ("清溪社区", 18, "97.6%")):
        book.active.append(row)
    path = tmp_path / "社区.xlsx"
    book.save(path)
    source = ingest.read(str(path))
    plain = extract((source,))
    grid = next(f for f in plain.facts if f.value == 21)
    rate = next(f for f in plain.facts if f.value == Decimal("97.6"))
    done = amend(
        (source,),
        [
            Amendment(fact=grid.id, text="1,023个", by="小林", at=""),
            Amendment(fact=rate.id, text=None, by="小林", at=""),
        ],
    )
    assert done.fact(grid.id).value == 1023
    assert done.fact(grid.id).subject == grid.subject
    assert [f.id for f in done.struck] == [rate.id]
    assert {f.id for f in done.facts} == {f.id for f in plain.facts} - {rate.id}
    with pytest.raises(GovWriterError, match="只写数字"):
        amend((source,), [Amendment(fact=grid.id, text="二十一个", by="", at="")])


def test_no_amendment_changes_nothing() -> None:
    assert amend((_source(),), []) == extract((_source(),))
