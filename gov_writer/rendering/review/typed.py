"""A draft that is no Word file (.md, .txt, a PDF's text) as one, so that its findings can be comments.

A paragraph for each line that isn't blank, headings in their looks, the words as they stand: nothing is
renumbered and no Markdown is taken away, so that every comment has the characters that it speaks of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from gov_writer.domain import BlockKind, Draft, DraftBlock, DraftBlockKind, Finding, Report, Source

#: What XML can't hold, and what Word would take for the end of a line or a page.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_LONGEST_HEADING = 45


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines that aren't blank.  starts: in the draft's text.  places: in the Word file's."""

    starts: list[int]
    ends: list[int]
    places: list[int]

    def at(self, offset: int) -> int:
        """Where a character of the draft is in the Word file; one of a blank line is the end of the line before."""
        line = max(bisect_right(self.starts, offset) - 1, 0)
        if not self.starts:
            return 0
        inside = min(max(offset, self.starts[line]), self.ends[line]) - self.starts[line]
        return self.places[line] + inside


def as_word(source: Source, report: Report) -> tuple[bytes, Report]:
    """The draft as a .docx, and the report with its spans in the text of that file."""
    from gov_writer.rendering.word import docx

    looks = {block.start: block for block in source.blocks}
    made: list[DraftBlock] = []
    lines = _Lines([], [], [])
    at = place = 0
    for line in source.text.split("\n"):
        if line.strip() and _ILLEGAL.sub("", line).strip():
            words = _ILLEGAL.sub(" ", line)
            shown = words.rstrip()
            lines.starts.append(at)
            lines.ends.append(at + len(shown))
            lines.places.append(place)
            block = looks.get(at + len(line) - len(line.lstrip()))
            heading = block is not None and block.kind is BlockKind.HEADING and len(line) <= _LONGEST_HEADING
            level = block.level if block is not None and heading else 0
            kind = DraftBlockKind.HEADING if heading else DraftBlockKind.PARAGRAPH
            made.append(DraftBlock(kind=kind, text=shown, level=level))
            place += len(shown) + 1
        at += len(line) + 1
    moved = tuple(_moved(finding, lines) for finding in report.findings)
    return docx(Draft(blocks=tuple(made))), replace(report, findings=moved)


def _moved(finding: Finding, lines: _Lines) -> Finding:
    fix = finding.fix
    if fix is not None:
        fix = replace(fix, start=lines.at(fix.start), end=lines.at(fix.end))
    return replace(finding, start=lines.at(finding.start), end=lines.at(finding.end), fix=fix)
