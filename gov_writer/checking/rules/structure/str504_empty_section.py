"""STR504: a heading with nothing under it."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.sections import Section, sections_of
from gov_writer.domain import Finding, Severity


class EmptySection(Rule):
    code = "STR504"
    name = "empty-section"
    severity = Severity.WARNING
    title = "标题下面没有内容"
    why = "只有标题没有正文，多半是内容还没写，或者粘贴时丢了一段。"
    bad = "（二）民生工作\n（三）平安建设\n全年排查隐患若干处。"
    good = "（二）民生工作\n全年新建老年食堂两处。\n（三）平安建设"
    authority = Citation("本项目约定", "", "每个标题之下都有正文")

    def check(self, case: Case) -> Iterable[Finding]:
        sections = sections_of(case)
        filled = {section.rank for section in sections if section.body or section.inline}
        written = {self._words(case, section) for section in sections if section.body or section.inline}
        for section, sisters in zip(sections, _sisters(sections), strict=True):
            if section.body or section.inline or not filled:
                continue
            line = section.line
            words = case.text[line.start : line.end]
            if self._words(case, section) in written:  # a table of contents
                continue
            if words[-1] in "。；;，,、" or not line.heading or words.endswith(("目录", "附件")):
                continue
            if words.lstrip("# ").startswith("附件"):  # 附件：1.任务分解表 names what is attached
                continue
            # A list of short items is no row of empty sections: a sister with text makes it one.
            if not any(sister.body or sister.inline for sister in sisters) and section.rank > 2:
                continue
            if section.rank == 2 and section.rank not in filled:
                continue
            yield self.found(case, line.start, line.end, f"标题“{words[:30]}”之下没有内容。")

    @staticmethod
    def _words(case: Case, section: Section) -> str:
        return case.text[section.line.start : section.line.end].strip("# ")


def _sisters(sections: tuple[Section, ...]) -> list[list[Section]]:
    """For each section those of its rank under the same parent, itself included."""
    groups: dict[tuple[int, int], list[Section]] = {}
    keys: list[tuple[int, int]] = []
    open_at: list[tuple[int, int]] = []  # (rank, index)
    for index, section in enumerate(sections):
        while open_at and open_at[-1][0] >= section.rank:
            open_at.pop()
        key = (open_at[-1][1] if open_at else -1, section.rank)
        groups.setdefault(key, []).append(section)
        keys.append(key)
        open_at.append((section.rank, index))
    return [groups[key] for key in keys]
