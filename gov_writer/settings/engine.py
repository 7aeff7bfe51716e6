"""The ``[engine]`` table of gov-writer.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from gov_writer.errors import GovWriterError
from gov_writer.settings import EngineSettings
from gov_writer.settings.toml import HINT, NAME, UnreadableError, table, upward

_LISTS = {"trusted"}


def engine_settings(folder: Path | None = None) -> EngineSettings:
    """``[engine]`` of gov-writer.toml, or ``[tool.gov-writer.engine]`` of pyproject.toml, in this folder or above.

    Raises GovWriterError CALL-14n for a file that can't be read, an unknown key or a wrong type.
    """
    for path in upward((folder or Path.cwd()).resolve()):
        try:
            own = table(path)
        except UnreadableError as error:
            raise GovWriterError(
                f"设置文件读不出：{error}。", where=str(path), hint=HINT, code="CALL-141"
            ) from None
        data = own.get("engine", {}) if isinstance(own, dict) else {}
        if data or path.name == NAME:
            return _settings(data, str(path))
    return EngineSettings()


def _settings(data: Any, where: str) -> EngineSettings:
    known = {field.name: field for field in fields(EngineSettings)}
    if not isinstance(data, Mapping):
        raise GovWriterError(
            "设置 engine 应当是一个表。", where=where, hint="写成 [engine]。", code="CALL-142"
        )
    given: dict[str, Any] = {}
    for name, value in data.items():
        key = name.replace("-", "_")
        if key not in known:
            raise GovWriterError(
                f"设置里没有“engine.{name}”。",
                where=where,
                hint=f"可用的有：{'、'.join(known)}。",
                code="CALL-143",
            )
        if key in _LISTS:
            right = isinstance(value, list) and all(isinstance(item, str) for item in value)
            value = tuple(value) if right else value
        else:
            right = _fits(str(known[key].type), value)
        if not right:
            raise GovWriterError(
                f"设置“engine.{name}”的值不对：{value!r}。",
                where=where,
                hint=f"应为{_wanted(str(known[key].type))}。",
                code="CALL-144",
            )
        given[key] = value
    return EngineSettings(**given)


def _wanted(kind: str) -> str:
    """What a setting of this type holds, for whoever writes the file."""
    if "tuple" in kind:
        return '一组文字，如 ["…", "…"]'
    if "bool" in kind:
        return " true 或 false"
    if "float" in kind:
        return "不小于 0 的数"
    return "不小于 0 的整数" if "int" in kind else "一行文字，加引号"


def _fits(kind: str, value: Any) -> bool:
    if isinstance(value, bool):
        return "bool" in kind
    if isinstance(value, int | float):
        whole = isinstance(value, int) and value >= 0
        return (("int" in kind or "float" in kind) and whole) or ("float" in kind and value >= 0)
    return isinstance(value, str) and "str" in kind
