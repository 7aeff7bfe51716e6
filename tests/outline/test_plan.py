"""The plan of a report: every counted fact has one place in it, or a reason why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from gov_writer import ingest, outline
from gov_writer.domain import Brief, EngineChoice, Genre, Ledger, Outline, Period, Section, Statement, Theme
from gov_writer.errors import GovWriterError
from gov_writer.facts import extract

NOTES = (
    "# 雾溪街道2025年材料\n## 党建办\n- 召开党工委会议24次，开展主题党日46场\n## 平安办\n- 调解矛盾纠纷163件，成功159件\n"
    "- 排查安全隐患412处，整改398处\n## 社会事务办\n- 低保对象86户131人\n- 新增就业1,240人\n"
    "## 问题\n- 老旧小区停车难\n## 明年打算\n- 新建口袋公园3个\n"
)
YEAR = Period(text="2025", start=date(2025, 1, 1), end=date(2025, 12, 31))


def _ledger(*texts: str) -> Ledger:
    sources = [ingest.from_text(f"{n}.md", text, id=f"S{n}") for n, text in enumerate(texts, 1)]
    return extract(sources, period=YEAR)


def _plan(*texts: str, examples: tuple[str, ...] = (), **brief: object) -> tuple[Outline, Ledger]:
    ledger = _ledger(*texts)
    asked = Brief(sources=(), period=YEAR, **brief)  # type: ignore[arg-type]
    shown = [ingest.from_text("范文.md", text, id="E1") for text in examples]
    return outline.plan(asked, ledger, shown), ledger


def _sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.children)


def _statements(planned: Outline) -> list[Statement]:
    return [*planned.opening, *(s for section in _sections(planned.sections) for s in section.statements)]


def _home(planned: Outline, words: str) -> Section:
    """The level 1 section that tells ``words``."""
    for section in planned.sections:
        if any(words in s.text for part in _sections((section,)) for s in part.statements):
            return section
    raise AssertionError(words)


@pytest.mark.parametrize("genre", list(Genre))
def test_every_counted_fact_has_one_place_or_a_reason(genre: Genre) -> None:
    planned, ledger = _plan(NOTES, genre=genre)
    told = Counter(fact for s in _statements(planned) for _, _, fact in s.slots)
    told.update(fact for section in _sections(planned.sections) for _, _, fact in section.slots)
    left = Counter(unused.fact for unused in planned.unused)
    for fact in ledger.facts:
        if fact.counted:
            assert told[fact.id] + left[fact.id] == 1, (fact.text, told[fact.id], left[fact.id])


def test_a_slot_is_exactly_its_figure() -> None:  # 1,240人 is printed 1240人
    planned, ledger = _plan(NOTES)
    texts = {fact.id: fact.text for fact in ledger.facts}
    for statement in _statements(planned):
        for start, end, fact in statement.slots:
            assert statement.text[start:end] == texts[fact].replace(",", "")


def test_plans_and_problems_stand_apart_from_what_was_done() -> None:
    planned, _ = _plan(NOTES)
    done, problems, plans = (_home(planned, words) for words in ("调解矛盾纠纷", "停车难", "新建口袋公园"))
    assert len({done.heading, problems.heading, plans.heading}) == 3
    order = [section.heading for section in planned.sections]
    assert order.index(done.heading) < order.index(problems.heading) < order.index(plans.heading)
    assert all(s.planned for s in _statements(planned) if "口袋公园" in s.text)


def test_the_briefs_sections_in_the_briefs_order() -> None:
    planned, _ = _plan(NOTES, sections=("平安建设", "民生保障"))
    said = {s.text: part.heading for part in _sections(planned.sections) for s in part.statements}
    homes = {heading for text, heading in said.items() if "调解" in text or "隐患" in text}
    assert homes == {"平安建设"} and {said[t] for t in said if "低保" in t or "就业" in t} == {"民生保障"}
    assert list(dict.fromkeys(said.values()))[:2] == ["平安建设", "民生保障"]


def test_what_repeats_contradicts_or_lies_outside_is_left_out_with_its_reason() -> None:
    other = "- 2025年调解矛盾纠纷163件\n- 低保对象92户131人\n- 2023年新增就业980人\n"
    planned, ledger = _plan(NOTES, other)
    texts = {fact.id: fact.text for fact in ledger.facts}
    reasons = {(texts[u.fact], u.reason.split()[0]) for u in planned.unused}
    assert {("163件", "repeats"), ("92户", "contradicts"), ("980人", "outside")} <= reasons


def test_a_theme_without_support_is_named_and_left_open() -> None:
    themes = (Theme(name="矛盾调解", any=("调解",)), Theme(name="河湖保护", any=("河长制",)))
    planned, _ = _plan(NOTES, themes=themes)
    assert [theme.name for theme in planned.unmet_themes] == ["河湖保护"]
    assert [name for section in _sections(planned.sections) for name in section.todo] == ["河湖保护"]
    assert any("河湖保护" in line for line in planned.warnings)


def test_an_example_gives_form_and_never_words() -> None:
    example = "# 一、聚力攻坚，织密网底\n栖凤街道新增就业7,777人。\n# 二、下步安排\n建设栖凤公园。\n"
    planned, _ = _plan(NOTES, examples=(example,))
    said = " ".join(s.text for s in _statements(planned)) + " ".join(
        section.heading for section in _sections(planned.sections)
    )
    assert "栖凤" not in said and "7,777" not in said


def test_classified_sources_and_sections_stay_on_the_machine() -> None:
    secret = "机密★1年\n# 雾溪街道专项\n- 走访重点人员31人\n"
    engine = EngineChoice(name="openai", local_only_sections=("平安建设",))
    planned, _ = _plan(NOTES, secret, sections=("平安建设", "民生保障"), engine=engine)
    local = {
        s.text for section in _sections(planned.sections) if section.local_only for s in section.statements
    }
    assert any("调解矛盾纠纷" in text for text in local)
    assert all(s.local_only for s in _statements(planned) if "重点人员" in s.text)


def test_nothing_to_tell_is_an_error_and_no_empty_report() -> None:
    with pytest.raises(GovWriterError, match="没有可以写进报告的内容"):
        _plan("# 只有标题\n")
