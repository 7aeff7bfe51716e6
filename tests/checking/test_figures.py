"""Figures against sources on whole texts: the text itself, a paraphrase, and single faults in either."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gov_writer import ingest, pipeline
from gov_writer.domain import FIGURES, Fact, Kind, Report, Source
from gov_writer.settings import CheckSettings

DATA = Path(__file__).parent / "data"
FIG = CheckSettings(select=("FIG",))


def _check(draft: str, sources: list[Source], period: str | None = None) -> Report:
    source = ingest.from_text("draft.md", draft, id="D")
    return pipeline.examine(pipeline.case_of(source, sources, period=period, settings=FIG))


def _figures(path: Path) -> tuple[Source, tuple[Fact, ...]]:
    source = ingest.read(path, id="D")
    return source, pipeline.case_of(source, period="2025").claims.facts


def test_a_text_against_itself_is_covered_both_ways(shared: Path) -> None:
    for path in sorted((*(shared / "seeds").glob("*.txt"), *(shared / "reports").glob("*.txt"))):
        source = ingest.read(path)
        report = pipeline.examine(pipeline.case_of(ingest.read(path, id="D"), [source], settings=FIG))
        assert [(f.rule, f.text, f.message) for f in report.findings] == [], path.name
        coverage = report.coverage
        assert coverage.figures == coverage.figures_supported and coverage.facts == coverage.facts_used
        assert coverage.unused == ()


def test_a_paraphrase_is_covered_both_ways() -> None:
    notes = ingest.read(DATA / "notes.md")
    report = _check((DATA / "report.md").read_text(encoding="utf-8"), [notes], "2025")
    assert [(f.rule, f.text, f.message) for f in report.findings] == []
    assert report.coverage.figures == report.coverage.figures_supported
    assert report.coverage.unused == ()


def _faults() -> list[tuple[str, str, int]]:
    """``(kind, changed report, offset)`` for one fault in each figure of the paraphrased report."""
    source, facts = _figures(DATA / "report.md")
    text, found = source.text, []
    for fact in facts:
        if fact.kind not in FIGURES or not re.search(r"\d", fact.text):
            continue
        digit = max(i for i, c in enumerate(fact.text) if c.isdigit())
        other = str((int(fact.text[digit]) + 4) % 10)
        changed = fact.text[:digit] + other + fact.text[digit + 1 :]
        found.append(("digit", text[: fact.start] + changed + text[fact.end :], fact.start))
        if fact.kind is Kind.QUANTITY and "." not in fact.text:
            changed = fact.text[: digit + 1] + "0" + fact.text[digit + 1 :]
            found.append(("tenfold", text[: fact.start] + changed + text[fact.end :], fact.start))
    return found


def test_one_wrong_digit_in_a_paraphrase_is_found() -> None:
    notes = ingest.read(DATA / "notes.md")
    missed, total = [], 0
    for kind, text, offset in _faults():
        rules = {f.rule for f in _check(text, [notes], "2025").findings if f.start <= offset < f.end}
        total += 1
        wanted = {"FIG104"} if kind == "tenfold" else {"FIG102", "FIG104", "FIG105", "FIG108"}
        if not rules & wanted:
            missed.append((kind, text[offset - 10 : offset + 12], rules))
    assert len(missed) <= 0.02 * total, missed


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("1863人", "642名"),
        ("5200个", "735个"),
        ("1127件", "9120件"),
        ("4.62亿元", "12.8亿元"),
        ("168个", "156个"),
    ],
)
def test_a_swap_in_a_paraphrase_is_found(one: str, two: str) -> None:
    notes = ingest.read(DATA / "notes.md")
    text = (DATA / "report.md").read_text(encoding="utf-8")
    swapped = text.replace(one, "\x01").replace(two, one).replace("\x01", two)
    rules = [(f.rule, f.text) for f in _check(swapped, [notes], "2025").findings]
    assert ("FIG109", one) in rules and ("FIG109", two) in rules


def test_a_deleted_sentence_is_reported_at_its_section() -> None:
    notes = ingest.read(DATA / "notes.md")
    text = (DATA / "report.md").read_text(encoding="utf-8")
    cut = "社区食堂累计供餐12.4万份。"
    left = text.replace(cut, "")
    findings = [f for f in _check(left, [notes], "2025").findings if f.rule == "FIG107"]
    assert [f.expected for f in findings] == ["12.4万份"]
    section = left.index("## 四、")
    assert findings[0].start == findings[0].end == len(left[:section].rstrip())


def test_derivations_name_their_formula() -> None:
    notes = ingest.from_text("n.md", "上半年走访困难家庭318户。\n\n下半年走访困难家庭205户。")
    report = _check("全年共走访困难家庭523户。", [notes])
    assert report.findings == ()
    assert report.links[0].formula == "F2 + F4"
    assert [e.text for e in report.links[0].evidence] == [
        "上半年走访困难家庭318户。",
        "下半年走访困难家庭205户。",
    ]


def test_the_same_source_twice_counts_once(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("全年走访企业132家。\n", encoding="utf-8")
    draft = tmp_path / "draft.md"
    draft.write_text("全年走访企业132家。\n", encoding="utf-8")
    report = pipeline.examine(pipeline.prepare(draft, [tmp_path / "a.md", tmp_path / "b.md"]))
    assert report.coverage.facts == 1


def test_fig_is_not_reported_again_as_ari() -> None:
    notes = ingest.from_text("n.md", "走访群众320户，其中低保户120户、脱贫户200户。")
    draft = ingest.from_text("d.md", "走访群众320户，其中低保户120户、脱贫户300户。", id="D")
    report = pipeline.examine(pipeline.case_of(draft, [notes]))
    spans = [(f.start, f.end) for f in report.findings if f.rule.startswith("FIG")]
    assert spans
    assert not [f for f in report.findings if f.rule.startswith("ARI") and (f.start, f.end) in spans]


def test_a_figures_fix_is_told_and_never_safe() -> None:
    notes = ingest.from_text("材料.md", "- 排查安全隐患8753处\n", id="S1")
    draft = ingest.from_text("稿.md", "全年排查安全隐患8573处。", id="D")
    (finding,) = pipeline.examine(pipeline.case_of(draft, [notes])).findings
    assert finding.fix is not None and not finding.fix.safe
    assert (finding.rule, finding.fix.start, finding.fix.end, finding.fix.text) == (
        "FIG102",
        finding.start,
        finding.end,
        "8753处",
    )
