"""What a part is called, which parts are of one unit, and whose figure counts where a unit has handed in several files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from gov_writer.domain import Ledger
from gov_writer.text.lazy import lazy

_UNIT_NAME = lazy(r"[\u4e00-\u9fff]{2,6}?(?:街道|镇|乡|社区|开发区|园区|管委会)(?!办事处的)")
_ABOVE = lazy(r".*(?:省|市|区|县|\d年度?|关于|中共|报送)(?=[\u4e00-\u9fff]{2,}(?:街道|镇|乡|社区))")
_KIND = lazy(r"(?:街道|镇|乡)$")
_KINDS = ("街道", "镇", "乡")
_EARLY = lazy(r"征求意见|初稿|草稿|讨论稿|送审|[第_\-]?一稿|旧|修改前|(?i:v\s*1(?!\d)|draft)")
_LATE = lazy(r"定稿|终稿|最终|正式|报送稿|修订|(?i:final)")


def part_name(ledger: Ledger) -> str:
    """What a part is called: the unit in its file name or first lines, else the file's name."""
    return unit_of(ledger) or _stem(ledger)


def unit_of(ledger: Ledger) -> str | None:
    """The unit that a file name or the first lines tell, None where they tell none."""
    for text in (_stem(ledger), ledger.sources[0].text[:200]):
        found = _UNIT_NAME.search(_ABOVE.sub("", text))
        if found:
            return found[0]
    return None


def of_one(one: Ledger, two: Ledger) -> bool:
    """Whether two files are of one unit, as far as they tell."""
    unit = unit_of(one)
    return unit is not None and unit == unit_of(two)


def called(parts: Sequence[Ledger], total: str) -> list[str]:
    """What the total calls each part: 青湾镇's report is 青湾街道's where the total has no other 青湾."""
    names = [part_name(part) for part in parts]
    found = []
    for name in names:
        stem = _KIND.sub("", name)
        renamed = [stem + kind for kind in _KINDS if stem != name and stem + kind in total]
        known = name in total or len(renamed) != 1 or renamed[0] in names
        found.append(name if known else renamed[0])
    return found


def file_name(ledger: Ledger) -> str:
    return PurePath(ledger.sources[0].path.replace("\\", "/")).name


def of_one_unit(parts: Sequence[Ledger]) -> list[list[int]]:
    """The numbers of the parts of each unit that handed in several files, the one that counts most last.

    A final version counts more than a draft; of two that don't say, the one named later.
    """
    by_unit: dict[str, list[int]] = {}
    for number, part in enumerate(parts):
        if (unit := unit_of(part)) is not None:
            by_unit.setdefault(unit, []).append(number)
    return [
        sorted(numbers, key=lambda n: (_rank(file_name(parts[n])), n))
        for numbers in by_unit.values()
        if len(numbers) > 1
    ]


def _rank(name: str) -> int:
    return bool(_LATE.search(name)) - bool(_EARLY.search(name))


def _stem(ledger: Ledger) -> str:
    return PurePath(ledger.sources[0].path.replace("\\", "/")).stem
