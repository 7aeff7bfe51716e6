"""TXT601: something was to be filled in and wasn't; or a name was masked on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.domain import Evidence, Finding, Severity
from gov_writer.text.lazy import lazy

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_FIGURE = "(?=[余多]?(?:万元|亿元|千元|元|%|％|个百分点|人次|万人|余人|余户|平方米|万平方米|公里|月[XxＸ×*0-9]|年[XxＸ×*0-9]|日))"
#: What is unfilled, by the name it is reported under.
_UNFILLED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "X",
        lazy(
            "(?<![A-Za-z0-9０-９+＋\\-/.])(?:[XＸ]{1,6}|x{2,6})(?![A-Za-z0-9０-９+＋])"
            "(?!光|射线|轴|型|染色体|形|线机|档|档案|射|战警|\\.|-ray)"
            "|(?<![A-Za-z0-9])20[XxＸ]{2}(?=[年〕度])",
            needs="XxＸ",
        ),
    ),
    (
        "____",
        lazy(f"(?<![A-Za-z0-9/])[_＿]{{2,}}(?![A-Za-z])|(?<=[0-9])[_＿]{{2,}}(?=[{_HAN}㎡])", needs="_＿"),
    ),
    (
        "【待…】",
        lazy(
            "【[^【】\\n]{0,12}(?:待|填|补充|此处|核实|XX|？|\\?)[^【】\\n]{0,60}】|［[^［］\\n]{0,8}(?:待|填写|补充)[^［］\\n]{0,60}］"
            "|\\[[^\\[\\]\\n]{0,8}(?:待|填写|补充)[^\\[\\]\\n]{0,60}\\](?!\\()|【 *】",
            needs="【［[",
        ),
    ),
    (
        "（此处…）",
        lazy(
            "[（(](?:此处|这里|待补|待填|待核|待定|待确认|请填|请补|填写)[^（）()\\n]{0,60}[)）]|[（(][ \u3000]{1,12}[)）]",
            needs="（(",
        ),
    ),
    (
        "待补充",
        lazy(
            "待补充(?:数据|数字|内容|材料|完善|核实)?(?=[。；，、\\n]|$)|(?<=[：:，,、])(?:数据|数字|内容)?待(?:定|填|补)(?=[。；，、\\n]|$)|数据待(?:补|核|定|统计)|\\bTODO\\b|\\bTBD\\b|此处补充",
            needs="待数T此",
        ),
    ),
    ("×", lazy(f"(?<![0-9０-９×])×{{1,4}}(?![0-9×]){_FIGURE}", needs="×")),
    ("*", lazy(f"(?<![*0-9])[*＊]{{1,4}}(?![*]){_FIGURE}", needs="*＊")),
    ("○", lazy("[○□◯]{2,}|口{3,}", needs="○□◯口")),
    (
        "？？",
        lazy(
            f"[?？]{{3,}}|(?<=[{_HAN}])[?？]{{1,2}}(?=[万亿余]?(?:个|件|户|名|人|次|处|家|项|起|场|元|%|平方|公里|栋))",
            needs="?？",
        ),
    ),
    (
        "空格",
        lazy(
            f"(?<=[{_HAN}])[ \u3000]{{2,8}}(?=年[ \u3000]{{2,8}}月|个|户|万元|人次)|(?<=[达为到{_HAN}])[ \u3000]{{1,8}}(?=[%％])",
            needs=" \u3000",
        ),
    ),
)
_MASKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("*", lazy("[*＊]{1,8}", needs="*＊")),
    ("×", lazy(f"(?<![0-9０-９ ])×{{1,4}}(?![0-9０-９ ])(?=[{_HAN}])", needs="×")),
    (
        "某",
        lazy(
            f"某(?:某|[甲乙丙丁])?(?=街道|社区|小区|公司|企业|单位|局|区|市|县|镇|乡|村|路|街|厂|学校|医院|部门|同志|$)"
            f"|(?<=[{_HAN}])某某|某某",
            needs="某",
        ),
    ),
)
_BOLD = lazy(
    "(\\*\\*|(?<![0-9])__(?![万亿余]?[个件次户名人家处项起场元份条]))(?=[^\\s*_])[^*_\\n]*[^\\s*_](\\1)"
)
_RULE_LINE = lazy("^[ \\t]*(?:[*_-][ \\t]*){3,}$", re.MULTILINE)
_BULLET = lazy("^[ \\t]*\\*(?=[ \\t])", re.MULTILINE)
_LISTED = 12


class PlaceholderLeft(Rule):
    code = "TXT601"
    name = "placeholder-left"
    severity = Severity.ERROR
    title = "留有未填的空或有意隐去的名字"
    why = "“X个”“____”“【待补】”说明数字还没有填上，不能印发；“**街道”一类是有意隐去，只作提示。"
    bad = "全年调解纠纷X起。"
    good = "全年调解纠纷206起。"
    authority = Citation("党政机关公文处理工作条例", "第十九条", "内容真实准确")

    def check(self, case: Case) -> Iterable[Finding]:
        text = case.text
        markup = _markup(case)
        taken: set[int] = set()
        found: list[Finding] = []
        for kinds, unfilled in ((_UNFILLED, True), (_MASKS, False)):
            for label, pattern in kinds:
                spans = [
                    match.span()
                    for match in pattern.finditer(text)
                    if match.start() not in markup and match.start() not in taken
                ]
                if spans:
                    for start, end in spans:
                        taken.update(range(start, end))
                    found.append(self._finding(case, label, spans, unfilled))
        return sorted(found, key=lambda finding: finding.start)

    def _finding(self, case: Case, label: str, spans: list[tuple[int, int]], unfilled: bool) -> Finding:
        start, end = spans[0]
        lines: list[str] = []
        for at, _ in spans:
            locator = f"第{case.lines.at(at)[0]}行"
            if locator not in lines:
                lines.append(locator)
            if len(lines) > _LISTED:
                break
        count = (
            f"，共{len(spans)}处（{'、'.join(lines[:_LISTED])}{'等' if len(lines) > _LISTED else ''}）"
            if len(spans) > 1
            else ""
        )
        if unfilled:
            message = f"有未填的空“{label}”{count}，请补上后再印发。"
        else:
            message = f"名称已用“{label}”隐去{count}；如系有意，不必修改。"
        evidence = tuple(
            Evidence(
                source=case.draft.path,
                locator=f"第{case.lines.at(at)[0]}行",
                text=_around(case.text, at, stop),
            )
            for at, stop in spans[:_LISTED]
        )
        return self.found(
            case, start, end, message, severity=None if unfilled else Severity.INFO, evidence=evidence
        )


def _around(text: str, start: int, end: int) -> str:
    left, right = max(0, start - 8), min(len(text), end + 8)
    return text[left:right].replace("\n", " ").strip()


def _markup(case: Case) -> frozenset[int]:
    """Offsets of Markdown's own asterisks and underscores, in .md files only."""
    if not case.draft.path.lower().endswith((".md", ".markdown")):
        return frozenset()
    taken: set[int] = set()
    for match in _BOLD.finditer(case.text):
        taken.update((match.start(), match.start() + 1, match.start(2), match.start(2) + 1))
    for pattern in (_RULE_LINE, _BULLET):
        for match in pattern.finditer(case.text):
            taken.update(range(match.start(), match.end()))
    return frozenset(taken)
