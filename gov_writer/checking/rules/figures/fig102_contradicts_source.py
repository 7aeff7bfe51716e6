"""FIG102: 数据与材料不一致。"""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import UNDECIDED
from gov_writer.checking.rules.figures.figure_rule import FigureRule, hedge, reckoning, source_text
from gov_writer.checking.rulings.ruling import Ruling
from gov_writer.domain import Finding, Severity

_NUMERALS = "〇零一二三四五六七八九十百千两"


class ContradictsSource(FigureRule):
    """数据与材料不一致。"""

    code = "FIG102"
    name = "contradicts-source"
    title = "数据与材料不一致"
    why = "同一件事，文稿与材料的数不同，必有一个是错的；上级核对时以材料为准。"
    bad = "材料：排查隐患8753处；文稿：排查隐患8573处。"
    good = "按材料改为8753处；若材料有误，先改材料。"

    def check(self, case: Case) -> Iterable[Finding]:
        yield from super().check(case)
        rulings = case.rulings
        if rulings is None:
            return
        for ruling in rulings.all:
            if ruling.rival is not None and ruling.pair is not None:
                rival, fact = ruling.rival, ruling.pair.fact
                yield self.found(
                    case,
                    ruling.claim.start,
                    ruling.claim.end,
                    f"{UNDECIDED}：材料之间不一致，一处为“{fact.text}”，另一处为“{rival.text}”。",
                    severity=Severity.INFO,
                    evidence=rulings.evidence(fact, rival),
                )

    def tell(self, ruling: Ruling) -> tuple[str, str | None]:
        derivation = ruling.derivation
        if derivation is not None:
            right = source_text(ruling)
            return f"与材料不一致：{reckoning(derivation)}，应为“{right}”。", right
        right = source_text(ruling)
        kind = slip(ruling.claim.text, right)
        return f"与材料不一致：材料为“{right}”{kind}。{hedge(ruling)}", right


def slip(mine: str, right: str) -> str:
    """What kind of slip of the pen it looks like, as a clause for the message."""
    a = "".join(c for c in mine if c.isdigit() or c in _NUMERALS)
    b = "".join(c for c in right if c.isdigit() or c in _NUMERALS)
    if a == b or not a or not b:
        return ""
    apart = [i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    if len(a) == len(b) and sorted(a) == sorted(b):
        return "，数字顺序颠倒" if len(apart) == 2 else "，数字次序有误"
    if len(a) == len(b) and len(apart) == 1:
        return f"，“{b[apart[0]]}”写成了“{a[apart[0]]}”"
    if len(a) == len(b) - 1 and any(b[:i] + b[i + 1 :] == a for i in range(len(b))):
        return "，漏了一个数字"
    if len(a) == len(b) + 1 and any(a[:i] + a[i + 1 :] == b for i in range(len(a))):
        return "，多了一个数字"
    return ""
