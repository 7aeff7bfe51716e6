"""Parts that have nothing to tell of an indicator, and parts that tell it in a unit which can't be added."""

from __future__ import annotations

from collections.abc import Iterator

from gov_writer.checking.case import Case
from gov_writer.checking.rules.reconciling.match import CERTAIN, PLAUSIBLE, Indicator, indicators
from gov_writer.domain import Fact, Kind
from gov_writer.matching import subjects, units
from gov_writer.text.lazy import lazy

_NONE = lazy(r"(?:没有|未涉及|不涉及|暂无|未发生|无)([^，。；：\n0-9]{2,40})")
_AFTER = lazy(
    r"([^，。；：\n0-9]{2,60}?)(?:等(?:工作|任务|事项|指标)?)?(?:均|都)?(?:不涉及|未涉及|没有任务|无任务)"
)
_TASK = lazy(r"(?:的)?(?:任务|指标|情况|对象|计划|工作)$")
_SEVERAL = lazy("[、和与及]")
#: Characters by which an item of a list names its field: 生猪养殖 tells of 生猪出栏, too.
_FIELD = 2
#: What counts heads or things one by one; whoever fills a post (岗位安置186人) is no other number than the post.
_COUNTED = ("人", "个", "户", "家", "处", "件", "项")


def has_none(case: Case, indicator: Indicator, part: int) -> bool:
    """Whether a part has nothing to tell: its cell in the total's table is empty or 0, or it says 没有危房改造任务."""
    cell = indicator.cells.get(part)
    if any(fact.cell is not None for fact in indicator.cells.values()) and (cell is None or cell.value == 0):
        return any(part in other.cells for other in case.once(indicators))
    if cell is not None:
        return False  # whatever its report says, the total has something for it
    return any(
        _names(item, indicator.name, several) for item, several in _items(case.parts[part].sources[0].text)
    )


def _items(text: str) -> Iterator[tuple[str, bool]]:
    """What a report says that it has none of, item by item, and whether the item stands in a list."""
    for pattern in (_NONE, _AFTER):
        for found in pattern.finditer(text):
            items = [item for item in _SEVERAL.split(_TASK.sub("", found[1])) if len(item) >= _FIELD]
            for item in items:
                yield _TASK.sub("", item), len(items) > 1


def _names(item: str, name: str, several: bool) -> bool:
    alike = subjects.alike(item, name)
    return alike >= CERTAIN or (several and alike >= PLAUSIBLE and item[:_FIELD] in name)


def in_other_unit(case: Case, indicator: Indicator, part: int) -> Fact | None:
    """The part's figure for the indicator in a unit that can't be converted (人 where others count 人次)."""
    model = indicator.total or next(iter(indicator.cells.values()))
    for fact in case.parts[part].facts:
        if (
            fact.kind is Kind.QUANTITY
            and not fact.planned
            and fact.mention.sub != "delta"
            and _near(model.unit, fact.unit)
            and subjects.alike(fact.subject, indicator.name) >= CERTAIN
        ):
            return fact
    return None


def _near(ours: str | None, theirs: str | None) -> bool:
    if not ours or not theirs or units.same(ours, theirs):
        return False
    both = {units.canonical(ours), units.canonical(theirs)}
    return (
        theirs.startswith(ours[0])
        or ours.startswith(theirs[0])
        or both <= set(map(units.canonical, _COUNTED))
    )
