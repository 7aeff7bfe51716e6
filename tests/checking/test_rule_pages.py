"""docs/rules/ says what the rules say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_pages_are_current() -> None:
    script = ROOT / "eval" / "rule_pages.py"
    result = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True)
    assert result.returncode == 0, f"{result.stdout}run: python eval/rule_pages.py\n{result.stderr}"
