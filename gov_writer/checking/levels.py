"""Another level than the sources': 省级补助 for 市级补助, 省民政厅 for 市民政局."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gov_writer.domain import Source
from gov_writer.text.lazy import lazy

_HAN = "\u4e00-\u9fff"
#: 市级补助, 省民政厅
_LEVEL = lazy(rf"(?P<level>国家|中央|省|市|区|县)级[“\"]?(?P<what>[{_HAN}]{{2}})")
_ORGAN = lazy(
    rf"(?<![{_HAN}])(?P<level>国家|省|市|区|县)(?P<what>(?!级)[{_HAN}]{{2,5}}?)(?P<kind>厅|局|委员会|总局)"
    rf"|(?<=[由被获受经和与向报])(?P<level2>国家|省|市|区|县)(?P<what2>(?!级)[{_HAN}]{{2,5}}?)(?P<kind2>厅|局|委员会|总局)"
)


def changed(text: str, sources: Sequence[Source]) -> Iterator[tuple[int, int, str]]:
    """The places of a draft where the sources have the same words with another level only: start, end, their words.

    Linear in draft and sources.  An addressee (区民政局： alone on a line) is no claim.
    """
    told = "\n".join("".join(source.text.split(" ")) for source in sources)
    known: dict[str, set[str]] = {}
    for _level, what, words in _found(told):
        known.setdefault(what, set()).add(words)
    seen: set[str] = set()
    for match in sorted((*_LEVEL.finditer(text), *_ORGAN.finditer(text)), key=lambda m: m.start()):
        _, what, words = _parts(match)
        there = known.get(what)
        if not there or words in there or words in told or words in seen:
            continue
        above = text[max(0, match.start() - 40) : match.start()].rstrip(" \u3000")
        if text.startswith(("：", ":"), match.end()) and (not above or above.endswith("\n")):
            continue
        if any(other in text for other in there):
            continue  # the draft tells of that level too: this may be one more
        seen.add(words)
        yield match.start(), match.end(), min(there)


def _found(text: str) -> Iterator[tuple[str, str, str]]:
    for pattern in (_LEVEL, _ORGAN):
        for match in pattern.finditer(text):
            yield _parts(match)


def _parts(match: re.Match[str]) -> tuple[str, str, str]:
    found = match.groupdict()
    if "kind" not in found:
        return found["level"], found["what"], match[0]
    level, what = found["level"] or found["level2"], found["what"] or found["what2"]
    return level, f"{what}局", match[0]
