"""A text with its safe fixes made (punctuation and the like, never a figure)."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.domain import Finding


def repaired(text: str, findings: Iterable[Finding]) -> tuple[str, int]:
    """The text and how many fixes were made; of overlapping ones the first is, a second check tells the next."""
    fixes = {f.fix for f in findings if f.fix is not None and f.fix.safe}
    parts, at, count = [], 0, 0
    for fix in sorted(fixes, key=lambda f: (f.start, f.end)):
        if fix.start < at:
            continue
        parts += [text[at : fix.start], fix.text]
        at = fix.end
        count += 1
    return "".join((*parts, text[at:])), count
