"""TXT607: units that the standard writes otherwise: ㎡, KM, 平米, 公分."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from gov_writer import lexicon
from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.domain import Finding, Severity
from gov_writer.text.lazy import lazy


class UnitStyle(Rule):
    code = "TXT607"
    name = "unit-style"
    severity = Severity.INFO
    title = "计量单位写法不规范"
    why = "单位符号大小写不同、字形特殊（㎡）或用已淘汰的名称，检索和换算时容易出错。"
    bad = "修缮道路3KM，绿化1200㎡。"
    good = "修缮道路3公里，绿化1200平方米。"
    authority = Citation("GB 3100-1993", "6", "单位的中文符号和国际符号的书写规则")

    def check(self, case: Case) -> Iterable[Finding]:
        found = []
        for pattern, right, note in _table():
            spans = [match.span() for match in pattern.finditer(case.text)]
            if not spans:
                continue
            start, end = spans[0]
            words = case.text[start:end]
            count = f"（共{len(spans)}处）" if len(spans) > 1 else ""
            message = f"“{words}”{count}宜写作“{right}”：{note}。"
            found.append(self.found(case, start, end, message, expected=right))
        return sorted(found, key=lambda finding: finding.start)


@cache
def _table() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((lazy(pattern), right, note) for pattern, right, note in lexicon.rows("unit_style"))
