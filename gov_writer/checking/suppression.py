"""Taking back one finding where it stands: ``<!-- gov-writer: ignore FIG101 理由 -->`` in Markdown.

The comment speaks for its own line and for the next line that is no such comment. A reason is needed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gov_writer.domain import Finding, Source
from gov_writer.text import LineIndex
from gov_writer.text.lazy import lazy

_DIRECTIVE = lazy(r"<!--[ \t]*gov-writer:[ \t]*ignore\b([^\n]{0,300}?)-->")
_CODES = lazy(
    r"[ \t]*((?:[A-Za-z]{3}\d{0,3})(?:[ \t]*[,，、][ \t]*[A-Za-z]{3}\d{0,3})*)(?![A-Za-z0-9])[ \t:：]*"
)


@dataclass(frozen=True, slots=True)
class Directive:
    """A comment that takes findings back.

    lines: the first and last line that it speaks for.  complaint: why it has no effect, "" if it has one.
    """

    start: int
    end: int
    lines: tuple[int, int]
    codes: tuple[str, ...]
    reason: str
    complaint: str = ""

    def covers(self, finding: Finding) -> bool:
        if self.complaint or not any(finding.rule.startswith(code) for code in self.codes):
            return False
        return self.lines[0] <= finding.line <= self.lines[1]


def directives(draft: Source) -> list[Directive]:
    """The directives of a draft, in order; one without codes or reason has a complaint instead of an effect."""
    text = draft.text
    if "gov-writer:" not in text:
        return []
    index = LineIndex(text)
    matches = list(_DIRECTIVE.finditer(text))
    own = {index.at(match.start())[0] for match in matches if _alone(text, match)}
    found = []
    for match in matches:
        line = index.at(match.start())[0]
        last = line
        if line in own:
            last += 1
            while last in own or (last < line + 4 and _blank(text, index, last)):
                last += 1
        found.append(_directive(match, (line, last)))
    return found


def _directive(match: re.Match[str], lines: tuple[int, int]) -> Directive:
    head = _CODES.match(match[1])
    codes = tuple(re.findall(r"[A-Za-z]{3}\d{0,3}", head[1].upper())) if head else ()
    reason = match[1][head.end() :].strip(" \t—-:：") if head else ""
    complaint = ""
    if not codes:
        complaint = f"第{lines[0]}行的忽略注释没有写规则编号，没有生效。"
    elif not reason:
        complaint = f"第{lines[0]}行的忽略注释没有写理由，没有生效。"
    return Directive(*match.span(), lines, codes, reason, complaint)


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether nothing but the comment stands on its line."""
    begin = text.rfind("\n", 0, match.start()) + 1
    stop = text.find("\n", match.end())
    rest = text[begin : match.start()] + text[match.end() : len(text) if stop < 0 else stop]
    return not _DIRECTIVE.sub("", rest).strip()


def _blank(text: str, index: LineIndex, line: int) -> bool:
    start = index.start(line)
    if start is None:
        return False
    stop = text.find("\n", start)
    return not text[start : len(text) if stop < 0 else stop].strip()


def apart(
    findings: Sequence[Finding], notes: Sequence[Directive]
) -> tuple[list[Finding], list[tuple[Finding, str]]]:
    """The findings that stay, and those that a directive takes back with its reason.

    What is found inside a directive is no part of the report.
    """
    if not notes:
        return list(findings), []
    kept: list[Finding] = []
    taken: list[tuple[Finding, str]] = []
    for finding in findings:
        if any(n.start <= finding.start < n.end and finding.end <= n.end for n in notes):
            continue
        note = next((n for n in notes if n.covers(finding)), None)
        if note is None:
            kept.append(finding)
        else:
            taken.append((finding, note.reason))
    return kept, taken
