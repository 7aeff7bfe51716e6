"""Wrong calls as the contract's message: what happened, where, what to do, a code.

typer brings its own copy of click; only what the two have in common is used here: the class names
and the attributes of usage errors.
"""

from __future__ import annotations

import re
from typing import Any

from gov_writer.errors import GovWriterError

_CHOICE = re.compile(r"'(?P<given>[^']*)' is not one of (?P<known>.*?)\.?$", re.S)


def explained(error: Any) -> GovWriterError:
    """A usage error of the command line parser, said in plain Chinese."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "gov-writer"
    hint = f"用 {command} --help 查看写法。"
    kind = type(error).__name__
    possible = getattr(error, "possibilities", None)
    if possible:
        hint = f"是不是想写“{'”或“'.join(sorted(possible))}”？{hint}"
    name = _name(error)
    if kind == "NoSuchOption":
        return GovWriterError(f"没有选项“{error.option_name}”。", where=command, hint=hint, code="CALL-101")
    if kind == "MissingParameter":
        return GovWriterError(f"缺少{name}。", where=command, hint=hint, code="CALL-102")
    if kind == "BadParameter":
        return GovWriterError(f"{name}的值不对：{_reason(error)}", where=command, hint=hint, code="CALL-103")
    unknown = re.search(r"No such command '([^']*)'", str(error.message))
    if unknown:
        near = re.search(r"Did you mean '([^']*)'", str(error.message))
        hint = f"是不是想写“{near[1]}”？{hint}" if near else hint
        return GovWriterError(f"没有命令“{unknown[1]}”。", where=command, hint=hint, code="CALL-104")
    extra = re.search(r"unexpected extra argument(?:s|\(s\))? \((.*)\)$", str(error.message))
    if extra:
        return GovWriterError(f"多出了参数“{extra[1]}”。", where=command, hint=hint, code="CALL-105")
    return GovWriterError(f"命令写得不对（{error.message}）。", where=command, hint=hint, code="CALL-106")


def _name(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "参数"
    long = max(getattr(parameter, "opts", None) or [""], key=len)
    if long.startswith("-"):
        return f"选项“{long}”"
    return f"参数“{(parameter.metavar or parameter.name or '').strip('.{}').upper()}”"


def _reason(error: Any) -> str:
    message = str(error.message)
    choice = _CHOICE.search(message)
    if choice:
        return f"“{choice['given']}”不在可选的值 {choice['known'].replace(chr(39), '')} 之中。"
    given = re.search(r"'([^']*)' is not a valid (\w+)", message)
    if given:
        return f"“{given[1]}”不是{'整数' if given[2].startswith('int') else '数字'}。"
    bound = re.search(r"(\S+) is not in the range (.*?)\.?$", message)
    if bound:
        return f"{bound[1]} 不在范围 {bound[2]} 内。"
    return message
