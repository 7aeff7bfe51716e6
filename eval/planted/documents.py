"""The texts to plant in: the seeds, a stretch of each real report, and our own texts with tied figures."""

from __future__ import annotations

import random
import re
from pathlib import Path

from faults import Document

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
_SLICE = 2600


def load(seed: int) -> list[Document]:
    """All documents; the stretches of the reports depend on the seed."""
    rng = random.Random(seed)
    documents = [_own(path) for path in sorted((HERE / "own").glob("*.md"))]
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        documents.append(Document(path.name[:3], path.read_text(encoding="utf-8-sig")))
    for path in sorted((SHARED / "reports").glob("*.txt")):
        documents.append(_stretch(path, rng))
    return documents


def _own(path: Path) -> Document:
    """A text of ours: ``{58}`` is a figure that others in the text contradict when it changes; ``{~25}`` one
    that they give rounded, so that a change by one may still be right."""
    pieces, tied, loosely, length, at = [], [], [], 0, 0
    marked = path.read_text(encoding="utf-8")
    for match in re.finditer(r"\{([^{}]*)\}", marked):
        before = marked[at : match.start()]
        pieces.append(before)
        length += len(before)
        loose = match[1].startswith("~")
        words = match[1].removeprefix("~")
        (loosely if loose else tied).append((length, length + len(words)))
        pieces.append(words)
        length += len(words)
        at = match.end()
    pieces.append(marked[at:])
    return Document(path.stem, "".join(pieces), "2025", tuple(tied), tuple(loosely))


def _stretch(path: Path, rng: random.Random) -> Document:
    """Whole lines, about as long as a sub-district report."""
    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    start = rng.randrange(max(1, len(lines) // 2))
    taken = ""
    for line in lines[start:]:
        taken += line
        if len(taken) >= _SLICE:
            break
    year = re.search(r"20\d\d", path.name)
    return Document(path.stem, taken, str(int(year[0]) - 1) if year else None)
