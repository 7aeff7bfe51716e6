"""Prompts are numbered files in prompts/ (in an installed package: gov_writer/_prompts), never edited once released.

A file is a YAML front matter between ``---`` lines (``inputs``: the variables it takes, ``output``: what is expected
back, ``changed``: what is new in this version) and two Jinja blocks, ``system`` and ``user``.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gov_writer.errors import GovWriterError


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A prompt file.  sha256: of the file with line ends as ``\\n``; it goes into the trace."""

    name: str
    inputs: tuple[str, ...]
    output: str
    sha256: str
    template: Any

    def render(self, **values: Any) -> tuple[str, str]:
        """(system, user).  Raises GovWriterError LLM-202 if the values are not exactly the declared inputs."""
        missing = [name for name in self.inputs if name not in values]
        extra = sorted(set(values) - set(self.inputs))
        if missing or extra:
            told = "、".join([*(f"缺少 {n}" for n in missing), *(f"多出 {n}" for n in extra)])
            raise GovWriterError(f"提示词 {self.name} 的输入与声明不符：{told}。", code="LLM-202")
        context = self.template.new_context(values)
        parts = ("".join(self.template.blocks[block](context)).strip() for block in ("system", "user"))
        system, user = parts
        return system, user


def folder() -> Path:
    """Where the prompt files are: beside the package in the source tree, inside it when installed."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_prompts"
    return installed if installed.is_dir() else package.parent / "prompts"


_loading = threading.Lock()


def load(name: str) -> Prompt:
    """The prompt ``name`` (``section.v1``), read once however many sections ask for it at the same time.

    Raises GovWriterError LLM-201 if it is absent or malformed.
    """
    with _loading:
        return _loaded(name)


@cache
def _loaded(name: str) -> Prompt:
    path = folder() / f"{name}.jinja"
    try:
        raw = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GovWriterError(
            f"读不到提示词“{name}”。", where=str(path), hint="请重新安装 gov-writer。", code="LLM-201"
        ) from error
    return _parse(name, raw, path)


def _parse(name: str, raw: str, path: Path) -> Prompt:
    import yaml
    from jinja2 import StrictUndefined, meta
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def broken(why: str) -> GovWriterError:
        return GovWriterError(f"提示词“{name}”{why}。", where=str(path), code="LLM-201")

    head, mark, body = raw.removeprefix("---\n").partition("\n---\n")
    if not raw.startswith("---\n") or not mark:
        raise broken("没有说明部分")
    front = yaml.safe_load(head)
    if not isinstance(front, dict) or not {"inputs", "output"} <= set(front):
        raise broken("的说明部分缺少 inputs 或 output")
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    used = meta.find_undeclared_variables(environment.parse(body))
    inputs = tuple(front["inputs"] or ())
    if used != set(inputs):
        raise broken(f"声明的输入与正文不符：{'、'.join(sorted(used ^ set(inputs)))}")
    template = environment.from_string(body)
    if set(template.blocks) != {"system", "user"}:
        raise broken("应当恰有 system 和 user 两块")
    return Prompt(
        name=name,
        inputs=inputs,
        output=str(front["output"]),
        sha256=hashlib.sha256(raw.encode()).hexdigest(),
        template=template,
    )
