"""``gov-writer rules``: the rules, or one rule in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from gov_writer.checking import Rule

_SEVERITY = {"error": "错误", "warning": "警告", "info": "提示"}


def rules(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="规则编号，如 FIG102；不写则列出全部。")
    ] = None,
) -> None:
    """列出全部规则；给出编号时说明这条规则的理由、正反例和依据。

    例：gov-writer rules FIG102
    """
    from gov_writer.checking import all_rules

    if code is None:
        for rule in all_rules():
            typer.echo(f"{rule.code}  {_SEVERITY[rule.severity.value]}  {rule.name}  {rule.title}")
        return
    wanted = code.strip().upper()
    for rule in all_rules():
        if wanted == rule.code or code.strip() == rule.name:
            typer.echo(_in_full(rule))
            return
    from gov_writer.errors import GovWriterError

    raise GovWriterError(f"没有规则“{code}”。", hint="用 gov-writer rules 查看全部规则。", code="CALL-122")


def _in_full(rule: type[Rule]) -> str:
    authority = rule.authority
    source = "，".join(part for part in (authority.document, authority.clause) if part)
    if authority.quote:
        source += f"：“{authority.quote}”"
    return "\n".join(
        (
            f"{rule.code} {rule.name}（{_SEVERITY[rule.severity.value]}）",
            rule.title,
            "",
            f"为什么：{rule.why}",
            f"不要：{rule.bad}",
            f"要：{rule.good}",
            f"依据：{source}",
        )
    )
