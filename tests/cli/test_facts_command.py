"""``gov-writer facts``: the contract's JSON, tables for a spreadsheet, and what happens to bad input."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

KEYS = {
    *("id", "source", "locator", "start", "end", "text", "kind", "value", "low", "high", "approx", "unit"),
    *("subject", "date_start", "date_end", "period"),
}


def run(*arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from gov_writer.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, input=stdin, timeout=60)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "材料.md"
    path.write_text(
        "东岭街道2025年工作总结\n认真学习二十大精神，排查隐患1.2万处，同比下降2.30%。\n", encoding="utf-8"
    )
    return path


def read(*arguments: str) -> dict[str, Any]:
    done = run("facts", *arguments)
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_json_is_the_contracts(notes: Path) -> None:
    found = read(str(notes))
    assert found["version"] == 1
    text = notes.read_text(encoding="utf-8")
    (source,) = found["sources"]
    assert source["characters"] == len(text)
    assert {"id", "path", "sha256", "characters"} == set(source)
    year, hazards, growth = found["facts"]
    for fact in found["facts"]:
        assert set(fact) >= KEYS
        assert text[fact["start"] : fact["end"]] == fact["text"]
    assert (year["kind"], year["date_start"], year["date_end"]) == ("period", "2025-01-01", "2025-12-31")
    assert (hazards["value"], hazards["unit"], hazards["subject"]) == ("12000", "处", "排查隐患")
    assert hazards["period"] == {"text": "2025年", "start": "2025-01-01", "end": "2025-12-31"}
    assert (growth["kind"], growth["value"]) == ("growth", "-2.3")


def test_all_lists_labels_with_ids_of_their_own(notes: Path) -> None:
    plain, everything = read(str(notes)), read(str(notes), "--all")
    labels = [f for f in everything["facts"] if f["kind"] == "label"]
    assert [(f["id"], f["text"], f["locator"]) for f in labels] == [("L1", "二十大", "第2行")]
    assert [f for f in everything["facts"] if f["kind"] != "label"] == plain["facts"]
    starts = [f["start"] for f in everything["facts"]]
    assert starts == sorted(starts)


def test_a_bad_file_does_not_stop_the_others(notes: Path, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    done = run("facts", str(tmp_path / "无.md"), str(notes), str(tmp_path / "空.txt"))
    assert done.returncode == 2
    assert len(json.loads(done.stdout)["facts"]) == 3
    message = done.stderr.decode()
    assert "无.md" in message and "空.txt" in message and "编号 INGEST-" in message
    assert "Traceback" not in message


def test_csv_runs_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "=材料.md"
    path.write_text("=cmd|走访12户。\n@街道慰问3户，下降5%。\n", encoding="utf-8")
    out = tmp_path / "台账.csv"
    assert run("facts", str(path), "-o", str(out)).returncode == 0
    rows = list(csv.reader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
    assert rows[0][0] == "编号" and len(rows) == 4
    for row in rows:
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)


def test_workbook(notes: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    out = tmp_path / "台账.xlsx"
    assert run("facts", str(notes), "-o", str(out)).stdout == b""
    sheet = load_workbook(out).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[2][3] == "1.2万处" and rows[2][5] == 12000
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["台账.xlsx", "材料.md"]


def test_wrong_date_and_unwritable_out(notes: Path, tmp_path: Path) -> None:
    assert run("facts", str(notes), "--as-of", "昨天").returncode == 2
    done = run("facts", str(notes), "-o", str(tmp_path / "无" / "台账.json"))
    assert done.returncode == 2 and "OUT-" in done.stderr.decode()


def test_standard_input() -> None:
    done = run("facts", "-", stdin="走访12户。".encode())
    assert json.loads(done.stdout)["facts"][0]["text"] == "12户"
