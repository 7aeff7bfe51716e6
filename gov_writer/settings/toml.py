"""Where settings stand: ``gov-writer.toml``, or ``[tool.gov-writer]`` of ``pyproject.toml``, in a folder or above it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gov_writer.errors import os_reason
from gov_writer.text.lazy import lazy

#: What to do about a file that is no TOML.
HINT = '请检查引号、方括号和等号，如 [check] 下写 ignore = ["TXT607"]；文件存为 UTF-8 编码。'
_PLACE = lazy(r"at line (\d+), column (\d+)")
NAME = "gov-writer.toml"
PROJECT = "pyproject.toml"


class UnreadableError(Exception):
    """A settings file that can't be read; the message says why, in Chinese."""


def upward(folder: Path) -> Iterator[Path]:
    """The files that may hold settings, the nearest first; of one folder the project's own before pyproject.toml."""
    for place in (folder, *folder.parents):
        for name in (NAME, PROJECT):
            file = place / name
            if file.is_file() or (
                name == NAME and file.exists()
            ):  # ``table`` says what is wrong with a folder
                yield file


def table(file: Path) -> Any:
    """What a file says for gov_writer, None where a pyproject.toml says nothing; a table unless the file is odd.

    Raises UnreadableError.
    """
    import tomllib  # a check without settings does not need it

    try:
        if not file.is_file():
            raise UnreadableError("它不是文件" if not file.is_dir() else "它是一个文件夹")
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnreadableError(os_reason(error)) from None
    except UnicodeDecodeError:
        raise UnreadableError("它不是 UTF-8 编码的文本") from None
    except RecursionError:
        raise UnreadableError("括号套得太深") from None
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        raise UnreadableError(f"第{place[1]}行第{place[2]}列写得不对" if place else "末尾不完整") from None
    if file.name != PROJECT:
        return data
    tool = data.get("tool", {})
    return tool.get("gov-writer") if isinstance(tool, dict) else None
