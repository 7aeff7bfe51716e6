"""Briefs and themes files: every form of the contract, and messages that say what to change."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from gov_writer.domain import EngineChoice, Genre, Needs
from gov_writer.errors import GovWriterError
from gov_writer.ingest import parse_period, read_brief, read_themes
from gov_writer.ingest._brief_schema import BriefModel

BASE = "sources: [notes/*.md]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    for name in ("10月.md", "9月.md", ".hidden.md", "~$9月.md"):
        (tmp_path / "notes" / name).write_text("一行\n", encoding="utf-8")
    (tmp_path / "themes.yaml").write_text("themes:\n  - name: 河长制\n    needs: figure\n", encoding="utf-8")
    return tmp_path


def write(folder: Path, text: str) -> Path:
    path = folder / "brief.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_whole_brief(folder: Path) -> None:
    brief = read_brief(
        write(
            folder,
            BASE
            + "title: 云溪区东岭街道半年情况\ngenre: situation_report\nunit: 东岭街道\naddressee: 区委\n"
            + "period: 2025H1\nas_of: 2025-06-20\nthemes: themes.yaml\nsections: [安全, 民生]\n"
            + "engine: {name: openai, model: m, local_only_sections: [安全]}\n",
        )
    )
    assert [Path(name).name for name in brief.sources] == ["9月.md", "10月.md"]
    assert brief.genre is Genre.SITUATION_REPORT and brief.as_of == date(2025, 6, 20)
    assert brief.period is not None and brief.period.end == date(2025, 6, 30)
    assert [(theme.name, theme.needs) for theme in brief.themes] == [("河长制", Needs.FIGURE)]
    assert brief.engine == EngineChoice(name="openai", model="m", local_only_sections=("安全",))


def test_only_sources_are_needed(folder: Path) -> None:
    brief = read_brief(write(folder, BASE))
    assert (brief.title, brief.period, brief.as_of, brief.themes) == (None, None, None, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BASE + "titel: x\n", ["titel", "第2行", "title"]),
        (BASE + "标题: x\n", ["标题", "“title”"]),
        (BASE + "title: 2025\n", ["title", "第2行", "文字"]),
        (BASE + "genre: anual_summary\n", ["anual_summary", "annual_summary"]),
        (BASE + "period: 2025-13\n", ["2025-13", "第2行", "2025H1"]),
        (BASE + "period: 2025-12-01/2025-01-31\n", ["报告期"]),
        (BASE + "as_of: 明天\n", ["as_of", "明天"]),
        (BASE + "engine: {nam: x}\n", ["engine.nam", "“name”"]),
        (BASE + "engine: openai\n", ["engine"]),
        (BASE + "themes:\n  - nmae: 党建\n", ["nmae", "第3行", "“name”"]),
        (BASE + "themes:\n  - name: 3\n", ["themes第1项.name", "第3行"]),
        (BASE + "themes:\n  - {name: 甲}\n  - {name: 甲}\n", ["甲", "两次", "第4行"]),
        (BASE + "themes: none.yaml\n", ["none.yaml", "第2行"]),
        (BASE + "title: a\ntitle: b\n", ["title", "两次", "第3行"]),
        (BASE + "unit: &a 甲\ntitle: *a\n", ["引用"]),
        (BASE + "title: [\n", ["YAML"]),
        ("sources: []\n", ["sources"]),
        ("sources: notes/*.md\n", ["sources", "列表"]),
        ("title: x\n", ["sources", "缺少"]),
        ("sources: [no/*.md]\n", ["no/*.md", "第1行"]),
        ("sources: ['notes/\\0']\n", ["找不到"]),
        ("", ["键"]),
        ("- a\n", ["键"]),
        ("a: [" * 3000, ["YAML"]),
    ],
)
def test_faults_say_what_where_and_what_to_do(folder: Path, text: str, words: list[str]) -> None:
    with pytest.raises(GovWriterError) as caught:
        read_brief(write(folder, text))
    message = str(caught.value)
    assert caught.value.code.startswith("BRIEF-")
    assert caught.value.hint
    for word in words:
        assert word in message


def test_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no.yaml"):
        with pytest.raises(GovWriterError, match="无法读取"):
            read_brief(path)
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * 1_100_000)
    with pytest.raises(GovWriterError, match="太大"):
        read_themes(big)


def test_outside_root_is_refused(folder: Path) -> None:
    inner = folder / "in"
    inner.mkdir()
    (inner / "b.yaml").write_text("sources: [../notes/9月.md]\n", encoding="utf-8")
    assert read_brief(inner / "b.yaml").sources
    with pytest.raises(GovWriterError, match="之外"):
        read_brief(inner / "b.yaml", root=inner)


def test_names_with_brackets_are_literal(folder: Path) -> None:
    (folder / "材料[1].md").write_text("x", encoding="utf-8")
    assert len(read_brief(write(folder, "sources: ['材料[1].md']\n")).sources) == 1


def test_gb18030_brief_and_empty_themes(folder: Path) -> None:
    path = folder / "b.yaml"
    path.write_bytes((BASE + "unit: 东岭街道\nthemes: []\n").encode("gb18030"))
    assert read_brief(path).unit == "东岭街道"
    path.write_text("themes:\n", encoding="utf-8")
    assert read_themes(path) == ()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025", (2025, 1, 1), (2025, 12, 31)),
        ("2025年", (2025, 1, 1), (2025, 12, 31)),
        ("2025H2", (2025, 7, 1), (2025, 12, 31)),
        ("2025年上半年", (2025, 1, 1), (2025, 6, 30)),
        ("2025Q3", (2025, 7, 1), (2025, 9, 30)),
        ("2025年第三季度", (2025, 7, 1), (2025, 9, 30)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2025年1-10月", (2025, 1, 1), (2025, 10, 31)),
        ("2025-01-01/2025-10-31", (2025, 1, 1), (2025, 10, 31)),
    ],
)
def test_periods(text: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    period = parse_period(text)
    assert (period.start, period.end) == (date(*start), date(*end))


@pytest.mark.parametrize("text", ["", "25", "2025Q5", "2025H3", "2025-02-30/2025-03-01", "去年", "0000"])
def test_no_periods(text: str) -> None:
    with pytest.raises(GovWriterError):
        parse_period(text)


def test_themes_and_genre_as_a_clerk_writes_them(folder: Path) -> None:
    brief = read_brief(
        write(folder, BASE + "genre: 述职报告\nthemes:\n  - 平安建设\n  - {name: 河长制, needs: figure}\n")
    )
    assert brief.genre is Genre.DUTY_REPORT
    assert [(theme.name, theme.needs) for theme in brief.themes] == [
        ("平安建设", Needs.ACTION),
        ("河长制", Needs.FIGURE),
    ]


def test_sources_may_be_named_beside_the_brief(folder: Path) -> None:
    path = write(folder, "unit: 东岭街道\n")
    assert read_brief(path, sources_elsewhere=True).sources == ()
    with pytest.raises(GovWriterError) as told:
        read_brief(path)
    assert told.value.code == "BRIEF-107"


@pytest.mark.parametrize("key", ["sources", "examples"])
def test_a_name_that_no_file_can_have_is_not_put_right(folder: Path, key: str) -> None:
    (folder / "a b.md").write_text("一行\n", encoding="utf-8")
    given = BASE if key != "sources" else ""
    with pytest.raises(GovWriterError) as told:
        read_brief(write(folder, f'{given}{key}: ["a\\0b.md"]\n'))
    assert told.value.code == "BRIEF-120"
    assert "\0" not in str(told.value)


@pytest.mark.parametrize(("text", "code"), [("- 甲\n", "BRIEF-105"), (BASE + "sections: 7\n", "BRIEF-109")])
def test_who_writes_a_brief_wrongly_is_shown_one(folder: Path, text: str, code: str) -> None:
    with pytest.raises(GovWriterError) as told:
        read_brief(write(folder, text))
    assert told.value.code == code
    assert "gov-writer init" in told.value.hint
    example = (files("gov_writer") / "examples" / "brief.yaml").read_text(encoding="utf-8")
    for field in BriefModel.model_fields:
        assert f"{field}: " in example
