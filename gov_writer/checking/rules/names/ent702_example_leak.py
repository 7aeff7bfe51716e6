"""ENT702: something came over from an example (范文)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gov_writer import lexicon
from gov_writer.checking.case import Case
from gov_writer.checking.known import Known, given, in_draft, is_common, plain
from gov_writer.checking.rule import Citation, Rule
from gov_writer.domain import Evidence, Finding, Severity, Source
from gov_writer.matching.naming import names
from gov_writer.text.clean import readable
from gov_writer.text.lazy import lazy

#: A passage of this many letters and digits is taken over; style goes in shorter phrases.
_PASSAGE = 20
_FIGURE = lazy("[0-9]+(?:[.,][0-9]+)*(?:[余多])?[万亿]?[\u4e00-\u9fff%％㎡]{1,2}")
_WORD = lazy("[\u3400-\u4dbf\u4e00-\u9fff0-9A-Za-z]")
_YEAR = lazy("(?:19|20)[0-9]{2}年|[0-9]{1,2}(?:月|日)")


class ExampleLeak(Rule):
    code = "ENT702"
    name = "example-leak"
    severity = Severity.WARNING
    title = "范文里的名称、数字或段落混进了文稿"
    why = "范文只供学写法；它的单位、人名、数字写进来就成了假材料。"
    bad = "范文是松风街道的，文稿里写“松风街道新建站点37处”。"
    good = "名称和数字都出自本次材料。"
    authority = Citation("党政机关公文处理工作条例", "第十九条", "内容真实准确")

    def check(self, case: Case) -> Iterable[Finding]:
        if not case.examples:
            return
        sources = Known.of(case.against.sources if case.against else ())
        found: list[Finding] = []
        found += self._names(case, sources)
        found += self._figures(case, sources)
        taken = [(finding.start, finding.end) for finding in found]
        for finding in self._passages(case, sources):
            if not any(start < finding.end and finding.start < end for start, end in taken):
                found.append(finding)
        yield from sorted(found, key=lambda finding: (finding.start, finding.end))

    def _names(self, case: Case, sources: Known) -> Iterable[Finding]:
        title = given(case)
        theirs: dict[str, Source] = {}
        for example in case.examples:
            for name in names.find(readable(example.text).text):
                theirs.setdefault(plain(name.bare)[-name.core :], example)
        for name, start, end in in_draft(case):
            bare = plain(name.bare)
            found = theirs.get(bare[-name.core :])
            if found is None or name.masked or bare in title or is_common(name, case) or sources.has(name):
                continue
            yield self._leak(case, start, end, found, f"“{bare}”出自范文，材料中没有。")

    def _figures(self, case: Case, sources: Known) -> Iterable[Finding]:
        theirs: dict[str, Source] = {}
        for example in case.examples:
            for match in _FIGURE.finditer(example.text):
                theirs.setdefault(match.group(), example)
        for match in _FIGURE.finditer(case.text):
            figure = match.group()
            found = theirs.get(figure)
            if found is None or not _telling(figure) or plain(figure) in sources:
                continue
            yield self._leak(
                case, match.start(), match.end(), found, f"“{figure}”与范文中的数字相同，材料中没有。"
            )

    def _passages(self, case: Case, sources: Known) -> Iterable[Finding]:
        theirs: dict[int, tuple[Source, int]] = {}
        texts: dict[str, str] = {}
        for example in case.examples:
            letters = texts[example.id] = "".join(_WORD.findall(_masked(readable(example.text).text)))
            for at in range(len(letters) - _PASSAGE + 1):
                theirs.setdefault(hash(letters[at : at + _PASSAGE]), (example, at))
        view = readable(case.text)
        masked = _masked(view.text)
        places = [at for at, character in enumerate(masked) if _WORD.match(character)]
        letters = "".join(masked[at] for at in places)
        at = 0
        while at + _PASSAGE <= len(letters):
            hit = theirs.get(hash(letters[at : at + _PASSAGE]))
            if hit is None or letters[at : at + _PASSAGE] in sources:
                at += 1
                continue
            example, there = hit
            length = _shared(letters, at, texts[example.id], there)
            if length < _PASSAGE:
                at += 1
                continue
            start, end = view.span(places[at], places[at + length - 1] + 1)
            yield self._leak(case, start, end, example, f"这段话（{length}字）与范文相同，材料中没有。")
            at += length

    def _leak(self, case: Case, start: int, end: int, example: Source, message: str) -> Finding:
        words = case.text[start:end][:80]
        evidence = (Evidence(source=example.path, locator="", text=words),)
        return self.found(case, start, end, message, evidence=evidence)


def _telling(figure: str) -> bool:
    """A figure that two reports hardly share by chance: three digits that are no year and no round hundred."""
    digits = re.sub("[^0-9]", "", figure)
    return len(digits.rstrip("0") or digits) >= 3 and not _YEAR.match(figure)


def _masked(text: str) -> str:
    """Formulas out: they may be in any report."""
    for formula in lexicon.words("formulas"):
        if formula in text:
            text = text.replace(formula, "\n" * len(formula))
    return text


def _shared(one: str, at: int, other: str, there: int) -> int:
    length = 0
    while (
        at + length < len(one) and there + length < len(other) and one[at + length] == other[there + length]
    ):
        length += 1
    return length
