"""Shared fixtures.  Tests that read ../shared skip without it, and fail instead when CI=true."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with seeds/, gold/ and reports/."""
    if not SHARED.is_dir():
        message = f"{SHARED} is not here: seeds, gold and reports can't be read"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return SHARED
