"""The prompts travel in the wheel and are found there."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gov_writer.llm import load_prompt

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_an_installed_wheel_finds_its_prompts(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, check=True, cwd=ROOT, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "from gov_writer.llm.prompts import folder, load; import gov_writer;"
        "print(gov_writer.__file__); print(folder()); print(load('section.v1').sha256)"
    )
    given = {"PYTHONPATH": str(tmp_path / "site"), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=tmp_path, env=given
    )
    package, found, digest = done.stdout.split()
    assert (
        package.startswith(str(tmp_path)) and found.endswith("_prompts") and found.startswith(str(tmp_path))
    )
    assert digest == load_prompt("section.v1").sha256
