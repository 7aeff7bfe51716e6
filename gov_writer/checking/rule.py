"""What a rule is. One rule is one file under ``rules/`` with its cases beside it (``*.cases.yaml``)."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from gov_writer.checking.case import Case
from gov_writer.domain import Evidence, Finding, Fix, Severity

#: What a finding says first when the rule cannot decide (contract).
UNDECIDED = "无法判断"
#: A line of at most so many characters goes into a fingerprint whole, of a longer one what is near.
_LINE = 400


@dataclass(frozen=True, slots=True)
class Citation:
    """The authority of a rule.  document: a standard or law with its number, or 本项目约定 (house style).

    clause: "" where the document has no clauses.  quote: its words, as short as will do.
    """

    document: str
    clause: str = ""
    quote: str = ""


class Rule(ABC):
    """A rule's documentation and its check in one place.

    code, name: as in the contract.  severity: the default; a finding may be lower, never higher.
    title: one line.  why, bad, good: plain Chinese for clerks.  authority: who asks for it.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    title: ClassVar[str]
    why: ClassVar[str]
    bad: ClassVar[str]
    good: ClassVar[str]
    authority: ClassVar[Citation]

    @abstractmethod
    def check(self, case: Case) -> Iterable[Finding]:
        """All findings of this rule in the draft, in text order.  Never raises on any text."""

    def found(
        self,
        case: Case,
        start: int,
        end: int,
        message: str,
        *,
        severity: Severity | None = None,
        expected: str | None = None,
        evidence: tuple[Evidence, ...] = (),
        fix: Fix | None = None,
    ) -> Finding:
        """A finding of this rule on ``[start, end)``; the fingerprint survives edits elsewhere.

        It is made of the rule, the words at fault and the line they stand in (white space removed);
        a second occurrence in the same text gets its number added by ``checking.run``.
        """
        line, column = case.lines.at(start)
        text = case.text[start:end]
        far = max(0, start - _LINE - 1)  # no further: a line of a megabyte may hold many findings
        begin = max(far, case.text.rfind("\n", far, start) + 1)
        stop = case.text.find("\n", end, end + _LINE + 1)
        around = case.text[begin : stop if stop >= 0 else end + _LINE + 1]
        around = around if len(around) <= _LINE else case.text[max(begin, start - 60) : end + 60]
        seed = "\x1f".join((self.code, text, "".join(around.split()) if text else message))
        return Finding(
            rule=self.code,
            name=self.name,
            severity=severity or self.severity,
            start=start,
            end=end,
            line=line,
            column=column,
            text=text,
            message=message,
            expected=expected,
            evidence=evidence,
            fix=fix,
            fingerprint=hashlib.sha256(seed.encode()).hexdigest()[:16],
        )
