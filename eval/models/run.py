"""Drafts of the input sets by every engine, scored: python -m eval.models.run [--engine ...] [--set ...] [--plain]

Engines: ``builtin``; ``hostile`` (each mode of tests/llm/hostile_server.py, more_lies.py, sly_lies.py, quiet_lies.py, broken_server.py and odd_server.py); a path to a .gguf file (engine
``local``); or ``URL MODEL`` joined by ``=`` (http://127.0.0.1:8000/v1=qwen). One JSON line per run goes to --out,
with everything needed to compare it later: model, settings, revision, prompt hashes, package versions.
``--plain`` adds what the same model does with one prompt that holds the notes and asks for the report.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from eval.models.replay import Recorder  # noqa: E402
from eval.models.score import Score, plainly, score  # noqa: E402
from gov_writer import pipeline  # noqa: E402
from gov_writer.domain import EngineChoice  # noqa: E402
from gov_writer.drafting.model_writer import ModelWriter  # noqa: E402
from gov_writer.settings import EngineSettings  # noqa: E402
from tests.llm.broken_server import BROKEN  # noqa: E402
from tests.llm.hostile_server import PROTOCOL  # noqa: E402
from tests.llm.lies import TALK  # noqa: E402
from tests.llm.more_lies import MORE  # noqa: E402
from tests.llm.odd_server import ODD, OddServer  # noqa: E402
from tests.llm.quiet_lies import QUIET  # noqa: E402
from tests.llm.sly_lies import SLY  # noqa: E402

TALK.update({name: lie for name, (lie, _) in {**MORE, **SLY, **QUIET}.items()})
SETS = sorted(path.name for path in (HERE / "inputs").iterdir() if path.is_dir())


@contextmanager
def endpoint(engine: str, mode: str) -> Iterator[EngineChoice]:
    if engine == "builtin":
        yield EngineChoice()
    elif engine == "hostile":
        server = OddServer(mode)
        try:
            yield EngineChoice(name="openai", model=mode, base_url=server.url)
        finally:
            server.close()
    elif engine.endswith(".gguf"):
        yield EngineChoice(name="local", model=engine)
    else:
        url, _, model = engine.rpartition("=")
        yield EngineChoice(name="openai", model=model, base_url=url)


def run(
    name: str, choice: EngineChoice, settings: EngineSettings, seconds: float, answers: Path | None = None
) -> tuple[Score, dict[str, Any], str]:
    wanted = pipeline.request([str(HERE / "inputs" / name / "brief.yaml")])
    began = time.monotonic()
    writer = None
    if choice.name != "builtin":
        writer = ModelWriter(choice, settings=settings, deadline=began + seconds)
        if answers is not None and writer._desk is not None:
            writer._desk.engine = Recorder(writer._desk.engine, answers, name)  # type: ignore[assignment]
    drafted = pipeline.draft(wanted, writer=writer)
    took = time.monotonic() - began
    data, trace = pipeline.render(drafted, "txt")
    spent = asdict(writer.spent) if writer else {}
    return score(wanted, drafted, data.decode(), trace, took), {"spent": spent, "trace": trace}, data.decode()


def circumstances(choice: EngineChoice, settings: EngineSettings) -> dict[str, Any]:
    revision = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False
    ).stdout.strip()
    shown = replace(settings, api_key=None, cache_dir=None)
    return {
        "engine": choice.name,
        "model": Path(choice.model or "").name,
        "settings": asdict(shown),
        "revision": revision,
        "python": platform.python_version(),
        "packages": {p: version(p) for p in ("openai", "langchain-core", "langchain-openai", "jinja2")},
    }


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--engine", action="append", help="builtin, hostile, FILE.gguf or URL=MODEL; repeatable")
    ask.add_argument("--set", action="append", choices=SETS)
    ask.add_argument("--mode", action="append", help="hostile modes; all if left out")
    ask.add_argument("--plain", action="store_true", help="also the plain way: one prompt with the notes")
    ask.add_argument("--deadline", type=float, default=600.0)
    ask.add_argument("--concurrency", type=int, default=4)
    ask.add_argument("--threads", type=int, default=1, help="of a local model")
    ask.add_argument("--out", type=Path)
    ask.add_argument("--answers", type=Path, help="record what the model says, for eval.models.replay")
    ask.add_argument("--texts", type=Path, help="folder for the drafts themselves")
    given = ask.parse_args()
    print(Score.heading())
    worst = late = 0
    for engine in given.engine or ["builtin", "hostile"]:
        hostile = engine == "hostile"
        modes = (given.mode or [*TALK, *PROTOCOL, *BROKEN, *ODD]) if hostile else [""]
        for mode in modes:
            for name in given.set or SETS:
                with tempfile.TemporaryDirectory() as cache, endpoint(engine, mode) as choice:
                    settings = EngineSettings(
                        api_key="none", cache_dir=cache, concurrency=given.concurrency, threads=given.threads,
                        **({"retries": 1, "request_seconds": 3.0} if hostile else {}),
                    )  # fmt: skip
                    seconds = 10.0 if hostile else given.deadline
                    found, more, text = run(name, choice, settings, seconds, given.answers)
                    label = mode or Path(choice.model or choice.name).name
                    worst += bool(found.broken or found.unsupported)
                    late += found.seconds > seconds + 3.0
                    print(found.line(label, name), flush=True)
                    if given.texts:
                        given.texts.mkdir(parents=True, exist_ok=True)
                        (given.texts / f"{name}.{label}.txt").write_text(text, encoding="utf-8")
                    if given.out:
                        record = {
                            "set": name,
                            "mode": mode,
                            **circumstances(choice, settings),
                            **asdict(found),
                            **more,
                        }
                        with given.out.open("a", encoding="utf-8") as file:
                            file.write(json.dumps(record, ensure_ascii=False) + "\n")
                    if given.plain and choice.name != "builtin":
                        plain, answer = plainly(
                            HERE / "inputs" / name / "brief.yaml", choice, settings, given.deadline
                        )
                        print(plain.line(f"plain {label}", name), flush=True)
                        if given.texts:
                            (given.texts / f"{name}.plain.{label}.txt").write_text(answer, encoding="utf-8")
    print(f"runs that break a guarantee: {worst}; later than the deadline: {late}")
    raise SystemExit(1 if worst or late else 0)


if __name__ == "__main__":
    main()
