"""``gov-writer init`` and the main job on what it hands out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gov_writer import ingest, pipeline
from gov_writer.cli import app as module
from gov_writer.errors import GovWriterError

from .conftest import assert_guarantees, findings


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("init") / "东岭"
    run("init", str(target))
    return target


def run(*arguments: str) -> tuple[int, str, str]:
    if not module.app.registered_commands:
        module._register()
    result = CliRunner().invoke(module.app, list(arguments))
    if isinstance(result.exception, GovWriterError):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_it_is_a_real_case(folder: Path) -> None:
    assert len(list((folder / "notes").glob("*.md"))) == 5
    assert len(list((folder / "reports").glob("*.md"))) == 2
    drafted = pipeline.draft(pipeline.request([folder / "brief.yaml"]))
    assert_guarantees(drafted)
    assert 60 <= len([f for f in drafted.ledger.facts if f.counted]) <= 140
    assert {u.reason.split()[0] for u in drafted.draft.unused} == {"repeats", "contradicts"}
    told = {(f.rule, f.severity.value) for f in findings(drafted, group="FIG")}
    assert told <= {("FIG107", "warning"), ("FIG102", "info")}  # the contradicted fact alone; undecided
    assert not findings(drafted, group="THM")
    assert not [f for f in findings(drafted, group="") if f.severity.value == "error"]
    assert "南塘" not in drafted.draft.text and "同时，" in drafted.draft.text


def test_init_overwrites_nothing(folder: Path) -> None:
    before = (folder / "brief.yaml").read_bytes()
    with pytest.raises(GovWriterError, match="已经存在"):
        run("init", str(folder))
    assert (folder / "brief.yaml").read_bytes() == before


@pytest.mark.parametrize("form", ["docx", "md", "txt", "html", "json"])
def test_draft_command(folder: Path, tmp_path: Path, form: str) -> None:
    out, trace = tmp_path / f"初稿.{form}", tmp_path / "溯源.json"
    code, stdout, stderr = run("draft", str(folder / "brief.yaml"), "-o", str(out), "--trace", str(trace))
    assert (code, stdout) == (0, "") and "矛盾" in stderr
    data = json.loads(trace.read_text(encoding="utf-8"))
    assert data["engine"] == {"name": "builtin", "model": None, "prompts": {}}
    if form == "json":
        shown = json.loads(out.read_text(encoding="utf-8"))["text"]
    elif form == "html":
        shown = re.sub(r"<[^>]+>", "", out.read_text(encoding="utf-8"))
    else:
        shown = ingest.read(out).text
    for figure in data["figures"]:
        if form == "html":
            assert figure["text"] in shown
        else:
            assert shown[figure["start"] : figure["end"]] == figure["text"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_standard_output_holds_the_draft_alone(folder: Path) -> None:
    code, stdout, _ = run("draft", str(folder / "notes" / "1党建办.md"))
    assert code == 0 and stdout.startswith("# ") and "提醒" not in stdout


def test_wrong_calls(folder: Path, tmp_path: Path) -> None:
    note = str(folder / "notes" / "1党建办.md")
    before = Path(note).read_bytes()
    for arguments in (
        ["draft", note, "-o", str(tmp_path / "x.pdf")],
        ["draft", note, "-o", note],
        ["draft", str(tmp_path / "none.md")],
        ["draft", note, "--themes", str(tmp_path / "none.yaml")],
        ["draft", note, "--examples", str(tmp_path / "none")],
        ["draft", note, "-o", str(tmp_path / "no" / "x.md")],
    ):
        with pytest.raises(GovWriterError) as caught:
            run(*arguments)
        assert caught.value.hint
    assert Path(note).read_bytes() == before
    assert list(tmp_path.iterdir()) == []


def test_the_workbook_is_what_its_script_makes() -> None:
    import importlib.util

    path = Path(__file__).resolve().parents[2] / "eval" / "make_example_workbook.py"
    spec = importlib.util.spec_from_file_location("make_example_workbook", path)
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.build() == script.HERE.read_bytes()
