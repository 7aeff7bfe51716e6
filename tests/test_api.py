"""The Python interface: light to import, the same results as the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import gov_writer
from gov_writer.errors import GovWriterError
from gov_writer.facts import extract


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notes.md").write_text("- 排查安全隐患8753处\n- 新增就业1208人\n", encoding="utf-8")
    (tmp_path / "draft.md").write_text("全年排查安全隐患8573处，新增就业1208人。\n", encoding="utf-8")
    return tmp_path


def test_import_is_light() -> None:
    script = "import gov_writer, sys; print([m for m in sys.modules if m.startswith('gov_writer.')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_check_files_and_texts(folder: Path) -> None:
    report = gov_writer.check(folder / "draft.md", [folder / "notes.md"])
    assert [f.expected for f in report.findings if f.rule == "FIG102"] == ["8753处"]
    same = gov_writer.check(
        gov_writer.Text("draft.md", (folder / "draft.md").read_text(encoding="utf-8")),
        gov_writer.Text("notes.md", (folder / "notes.md").read_text(encoding="utf-8")),
    )
    assert [f.fingerprint for f in same.findings] == [f.fingerprint for f in report.findings]
    assert not gov_writer.check(
        folder / "draft.md", folder / "notes.md", ignore=["FIG", "STR", "TXT"]
    ).findings


def test_facts_is_a_verb_and_a_package(folder: Path) -> None:
    ledger = gov_writer.facts(folder / "notes.md")
    assert [fact.text for fact in ledger.facts] == ["8753处", "1208人"]
    assert callable(extract) and gov_writer.facts.extract is extract  # type: ignore[attr-defined]
    both = gov_writer.facts([folder / "notes.md"], gov_writer.Text("b.md", "走访群众642户。"))
    assert [source.id for source in both.sources] == ["S1", "S2"]


def test_draft_and_save(folder: Path) -> None:
    made = gov_writer.draft(folder / "notes.md")
    assert "8753处" in made.text and made.trace["version"] == 1
    assert not [f for f in made.report.findings if f.rule.startswith("FIG")]
    made.save(folder / "report.docx")
    assert (folder / "report.docx").read_bytes()[:2] == b"PK"


def test_reconcile_and_compare(folder: Path) -> None:
    parts = [
        gov_writer.Text(f"{name}街道.md", f"新增就业{n}人。") for name, n in (("东岭", 412), ("西屏", 388))
    ]
    found = gov_writer.reconcile(gov_writer.Text("total.md", "全区新增就业900人。"), parts)
    assert [f.rule for f in found.report.findings] == ["REC951"]
    found.save(folder / "m.xlsx")
    years = gov_writer.compare(
        gov_writer.Text("2024.md", "2024年工作总结\n新增就业1100人。"),
        gov_writer.Text("2025.md", "2025年工作总结\n新增就业1208人，同比增长5%。"),
    )
    assert [f.rule for f in years.report.findings] == ["REC956"]
    assert years.tables.rows[0].change == "＋9.8%"
    years.save(folder / "c.html")


def test_faults_are_errors_with_a_code(folder: Path) -> None:
    with pytest.raises(GovWriterError) as caught:
        gov_writer.facts(folder / "gone.md")
    assert caught.value.code.startswith("INGEST") or caught.value.code.startswith("BRIEF")
    with pytest.raises(AttributeError):
        gov_writer.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_a_plain_check_loads_no_rules_for_what_it_has_not(tmp_path: Path) -> None:
    (tmp_path / "稿.md").write_text("排查隐患12处，整改12处。\n", encoding="utf-8")
    script = (
        "import sys, gov_writer; gov_writer.check(sys.argv[1]); "
        "print([m for m in sys.modules if m.startswith('gov_writer.checking.rules.')])"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "稿.md")]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "rules.wording" in loaded
    for group in ("comparing", "reconciling", "layout", "figures"):
        assert f"rules.{group}'" not in loaded, group
