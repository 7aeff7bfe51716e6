"""Comments of a document: which of them are this program's, and what people answered.

A comment of ours ends in a line ``FIG102 · 0123456789abcdef``: the rule and the finding's fingerprint.
An answer is a reply (Word keeps the thread in commentsExtended.xml) or a line that a person added to our
comment; 忽略：理由 in it means that the finding is not to be reported again. A comment of a person's own that begins
so speaks for the characters that it was written on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from lxml import etree

from gov_writer.ooxml.names import W, w
from gov_writer.ooxml.package import Package

AUTHOR = "gov-writer"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_SIGNATURE = re.compile(r"\b([A-Z]{3}\d{3}) · ([0-9a-f]{16})\b")
_IGNORED = re.compile(r"(?:^|[\s。；，])忽略\s*[:：]\s*(\S.*)", re.MULTILINE)
#: As a whole comment: with a colon, or the word alone, which lacks its reason.
_IGNORE = re.compile(r"\s*忽略(?:\s*[:：]\s*(.*)|[\s。.！!]*\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignoring:
    """A person's comment that begins with 忽略.  id: the comment's.  reason: "" if none was given.

    fingerprint: of the finding that it replies to; None if it speaks for the characters that it was written on.
    """

    id: str
    reason: str
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """fingerprint: of the finding that it reports, None if it is a person's.  parent: id of the comment that
    it replies to."""

    id: str
    author: str
    text: str
    fingerprint: str | None = None
    parent: str | None = None


def signature(rule: str, fingerprint: str) -> str:
    """The last line of a comment of ours."""
    return f"{rule} · {fingerprint}"


def part_of(package: Package, main: str, kind: str = "comments") -> str | None:
    """The name of the comments part, None if the document has none."""
    for relation in package.relations(main).values():
        if relation.kind == kind and not relation.external and relation.target in package.names:
            return relation.target
    return None


def read(package: Package, main: str) -> list[Comment]:
    """All comments in the order of their part."""
    part = part_of(package, main)
    if part is None:
        return []
    parents = _parents(package, main)
    by_paragraph: dict[str, str] = {}
    raw = []
    for element in package.root(part).iter(w("comment")):
        identity = element.get(w("id"), "")
        paragraphs = list(element.iter(w("p")))
        lines = ["".join(node.text or "" for node in p.iter(w("t"))) for p in paragraphs]
        marks = [p.get(f"{{{W14}}}paraId") for p in paragraphs]
        by_paragraph.update({mark: identity for mark in marks if mark})
        raw.append((identity, element.get(w("author"), ""), "\n".join(lines), marks))
    found = []
    for identity, author, text, marks in raw:
        signed = _SIGNATURE.search(text)
        parent = next((by_paragraph.get(parents[mark]) for mark in marks if mark and mark in parents), None)
        found.append(
            Comment(
                id=identity,
                author=author,
                text=text,
                fingerprint=signed.group(2) if signed and parent is None else None,
                parent=parent,
            )
        )
    return found


def ignored(comments: list[Comment]) -> dict[str, str]:
    """Fingerprint -> reason, for every finding that a person answered with 忽略：理由."""
    reported = {comment.id: comment.fingerprint for comment in comments if comment.fingerprint}
    reasons: dict[str, str] = {}
    for comment in comments:
        fingerprint = comment.fingerprint or reported.get(comment.parent or "")
        match = _IGNORED.search(comment.text)
        if fingerprint and match:
            reasons[fingerprint] = match.group(1).strip()
    return reasons


def ignoring(comments: list[Comment]) -> list[Ignoring]:
    """What people wrote that begins with 忽略, in the comments' order; lines added to a comment of ours are not here."""
    reported = {comment.id: comment.fingerprint for comment in comments if comment.fingerprint}
    found = []
    for comment in comments:
        match = None if comment.fingerprint else _IGNORE.match(comment.text)
        if match:
            reason = (match.group(1) or "").strip()
            reason = reason if re.search(r"\w", reason) else ""
            found.append(
                Ignoring(id=comment.id, reason=reason, fingerprint=reported.get(comment.parent or ""))
            )
    return found


def _parents(package: Package, main: str) -> dict[str, str]:
    """Paragraph mark of a reply -> paragraph mark of what it replies to."""
    part = part_of(package, main, "commentsExtended")
    if part is None:
        return {}
    found = {}
    for element in package.root(part).iter(f"{{{W15}}}commentEx"):
        own, parent = element.get(f"{{{W15}}}paraId"), element.get(f"{{{W15}}}paraIdParent")
        if own and parent:
            found[own] = parent
    return found


def highest_id(root: etree._Element) -> int:
    """The highest w:id of annotations in a part; -1 if it has none."""
    values = cast("list[str]", root.xpath("//@w:id", namespaces={"w": W}, smart_strings=False))
    found = (int(value) for value in values if re.fullmatch(r"-?[0-9]{1,10}", value))
    return max((min(value, 2**31 - 100_000) for value in found), default=-1)
