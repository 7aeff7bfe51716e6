"""What of a model's recorded answers stands: python -m eval.models.replay [--prompt section.v1] [--plainly] ANSWERS.jsonl...

``eval.models.run --answers FILE`` records what a model said; here the same answers are judged anew, without the model,
so that a change in what is accepted is measured on the same words (first answers alone: what is asked for
again depends on what stood). Prints per file the share of answered
sections and of statements that stand in the model's words, and the most frequent reasons for refusal. --prompt: the one
that the answers were given to. --plainly: without cutting out additions, doubled units and bare tokens, sentences whole.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections import Counter
from pathlib import Path
from unittest.mock import patch

from gov_writer import pipeline
from gov_writer.domain import EngineChoice
from gov_writer.drafting import accept, phrase, questions
from gov_writer.drafting.assemble import Part
from gov_writer.drafting.model_writer import ModelWriter
from gov_writer.llm import Answer, Fault, Heard, Request
from gov_writer.settings import EngineSettings

INPUTS = Path(__file__).resolve().parent / "inputs"


def key(request: Request) -> str:
    """Names a question by its text."""
    return hashlib.sha256(f"{request.system}\n{request.user}".encode()).hexdigest()


class Recorder:
    """An engine that writes down what another one answers."""

    def __init__(self, engine: object, file: Path, name: str) -> None:
        self._engine, self._file, self._set = engine, file, name

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    async def complete(self, request: Request, *, seconds: float, heard: Heard) -> Answer:
        answer: Answer = await self._engine.complete(request, seconds=seconds, heard=heard)  # type: ignore[attr-defined]
        row = {"set": self._set, "key": key(request), "label": request.label, "text": answer.text}
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return answer


class Recorded:
    """An engine that knows recorded answers alone."""

    name, model, endpoint = "openai", "recorded", "http://recorded"

    def __init__(self, answers: dict[str, str]) -> None:
        self._answers = answers

    async def complete(self, request: Request, *, seconds: float, heard: Heard) -> Answer:
        del seconds, heard
        text = self._answers.get(key(request))
        if text is None:
            raise Fault("没有记录")
        return Answer(text=text)

    def warm(self) -> None:
        """Nothing to load."""

    async def close(self) -> None:
        """Nothing to let go of."""


def replay(name: str, answers: dict[str, str]) -> tuple[int, int, int, int, Counter[str]]:
    """Statements asked for, statements that stand, sections, sections without a fallback, reasons."""
    asked = stood = 0
    parts: list[Part] = []
    made = phrase.Part

    def kept(*given: object, **named: object) -> Part:
        part = made(*given, **named)  # type: ignore[arg-type]
        parts.append(part)
        return part

    with (
        patch("gov_writer.drafting.model_writer.open_engine", lambda *_, **__: Recorded(answers)),
        patch.object(phrase, "Part", kept),
    ):
        settings = EngineSettings(cache=False, retries=0, repairs=0, concurrency=1)
        writer = ModelWriter(EngineChoice(name="openai"), settings=settings, deadline=time.monotonic() + 60)
        drafted = pipeline.draft(pipeline.request([str(INPUTS / name / "brief.yaml")]), writer=writer)
    for part in parts:
        asked += len(part.sheet.units)
        stood += len(part.sheet.units) - len(part.open())
    traces = [s for s in drafted.draft.sections if s.attempts]
    reasons = Counter(re.sub("“[^”]*”", "“…”", why.split("：")[0])[:40] for s in traces for why in s.rejected)
    return asked, stood, len(traces), sum(not s.fell_back for s in traces), reasons


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--prompt", default=questions.SECTION)
    ask.add_argument("--plainly", action="store_true")
    ask.add_argument("files", nargs="+", type=Path)
    given = ask.parse_args()
    questions.SECTION = given.prompt
    if given.plainly:
        accept._Judge.parts = lambda self: []  # type: ignore[method-assign]
        accept._without_additions = lambda said, note: said
        accept.units_once = accept.bracketed = lambda line, sheet: line
    for file in given.files:
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        total: Counter[str] = Counter()
        reasons: Counter[str] = Counter()
        for name in dict.fromkeys(row["set"] for row in rows):
            answers = {row["key"]: row["text"] for row in rows if row["set"] == name}
            asked, stood, sections, whole, why = replay(name, answers)
            print(f"{file.name:28}{name:20}{stood:4}/{asked:<4} statements {whole}/{sections} sections")
            total.update(asked=asked, stood=stood, sections=sections, whole=whole)
            reasons.update(why)
        share = total["stood"] / (total["asked"] or 1)
        print(
            f"{file.name:28}{'all':20}{share:8.1%} of statements, {total['whole']}/{total['sections']} sections"
        )
        print("   ", "; ".join(f"{reason} ×{count}" for reason, count in reasons.most_common(8)))


if __name__ == "__main__":
    main()
