"""Where settings stand: ``gov-writer.toml``, or ``[tool.gov-writer]`` of ``pyproject.toml``, in a folder or above it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAME = "gov-writer.toml"
PROJECT = "pyproject.toml"


def upward(folder: Path) -> Iterator[Path]:
    """The files that may hold settings, the nearest first; of one folder the project's own before pyproject.toml."""
    for place in (folder, *folder.parents):
        for name in (NAME, PROJECT):
            if (place / name).is_file():
                yield place / name


def table(file: Path) -> Any:
    """What a file says for gov_writer, None where a pyproject.toml says nothing; a table unless the file is odd.

    Raises OSError, UnicodeDecodeError or tomllib.TOMLDecodeError.
    """
    import tomllib  # a check without settings does not need it

    data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    if file.name != PROJECT:
        return data
    tool = data.get("tool", {})
    return tool.get("gov-writer") if isinstance(tool, dict) else None
