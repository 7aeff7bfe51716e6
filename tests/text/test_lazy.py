"""Patterns that are compiled late: all of them are right, behave as patterns do, and need what they say they need."""

from __future__ import annotations

import gc
import re
from importlib import import_module
from pkgutil import walk_packages
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import gov_writer
from gov_writer.lexicon import words
from gov_writer.text.lazy import _Lazy, either, lazy

_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)


def _certain(pattern: Any, needs: str) -> bool:
    """Whether each match of the parsed pattern holds a character of ``needs``, in itself or where it looks."""
    return any(_held(op, value, needs) for op, value in pattern)


def _held(op: Any, value: Any, needs: str) -> bool:
    if op is ops.LITERAL:
        return chr(value) in needs
    if op is ops.IN:
        return all(
            (kind is ops.LITERAL and chr(one) in needs)
            or (kind is ops.RANGE and all(chr(each) in needs for each in range(one[0], one[1] + 1)))
            for kind, one in value
        )
    if op is ops.BRANCH:
        return all(_certain(branch, needs) for branch in value[1])
    if op is ops.SUBPATTERN:
        return _certain(value[3], needs)
    if op is ops.ATOMIC_GROUP:
        return _certain(value, needs)
    if op is ops.ASSERT:
        return _certain(value[1], needs)
    return op in _REPEATS and value[0] > 0 and _certain(value[2], needs)


def _patterns() -> list[_Lazy]:
    """All late patterns of the packages that have them."""
    for module in walk_packages(gov_writer.__path__, "gov_writer."):
        if module.name.split(".")[1] in ("facts", "checking", "matching", "ingest", "text"):
            import_module(module.name)
    return [one for one in gc.get_objects() if isinstance(one, _Lazy)]


def test_it_is_the_pattern_once_it_is_used() -> None:
    pattern = lazy(r"(\d+)处", re.MULTILINE)
    found = pattern.search("隐患8753处")
    assert found is not None and found[1] == "8753"
    assert pattern.pattern == r"(\d+)处" and pattern.flags & re.MULTILINE
    assert [m[1] for m in pattern.finditer("1处、2处")] == ["1", "2"]


def test_every_late_pattern_compiles() -> None:
    patterns = _patterns()
    assert len(patterns) > 300
    assert all(one.flags >= 0 for one in patterns)


def test_every_pattern_needs_what_it_says() -> None:
    patterns = [one for one in _patterns() if one.needs]
    assert len(patterns) > 20
    for one in patterns:
        assert one.needs.lower() == one.needs.upper() or not one._flags & re.IGNORECASE, one._source
        assert _certain(_parser.parse(one._source, one._flags), one.needs), one._source


def test_what_cannot_be_there_is_not_looked_for() -> None:
    pattern: Any = lazy("[甲乙]方", needs="甲乙")
    assert pattern.search("丙方") is None
    assert list(pattern.finditer("丙方")) == []
    assert "match" not in vars(pattern)
    assert [found.span() for found in pattern.finditer("甲方和乙方", 1)] == [(3, 5)]
    assert "match" in vars(pattern)
    assert pattern.search("丙方") is None


def test_it_proves_too_much_of_none() -> None:
    for source, needs in (("a?b", "a"), ("[^a]", "a"), ("a|b", "a"), ("(?:a|c)*b", "ac"), ("(?!a)b", "a")):
        assert not _certain(_parser.parse(source), needs)


def test_it_still_spares_the_search_once_it_is_compiled() -> None:
    pattern: Any = lazy("[甲乙]方", needs="甲乙")
    assert [found.span() for found in pattern.finditer("甲方")] == [(0, 2)]
    assert pattern.search("丙方") is None
    assert list(pattern.finditer("丙方")) == []
    assert pattern.search("丙方和乙方").start() == 3
    assert pattern._compiled() is pattern._compiled()


def test_first_characters_first_says_the_same() -> None:
    plain = sorted(words("planned"), key=lambda word: (-len(word), word))
    turned = re.compile(either(plain))
    assert any("(?<!" in word for word in plain)
    texts = ["推迟到明年", "推迟明年", "明年", "将于来年结转", "拟建", "已转到明年，预计下年完成", *plain]
    for text in texts + [a + b for a in texts for b in texts]:
        assert [m.span() for m in turned.finditer(text)] == [
            m.span() for m in re.finditer("|".join(plain), text)
        ]
