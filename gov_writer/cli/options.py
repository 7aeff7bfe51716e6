"""Reading option values; a wrong one is exit 2 with the contract's message."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gov_writer.errors import GovWriterError


def day(text: str | None) -> date | None:
    """A day written 2025-12-20.  None stays None."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise GovWriterError(
            f"日期“{text}”看不懂。", hint="请写成 2025-12-20 这样的形式。", code="CALL-121"
        ) from None


def codes(given: Iterable[str] | None) -> tuple[str, ...]:
    """Rule codes or groups from ``FIG,ARI203`` and repeated options; an unknown one is an error."""
    chosen = tuple(
        part.strip().upper()
        for text in given or ()
        for part in text.replace("，", ",").split(",")
        if part.strip()
    )
    if chosen:
        from gov_writer.checking import all_rules

        known = [rule.code for rule in all_rules()]
        for code in chosen:
            if known and not any(name.startswith(code) for name in known):
                raise GovWriterError(
                    f"没有规则或规则组“{code}”。",
                    hint="用 gov-writer rules 查看全部规则。",
                    code="CALL-122",
                )
    return chosen
