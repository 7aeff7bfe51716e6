"""ENT701: a name or term that no source has."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking import levels, ordinals
from gov_writer.checking.case import Case
from gov_writer.checking.known import Known, given, in_draft, is_common, plain
from gov_writer.checking.rule import Citation, Rule
from gov_writer.domain import Finding, Severity

_WHAT = {"person": "人名", "org": "单位名称", "place": "地名", "title": "文件名", "quoted": "引号内的提法"}


class UnsourcedName(Rule):
    code = "ENT701"
    name = "unsourced-name"
    severity = Severity.WARNING
    title = "人名、地名、单位、文件名或专门提法在材料中找不到"
    why = "套用旧稿或由模型代写时，容易带进别处的名称；名称错了，比数字错了更难堪。"
    bad = "材料只提到云溪社区，文稿写成松风社区。"
    good = "名称与材料一致，或补充相应材料。"
    authority = Citation("党政机关公文处理工作条例", "第十九条", "内容真实准确")

    def check(self, case: Case) -> Iterable[Finding]:
        if case.against is None:
            return
        sources = Known.of(case.against.sources)
        examples = Known.of(case.examples)
        title = given(case)
        told: set[str] = set()
        for name, start, end in in_draft(case):
            bare = plain(name.bare)
            key = bare[-name.core :] if name.kind in ("org", "place") else bare
            if name.masked or key in told or (len(bare) >= 2 and bare in title):
                continue
            if is_common(name, case) and not (name.kind == "quoted" and sources.has_twin(bare)):
                continue
            if sources.has(name) or (case.examples and examples.has(name)):
                continue
            told.add(key)
            yield self.found(
                case, start, end, f"{_WHAT[name.kind]}{_quoted(name.text)}在材料中找不到，请核对。"
            )
        for what, changed in (("级别", levels.changed), ("届次", ordinals.changed)):
            for start, end, right in changed(case.text, case.against.sources):
                words = case.text[start:end]
                if not any(name.kind == "quoted" and a <= start < b for name, a, b in in_draft(case)):
                    message = f"{what}与材料不一致：材料为“{right}”，文稿为“{words}”。"
                    yield self.found(case, start, end, message, expected=right)


def _quoted(text: str) -> str:
    return text if text[0] in "“《「『" else f"“{text}”"
