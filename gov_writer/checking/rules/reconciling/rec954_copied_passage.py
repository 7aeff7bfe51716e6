"""REC954: passages that one part took from another (or from last year's report given beside it)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.comparing.copied import OPENING
from gov_writer.checking.rules.reconciling.units_told import of_one, part_name
from gov_writer.domain import Evidence, Finding, Ledger, Severity
from gov_writer.matching.passages import near
from gov_writer.text import sentences

#: Shorter passages are formulas that everybody uses.
SHORTEST = 60
#: Share of common five-character runs (Jaccard) from which a passage counts as taken over; and with a run of so many
#: characters in a row: what was taken over has got another beginning and end.
ALIKE, HALF_ALIKE, IN_A_ROW = 0.7, 0.5, 30


@dataclass(frozen=True, slots=True)
class _Passage:
    """A sentence of a report.  owner: the number of the part; last year's reports come after all parts."""

    owner: int
    start: int
    end: int
    words: str


class CopiedPassage(Rule):
    code = "REC954"
    name = "copied-passage"
    severity = Severity.WARNING
    title = "大段文字与他处雷同"
    why = "两个单位的段落除数字外几乎相同，多半是照抄，其中的数据和做法未必是本单位的。"
    bad = "两个街道的“基层治理”一段只有街道名和数字不同。"
    good = "各写各的做法；共同的背景只在汇总中写一次。"
    authority = Citation("本项目约定")

    def check(self, case: Case) -> Iterable[Finding]:
        reports = (*case.parts, *case.before)
        shared: dict[tuple[int, int], list[tuple[_Passage, _Passage]]] = {}
        for one, two in _alike(reports):
            now = len(case.parts)
            versions = two.owner < now and of_one(reports[one.owner], reports[two.owner])
            if one.owner < now and not versions:  # two reports of last year are nobody's business now
                shared.setdefault((one.owner, two.owner), []).append((one, two))
        end = len(case.text)
        for (a, b), pairs in sorted(shared.items()):
            one, two = max(pairs, key=lambda pair: pair[0].end - pair[0].start)
            of_last_year = b >= len(case.parts)
            said = (
                f"{part_name(reports[a])}与上年报告（{part_name(reports[b])}）有{len(pairs)}处大段文字雷同（不计数字）。"
                if of_last_year
                else f"{part_name(reports[a])}与{part_name(reports[b])}有{len(pairs)}处大段文字雷同（不计数字）。"
            )
            evidence = (_evidence(reports[a], one), _evidence(reports[b], two))
            yield self.found(case, end, end, said, evidence=evidence)


def _alike(reports: tuple[Ledger, ...]) -> Iterator[tuple[_Passage, _Passage]]:
    """Pairs of like passages of different reports, the earlier first."""
    passages = [p for number, report in enumerate(reports) for p in _passages(report, number)]
    words, owners = [p.words for p in passages], [p.owner for p in passages]
    for one, two in near.among(words, owners, alike=HALF_ALIKE):
        if _taken_over(words[one], words[two]):
            yield passages[one], passages[two]


def _taken_over(one: str, two: str) -> bool:
    if near.likeness(near.runs(one), near.runs(two)) >= ALIKE:
        return True
    return near.longest_run(one, two) >= IN_A_ROW


def _passages(report: Ledger, owner: int) -> Iterator[_Passage]:
    text = report.sources[0].text
    for start, end in sentences(text):
        words = near.plain(text[start:end])
        if len(words) >= SHORTEST and not OPENING.search(text, start, end):
            yield _Passage(owner, start, end, words)


def _evidence(report: Ledger, passage: _Passage) -> Evidence:
    source = report.sources[0]
    line = source.text.count("\n", 0, passage.start) + 1
    return Evidence(source=source.path, locator=f"第{line}行", text=source.text[passage.start : passage.end])
