"""FIG112: 起草以后，数据被改动、新增或删去。"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules.figures.figure_rule import HOUSE
from gov_writer.domain import Evidence, Finding, Provenance, Severity, Written


class FigureEdited(Rule):
    """起草以后，数据被改动、新增或删去。

    Only without ``--against``: with the sources at hand the other rules of the group say more.
    """

    code = "FIG112"
    name = "figure-edited"
    severity = Severity.WARNING
    title = "起草以后，数据被改动、新增或删去"
    why = "初稿里的数据都有出处；改稿时手误改掉一个数字，或者加进没有出处的数字，很难看出来。"
    bad = "初稿写“排查隐患8753处”，改稿后成了“8573处”。"
    good = "改回原数；确需修改的，先改材料再重新核对。"
    authority = HOUSE

    def check(self, case: Case) -> Iterable[Finding]:
        known = case.draft.provenance
        if known is None or case.against is not None:
            return
        found = [*self._changed(case, known), *self._new(case, known), *self._gone(case, known)]
        yield from sorted(found, key=lambda f: (f.start, f.end))

    def _changed(self, case: Case, known: Provenance) -> Iterable[Finding]:
        for one in known.figures:
            if one.start is None or one.end is None:
                continue
            now = case.text[one.start : one.end]
            if "".join(now.split()) != "".join(one.words.split()):
                yield self.found(
                    case,
                    one.start,
                    one.end,
                    f"起草时为“{one.words}”，现为“{now}”。",
                    expected=one.words,
                    evidence=_evidence(one),
                )

    def _new(self, case: Case, known: Provenance) -> Iterable[Finding]:
        spans = sorted(
            [(w.start, w.end) for w in known.figures if w.start is not None and w.end is not None]
            + list(known.untouched)
        )
        starts = [start for start, _ in spans]
        furthest: list[int] = []
        for _, end in spans:
            furthest.append(max(end, furthest[-1]) if furthest else end)
        for claim in case.claims.facts:
            at = bisect_right(starts, max(claim.start, claim.end - 1)) - 1
            if claim.counted and not (at >= 0 and furthest[at] > claim.start):
                message = f"“{claim.text}”是起草以后加上的，没有出处。"
                yield self.found(case, claim.start, claim.end, message)

    def _gone(self, case: Case, known: Provenance) -> Iterable[Finding]:
        end = len(case.text)
        for one in known.figures:
            if one.start is None:
                about = f"{one.subject} " if one.subject else ""
                message = f"起草时写有“{about}{one.words}”，现在没有了。"
                yield self.found(case, end, end, message, expected=one.words, evidence=_evidence(one))


def _evidence(one: Written) -> tuple[Evidence, ...]:
    if not one.source:
        return ()
    return (Evidence(source=one.source, locator=one.locator, text=f"{one.subject}{one.words}"),)
