"""Prompts: declared inputs, frozen releases, found wherever the package is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from gov_writer.errors import GovWriterError
from gov_writer.llm import load_prompt
from gov_writer.llm.prompts import folder

#: Released prompts.  Never change a line here: a better prompt is a new file with the next number.
RELEASED: dict[str, str] = {
    "opening_closing.v1": "e81214e3ec7b23617dcfc94262bd188e5a5b7102ecee9a1d209b6c14d9a2919f",
    "outline.v1": "b21f85b68c5b45f249ccb350deb3d30a5ac065a02fc768ca99e9e95ce5fed1ac",
    "polish.v1": "e2df3001e7f8b8cc019b2c293aed542fc61080eaf7500086af2739587d0a899f",
    "repair.v1": "e7b9200168599c7eeac2456b6fd99b90a1c0daf935f77c2497d011c09e2f5c44",
    "section.v1": "0f1f9e00611c262c4e7be3525c07b16015411add781703e304758ec90ed564dd",
    "section.v2": "fda26caa75dbd58a0045836e10833f64afecc861f7ec4a79c16f0813f47fa665",
    "voice_annual_summary.v1": "d471263519b17a4326ba56597be80b16fc4eb6c2a09454b4263e3a0392ae3e03",
    "voice_duty_report.v1": "afab52d9d94bcf5734b60a3f219ab3f633fd3cc71a3f56e043eb7abc30a5be77",
    "voice_situation_report.v1": "a04dd3e3b1dee87818cd63970ece5038ff27db5a0be4a5fc7597ffd7f2fe5c8f",
    "voice_work_briefing.v1": "925c538aa8b541656c772482eb42264a5ba816a8ff798cdab887d1e8b60e5b8c",
}


def test_released_prompts_are_never_edited() -> None:
    for path in folder().glob("*.jinja"):
        name = path.name.removesuffix(".jinja")
        digest = hashlib.sha256(path.read_text("utf-8").replace("\r\n", "\n").encode()).hexdigest()
        assert name in RELEASED, f"list the new prompt {name}: {digest}"
        assert RELEASED[name] == digest, f"{name} was edited; give the new text the next number"
        assert load_prompt(name).sha256 == digest
    assert set(RELEASED) <= {p.name.removesuffix(".jinja") for p in folder().glob("*.jinja")}


def test_exactly_the_declared_inputs_are_taken() -> None:
    prompt = load_prompt("section.v1")
    values = dict.fromkeys(prompt.inputs, "")
    prompt.render(**values)
    with pytest.raises(GovWriterError) as missing:
        prompt.render(**{k: v for k, v in values.items() if k != "groups"})
    assert missing.value.code == "LLM-202" and "groups" in str(missing.value)
    with pytest.raises(GovWriterError) as extra:
        prompt.render(**values, mood="")
    assert "mood" in str(extra.value)


@pytest.mark.parametrize(
    "text",
    [
        "no front matter",
        "---\ninputs: [a]\n---\n{% block system %}{% endblock %}",
        "---\ninputs: [a]\noutput: x\n---\n{% block system %}{{ b }}{% endblock %}{% block user %}{{ a }}{% endblock %}",
        "---\ninputs: [a]\noutput: x\n---\n{% block system %}{{ a }}{% endblock %}",
    ],
)
def test_a_malformed_prompt_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.v1.jinja").write_text(text, encoding="utf-8")
    monkeypatch.setattr("gov_writer.llm.prompts.folder", lambda: tmp_path)
    with pytest.raises(GovWriterError) as error:
        load_prompt("broken.v1")
    assert error.value.code == "LLM-201"


def test_an_unknown_prompt_is_an_error() -> None:
    with pytest.raises(GovWriterError):
        load_prompt("section.v999")
