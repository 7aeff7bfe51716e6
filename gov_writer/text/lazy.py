"""Patterns that are compiled when they are first used: most runs need few of them, and start sooner."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
