"""Answers on disk, by content: a rerun with one changed note pays for one section.

A key is made of everything that decides an answer (endpoint, model, settings, both messages). Files are
readable by their owner alone; what they hold went through the pseudonyms before it was sent.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path

from gov_writer.llm.ask import Answer, Engine, Request


def default_dir() -> Path:
    """GOV_WRITER_CACHE_DIR, else the user's cache folder."""
    given = os.environ.get("GOV_WRITER_CACHE_DIR")
    if given:
        return Path(given)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "gov-writer" / "answers"


def key(engine: Engine, request: Request, temperature: float) -> str:
    """The name under which the answer to ``request`` is kept."""
    parts = (
        2,
        engine.name,
        engine.endpoint,
        engine.model,
        temperature,
        request.max_tokens,
        request.system,
        request.user,
    )
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


class Cache:
    """Answers under ``directory``.  It never raises: a cache that can't be read or written is no cache."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def get(self, name: str) -> Answer | None:
        """The answer kept under ``name``, None if there is none."""
        try:
            data = json.loads(self._path(name).read_text(encoding="utf-8"))
            return Answer(
                text=str(data["text"]),
                tokens_in=int(data["tokens_in"]),
                tokens_out=int(data["tokens_out"]),
                estimated=bool(data["estimated"]),
                cut=bool(data["cut"]),
                requests=0,
                cached=True,
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, name: str, answer: Answer) -> None:
        """Keep ``answer``: written beside and renamed, so that two drafts at once never see half a file."""
        path = self._path(name)
        data = {
            "text": answer.text,
            "tokens_in": answer.tokens_in,
            "tokens_out": answer.tokens_out,
            "estimated": answer.estimated,
            "cut": answer.cut,
        }
        with contextlib.suppress(OSError, ValueError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".answer-")  # 0600 by mkstemp
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(data, file, ensure_ascii=False)
                Path(beside).replace(path)
            except BaseException:
                Path(beside).unlink(missing_ok=True)
                raise

    def _path(self, name: str) -> Path:
        return self.directory / name[:2] / f"{name}.json"
