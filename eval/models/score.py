"""What a draft is worth: facts, unsupported figures, leaks, themes, fallbacks; and its form."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.models.form import Form, form_of
from gov_writer import pipeline
from gov_writer.domain import EngineChoice
from gov_writer.llm import Desk, Fault, Request, open_engine
from gov_writer.settings import CheckSettings, EngineSettings
from tests.llm.guarantees import broken

FIGURES = ("FIG101", "FIG102", "FIG103", "FIG104", "FIG106", "FIG108", "FIG109", "FIG110", "FIG111")


@dataclass(frozen=True, kw_only=True)
class Score:
    """One run.  facts: counted facts of the sources; used, listed: in the draft, under unused.

    unsupported: figures that ``check`` reports as errors against the sources.  broken: guarantees that fail.
    kept: share of sections that came wholly from the engine.  attempts: answers asked for.
    """

    facts: int
    used: int
    listed: int
    unsupported: int
    broken: tuple[str, ...]
    themes: int
    themes_kept: int
    sections: int
    fell_back: int
    wholly: int
    attempts: int
    tokens: int
    seconds: float
    form: Form

    @staticmethod
    def heading() -> str:
        return (
            f"{'engine or mode':22}{'input set':20}{'facts':>6}{'used':>6}{'listed':>7}{'unsup':>6}{'broken':>7}"
            f"{'themes':>7}{'sect':>5}{'model':>6}{'part':>5}{'own':>4}{'asked':>6}{'s':>7}  form"
        )

    def line(self, label: str, name: str) -> str:
        part = self.fell_back - self.wholly
        return (
            f"{label[:21]:22}{name:20}{self.facts:6}{self.used:6}{self.listed:7}{self.unsupported:6}{len(self.broken):7}"
            f"{f'{self.themes_kept}/{self.themes}':>7}{self.sections:5}{self.sections - self.fell_back:6}{part:5}{self.wholly:4}"
            f"{self.attempts:6}{self.seconds:7.1f}  {self.form.line()}"
        )


def score(
    wanted: pipeline.Request, drafted: pipeline.Drafted, text: str, trace: dict[str, Any], seconds: float
) -> Score:
    brief, ledger = wanted.brief, drafted.ledger
    own = (
        f"{brief.title}{brief.period}{brief.as_of}{drafted.outline.title}{''.join(drafted.outline.signature)}"
    )
    counted = [fact.id for fact in ledger.facts if fact.counted]
    used = {f["fact"] for f in trace["figures"]} | {i for f in trace["figures"] for i in f.get("inputs", ())}
    sections = drafted.draft.sections
    return Score(
        facts=len(counted),
        used=sum(fact in used for fact in counted),
        listed=len({u["fact"] for u in trace["unused"]}),
        unsupported=_unsupported(wanted, text),
        broken=tuple(broken(text, trace, ledger, examples=wanted.examples, themes=brief.themes, own=own)),
        themes=len(brief.themes),
        themes_kept=sum(
            any(w in text for w in t.wordings) or f"【待补：{t.name}】" in text for t in brief.themes
        ),
        sections=len(sections),
        fell_back=sum(s.fell_back for s in sections),
        wholly=sum(s.fell_back and s.engine == "builtin" for s in sections),
        attempts=sum(s.attempts for s in sections),
        tokens=0,
        seconds=seconds,
        form=form_of(text),
    )


def _unsupported(wanted: pipeline.Request, text: str) -> int:
    from gov_writer import ingest

    brief = wanted.brief
    case = pipeline.case_of(
        ingest.from_text("draft.txt", text, id="D"), wanted.sources, period=brief.period, as_of=brief.as_of,
        settings=CheckSettings(select=FIGURES),
    )  # fmt: skip
    return sum(finding.severity.rank == 3 for finding in pipeline.examine(case).findings)


def plainly(path: Path, choice: EngineChoice, settings: EngineSettings, seconds: float) -> tuple[Score, str]:
    """The plain way with the same model: one prompt that holds the notes and asks for the report."""
    wanted = pipeline.request([str(path)])
    ledger, outline = pipeline.planned(wanted)
    notes = "\n\n".join(source.text for source in wanted.sources)[:6000]
    request = Request(
        system="你是街道办公室的文字秘书。",
        user=f"请根据下面的材料写一份《{outline.title}》，数据要准确、完整。\n\n{notes}",
        max_tokens=2400,
    )
    engine = open_engine(choice, settings=settings)
    began = time.monotonic()
    desk = Desk(engine, settings=settings, deadline=began + seconds)
    try:
        text = desk.ask(request).text
    except Fault as fault:
        text = f"（没有回答：{fault.message}）"
    finally:
        desk.close()
    took = time.monotonic() - began
    counted = [fact for fact in ledger.facts if fact.counted]
    squeezed = "".join(text.split())
    used = [f for f in counted if re.search(rf"(?<![\d.]){re.escape(''.join(f.text.split()))}", squeezed)]
    trace: dict[str, Any] = {"figures": [], "unused": [{"fact": f.id} for f in ledger.facts]}
    own = f"{wanted.brief.title}{wanted.brief.period}{outline.title}"
    faults = broken(text, trace, ledger, examples=wanted.examples, themes=wanted.brief.themes, own=own)
    return Score(
        facts=len(counted), used=len(used), listed=0, unsupported=_unsupported(wanted, text), broken=tuple(faults),
        themes=len(wanted.brief.themes),
        themes_kept=sum(any(w in text for w in t.wordings) for t in wanted.brief.themes),
        sections=1, fell_back=0, wholly=0, attempts=1, tokens=0, seconds=took, form=form_of(text),
    ), text  # fmt: skip
