"""Whose figure a total in running text tells: 全年生猪出栏13万头，其中大柳镇出栏32180头."""

from __future__ import annotations

from collections.abc import Sequence

from gov_writer.checking.rules.reconciling.wordings import OF_WHICH
from gov_writer.domain import Fact
from gov_writer.matching import units
from gov_writer.text.lazy import lazy

#: What a part did, without a word of what.
_DEED = lazy("(?:全年|共|分别|已)*(?:完成|实现|达到?|为|有|占|贡献)?")
_ALL = lazy("^(?:全[省市区县旗州镇乡]|我[市区县]|辖区)")


def of_part(fact: Fact, names: Sequence[str], earlier: Sequence[Fact]) -> tuple[int | None, str]:
    """The number of the part whose own figure this is, None for one of all, and the indicator's name.

    earlier: the figures of all that the text has told so far.
    """
    subject = _ALL.sub("", fact.subject) or fact.subject
    part = next(
        (n for n, name in enumerate(names) if name and name in (*_words(fact), fact.actor, fact.scope)), None
    )
    if part is None:
        return None, subject
    base, _, rest = subject.rpartition("其中")
    rest = rest.replace(names[part], "")
    whole = [
        one
        for one in earlier
        if one.sentence == fact.sentence and units.same(one.unit, fact.unit) and one.start < fact.start
    ]
    named = [_ALL.sub("", one.subject) or one.subject for one in reversed(whole)]
    fits = [said for said in named if rest and said.endswith(rest)] or [
        said for said in named if said == base
    ]
    if not fits and not base and _DEED.fullmatch(rest):
        fits = named  # 全区完成投资85.8亿元，其中甲街道完成18.6亿元，乙镇完成7.9亿元
    return part, fits[0] if fits else base + rest


def _words(fact: Fact) -> tuple[str, ...]:
    """What a subject may be the name of, alone or in front: 其中北山街道, 大柳镇出栏."""
    last = OF_WHICH.split(fact.subject)[-1]
    return tuple(last[:size] for size in range(2, min(len(last), 12) + 1))
