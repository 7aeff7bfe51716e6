"""TXT603: half-width punctuation between Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.wording.txt602_scrape_noise import doubled_by_scraping
from gov_writer.domain import Finding, Fix, Severity
from gov_writer.text.lazy import lazy

_C = "\u3400-\u4dbf\u4e00-\u9fff"
_CLOSE, _OPEN = "”’》〉）】」』％", "“‘《〈（【「『"
_AFTER_HAN = f"(?<=[{_C}{_CLOSE}])"
_BEFORE_HAN = f"(?=[{_C}{_OPEN}])"
_HALF = lazy(
    f"(?P<mark>{_AFTER_HAN}[,;:?!](?![/\\\\,;:?!])|(?<![,;:?!/])[,;?!]{_BEFORE_HAN}|(?<=[0-9%]):(?=[{_OPEN}]))"
    f"|(?P<stop>{_AFTER_HAN}\\.(?=[{_C}{_OPEN}]|[ \\t\u3000]*(?:\\n|$)))"
    f"|(?P<open>\\((?=[{_C}{_OPEN}]|[^()（）\\n]{{1,60}}）))|(?P<close>(?<=[{_C}{_CLOSE}])\\))",
    needs=",;:?!.()",
)
_FULL = {"mark": "，；：？！", "stop": "。", "paren": "（）"}
_WIDE = str.maketrans(",;:?!.()", "，；：？！。（）")
#: A text that writes nine in ten of a kind half-width, and at least this many, has made it its style.
_STYLE_SHARE, _STYLE_LEAST = 10, 8


class MixedWidthPunctuation(Rule):
    code = "TXT603"
    name = "mixed-width-punctuation"
    severity = Severity.INFO
    title = "中文里夹用半角标点"
    why = "中文句子里的点号、括号应占一个字的位置；半角标点排出来挤在一起，也影响按标点分句。"
    bad = "街道走访企业120家,解决问题85个."
    good = "街道走访企业120家，解决问题85个。"
    authority = Citation(
        "GB/T 15834-2011", "5.1.1", "句号、逗号、顿号、分号、冒号均置于相应文字之后，占一个字位置"
    )

    def check(self, case: Case) -> Iterable[Finding]:
        text = case.text
        groups: dict[str, list[re.Match[str]]] = {"mark": [], "stop": [], "paren": []}
        noisy = doubled_by_scraping(text)
        for match in _HALF.finditer(text):
            kind = match.lastgroup or ""
            groups["paren" if kind in ("open", "close") else kind].append(match)
        styled = [kind for kind, hits in groups.items() if self._is_style(text, kind, len(hits))]
        found: list[Finding] = []
        if styled or noisy:
            hits = sorted(
                (m for kind in (groups if noisy else styled) for m in groups[kind]), key=lambda m: m.start()
            )
            if hits:
                words = " ".join(sorted({match.group() for match in hits}))
                message = f"全文统一用了半角标点（{words}），共{len(hits)}处；公文应用全角标点。"
                found.append(self.found(case, hits[0].start(), hits[0].end(), message))
        for kind, kind_hits in groups.items():
            if noisy or kind in styled:
                continue
            for match in kind_hits:
                wide = match.group().translate(_WIDE)
                fix = Fix(start=match.start(), end=match.end(), text=wide, safe=True)
                message = f"半角标点“{match.group()}”应为全角“{wide}”。"
                found.append(self.found(case, match.start(), match.end(), message, expected=wide, fix=fix))
        return sorted(found, key=lambda finding: finding.start)

    @staticmethod
    def _is_style(text: str, kind: str, half: int) -> bool:
        full = sum(text.count(mark) for mark in _FULL[kind])
        return half >= _STYLE_LEAST and half >= (_STYLE_SHARE - 1) * full
