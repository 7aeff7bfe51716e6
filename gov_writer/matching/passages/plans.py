"""What a text says will be done: headings that announce plans, sentences that look ahead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from gov_writer.lexicon import words
from gov_writer.text.lazy import either, lazy

REPORT = lazy("总结|汇报|报告|述职|情况|回顾|小结|简报|完成|成效|台账|指标|通报|报表")
PLAN = lazy("计划|打算|思路|安排|要点|目标|展望|部署|举措|下一步|明年|工作任务|重点工作|努力方向")

_REVIEW = lazy(
    r"[#\s*]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六]部分)"
    r"[^，。]*(?:回顾|总结|完成情况|主要成效|工作成效|工作情况)"
)


_PROBLEM = lazy("问题|困难|不足|短板|差距|薄弱")


def is_plan(heading: str) -> bool:
    """Whether a heading announces what is to come (二、2026年工作计划), not what was."""
    return bool(PLAN.search(heading)) and not REPORT.search(heading) and not is_mixed(heading)


def is_mixed(heading: str) -> bool:
    """Whether it names what is wrong and what is to come (存在问题及下半年打算): each sentence then tells which it is."""
    return bool(PLAN.search(heading)) and bool(_PROBLEM.search(heading))


def announced(headings: Sequence[str]) -> bool:
    """Whether what stands below these headings (outermost first) is planned.

    A numbered section that looks back (一、2025年工作回顾) decides for all below it: 锚定目标攻坚 is then no plan.
    """
    for heading in headings:
        if is_plan(heading):
            return True
        if _REVIEW.match(heading):
            return False
    return False


def looks_ahead(sentence: str) -> bool:
    """Whether a sentence tells what will be done, whatever its heading."""
    return bool(_future().search(sentence))


def ahead_from(sentence: str) -> int | None:
    """Where a sentence begins to tell what will be done (已完成八成，预计明年1月完工); None where it does not."""
    found = _future().search(sentence)
    return found.start() if found is not None else None


@cache
def _future() -> re.Pattern[str]:
    return re.compile(either(words("planned")))
