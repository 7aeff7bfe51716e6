"""Taking back one finding where it stands: ``<!-- gov-writer: ignore FIG101 理由 -->`` in Markdown, 忽略：理由 in Word.

The comment speaks for its own line and for the next line that is no such comment; one in Word for the finding
that it answers, or for the characters that it was written on. A reason is needed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from gov_writer.domain import Answer, Finding, Source
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


def unanswered(
    findings: Sequence[Finding], answers: Sequence[Answer]
) -> tuple[list[Finding], list[tuple[Finding, str]]]:
    """The findings that stay, and those that a person answered with 忽略：理由 in the file, with the reason."""
    reasons = {a.fingerprint: a.reason for a in answers if a.fingerprint and a.reason}
    spans = _spans([a for a in answers if not a.fingerprint and a.reason and a.start < a.end])
    if not reasons and not spans:
        return list(findings), []
    starts = [span.start for span in spans]
    kept: list[Finding] = []
    taken: list[tuple[Finding, str]] = []
    for finding in findings:
        reason = reasons.get(finding.fingerprint)
        at = bisect_left(starts, finding.end) - 1
        if reason is None and at >= 0 and finding.start < min(spans[at].end, finding.end):
            reason = spans[at].reason
        if reason is None:
            kept.append(finding)
        else:
            taken.append((finding, reason))
    return kept, taken


def _spans(answers: Sequence[Answer]) -> list[Answer]:
    """Those of the answers that reach beyond all that begin before them: in order of start and of end."""
    spans: list[Answer] = []
    for answer in sorted(answers, key=lambda a: (a.start, -a.end)):
        if not spans or answer.end > spans[-1].end:
            spans.append(answer)
    return spans


def without_effect(draft: Source) -> list[str]:
    """Why answers in the file have no effect, in Chinese."""
    found = []
    for answer in draft.answers:
        words = " ".join(draft.text[answer.start : answer.end].split())
        on = f"“{words[:20]}{'…' if len(words) > 20 else ''}”上的" if words else ""
        if not answer.reason:
            found.append(f"{on}批注只写了“忽略”，没有写理由，没有生效；请写成“忽略：理由”。")
        elif not answer.fingerprint and not words:
            found.append(f"批注“忽略：{answer.reason[:40]}”没有选中文字，没有生效。")
    return found
