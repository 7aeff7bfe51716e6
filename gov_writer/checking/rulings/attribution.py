"""Whose work it is: a draft that gives one office's figures to another whose notes lie beside them.

Which office a note is from, its first line, its headings, its file's name or the label of its line tell. Nothing is
said where either side may be meant as the whole street, or where the note names the draft's office anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import PurePath

from gov_writer.domain import Fact, Ledger, Source
from gov_writer.text.lazy import lazy

#: Who stands for the street as a whole, or for nobody in particular.
_WHOLE = lazy(
    r"(?:街道|办事处|街道办|党工委|工委|党委|支部|总支|社区|居委会|村|村委会|镇|乡|政府|管委会|专班|工作组|指挥部|领导小组"
    r"|志愿者|干部|党员|队员|人员|服务队|突击队|巡逻队|网格员)$"
)
_FRONT = lazy(r"^(?:[\u4e00-\u9fff]{2,4}?(?:街道|镇|乡)|街道|区|市|县|镇|乡|辖区|我)")
_LAST = lazy(r"(?:办公室|服务中心|服务站|工作站|中心|大队|中队|办|科|队|所|站|局|部|组|院)$")
_OFFICE = lazy(r"[\u4e00-\u9fff]{2,8}?(?:办公室|中心|大队|中队|办|科|队|所|站|局|工委|联|会|院)")


class Attribution:
    """Tells of a figure's office in the draft whether its source is another's."""

    def __init__(self, against: Ledger) -> None:
        self._against = against
        self._actors = {fact.actor for fact in against.facts if fact.actor}

    @cached_property
    def _signs(self) -> dict[str, str]:
        """What says whose note a source is: its name and its first lines."""
        return {source.id: _sign(source) for source in self._against.sources}

    def another(self, claim: Fact, fact: Fact) -> bool:
        """Whether the draft says that an office did what the notes tell of another."""
        who = claim.actor or self._at_head(claim.subject)
        if not who or _WHOLE.search(who) or "、" in who or fact.cell is not None:
            return False
        stem = _LAST.sub("", _FRONT.sub("", who)) or who
        if len(stem) < 2 or self._named(stem, fact):
            return False
        if fact.actor:
            return not _WHOLE.search(fact.actor) and not _akin(stem, fact.actor)
        own = self._signs[fact.source]
        others = (sign for key, sign in self._signs.items() if key != fact.source)
        return _OFFICE.search(own) is not None and any(stem in sign for sign in others)

    def _at_head(self, subject: str) -> str:
        """A known office at the head of what was counted: 信访办|提供法律咨询."""
        match = _OFFICE.match(subject)
        if match is None or match.end() == len(subject):
            return ""
        known = any(match[0] in sign for sign in self._signs.values()) or match[0] in self._actors
        return match[0] if known else ""

    def _named(self, stem: str, fact: Fact) -> bool:
        """Whether the figure's own note names the office, or a heading above it does."""
        words = self._against.source(fact.source).text
        if fact.actor:  # a file of several offices: the line and its headings alone tell
            words = words[fact.sentence[0] : fact.sentence[1]]
        return stem in words or any(stem in head for head in fact.heading) or stem in fact.actor


def _sign(source: Source) -> str:
    lines: Sequence[str] = [line for line in source.text[:400].splitlines() if line.strip()][:2]
    return "\n".join((PurePath(source.path).stem, *(line[:40] for line in lines)))


def _akin(stem: str, office: str) -> bool:
    """Whether two names may mean one office (城管执法队, 综合执法中队): they share two characters in a row."""
    bare = _LAST.sub("", _FRONT.sub("", office)) or office
    return any(stem[i : i + 2] in bare for i in range(len(stem) - 1))
