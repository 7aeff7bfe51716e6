"""What the FIG rules share: each shows its part of the one alignment of draft and sources."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from decimal import Decimal

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rulings import Rulings
from gov_writer.checking.rulings.ruling import Ruling
from gov_writer.domain import Evidence, Finding, Fix, Kind, Mention, Severity
from gov_writer.matching.deriving.operations import Derivation
from gov_writer.matching.intervals import rounded

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
            start, end = ruling.claim.start, ruling.claim.end
            yield self.found(
                case,
                start,
                end,
                message,
                severity=self.severity.lowered() if ruling.uncertain else self.severity,
                expected=expected,
                evidence=self.proof(ruling, rulings),
                fix=Fix(start=start, end=end, text=expected) if expected else None,  # a person decides
            )

    @abstractmethod
    def tell(self, ruling: Ruling) -> tuple[str, str | None]:
        """The message, and the words that would be right (None where there are none)."""

    def proof(self, ruling: Ruling, rulings: Rulings) -> tuple[Evidence, ...]:
        if ruling.pair is not None and ruling.derivation is None:
            return rulings.evidence(ruling.pair.fact)
        if ruling.derivation is not None:
            return rulings.evidence(*ruling.derivation.inputs)
        return ()


def source_text(ruling: Ruling) -> str:
    """The figure as the source has it, or as it follows from the sources."""
    if ruling.derivation is not None:
        return plain(ruling.derivation, ruling.claim.mention)
    assert ruling.pair is not None
    return ruling.pair.fact.text


def told_by(ruling: Ruling) -> str:
    """The clause that says what the sources have, and why."""
    right = source_text(ruling)
    if ruling.derivation is not None:
        return f"{reckoning(ruling.derivation)}，应为“{right}”"
    return f"材料为“{right}”"


def reckoning(derivation: Derivation) -> str:
    names = "、".join(f"{fact.id}“{fact.text}”" for fact in derivation.inputs)
    return f"按材料中的{names}计算（{derivation.formula}）"


def plain(derivation: Derivation, like: Mention) -> str:
    """A computed value written the way the claim is written, in its digits and unit."""
    step = like.step or Decimal(1)
    amount = rounded(derivation.value, step)
    text = f"{amount.normalize():f}"
    unit = like.unit or ("%" if like.kind in (Kind.PERCENT, Kind.GROWTH) else "")
    if like.kind is Kind.GROWTH and derivation.operation == "difference":
        unit = "个百分点"
    if like.kind is Kind.GROWTH or like.sub == "delta":
        up, down = (
            ("增长", "下降") if unit == "%" else ("提高", "降低") if unit == "个百分点" else ("增加", "减少")
        )
        return f"{down if amount < 0 else up}{text.lstrip('-')}{unit}"
    return f"{text.lstrip('-')}{unit}"


def hedge(ruling: Ruling) -> str:
    """What an uncertain match says of itself."""
    if ruling.pair is not None and not ruling.pair.certain:
        return f"（材料所述为“{ruling.pair.fact.subject or ruling.pair.fact.text}”，请确认是否同一事项）"
    return ""
