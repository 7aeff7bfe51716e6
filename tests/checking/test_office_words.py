"""An office's own terms and confusables outrank the lists that ship with the project."""

from __future__ import annotations

from gov_writer import ingest, pipeline
from gov_writer.checking import run
from gov_writer.settings import CheckSettings


def _found(text: str, **office: tuple[object, ...]) -> list[tuple[str, str, str | None]]:
    settings = CheckSettings(select=("TXT604", "TXT605", "TXT606"), **office)  # type: ignore[arg-type]
    case = pipeline.case_of(ingest.from_text("draft.md", text, id="D"), settings=settings)
    return [(f.rule, f.text, f.expected) for f in run(case).findings]


def test_a_term_of_the_office_is_no_drift_and_no_slip() -> None:
    text = "“邻里守望”“邻里守望”“邻里首望”，设立邻邻里驿站，打造累积100家品牌。"
    assert [rule for rule, _, _ in _found(text)] == ["TXT605", "TXT604", "TXT606"]
    assert _found(text, terms=("邻里首望", "邻邻里驿站", "累积100家")) == []


def test_the_offices_confusables() -> None:
    text = "建设清廉街道，截止6月底完成。"
    assert _found(text) == [("TXT606", "截止", "截至")]
    assert _found(text, confusables=(("清廉街道", "清正街道"), ("截止", "截止"))) == [
        ("TXT606", "清廉街道", "清正街道")
    ]
