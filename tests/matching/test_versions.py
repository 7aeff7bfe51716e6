"""Two versions of a report, figure by figure."""

from __future__ import annotations

import pytest

from gov_writer import ingest
from gov_writer.domain import Ledger
from gov_writer.facts import extract
from gov_writer.matching.pairing.versions import Change, counts, steps

OLD = (
    "东岭街道2025年工作总结\n\n一、安全稳定\n\n全年排查燃气隐患1204处，整改1187处。开展演练36场。\n\n"
    "二、民生服务\n\n发放高龄津贴12000元，惠及老人86人。新建口袋公园3个。\n"
)


def _read(text: str) -> Ledger:
    return extract((ingest.from_text("总结.md", text),))


def _told(old: str, new: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (str(s.change), s.old.text if s.old else None, s.new.text if s.new else None)
        for s in steps(_read(old), _read(new))
        if s.change is not Change.SAME
    ]


def test_the_same_text_has_no_change() -> None:
    found = steps(_read(OLD), _read(OLD))
    assert {s.change for s in found} == {Change.SAME}
    assert len(found) == len([f for f in _read(OLD).facts if f.counted])


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("1204处", "1240处", [("changed", "1204处", "1240处")]),
        ("12000元", "1.2万元", [("reworded", "12000元", "1.2万元")]),
        ("新建口袋公园3个。", "", [("gone", "3个", None)]),
        ("开展演练36场。", "开展演练36场。调解纠纷57起。", [("new", None, "57起")]),
        ("全年排查燃气隐患1204处", "全年共排查整治燃气安全隐患1210处", [("changed", "1204处", "1210处")]),
    ],
)
def test_one_change_is_told(was: str, now: str, told: list[tuple[str, str | None, str | None]]) -> None:
    assert was in OLD
    assert _told(OLD, OLD.replace(was, now)) == told


def test_moved_sections_are_no_change() -> None:
    head, one, two = OLD.split("\n\n", 2)[0], *OLD.split("\n\n", 1)[1].split("二、")
    assert _told(OLD, f"{head}\n\n一、{two}\n\n二、{one.removeprefix('一、')}") == []


def test_a_figure_said_twice_and_then_once_is_gone_once() -> None:
    twice = OLD + "\n三、结语\n\n全年开展演练36场。\n"
    assert _told(twice, OLD) == [("gone", "36场", None)]
    assert counts(steps(_read(twice), _read(OLD)))["gone"] == 1


def test_empty_texts() -> None:
    assert steps(_read("没有数据。"), _read("没有数据。")) == ()
    assert all(s.change is Change.NEW for s in steps(_read("没有数据。"), _read(OLD)))
