"""Reading option values; a wrong one is exit 2 with the contract's message."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from gov_writer.errors import GovWriterError

if TYPE_CHECKING:
    from gov_writer.domain import Finding


class FailOn(StrEnum):
    """From which severity on findings make the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


def reached(findings: Iterable[Finding], fail_on: FailOn) -> bool:
    """Whether a finding that the baseline doesn't know is at or above a severity."""
    if fail_on is FailOn.NEVER:
        return False
    from gov_writer.domain import Severity

    least = Severity(fail_on.value).rank
    return any(finding.severity.rank >= least and not finding.known for finding in findings)


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
        from gov_writer.checking import refuse_unknown

        refuse_unknown(chosen)
    return chosen


def finite(number: float | None) -> float | None:
    """A number that is one: not nan, not inf.  None stays None."""
    if number is not None and not math.isfinite(number):
        raise GovWriterError(
            f"“{number}”不是可用的数字。", hint="请写一个普通的数，如 600。", code="CALL-103"
        )
    return number
