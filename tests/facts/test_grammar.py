"""docs/grammar.md is what the code says today."""

from __future__ import annotations

from pathlib import Path

from gov_writer.facts.grammar import EXAMPLES, example, render

PAGE = Path(__file__).resolve().parents[2] / "docs" / "grammar.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), (
        "run python -m gov_writer.facts.grammar > docs/grammar.md"
    )


def test_every_example_is_read() -> None:
    unread = [text for _, texts in EXAMPLES for text in texts if not example(text)]
    assert unread == []


def test_an_asterisk_before_a_note_hides_nothing() -> None:
    from gov_writer.facts import scan

    assert not [m for m in scan("* 注：走访企业12家\n* 说明") if m.kind.value == "placeholder"]
    assert [m for m in scan("*街道走访企业12家") if m.kind.value == "placeholder"]
