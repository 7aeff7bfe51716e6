"""TXT606: a word that looks or sounds like the right one: 累积 before a count, 截止 before a date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from gov_writer import lexicon
from gov_writer.checking.case import Case
from gov_writer.checking.office import Allowed
from gov_writer.checking.rule import Citation, Rule
from gov_writer.domain import Finding, Fix, Severity
from gov_writer.matching.naming import segments
from gov_writer.text.clean import readable
from gov_writer.text.lazy import lazy


@dataclass(frozen=True, slots=True)
class _Confusable:
    """anchor: what must stand in the text for the pattern to be tried at all."""

    pattern: re.Pattern[str]
    anchor: str
    right: str
    note: str


class ConfusableWord(Rule):
    code = "TXT606"
    name = "confusable-word"
    severity = Severity.WARNING
    title = "近音、近形、近义词误用"
    why = "“截止6月底”“累积走访”等是公文里最常见的别字，拼写检查查不出来，要看上下文。"
    bad = "截止6月底，累积走访企业500家。"
    good = "截至6月底，累计走访企业500家。"
    authority = Citation("国家通用语言文字法", "第九条", "国家机关以普通话和规范汉字为公务用语用字")

    def check(self, case: Case) -> Iterable[Finding]:
        view = readable(case.text)
        text = view.text
        taken: set[int] = set()
        found: list[Finding] = []
        allowed = Allowed(case, text)
        own = dict(case.settings.confusables)
        office = (
            _Confusable(re.compile(f"(?P<word>{re.escape(wrong)})"), wrong, right, "本单位词表")
            for wrong, right in own.items()
            if wrong and wrong != right
        )
        for entry in (*office, *_table()):
            if entry.anchor not in text:
                continue
            for match in entry.pattern.finditer(text):
                start, end = match.span("word")
                words = text[start:end]
                if len(words) > 1 and segments.crossed(text, start, end):
                    continue
                if start in taken or allowed.covers(start, end) or own.get(words, "") == words:
                    continue
                taken.update(range(start, end))
                start, end = view.span(start, end)
                fix = Fix(start=start, end=end, text=entry.right, safe=False) if text is case.text else None
                message = f"“{words}”疑应为“{entry.right}”：{entry.note}。"
                found.append(self.found(case, start, end, message, expected=entry.right, fix=fix))
        return sorted(found, key=lambda finding: finding.start)


@cache
def _table() -> tuple[_Confusable, ...]:
    table = []
    for before, word, after, right, note in lexicon.rows("confusables"):
        parts = [
            f"(?:{before})" if before != "-" else "",
            f"(?P<word>{word})",
            f"(?:{after})" if after != "-" else "",
        ]
        anchor = word if re.fullmatch("[\u4e00-\u9fff]+", word) else ""
        table.append(_Confusable(lazy("".join(parts)), anchor, right, note))
    return tuple(table)
