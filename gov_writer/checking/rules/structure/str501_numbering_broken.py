"""STR501: a number is missing, repeated or out of order, at any level."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.sections import numbering_of
from gov_writer.checking.series import Series, Slip, mark
from gov_writer.domain import Finding, Severity
from gov_writer.text.lazy import lazy

_TITLE = lazy("[^，,;:。；：、！？“”（）()\n]{3,14}。")


class NumberingBroken(Rule):
    code = "STR501"
    name = "numbering-broken"
    severity = Severity.ERROR
    title = "序号缺失、重复或次序颠倒"
    why = "序号断开，读者会以为漏了一段内容；删改段落后忘了顺延序号是最常见的原因。"
    bad = "一是加强宣传。三是严格执法。"
    good = "一是加强宣传。二是严格执法。"
    authority = Citation("GB/T 9704-2012", "7.3.3", "文中结构层次序数依次可以用“一、”“（一）”“1.”“（1）”标注")

    def check(self, case: Case) -> Iterable[Finding]:
        read = numbering_of(case)
        for slip in read.slips:
            yield self._slip(case, slip)
        yield from self._unmarked(case, read.series)

    def _slip(self, case: Case, slip: Slip) -> Finding:
        item = slip.item
        words = case.text[item.start : item.end].strip()
        wanted = mark(item.style, slip.wanted)
        severity = Severity.WARNING if slip.kind == "restart" and item.style in ("1.", "（1）", "①") else None
        if slip.kind == "gap" and item.number - slip.wanted > 1:
            last = mark(item.style, item.number - 1)
            message = f"序号不连续：“{words}”之前缺少“{wanted}”至“{last}”。"
        elif slip.kind == "gap":
            message = f"序号不连续：“{words}”之前缺少“{wanted}”。"
        elif slip.kind == "repeat":
            message = f"序号重复或次序颠倒：此处应为“{wanted}”，写作“{words}”。"
        elif slip.kind == "start":
            message = f"序号没有从头开始：“{words}”之前没有“{wanted}”。"
        elif slip.kind == "restart":
            message = f"序号重新从“{words}”开始，但其上没有新的标题；此处应为“{wanted}”，或者漏了上一级标题。"
        else:
            message = f"只有“{words}”，没有“{wanted}”。"
        expected = None if slip.kind == "lone" else wanted
        return self.found(case, item.start, item.end, message, severity=severity, expected=expected)

    def _unmarked(self, case: Case, series: list[Series]) -> Iterable[Finding]:
        """一是、二是 and then more titles of the same shape without 三是, where sister passages have it."""
        listed = [s for s in series if s.style == "一是"]
        if not any(len(s.items) >= 3 for s in listed):
            return
        for one in listed:
            if len(one.items) != 2 or not all(_TITLE.match(case.text, item.end) for item in one.items):
                continue
            last = one.items[-1]
            stop = case.text.find("\n", last.end, one.scope_end)
            stop = one.scope_end if stop < 0 else stop
            first = _TITLE.match(case.text, last.end)
            at = first.end() if first else last.end
            for match in _SENTENCE.finditer(case.text, at, stop):
                if match.start() > at and match.end() < stop and _TITLE.fullmatch(match.group()):
                    wanted = mark(last.style, last.number + 1)
                    message = f"“{match.group()}”与前面各点并列，似漏了序号“{wanted}”。"
                    yield self.found(
                        case, match.start(), match.end(), message, severity=Severity.WARNING, expected=wanted
                    )
                    break


_SENTENCE = lazy("[^。！？\n]*[。！？]?")
