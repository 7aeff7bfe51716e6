"""STR505: the same passage stands in the text twice."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer import lexicon
from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.domain import BlockKind, Evidence, Finding, Severity
from gov_writer.text.lazy import lazy

#: A run of this many letters and digits that stands twice is a copy if it holds a whole sentence …
_RUN = 30
_SENTENCE = 20
#: … or is this long without one; names of programmes and half sentences recur by themselves.
_LONG = 64
#: … or is this long and lacks a sentence's first words alone (one word was changed).
_NEARLY = 36
#: The runs are found by shingles of this length.
_SHINGLE = 18
_WORD = lazy("[\u3400-\u4dbf\u4e00-\u9fff0-9０-９A-Za-z]")
_WORD_OR_BREAK = lazy("[\u3400-\u4dbf\u4e00-\u9fff0-9０-９A-Za-z\n]")


class RepeatedPassage(Rule):
    code = "STR505"
    name = "repeated-passage"
    severity = Severity.WARNING
    title = "同一段话出现两次"
    why = "整段重复多半是复制粘贴的痕迹，汇报时尤其显眼。"
    bad = "同一段成绩在“工作亮点”和“主要做法”里一字不差地写了两遍。"
    good = "第二处改写或删去，只留一处。"
    authority = Citation(
        "党政机关公文处理工作条例", "第十九条", "内容简洁，主题突出，观点鲜明，结构严谨，表述准确，文字精练"
    )

    def check(self, case: Case) -> Iterable[Finding]:
        text, places = _letters(case)
        for first, second, length in _copies(text):
            if _distinct(text[second : second + length]) < 12:
                continue
            start, end = places[second], places[second + length - 1] + 1
            here = start, _with_marks(case.text, end)
            there = places[first], _with_marks(case.text, places[first + length - 1] + 1)
            held = any(_holds_sentence(case.text, *span) for span in (here, there))
            if (
                length < _LONG
                and not held
                and not all(_nearly_sentence(case.text, *s) for s in (here, there))
            ):
                continue
            line = case.lines.at(places[first])[0]
            quote = case.text[places[first] : places[first + length - 1] + 1]
            message = f"这段话（{length}字）与第{line}行重复。"
            evidence = (Evidence(source=case.draft.path, locator=f"第{line}行", text=quote[:120]),)
            yield self.found(case, start, end, message, evidence=evidence)


def _letters(case: Case) -> tuple[str, list[int]]:
    """The text's letters and digits with their places; formulas and table rows count as breaks."""
    masked = list(case.text)
    for formula in lexicon.words("formulas"):
        at = case.text.find(formula)
        while at >= 0:
            masked[at] = "\n"
            masked[at + 1 : at + len(formula)] = " " * (len(formula) - 1)
            at = case.text.find(formula, at + len(formula))
    for block in case.draft.blocks:
        if block.kind is BlockKind.ROW:
            masked[block.start : block.end] = "\n" * (block.end - block.start)
    text = "".join(masked)
    found = [match.start() for match in _WORD_OR_BREAK.finditer(text)]
    places = [at for at in found if text[at] != "\n" or case.text[at] != "\n"]
    return "".join([text[at] for at in places]), places


def _copies(text: str) -> Iterable[tuple[int, int, int]]:
    """``(first, second, length)`` of the maximal runs that stand earlier too, without overlap; linear."""
    first_at: dict[int, int] = {}
    at = 0
    entered = 0
    while at + _SHINGLE <= len(text):
        while entered + _SHINGLE <= at:
            first_at.setdefault(hash(text[entered : entered + _SHINGLE]), entered)
            entered += 1
        first = first_at.get(hash(text[at : at + _SHINGLE]))
        if first is None or text[first : first + _SHINGLE] != text[at : at + _SHINGLE]:
            at += 1
            continue
        length = _SHINGLE
        while (
            first + length < at
            and at + length < len(text)
            and text[first + length] == text[at + length]
            and text[at + length] != "\n"
        ):
            length += 1
        if length >= _RUN and "\n" not in text[at : at + _SHINGLE]:
            yield first, at, length
            at += length
        else:
            at += max(1, length - _SHINGLE + 1)


def _holds_sentence(text: str, start: int, end: int) -> bool:
    """Whether a whole sentence lies in the run, its end mark right behind it included."""
    marks = "。！？!?；;\n"
    if start == 0 or text[start - 1] in marks:
        left = start
    else:
        left = min((at for mark in marks if (at := text.find(mark, start, end)) >= 0), default=end) + 1
    right = (
        end if end >= len(text) or text[end] in marks else max(text.rfind(mark, start, end) for mark in marks)
    )
    return sum(1 for _ in _WORD.finditer(text, left, max(left, right))) >= _SENTENCE


def _with_marks(text: str, end: int) -> int:
    """The end of a run with the marks behind its last letter or digit that end no sentence (92.5%, ”)."""
    while end < len(text) and text[end] in "%％‰”’」』）)】》":
        end += 1
    return end


def _nearly_sentence(text: str, start: int, end: int) -> bool:
    """Whether a run of some length ends with a sentence of which all but the first few words stand in it."""
    if end < len(text) and text[end] not in "。！？!?\n":
        return False
    left = max(text.rfind(mark, max(0, start - 60), start) for mark in "。！？!?\n") + 1
    missing = sum(1 for _ in _WORD.finditer(text, left, start))
    held = sum(1 for _ in _WORD.finditer(text, start, end))
    return held >= _NEARLY and missing * 5 <= held


def _distinct(text: str) -> int:
    return len(set(text))
