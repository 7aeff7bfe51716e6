"""Patterns that are compiled when they are first used: most runs need few of them, and start sooner."""

from __future__ import annotations

import re
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


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile(source, flags)``, but not yet.  A wrong pattern is found when it is used (tests use all)."""
    return cast("re.Pattern[str]", _Lazy(source, flags))


class _Lazy:
    """Becomes what it stands for: after the first use its attributes are the pattern's own."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        self.__dict__.update({each: getattr(compiled, each) for each in _USED})
        return getattr(compiled, name)
