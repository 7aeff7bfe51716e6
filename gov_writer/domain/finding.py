"""What the checker reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """3 for error, 2 for warning, 1 for info."""
        return {"error": 3, "warning": 2, "info": 1}[self.value]

    def lowered(self) -> Severity:
        """One step lower; info stays info."""
        return Severity.WARNING if self is Severity.ERROR else Severity.INFO


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words of a source (or of the draft itself) that a finding rests on."""

    source: str
    locator: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A replacement of ``[start, end)``.  safe: punctuation and the like; never true for a figure."""

    start: int
    end: int
    text: str
    safe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that the checker reports (问题).  Span into the draft's text, half-open.

    line, column: counted from 1.  expected: the right words, None where there are none.
    known: the baseline has it already; it is shown, but fails nothing.
    """

    rule: str
    name: str
    severity: Severity
    start: int
    end: int
    line: int
    column: int
    text: str
    message: str
    expected: str | None = None
    evidence: tuple[Evidence, ...] = ()
    fix: Fix | None = None
    fingerprint: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Both ways: the draft's figures that the sources support, the sources' facts that it uses."""

    figures: int
    figures_supported: int
    facts: int
    facts_used: int
    unused: tuple[str, ...] = ()
    themes: int = 0
    themes_met: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A supported figure of the draft, ``[start, end)``, and what it rests on.

    formula: how it was computed from the evidence, "" where the source states it.
    """

    start: int
    end: int
    evidence: tuple[Evidence, ...] = ()
    formula: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of a check.  path, characters: of the draft.

    links: the supported figures, in text order; views show them, ``--format json`` does not.
    suppressed: findings that a comment in the draft takes back, with its reason.
    warnings: what else the reader of a report must know, in Chinese.
    """

    path: str
    characters: int
    findings: tuple[Finding, ...]
    coverage: Coverage
    links: tuple[Link, ...] = ()
    suppressed: tuple[tuple[Finding, str], ...] = ()
    warnings: tuple[str, ...] = ()
