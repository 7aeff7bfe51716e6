"""Settings from files: ``gov-writer.toml`` or ``[tool.gov-writer]`` in ``pyproject.toml``, and word lists.

The file nearest to the draft holds, going up from its folder; ``extend`` names one to build upon. Word lists
come in layers, each a folder with any of ``themes.yaml``, ``terms.yaml``, ``fixed_expressions.yaml``,
``confusables.yaml`` and ``synonyms.yaml`` (what parts call an indicator: ``技防探头: [安装监控, 高清监控]``): the project's own list first, then each layer in the order given, the later outranking.

    [check]
    select = []                      # codes or groups, all if empty
    ignore = ["TXT603"]
    fail_on = "error"
    baseline = "gov-writer-baseline.json"
    layers = ["province", "office"]  # folders beside this file
    [check.severity]
    FIG107 = "info"
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from gov_writer.domain import Needs, Severity, Theme
from gov_writer.errors import GovWriterError
from gov_writer.settings import CheckSettings, FixedExpression
from gov_writer.settings.toml import HINT, NAME, UnreadableError, table, upward

_KEYS = ("select", "ignore", "fail_on", "baseline", "layers", "severity")
_LEVELS = ("error", "warning", "info", "never")


def settings_for(path: str | Path) -> CheckSettings:
    """The settings that hold for a draft; the defaults where no file is found.  Raises CALL-130 to -139."""
    folder = Path(os.path.realpath(path)).parent if str(path) != "-" else Path.cwd()
    for file in upward(folder):
        if file.name == NAME or _table(file) is not None:
            return read_settings(file)
    return CheckSettings()


def read_settings(file: Path, *, depth: int = 0) -> CheckSettings:
    """The settings of one file with those that it extends."""
    data = _table(file) or {}
    base = CheckSettings()
    if "extend" in data:
        if depth > 8:
            raise _fault(131, f"设置文件“{file}”的 extend 绕成了圈。", str(file))
        base = read_settings(file.parent / str(data["extend"]), depth=depth + 1)
    for key in data:
        _known(key, ("check", "extend", "engine"), file)
    section = data.get("check", {})
    if not isinstance(section, dict):
        raise _fault(132, "设置 check 应当是一个小节。", str(file), hint="请写成 [check]。")
    for key in section:
        _known(key, _KEYS, file)
    merged = replace(
        base,
        select=_codes(_strings(section, "select", file, base.select)),
        ignore=_codes(_strings(section, "ignore", file, base.ignore)),
        severities={**base.severities, **_severities(section.get("severity", {}), file)},
        baseline=str(file.parent / section["baseline"]) if "baseline" in section else base.baseline,
        fail_on=_level(section["fail_on"], file) if "fail_on" in section else base.fail_on,
    )
    for layer in _strings(section, "layers", file, ()):
        merged = _with_layer(merged, file.parent / layer, file)
    return merged


def _table(file: Path) -> Any:
    try:
        return table(file)
    except UnreadableError as error:
        raise _fault(130, f"设置文件读不出：{error}。", str(file), hint=HINT) from None


def _known(key: str, allowed: tuple[str, ...], file: Path) -> None:
    if key in allowed:
        return
    from difflib import get_close_matches

    near = get_close_matches(key, allowed, n=1)
    hint = f"是不是“{near[0]}”？" if near else f"可用的有：{'、'.join(allowed)}。"
    raise _fault(133, f"设置文件里没有“{key}”这一项。", str(file), hint=hint)


def _strings(section: dict[str, Any], key: str, file: Path, default: tuple[str, ...]) -> tuple[str, ...]:
    if key not in section:
        return default
    value = section[key]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _fault(134, f"设置 {key} 应当是一组文字。", str(file), hint=f'请写成 {key} = ["…", "…"]。')
    return tuple(value)


def _codes(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in given)


def _level(value: object, file: Path) -> str:
    if value not in _LEVELS:
        raise _fault(
            135, f"设置 fail_on 不能是“{value}”。", str(file), hint=f"可用的有：{'、'.join(_LEVELS)}。"
        )
    return str(value)


def _severities(section: object, file: Path) -> dict[str, Severity]:
    if not isinstance(section, dict):
        raise _fault(134, "设置 severity 应当是一个小节。", str(file), hint="请写成 [check.severity]。")
    found = {}
    for code, value in section.items():
        try:
            found[str(code).upper()] = Severity(str(value))
        except ValueError:
            raise _fault(
                135,
                f"规则 {code} 的级别不能是“{value}”。",
                str(file),
                hint="可用的有：error、warning、info；不想要这条规则请写进 ignore。",
            ) from None
    return found


# --- layers ----------------------------------------------------------------------------------------


def _with_layer(settings: CheckSettings, folder: Path, file: Path) -> CheckSettings:
    """The settings with the word lists of one more folder on top."""
    if not folder.is_dir():
        raise _fault(136, f"词表文件夹“{folder}”不存在。", str(file), hint="layers 里的路径相对于设置文件。")
    expressions = {e.text: e for e in settings.fixed_expressions}
    expressions |= {e.text: e for e in map(_expression, _entries(folder / "fixed_expressions.yaml"))}
    pairs = dict(settings.confusables)
    pairs |= {
        str(e["wrong"]): str(e["right"]) for e in _entries(folder / "confusables.yaml", "wrong", "right")
    }
    terms = dict.fromkeys((*settings.terms, *(str(e["text"]) for e in _entries(folder / "terms.yaml"))))
    names = {**dict(settings.synonyms), **_synonyms(folder / "synonyms.yaml")}
    themes = {t.name: t for t in settings.themes}
    themes |= {t.name: t for t in map(_theme, _entries(folder / "themes.yaml", "name", key="themes"))}
    return replace(
        settings,
        fixed_expressions=tuple(expressions.values()),
        confusables=tuple(pairs.items()),
        synonyms=tuple(names.items()),
        terms=tuple(terms),
        themes=tuple(themes.values()),
    )


def _entries(file: Path, *needed: str, key: str = "") -> list[dict[str, Any]]:
    """The entries of a YAML list; a bare word stands for ``text: word``.  A missing file has none."""
    if not file.is_file():
        return []
    import yaml

    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise _fault(137, f"词表“{file}”读不出。", str(error).splitlines()[0]) from None
    if key and isinstance(data, dict):
        data = data.get(key)
    if data is None:
        return []
    items: list[Any] = data if isinstance(data, list) else [data]
    entries = [{"text": item} if isinstance(item, str) else item for item in items]
    wanted = needed or ("text",)
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or not all(isinstance(entry.get(name), str) for name in wanted):
            what = "、".join(wanted)
            raise _fault(
                138, f"词表“{file}”第{number}条缺少 {what}。", str(file), hint="词表应当是一组条目。"
            )
    return entries


def _synonyms(file: Path) -> dict[str, tuple[str, ...]]:
    """``name: [other, other]``; a missing file has none."""
    if not file.is_file():
        return {}
    import yaml

    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise _fault(137, f"词表“{file}”读不出。", str(error).splitlines()[0]) from None
    entries = data if isinstance(data, dict) else {} if data is None else None
    found: dict[str, tuple[str, ...]] = {}
    for name, others in (entries if entries is not None else {"": None}).items():
        listed = [others] if isinstance(others, str) else others
        if not name or not isinstance(listed, list) or not all(isinstance(o, str) and o for o in listed):
            raise _fault(
                138, f"词表“{file}”写法不对。", str(file), hint="请写成 统一名称: [别名, 别名] 的样子。"
            )
        found[str(name)] = tuple(listed)
    return found


def _expression(entry: dict[str, Any]) -> FixedExpression:
    return FixedExpression(
        text=str(entry["text"]),
        source=str(entry.get("source", "本单位固定提法")),
        also=tuple(map(str, entry.get("also") or ())),
        wrong=tuple(map(str, entry.get("wrong") or ())),
    )


def _theme(entry: dict[str, Any]) -> Theme:
    return Theme(
        name=str(entry["name"]),
        any=tuple(map(str, entry.get("any") or ())),
        needs=Needs(entry.get("needs", "action"))
        if entry.get("needs", "action") in list(Needs)
        else Needs.ACTION,
        section=entry.get("section"),
    )


def _fault(number: int, what: str, where: str, *, hint: str = "") -> GovWriterError:
    return GovWriterError(what, where=where, hint=hint, code=f"CALL-{number}")
