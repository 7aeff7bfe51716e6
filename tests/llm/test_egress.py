"""What the egress log keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gov_writer.llm.egress import EgressLog


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("http://clerk:secret@10.0.0.5:8000/v1/chat/completions", "http://10.0.0.5:8000/v1/chat/completions"),
        ("http://10.0.0.5/v1/a@b", "http://10.0.0.5/v1/a@b"),
    ],
)
def test_a_password_in_the_address_is_not_kept(tmp_path: Path, url: str, kept: str) -> None:
    log = EgressLog(tmp_path / "e.jsonl")
    log.sent(url, b"{}")
    log.close()
    assert json.loads((tmp_path / "e.jsonl").read_text(encoding="utf-8"))["url"] == kept
