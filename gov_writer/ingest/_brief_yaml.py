"""YAML with line numbers, and a model's complaints in the words of a clerk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from gov_writer.errors import GovWriterError

if TYPE_CHECKING:
    from pydantic import BaseModel

Model = TypeVar("Model", bound="BaseModel")
Key = tuple[str | int, ...]

#: A brief is a page; a file beyond this is something else.
MAX_BYTES = 1_000_000

_IN_CHINESE = {
    "标题": "title", "题目": "title", "文种": "genre", "体裁": "genre", "单位": "unit", "主送": "addressee",
    "主送机关": "addressee", "时期": "period", "报告期": "period", "期间": "period", "年度": "period",
    "截止": "as_of", "截至": "as_of", "日期": "as_of", "材料": "sources", "来源": "sources",
    "范文": "examples", "样例": "examples", "例文": "examples", "主题": "themes", "必备主题": "themes",
    "章节": "sections", "部分": "sections", "引擎": "engine", "模型": "model", "名称": "name",
    "说法": "any", "要求": "needs",
}  # fmt: skip
_EXPECTED = {
    "string_type": "一行文字（数字和日期请加引号）",
    "list_type": "列表，如 [甲, 乙]",
    "int_type": "整数",
    "dict_type": "“键: 值”形式的一组设置",
    "model_type": "“键: 值”形式的一组设置",
    "model_attributes_type": "“键: 值”形式的一组设置",
    "date_type": "日期，如 2025-12-20",
}


@dataclass(frozen=True)
class Document:
    """What a YAML file holds.  name: for messages.  lines: the line of each key path, counted from 1."""

    data: Any
    name: str
    lines: dict[Key, int]

    def place(self, key: Key) -> str:
        """文件“brief.yaml”第3行, as exactly as it is known."""
        for length in range(len(key), -1, -1):
            if key[:length] in self.lines:
                return f"文件“{self.name}”第{self.lines[key[:length]]}行。"
        return f"见“{self.name}”。"


def of(data: Any, name: str) -> Document:
    return Document(data, name, {})


def wrapped(document: Document, key: str) -> Document:
    """The same document as the value of ``key``."""
    lines = {(key, *path): line for path, line in document.lines.items()}
    return Document({key: document.data}, document.name, lines)


def load(path: Path) -> Document:
    """Read one YAML file.  Raises GovWriterError BRIEF-101…104."""
    return parsed(_bytes(path), str(path))


def parsed(content: bytes, name: str) -> Document:
    """What a YAML file with this content holds.  Raises GovWriterError BRIEF-102…104."""
    import yaml

    text = _text(content, name)
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                raise _broken(
                    name, "用了 YAML 的引用（*），任务书里不支持", getattr(event.start_mark, "line", 0) + 1
                )
        node = yaml.compose(text, Loader=loader)
        data = yaml.load(text, Loader=loader)  # noqa: S506 - a SafeLoader either way
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else None
        raise _broken(name, "不是正确的 YAML", line) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise _broken(name, "不是正确的 YAML", None) from None
    lines: dict[Key, int] = {}
    if node is not None:
        for key, line, repeated in _walk(node, ()):
            if repeated:
                raise GovWriterError(
                    f"“{key[-1]}”写了两次。",
                    where=f"文件“{name}”第{line}行。",
                    hint="只留一处。",
                    code="BRIEF-104",
                )
            lines[key] = line
    return Document(data, name, lines)


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise FileNotFoundError
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        raise GovWriterError(f"无法读取“{path}”。", hint="请检查文件名和权限。", code="BRIEF-101") from None


def _text(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise GovWriterError(
            f"“{name}”太大，不像任务书或主题文件。",
            hint="材料请写在 sources 里，不要当作任务书。",
            code="BRIEF-102",
        )
    for encoding in ("utf-8-sig", "gb18030"):
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            encoding = "utf-16"
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _broken(name, "的编码认不出来", None)


def _broken(name: str, what: str, line: int | None) -> GovWriterError:
    place = f"第{line}行。" if line is not None else ""
    return GovWriterError(
        f"“{name}”{what}。",
        where=place,
        hint="检查缩进、冒号后的空格和引号；有冒号或 # 的文字要加引号。",
        code="BRIEF-103",
    )


def _walk(root: Any, path: Key) -> Iterator[tuple[Key, int, bool]]:
    """Every key path with its line, and whether it is a second time; without recursion."""
    todo: list[tuple[Any, Key]] = [(root, path)]
    while todo:
        node, at = todo.pop()
        if at == ():
            yield at, node.start_mark.line + 1, False
        if node.id == "mapping":
            seen: set[str] = set()
            for key, value in node.value:
                name = str(key.value)
                yield (*at, name), key.start_mark.line + 1, name in seen
                seen.add(name)
                todo.append((value, (*at, name)))
        elif node.id == "sequence":
            for index, value in enumerate(node.value):
                yield (*at, index), value.start_mark.line + 1, False
                todo.append((value, (*at, index)))


def validated(model: type[Model], document: Document, *, hint: str) -> Model:
    """The document as ``model``.  Raises GovWriterError BRIEF-105…109 for the first thing that is wrong."""
    from pydantic import ValidationError

    if not isinstance(document.data, dict):
        raise GovWriterError(f"“{document.name}”里没有“键: 值”形式的内容。", hint=hint, code="BRIEF-105")
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        faults = sorted(error.errors(), key=lambda f: (f["type"] != "extra_forbidden", -len(_key(f["loc"]))))
        raise _explained(model, document, faults, hint) from None


def _explained(model: type[BaseModel], document: Document, faults: list[Any], hint: str) -> GovWriterError:
    fault = faults[0]
    key = _key(fault["loc"])
    place = document.place(key)
    shown = _shown(key)
    kind = fault["type"]
    if kind == "extra_forbidden":
        right = _fields(model, key[:-1])
        return GovWriterError(
            f"不认识的键“{shown}”。", where=place, hint=_nearest(str(key[-1]), right), code="BRIEF-106"
        )
    if kind == "missing":
        return GovWriterError(f"缺少“{shown}”。", where=place, hint=hint, code="BRIEF-107")
    if kind == "too_short":
        return GovWriterError(
            f"“{shown}”是空的。",
            where=place,
            hint="至少写一个文件，如 sources: [notes/*.md]。",
            code="BRIEF-107",
        )
    if kind == "literal_error":
        values = str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        given = str(fault["input"])[:40]
        return GovWriterError(
            f"“{shown}”的值“{given}”不在可选的范围内。",
            where=place,
            hint=_nearest(given, values),
            code="BRIEF-108",
        )
    wanted = list(dict.fromkeys(_EXPECTED[f["type"]] for f in faults if f["type"] in _EXPECTED
                                and _common(tuple(f["loc"]), key)))  # fmt: skip
    what = "或".join(wanted) if wanted else "非空的一行文字（不超过300字）"
    return GovWriterError(f"“{shown}”的类型不对，应当是{what}。", where=place, hint=hint, code="BRIEF-109")


def _key(loc: Key) -> Key:
    return tuple(part for part in loc if isinstance(part, int) or _real(part))


def _real(part: str) -> bool:
    """Whether a part of pydantic's location is a key, not the name of a union's branch."""
    return not (
        part in {"int", "str", "date", "none"} or "[" in part or part.startswith(("function-", "constrained"))
    )


def _common(loc: Key, key: Key) -> bool:
    return loc[: len(key)] == key or loc[:1] == key[:1]


def _shown(key: Key) -> str:
    text = ""
    for part in key:
        text += f"第{part + 1}项" if isinstance(part, int) else (f".{part}" if text else part)
    return text


def _fields(model: type[BaseModel], key: Key) -> list[str]:
    from gov_writer.ingest._brief_schema import EngineModel, ThemeModel

    inner: dict[str, type[BaseModel]] = {"themes": ThemeModel, "engine": EngineModel}
    chosen = inner.get(str(key[0]), model) if key else model
    return list(chosen.model_fields)


def _nearest(given: str, right: list[str]) -> str:
    known = _IN_CHINESE.get(given.strip())
    close = [known] if known in right else get_close_matches(given.strip().lower(), right, n=1, cutoff=0.5)
    listed = "、".join(right)
    return f"是不是想写“{close[0]}”？可以写的有：{listed}。" if close else f"可以写的有：{listed}。"
