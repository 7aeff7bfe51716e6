"""STR503: 以下三个方面, then four."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from gov_writer import lexicon
from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.sections import numbering_of
from gov_writer.checking.series import Series, mark
from gov_writer.domain import Finding, Severity
from gov_writer.text.lazy import either, lazy
from gov_writer.text.numerals import small

_NOUNS = either(map(re.escape, lexicon.words("promise_nouns")))
_PROMISE = lazy(
    "(?P<cue>(?:以下|如下|下列|下面)(?:的)?|)(?P<count>[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|[0-9]{1,2})"
    f"(?P<unit>个方面|大方面|个|项重点|大重点|项|点|条|大|件|种|类|方面|块)(?:[^，。；：、！？“”（）()\\n0-9]{{0,6}}?(?P<noun>{_NOUNS}))?"
)
#: 十方面民生实事圆满完成: told, not announced. 从供给和需求两方面: the aspects stand before the number.
_REVIEWED = lazy("[^。：:，,；;\\n]{0,8}(?:圆满|全面|全部|如期|顺利|基本)?(?:完成|办结|落地|兑现|见效)")
_NAMED = lazy("(?:从|在)[^，,。；;：:\\n]{2,30}(?:和|与|、|及)[^，,。；;：:、\\n]{2,16}$")
_END = lazy("[。：:！；;\n]")


class PromisedCount(Rule):
    code = "STR503"
    name = "promised-count"
    severity = Severity.ERROR
    title = "说有几个方面，列出来的不是这个数"
    why = "“以下三个方面”之后列了四点，是修改后没有回头改数；听的人会当场数出来。"
    bad = "重点抓好以下三项工作：一是…二是…三是…四是…"
    good = "重点抓好以下四项工作：一是…二是…三是…四是…"
    authority = Citation(
        "党政机关公文处理工作条例", "第十九条", "内容简洁，主题突出，观点鲜明，结构严谨，表述准确"
    )

    def check(self, case: Case) -> Iterable[Finding]:
        text = case.text
        series = sorted((s for s in numbering_of(case).series), key=lambda s: s.items[0].start)
        broken = {slip.item.series for slip in numbering_of(case).slips}
        starts = [one.items[0].start for one in series]
        last_end = -1
        for one_sentence in _sentences_with_promises(text):
            promises, end = one_sentence
            following = bisect_left(starts, end)
            if (
                following >= len(series)
                or text[end : starts[following]].strip("#* \t\u3000\n")
                or end == last_end
            ):
                continue
            found = self._judge(
                case,
                promises,
                end,
                series[following],
                following in broken or series[following].items[0].series in broken,
            )
            if found is not None:
                last_end = end
                yield found

    def _judge(
        self, case: Case, promises: list[re.Match[str]], end: int, one: Series, broken: bool
    ) -> Finding | None:
        counts = {small(p.group("count")) for p in promises}
        have = len(one.items)
        if _REVIEWED.match(case.text, promises[-1].end()) or _NAMED.search(
            case.text, max(0, promises[-1].start() - 40), promises[-1].start()
        ):
            return None
        if have in counts or (broken and one.items[-1].number in counts):
            return None
        promise = promises[-1]
        before, after = (
            case.text[max(0, promise.start() - 1) : promise.start()],
            case.text[promise.end() : end],
        )
        announced = bool(promise.group("cue")) or after[-1:] in ("：", ":")
        aspects = promise.group("unit") in ("个方面", "方面") and before in ("从", "在", "抓", "于", "了")
        if not announced and not aspects and (have == 1 or len(after) > 12 or "，" in after or "," in after):
            return None
        severity = Severity.ERROR if announced or aspects else Severity.WARNING
        count = promise.group("count")
        first, last = (mark(one.style, item.number) for item in (one.items[0], one.items[-1]))
        start = promise.start("count")
        message = f"说有“{case.text[start : promise.end()]}”，其后从“{first}”到“{last}”列出{have}项。"
        expected = str(have) if count.isdecimal() else mark("一", have)
        return self.found(
            case,
            start,
            promise.end(),
            message,
            severity=severity,
            expected=expected + case.text[promise.end("count") : promise.end()],
        )


def _sentences_with_promises(text: str) -> Iterable[tuple[list[re.Match[str]], int]]:
    """For every sentence that holds promises: those, and where the sentence ends."""
    batch: list[re.Match[str]] = []
    stop = -1
    for match in _PROMISE.finditer(text):
        if not _is_promise(text, match):
            continue
        if match.start() >= stop:
            if batch:
                yield batch, stop
            end = _END.search(text, match.end())
            stop = end.end() if end else len(text)
            batch = []
        batch.append(match)
    if batch:
        yield batch, stop


def _is_promise(text: str, match: re.Match[str]) -> bool:
    if not match.group("noun") and match.group("unit") not in ("个方面", "方面", "点", "条"):
        return False
    if not match.group("noun") and match.group("unit") in ("点", "条") and not match.group("cue"):
        return False
    before = text[match.start() - 1 : match.start()]
    return (
        before not in ("第", "“", "之", "某", "几")
        and not before.isdigit()
        and before not in tuple("一二三四五六七八九十百千万.．")
    )
