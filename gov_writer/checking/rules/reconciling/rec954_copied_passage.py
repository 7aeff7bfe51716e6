"""REC954: passages that one part took from another (or from last year's report given beside it)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.reconciling.match import part_name
from gov_writer.domain import Evidence, Finding, Severity
from gov_writer.text import sentences

#: Shorter passages are formulas that everybody uses.
SHORTEST = 60
#: Share of common five-character runs (Jaccard) from which a passage counts as taken over.
ALIKE = 0.7
_SHINGLE = 5
_PERMUTATIONS, _BANDS = 64, 16
_DIGITS = re.compile(r"[\d.,%，。；：、\s]+")


@dataclass(frozen=True, slots=True)
class _Passage:
    part: int
    start: int
    end: int
    shingles: frozenset[str]


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
        shared: dict[tuple[int, int], list[tuple[_Passage, _Passage]]] = {}
        for one, two in _alike(case):
            shared.setdefault((one.part, two.part), []).append((one, two))
        end = len(case.text)
        for (a, b), pairs in sorted(shared.items()):
            one, two = max(pairs, key=lambda pair: pair[0].end - pair[0].start)
            names = f"{part_name(case.parts[a])}与{part_name(case.parts[b])}"
            message = f"{names}有{len(pairs)}处大段文字雷同（不计数字）。"
            evidence = (_evidence(case, one), _evidence(case, two))
            yield self.found(case, end, end, message, evidence=evidence)


def _alike(case: Case) -> Iterator[tuple[_Passage, _Passage]]:
    """Pairs of like passages of different parts: candidates by MinHash-LSH, then counted exactly.

    The search costs about one look-up per passage, not one comparison per pair (Broder 1997).
    """
    from rensa import RMinHash, RMinHashLSH

    passages = [p for number in range(len(case.parts)) for p in _passages(case, number)]
    index = RMinHashLSH(threshold=ALIKE, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    for number, passage in enumerate(passages):
        signature = RMinHash(num_perm=_PERMUTATIONS, seed=1)
        signature.update(sorted(passage.shingles))
        for other in sorted(index.query(signature)):
            earlier = passages[other]
            both = len(passage.shingles & earlier.shingles)
            if earlier.part != passage.part and both >= ALIKE * len(passage.shingles | earlier.shingles):
                yield earlier, passage
        index.insert(number, signature)


def _passages(case: Case, part: int) -> Iterator[_Passage]:
    text = case.parts[part].sources[0].text
    for start, end in sentences(text):
        plain = _DIGITS.sub("", text[start:end])
        if len(plain) >= SHORTEST:
            runs = frozenset(plain[i : i + _SHINGLE] for i in range(len(plain) - _SHINGLE + 1))
            yield _Passage(part, start, end, runs)


def _evidence(case: Case, passage: _Passage) -> Evidence:
    source = case.parts[passage.part].sources[0]
    line = source.text.count("\n", 0, passage.start) + 1
    return Evidence(source=source.path, locator=f"第{line}行", text=source.text[passage.start : passage.end])
