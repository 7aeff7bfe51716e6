"""All rules, group by group; nothing is found by scanning directories.

A group is a package that lists its rules. It is imported when a draft calls for it: what can't find anything
in a draft (FIG without sources, REC without parts or last year's report) need not be loaded to say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.text.lazy import lazy

_TIME = lazy(
    r"[\d○〇零一二三四五六七八九十元初][ \t]*[年月日号]|\d[-./]\d|星期|周[一二三四五六日天]|[今去明前后上本当全半]年|季度"
)
_LISTED = lazy("[、%％（(“：《]|百分")


def _always(_case: Case) -> bool:
    return True


def _figures(case: Case) -> bool:
    """Whether there are two figures, a list or a rate: one figure alone adds up with nothing."""
    return sum(fact.counted for fact in case.claims.facts) > 1 or bool(_LISTED.search(case.text))


#: Group by code, its package, and when a draft calls for it; in the order of the contract's table.
GROUPS: tuple[tuple[str, str, Callable[[Case], bool]], ...] = (
    ("FIG", "figures", lambda case: case.against is not None or case.draft.provenance is not None),
    ("ARI", "arithmetic", _figures),
    ("DAT", "dates", lambda case: bool(_TIME.search(case.text))),
    ("THM", "themes", _always),
    ("STR", "structure", _always),
    ("TXT", "wording", _always),
    ("ENT", "names", lambda case: case.against is not None or bool(case.examples)),
    ("PRV", "privacy", _always),
    ("FMT", "layout", lambda case: case.draft.layout is not None),
    ("REC", "reconciling", lambda case: bool(case.parts)),
    ("REC", "comparing", lambda case: bool(case.before or case.parts)),
)


@cache
def group(package: str) -> tuple[type[Rule], ...]:
    """The rules of one group, in the order of their codes."""
    return tuple(import_module(f"gov_writer.checking.rules.{package}").RULES)


def every_rule() -> tuple[type[Rule], ...]:
    """Every rule, in the order of the contract's table."""
    return tuple(rule for _, package, _ in GROUPS for rule in group(package))


def rules_like(code: str) -> tuple[type[Rule], ...]:
    """The rules of the groups to which ``code``, a rule's or how the codes of some begin, can belong."""
    return tuple(
        rule for prefix, package, _ in GROUPS if prefix.startswith(code[:3]) for rule in group(package)
    )


def called_for(case: Case) -> Iterator[type[Rule]]:
    """The selected rules of the groups that can find something in a draft."""
    for prefix, package, calls in GROUPS:
        if (case.settings.allows_group(prefix)) and calls(case):
            yield from (rule for rule in group(package) if case.settings.allows(rule.code))
