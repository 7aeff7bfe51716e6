"""ARI202: a growth or difference that the text's own two values do not give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules import citations
from gov_writer.checking.rules.arithmetic import grammar
from gov_writer.checking.rules.arithmetic.changes import DOWN, POINTS, Pair, changes, pairs
from gov_writer.checking.rules.arithmetic.grammar import Stretch
from gov_writer.checking.rules.arithmetic.interval import Interval, growth, reading, shown
from gov_writer.domain import Approx, Fact, Finding, Kind, Severity
from gov_writer.lexicon import words
from gov_writer.text.lazy import lazy

_COMPARABLE = lazy(r"可比|同口径|不变价|实际增|剔除|扣除|名义")


class GrowthRecomputed(Rule):
    code = "ARI202"
    name = "growth-recomputed"
    severity = Severity.ERROR
    title = "增幅与前后数值不符"
    why = "前后两个数都写出来了，读者拿计算器一按就知道增幅对不对；算错或改数后忘了重算，是常见的数据差错。"
    bad = "受理诉求由400件增加到480件，增长25%。"
    good = "受理诉求由400件增加到480件，增长20%。"
    authority = citations.ACCURATE

    def check(self, case: Case) -> Iterator[Finding]:
        for stretch in grammar.stretches(case):
            for section in grammar.sections(case.text, stretch):
                if _COMPARABLE.search(case.text, section.start, section.end):
                    continue
                seen: set[int] = set()
                for pair in pairs(case.text, section):
                    for finding in self._of_pair(case, section, pair):
                        if finding.end not in seen:
                            seen.add(finding.end)
                            yield finding

    def _of_pair(self, case: Case, section: Stretch, pair: Pair) -> Iterator[Finding]:
        turned = _turned(pair)
        if turned:
            message = f"方向与数值相反：“{pair.first.text}”到“{pair.last.text}”是{turned}。"
            yield self.found(case, pair.first.start, pair.last.end, message)
            return
        if _nominal(case.text, section, pair):
            return
        for change in changes(case.text, section, pair):
            finding = self._judge(case, pair, change)
            if finding is not None:
                yield finding

    def _judge(self, case: Case, pair: Pair, change: Fact) -> Finding | None:
        stated = _stated(change)
        relative = change.kind is Kind.GROWTH and change.unit != POINTS and not pair.percent
        if relative:
            computed = growth(pair.before, pair.after)
        elif change.kind is Kind.GROWTH and not (pair.percent and change.unit == POINTS):
            return None  # a percentage of percentages: ARI206 looks at it
        else:
            computed = pair.after - pair.before
        if stated is None or computed is None:
            return None
        rounded_off = computed.meets(stated)
        if rounded_off and relative and pair.narrow is not None:
            narrower = growth(*pair.narrow)
            if narrower is None or narrower.meets(stated):
                return None
            computed = narrower
        elif rounded_off and not _whole_points(pair, change):
            return None
        if not relative and change.kind is not Kind.GROWTH and (-computed).meets(stated) and _falls(change):
            return None  # 减少20件 is read without a sign
        if not relative and pair.percent:
            ratio = growth(pair.before, pair.after)
            if ratio is not None and ratio.meets(stated):
                return None  # points taken for percent: ARI206
        if computed.low is None or computed.high is None:
            return None
        right = _as_change((computed.low + computed.high) / 2, change)
        vague = (
            rounded_off
            or "番" in change.text
            or any(f.mention.approx is not Approx.EXACT for f in (pair.first, pair.last, change))
        )
        return self.found(
            case,
            min(pair.first.start, change.start),
            max(pair.last.end, change.end),
            f"与前后数值不符：按“{pair.first.text}”和“{pair.last.text}”计算应为{right}，文中写的是“{change.text}”。",
            severity=self.severity.lowered() if vague else None,
            expected=right,
        )


def _stated(change: Fact) -> Interval | None:
    """What a change may be taken to mean; 翻一番 is said of what is nearly or a little more than double."""
    if "番" in change.text and change.value is not None and change.mention.approx is Approx.EXACT:
        return Interval(change.value * Decimal("0.85"), change.value * Decimal("1.25"))
    return reading(change.mention)


def _whole_points(pair: Pair, change: Fact) -> bool:
    """82% to 91% told as 8 points: rounding may explain it, but a reader subtracts; a matter for a warning."""
    figures = (pair.earlier.mention, pair.later.mention, change.mention)
    if change.unit != POINTS or not pair.percent or any(m.step != 1 or m.value is None for m in figures):
        return False
    before, after, told = (m.value for m in figures)
    return before is not None and after is not None and told is not None and after - before != told


def _falls(change: Fact) -> bool:
    return DOWN.search(change.text) is not None


def _as_change(value: Decimal, change: Fact) -> str:
    """The right change in the words of the one that stands there."""
    if change.kind is Kind.GROWTH:
        unit = POINTS if change.unit == POINTS else "%"
        step = change.mention.step
        places = Decimal("0.1") if step is None or step > 1 else step
        return f"{'下降' if value < 0 else '增长'}{shown(abs(value), places)}{unit}"
    amount = abs(value)
    for word, scale in (("亿", 10**8), ("万", 10**4)):
        if word in change.text and amount >= scale:
            return f"{'减少' if value < 0 else '增加'}{shown(amount / scale)}{word}{change.unit or ''}"
    return f"{'减少' if value < 0 else '增加'}{shown(amount)}{change.unit or ''}"


def _turned(pair: Pair) -> str:
    if pair.goes == "up" and pair.after.below(pair.before):
        return "减少"
    if pair.goes == "down" and pair.before.below(pair.after):
        return "增加"
    return ""


def _nominal(text: str, section: Stretch, pair: Pair) -> bool:
    """Indicators whose growth is published in real terms, beside values at current prices."""
    around = text[max(section.start, pair.first.start - 30) : pair.last.end]
    return any(word in around for word in words("real_growth"))
