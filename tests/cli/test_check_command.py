"""``gov-writer check`` and ``rules``: options, exit codes, settings, baseline, fixes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def _run(*args: str, cwd: Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gov_writer", *args]
    return subprocess.run(command, cwd=cwd, input=text, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notes.md").write_text("- 排查隐患8753处\n- 开展演练28次\n", encoding="utf-8")
    (tmp_path / "good.md").write_text("全年排查隐患8753处，开展演练28次。\n", encoding="utf-8")
    (tmp_path / "bad.md").write_text("全年排查隐患8573处，开展演练28次。\n", encoding="utf-8")
    return tmp_path


def test_exit_codes(folder: Path) -> None:
    assert _run("check", "good.md", "--against", "notes.md", cwd=folder).returncode == 0
    assert _run("check", "bad.md", "--against", "notes.md", cwd=folder).returncode == 1
    assert _run("check", "bad.md", "--against", "notes.md", "--fail-on", "never", cwd=folder).returncode == 0
    assert _run("check", "bad.md", "--against", "notes.md", "--ignore", "FIG", cwd=folder).returncode == 0
    for wrong in (["none.md"], ["good.md", "--against", "none.md"], ["good.md", "--select", "XYZ"]):
        result = _run("check", *wrong, cwd=folder)
        assert result.returncode == 2 and result.stdout == "" and "编号" in result.stderr
        assert "Traceback" not in result.stderr
    assert _run("check", "good.md", "--period", "someday", cwd=folder).returncode == 2
    assert _run("check", "good.md", "--as-of", "2025-13-01", cwd=folder).returncode == 2


def test_standard_input_and_output_file(folder: Path) -> None:
    draft = (folder / "bad.md").read_text(encoding="utf-8")
    args = ("check", "-", "--against", "notes.md", "--format", "json", "-o", "out.json")
    assert _run(*args, cwd=folder, text=draft).returncode == 1
    data = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert [f["rule"] for f in data["findings"]] == ["FIG102"]
    assert _run("check", "good.md", "-o", "no/such/out.txt", cwd=folder).returncode == 2
    assert sorted(p.name for p in folder.iterdir()) == ["bad.md", "good.md", "notes.md", "out.json"]


def test_several_drafts_and_none_skipped_silently(folder: Path) -> None:
    result = _run("check", "good.md", "missing.md", "bad.md", "--against", "notes.md", cwd=folder)
    assert result.returncode == 2
    assert "missing.md" in result.stderr and "FIG102" in result.stdout


def test_settings_of_the_nearest_folder(folder: Path) -> None:
    (folder / "gov-writer.toml").write_text('[check]\nfail_on = "never"\n[check.severity]\nFIG102 = "info"\n')
    result = _run("check", "bad.md", "--against", "notes.md", "--format", "json", cwd=folder)
    assert result.returncode == 0
    assert [f["severity"] for f in json.loads(result.stdout)["findings"]] == ["info"]
    (folder / "gov-writer.toml").write_text('[check]\nfailon = "never"\n')
    result = _run("check", "bad.md", cwd=folder)
    assert result.returncode == 2 and "fail_on" in result.stderr


def test_layers_of_word_lists(folder: Path) -> None:
    for layer, wrong in (("province", "先锋邻航"), ("office", "先锋领行")):
        (folder / layer).mkdir()
        (folder / layer / "fixed_expressions.yaml").write_text(
            f"- text: 先锋领航\n  wrong: [{wrong}]\n", encoding="utf-8"
        )
    (folder / "gov-writer.toml").write_text('[check]\nlayers = ["province", "office"]\n')
    (folder / "d.md").write_text("实施先锋领行行动，推进先锋邻航工程。\n", encoding="utf-8")
    result = _run("check", "d.md", "--select", "THM403", "--format", "json", cwd=folder)
    assert [f["text"] for f in json.loads(result.stdout)["findings"]] == ["先锋领行"]


def test_comment_with_a_reason_takes_a_finding_back(folder: Path) -> None:
    draft = "<!-- gov-writer: ignore FIG102 以现场核对为准 -->\n全年排查隐患8573处，开展演练28次。\n"
    (folder / "d.md").write_text(draft, encoding="utf-8")
    result = _run("check", "d.md", "--against", "notes.md", cwd=folder)
    assert result.returncode == 0 and "1 个问题" in result.stderr
    (folder / "d.md").write_text(draft.replace(" 以现场核对为准", ""), encoding="utf-8")
    result = _run("check", "d.md", "--against", "notes.md", cwd=folder)
    assert result.returncode == 1 and "没有写理由" in result.stderr


def test_baseline_marks_the_known_and_shows_the_new(folder: Path) -> None:
    args = ("check", "bad.md", "--against", "notes.md", "--baseline", "known.json")
    assert _run(*args, cwd=folder).returncode == 2
    written = _run("check", "bad.md", "--against", "notes.md", "--write-baseline", "known.json", cwd=folder)
    assert written.returncode == 0
    assert _run(*args, cwd=folder).returncode == 0
    text = (folder / "bad.md").read_text(encoding="utf-8").replace("28次", "82次")
    (folder / "bad.md").write_text(f"今年工作平稳。\n\n{text}", encoding="utf-8")
    assert _run(*args, cwd=folder).returncode == 1


def test_fix_changes_punctuation_and_no_figure(folder: Path) -> None:
    raw = "全年排查隐患8573处,整改到位,成效明显.\r\n开展演练28次。\r\n".encode()
    (folder / "d.md").write_bytes(raw)
    _run("check", "d.md", "--against", "notes.md", "--fix", cwd=folder)
    fixed = (folder / "d.md").read_bytes().decode()
    assert "8573处，整改到位，" in fixed and fixed.count("\r\n") == 2


def test_rules_command(folder: Path) -> None:
    listed = _run("rules", cwd=folder)
    assert listed.returncode == 0 and "FIG109" in listed.stdout
    one = _run("rules", "FIG109", cwd=folder)
    assert "张冠李戴" in one.stdout and "依据" in one.stdout
    assert _run("rules", "FIG999", cwd=folder).returncode == 2


def test_several_drafts_are_a_list_though_one_cannot_be_read(folder: Path) -> None:
    result = _run("check", "good.md", "missing.md", "--format", "json", cwd=folder)
    assert result.returncode == 2
    assert [one["document"]["path"] for one in json.loads(result.stdout)] == ["good.md"]
    result = _run("check", "none.md", "missing.md", "--format", "json", cwd=folder)
    assert (result.returncode, result.stdout, result.stderr.count("INGEST-101")) == (2, "", 2)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["check", ""], "INGEST-101", "文件名是空的"),
        (["text", " "], "INGEST-101", "文件名是空的"),
        (["check", "good.md", "-o", " "], "OUT-102", "文件名是空的"),
        (["check", "good.md", "--baseline", "x" * 300], "CALL-140", "文件名太长"),
        (["check", "good.md", "--baseline", "none.json"], "CALL-140", "文件不存在"),
    ],
)
def test_a_name_that_can_be_no_files(folder: Path, words: list[str], code: str, said: str) -> None:
    before = sorted(folder.iterdir())
    result = _run(*words, cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr and f"编号 {code}" in result.stderr
    assert sorted(folder.iterdir()) == before


def test_a_folder_that_is_gone_is_told(folder: Path) -> None:
    gone = folder / "gone"
    script = (
        f"mkdir {gone} && cd {gone} && rmdir {gone} && {sys.executable} -P -m gov_writer check ../good.md"
    )
    result = subprocess.run(["sh", "-c", script], capture_output=True, text=True, encoding="utf-8")
    assert result.returncode == 2
    assert "编号 CALL-108" in result.stderr


def test_ctrl_c_says_so(folder: Path) -> None:
    import signal
    import time

    (folder / "long.md").write_text("全年排查隐患8753处，" * 60_000, encoding="utf-8")
    command = [sys.executable, "-m", "gov_writer", "facts", "long.md"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        time.sleep(1.5)
        run.send_signal(signal.SIGINT)
        said = run.communicate()[1].decode()
    assert run.returncode == 130
    assert "Traceback" not in said and "已中断" in said


def test_the_briefs_unit_may_sign(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("转移群众214户583人\n", encoding="utf-8")
    (tmp_path / "draft.md").write_text(
        "# 强降雨应对情况报告\n\n区防汛指挥部：\n\n转移群众214户583人。\n\n清源街道办事处\n", encoding="utf-8"
    )
    brief = "title: 强降雨应对情况报告\nunit: 清源街道办事处\naddressee: 区防汛指挥部\nsources: [notes.md]\n"
    (tmp_path / "brief.yaml").write_text(brief, encoding="utf-8")
    args = ("check", "draft.md", "--format", "json")
    alone = _run(*args, "--against", "notes.md", cwd=tmp_path)
    with_brief = _run(*args, "--brief", "brief.yaml", cwd=tmp_path)
    assert "清源街道办事处" in str(json.loads(alone.stdout)["findings"])
    assert json.loads(with_brief.stdout)["findings"] == []
