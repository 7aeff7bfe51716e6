"""Patterns that are compiled when they are first used: most runs need few of them, and start sooner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

_USED = (
    "match",
    "search",
    "fullmatch",
    "finditer",
    "findall",
    "sub",
    "subn",
    "split",
    "pattern",
    "flags",
    "groups",
)


def lazy(source: str, flags: int = 0, *, needs: str = "") -> re.Pattern[str]:
    """``re.compile(source, flags)``, but not yet.  A wrong pattern is found when it is used (tests use all).

    needs: characters of which every match holds one at least (a test proves it): ``search`` and ``finditer`` of a
    text without any of them find nothing, neither compiling the pattern nor trying it at each place.
    """
    return cast("re.Pattern[str]", _Lazy(source, flags, needs))


#: A pattern that looks behind before its first character: (?<!推迟)明年.
_BEHIND = re.compile(r"((?:\(\?<[!=](?:\[[^\]]*\]|[^)\[\]])*\))+)([\u4e00-\u9fff])(?![?*+{])(.*)")
_ONE_BEHIND = re.compile(r"\(\?<([!=])((?:\[[^\]]*\]|[^)\[\]])*)\)")


def either(patterns: Iterable[str]) -> str:
    """One pattern for any of them, the longest first, each with its first character first if it can be.

    The engine goes to the next of a set of first characters at full speed, but tries a pattern that looks behind
    first at every place; so (?<!推迟)明年 becomes 明(?<!(?:推迟)明)年, which says the same.
    """
    return "|".join(map(_first_first, sorted(patterns, key=lambda word: (-len(word), word))))


def _first_first(pattern: str) -> str:
    found = _BEHIND.fullmatch(pattern)
    if found is None:
        return pattern
    behind = "".join(f"(?<{sign}(?:{what}){found[2]})" for sign, what in _ONE_BEHIND.findall(found[1]))
    return found[2] + behind + found[3]


class _Lazy:
    """Becomes what it stands for: after the first use its attributes are the pattern's own."""

    def __init__(self, source: str, flags: int, needs: str) -> None:
        self._source, self._flags, self.needs = source, flags, needs

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        return None if self._can_not_be_in(text) else self._compiled().search(text, *span)

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        return iter(()) if self._can_not_be_in(text) else self._compiled().finditer(text, *span)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._compiled(), name)

    def _can_not_be_in(self, text: str) -> bool:
        return self.needs != "" and not any(character in text for character in self.needs)

    def _compiled(self) -> re.Pattern[str]:
        compiled = re.compile(self._source, self._flags)
        used = [each for each in _USED if not (self.needs and each in ("search", "finditer"))]
        self.__dict__.update({each: getattr(compiled, each) for each in used}, _compiled=lambda: compiled)
        return compiled
