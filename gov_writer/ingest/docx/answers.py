"""What people wrote against findings in the comments of a document."""

from __future__ import annotations

from gov_writer.domain import Answer
from gov_writer.ooxml import comments
from gov_writer.ooxml.commented import commented
from gov_writer.ooxml.document import Document


def answers_of(document: Document) -> tuple[Answer, ...]:
    """Answers to our comments, by the finding; then people's own comments, by the characters they stand on."""
    known = comments.read(document.package, document.main)
    replies = comments.ignored(known)
    answers = [Answer(fingerprint=f, reason=reason) for f, reason in sorted(replies.items())]
    written = comments.ignoring(known)
    spans = commented(document, {one.id for one in written if one.fingerprint is None})
    for one in written:
        if one.fingerprint is None:
            start, end = spans.get(one.id, (0, 0))
            answers.append(Answer(reason=one.reason, start=start, end=end))
        elif not one.reason and one.fingerprint not in replies:
            answers.append(Answer(fingerprint=one.fingerprint, reason=""))
    return tuple(answers)
