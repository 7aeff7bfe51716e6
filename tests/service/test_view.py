"""What the templates show of a text: pieces, charts, sections written again."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

from gov_writer import ingest
from gov_writer.domain import Brief, Outline, Statement
from gov_writer.drafting.again import replaced
from gov_writer.facts import extract
from gov_writer.service import charts, follow, view


def _finding(start: int, end: int, severity: str = "error") -> dict[str, Any]:
    return {"start": start, "end": end, "severity": severity, "rule": "FIG102", "message": "m", "fix": None}


def test_pieces_always_give_the_text_back() -> None:
    chance = random.Random(7)
    for _ in range(300):
        text = "".join(chance.choice("一二三，。\n🙂") for _ in range(chance.randint(0, 40)))
        spans = [sorted(chance.randint(0, len(text)) for _ in "ab") for _ in range(chance.randint(0, 9))]
        findings = [_finding(a, b, chance.choice(("error", "warning", "info"))) for a, b in spans[::2]]
        figures = [view.Figure(a, b, ("F1",), "") for a, b in spans[1::2]]
        marked = view.marked(text, findings, figures)
        assert "".join(piece.text for piece in marked.pieces) == text
        starts = {piece.start for piece in marked.pieces if piece.look}
        assert len(marked.marks) == len(findings)
        assert all(mark in starts for mark in marked.marks)


def test_the_graver_finding_is_shown_where_two_meet() -> None:
    marked = view.marked(
        "全年排查12处", [_finding(0, 7, "info"), _finding(4, 7)], [view.Figure(4, 7, ("F1",), "")]
    )
    assert [(p.text, p.look) for p in marked.pieces if p.look] == [("12处", "error")]
    assert marked.marks == (4, 4)


def test_todo_and_headings() -> None:
    text = "总结\n一、安全\n【待补：低空经济】\n（二）民生\n一、这是一个以句号结尾的句子。"
    assert [one["text"] for one in view.todo(text)] == ["【待补：低空经济】"]
    assert [one["name"] for one in view.headings(text)][:2] == ["安全", "民生"]


def test_charts_say_the_same_as_their_tables() -> None:
    chart = charts.by_rule(
        {"FIG102": {"error": 3}, "TXT603": {"info": 1}, "DAT301": {}}, {"FIG102": "与材料不一致"}
    )
    assert chart is not None
    assert [line[0].split()[0] for line in chart.lines] == ["FIG102", "TXT603"]
    assert chart.lines[0][-1] == "3"
    assert charts.by_rule({}, {}) is None
    notes = "2025年完成固定资产投资12.4亿元。\n2024年完成固定资产投资11.6亿元。\n2025年走访5户。\n"
    found = charts.periods(extract((ingest.from_text("a.md", notes),)))
    assert found is not None
    assert [line[1:] for line in found.lines] == [("2024年", "11.6亿元"), ("2025年", "12.4亿元")]
    widths = [Decimal(f"{bar.width:.4f}") for bar in found.bars]
    assert abs(widths[0] / widths[1] - Decimal("11.6") / Decimal("12.4")) < Decimal("0.001")


def test_a_section_is_put_in_the_place_of_the_old_one() -> None:
    outline = Outline(
        brief=Brief(sources=()),
        title="总结",
        sections=(),
        closing=(Statement(text="特此报告。"),),
        signature=("东岭街道",),
    )
    text = "总结\n一、安全\n旧话。\n【待补：防汛】\n二、民生\n民生旧话。\n特此报告。\n东岭街道"
    assert replaced(text, "安全", "新话。", outline) == text.replace("旧话。\n【", "新话。\n【", 1)
    last = replaced(text, "二、民生", "新话。", outline)
    assert last.endswith("二、民生\n新话。\n特此报告。\n东岭街道")
    assert replaced(text, "没有的", "新话。", outline) == text


def test_only_the_last_run_is_told() -> None:
    run = [("status", {"status": "running"}), ("section", {"heading": "旧", "state": "完成"})]
    done = [("status", {"status": "done"})]
    assert follow.sections([*run, *done])["sections"] == []
    again = [("status", {"status": "running"}), ("outline", {"headings": ["新"]})]
    assert [s["heading"] for s in follow.sections([*run, *done, *again])["sections"]] == ["新"]
