"""One section written once more, and put in the place of the old one in a text that was edited meanwhile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gov_writer.domain import Outline, SectionProse, Source
from gov_writer.drafting.compose import attached, sections
from gov_writer.drafting.phrase import Verify, unchecked
from gov_writer.drafting.prose import builtin, told
from gov_writer.text.todo import TODO

if TYPE_CHECKING:
    from gov_writer.drafting.model_writer import ModelWriter

_NUMBER = re.compile(
    r"^\s*(?:#{1,6}\s*)?(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])\s*"
)


def again(
    outline: Outline,
    heading: str,
    writer: ModelWriter | None,
    *,
    sources: Sequence[Source] = (),
    examples: Sequence[Source] = (),
    verify: Verify = unchecked,
) -> SectionProse | None:
    """The prose of the section with that heading, number or not; None where the outline has none that says anything.

    writer: an engine with a model; None, or where it fails, is the builtin writer.
    """
    found = next((pair for pair in sections(outline) if _plain(pair[1]) == _plain(heading)), None)
    if found is None:
        return None
    section, numbered = found
    if writer is None:
        return builtin(section, numbered)
    alone = replace(section, children=(), level=1)
    only = replace(outline, sections=(alone,), opening=(), closing=())
    writer.write(only, sources, examples, verify)
    return writer(alone, numbered) or builtin(section, numbered, fell_back=True)


def replaced(text: str, heading: str, prose: str, outline: Outline) -> str:
    """The text with ``prose`` between that heading and the next; unchanged where it has no such heading.

    A 【待补：…】 of the section stays, and so do the closing and the signature that the outline has.
    """
    last = (
        {block.text for block in told(outline.closing)}
        | {block.text for block in attached(outline)}
        | {*outline.signature}
    )
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if _NUMBER.match(line) and _plain(line) == _plain(heading):
            behind = range(at + 1, len(lines))
            end = next((n for n in behind if _is_end(lines[n]) or lines[n] in last), len(lines))
            kept = [one for one in lines[at + 1 : end] if TODO.match(one)]
            return "\n".join([*lines[: at + 1], prose, *kept, *lines[end:]])
    return text


def _is_end(line: str) -> bool:
    return bool(_NUMBER.match(line)) and len(line) <= 60 and not line.rstrip().endswith(("。", "；"))


def _plain(heading: str) -> str:
    return "".join(_NUMBER.sub("", heading).split())
