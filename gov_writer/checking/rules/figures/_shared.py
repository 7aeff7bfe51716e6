"""What the FIG rules share: each shows its part of the one alignment of draft and sources."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rulings import Ruling, Rulings
from gov_writer.domain import Evidence, Finding, Severity

#: Nothing prescribes this in a standard; it is what checking against sources means.
HOUSE = Citation("本项目约定", "数据核对", "文稿中的每个数据都应当有材料依据")


class FigureRule(Rule):
    """A rule that reports the claims that ``rulings`` gave to it."""

    severity = Severity.ERROR
    authority = HOUSE

    def check(self, case: Case) -> Iterable[Finding]:
        rulings = case.rulings
        if rulings is None:
            return
        for ruling in rulings.of(self.code):
            message, expected = self.tell(ruling)
            yield self.found(
                case,
                ruling.claim.start,
                ruling.claim.end,
                message,
                severity=self.severity.lowered() if ruling.uncertain else self.severity,
                expected=expected,
                evidence=self.proof(ruling, rulings),
            )

    @abstractmethod
    def tell(self, ruling: Ruling) -> tuple[str, str | None]:
        """The message, and the words that would be right (None where there are none)."""

    def proof(self, ruling: Ruling, rulings: Rulings) -> tuple[Evidence, ...]:
        if ruling.pair is not None:
            return rulings.evidence(ruling.pair.fact)
        if ruling.derivation is not None:
            return rulings.evidence(*ruling.derivation.inputs)
        return ()


def source_text(ruling: Ruling) -> str:
    """The figure as the source has it."""
    assert ruling.pair is not None
    return ruling.pair.fact.text


def hedge(ruling: Ruling) -> str:
    """What an uncertain match says of itself."""
    if ruling.pair is not None and not ruling.pair.certain:
        return f"（材料所述为“{ruling.pair.fact.subject or ruling.pair.fact.text}”，请确认是否同一事项）"
    return ""
