"""Which sentences of a model's answer may stand: those that say, word for word in substance, what the notes say.

Judged in groups: the sentences in which a unit's figures stand, with every unit that they touch. A group stands
when its figures are those of its units, each once and in their order, and its words differ from theirs by nothing
but connectors (``equivalence``). Sentences without a figure stand when they say one of the notes that have none.
All else is refused, with the reason in words that a repair prompt can use.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gov_writer.drafting.equivalence import ENDS, JOINT, SOFT, added_too_much, difference, without_lead
from gov_writer.drafting.slots import Sheet, Unit, is_figure, is_slot
from gov_writer.drafting.tokens import SENTENCE, bracketed, units_once, verbatim

LONGEST_SENTENCE = 180
#: What a model thinks aloud, to its end or to the end of what it said.
THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_LINE_MARK = re.compile(
    r"^[ \t\u3000]*(?:[#>*•·●\-—–\u2600-\u27bf\U0001f300-\U0001faff\ufe0f]+|[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．](?![0-9]))[ \t\u3000]*"
)
_CHECK_BOX = re.compile(r"^\[[ xX√]\][ \t]*")
#: Markdown's way to write a bracket or an asterisk as such: ``\\[F1\\]``.
_ESCAPED = re.compile(r"\\(?=[\[\](){}*_#])")
_ENUMERATOR = re.compile(r"^(?:一|二|三|四|五|六|七|八|九|十)是(?=.)")
#: A note that tells its time must not come to stand before one that leaves it open.
_TIME = re.compile(
    "[今去上前明本同]年|年初|年底|年末|季度|[上下]半年|[月日]|截至|以来|同期|期间|目前|[0-9]年"
)
#: A clause that shares fewer of its pairs of characters with the note says something of its own.
_MOST_SHARED = 0.35
_LONGEST_ANSWER = 12_000
_LONGEST_GROUP = 600
_MOST_SENTENCES = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of accepted text, coded, with its end mark.  units: indices into the sheet's units.

    paragraph: number of the answer's paragraph that it stood in.
    """

    text: str
    units: tuple[int, ...]
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """pieces: what stands, in the answer's order.  refused: (sentence as shown, reason)."""

    pieces: tuple[Piece, ...]
    refused: tuple[tuple[str, str], ...]

    @property
    def units(self) -> frozenset[int]:
        """Units that are said."""
        return frozenset(unit for piece in self.pieces for unit in piece.units)


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    paragraph: int
    #: where it stands in the answer: sentence, part of it
    place: tuple[int, int] = (0, 0)


def judge(answer: str, sheet: Sheet, wanted: Iterable[int], *, heading: str = "") -> Verdict:
    """What of ``answer`` may stand for the units ``wanted`` (indices); a unit is said once at most.

    A sentence that may not stand is looked at again in its parts between semicolons.
    """
    prepare()
    whole = _Judge(_sentences(answer, sheet, heading), sheet, set(wanted), heading)
    whole.run()
    parts = _Judge(whole.parts(), sheet, whole.open, heading)
    parts.run()
    pieces = {**whole.pieces, **parts.pieces}
    split = {at for at, _ in parts.places}
    refused = [row for at, row in whole.refused if at not in split] + [row for _, row in parts.refused]
    return Verdict(tuple(pieces[place] for place in sorted(pieces)), tuple(refused))


_loading = threading.Lock()
_loaded = threading.Event()


def prepare() -> None:
    """Load what judging needs, once however many sections are judged at the same time; sooner is while the engine writes."""
    if not _loaded.is_set():
        with _loading:
            if not _loaded.is_set():
                difference("开展工作", "积极开展工作")
                _loaded.set()


class _Judge:
    def __init__(self, sentences: list[_Sentence], sheet: Sheet, wanted: set[int], heading: str) -> None:
        self.sheet, self.open, self.heading = sheet, wanted, heading
        self.owner = {char: index for index, unit in enumerate(sheet.units) for char in unit.slots}
        #: (number of the sentence, (its words, why it may not stand))
        self.refused: list[tuple[int, tuple[str, str]]] = []
        self.pieces: dict[tuple[int, int], Piece] = {}
        self.taken: set[int] = set()
        self.sentences = sentences
        if len(self.sentences) > _MOST_SENTENCES:
            self.refused.append((-1, (f"共 {len(self.sentences)} 句", "回答过长，只看前面的部分")))
            self.sentences = self.sentences[:_MOST_SENTENCES]

    @property
    def places(self) -> list[tuple[int, int]]:
        return [sentence.place for sentence in self.sentences]

    def run(self) -> None:
        for first, last in self._groups():
            self._group(first, last)
        for at, sentence in enumerate(self.sentences):
            if at not in self.taken and not _figures(sentence.text):
                self._plain(at, sentence)

    def parts(self) -> list[_Sentence]:
        """The refused sentences cut at their semicolons; those that have none are left out."""
        found: list[_Sentence] = []
        refused = {at for at, _ in self.refused}
        for at, sentence in enumerate(self.sentences):
            cut = [part for part in re.split("[；;]", sentence.text) if part.strip("".join(SOFT))]
            order = [self.owner[c] for c in _figures(sentence.text)]
            timed = order != sorted(order) and any(_TIME.search(self.sheet.units[i].text) for i in order)
            if at in refused and len(cut) > 1 and self.open and not timed:
                found += [_Sentence(part, sentence.paragraph, (at, n)) for n, part in enumerate(cut)]
        return found

    def _refuse(self, at: int, said: str, reason: str, last: int | None = None) -> None:
        """``said``: the sentences from ``at`` on, up to and without ``last``."""
        for number in range(at, last if last is not None else at + 1):
            self.refused.append((number, (self.sheet.shown(said), reason)))

    def _groups(self) -> list[tuple[int, int]]:
        """Half-open ranges of sentences that share units; a sentence that repeats a figure is refused."""
        ranges: list[list[int]] = []
        holder: dict[int, int] = {}
        seen: set[str] = set()
        for at, sentence in enumerate(self.sentences):
            slots = _figures(sentence.text)
            if not slots:
                continue
            if any(c in seen for c in slots) or len(set(slots)) < len(slots):
                self._refuse(at, sentence.text, "数据重复出现")
                continue
            seen.update(slots)
            units = {self.owner[c] for c in slots}
            groups = sorted({holder[unit] for unit in units if unit in holder})
            if groups:
                keep = groups[0]
                for other in groups[1:]:
                    ranges[keep][0] = min(ranges[keep][0], ranges[other][0])
                    ranges[other] = []
                ranges[keep][1] = at + 1
                holder.update({unit: keep for unit, group in holder.items() if group in groups})
            else:
                keep = len(ranges)
                ranges.append([at, at + 1])
            holder.update(dict.fromkeys(units, keep))
        return [(r[0], r[1]) for r in ranges if r]

    def _group(self, first: int, last: int) -> None:
        said = "".join(s.text for s in self.sentences[first:last])
        self.taken.update(range(first, last))
        slots = _figures(said)
        order = list(dict.fromkeys(self.owner[c] for c in slots))
        if not set(order) <= self.open:
            self._refuse(first, said, "写了别处已有的内容", last)
            return
        units = [self.sheet.units[index] for index in order]
        if len({unit.stretch for unit in units}) > 1:
            self._refuse(first, said, "把不同组的材料写进了一句", last)
            return
        wanted = "".join(unit.slots for unit in units)
        if slots != wanted:
            missing = self.sheet.shown("".join(c for c in wanted if c not in slots))
            self._refuse(first, said, f"漏掉了{missing}" if missing else "记号的先后或归属与材料不同", last)
            return
        # Sentences of a note before its first figure, or after its last, stand beside the group.
        head, tail = _outside(units)
        near = [i for i in range(first - head, last + tail) if self._belongs(i, first, last)]
        said = "".join(self.sentences[i].text for i in near)
        order = self._with_plain(said, order)
        note = JOINT.join(self.sheet.units[index].text for index in order)
        planned = any(self.sheet.units[index].planned for index in order)
        fault = fault_of(note, said, self.sheet, self.heading, planned=planned)
        if fault:
            less = _without_additions(said, note)
            if less != said and not fault_of(note, less, self.sheet, self.heading, planned=planned):
                self.refused.append((-1, (self.sheet.shown(said), "删去了材料里没有的话")))
                said, fault = less, ""
        if (
            not fault
            and order != sorted(order)
            and any(_TIME.search(self.sheet.units[i].text) for i in order)
        ):
            fault = "带有时间的材料不能与别的材料调换先后"
        if fault:
            self._refuse(first, said, fault, last)
            return
        self.taken.update(near)
        self.open.difference_update(order)
        self.pieces[self.sentences[near[0]].place] = Piece(
            _ended(said), tuple(order), self.sentences[first].paragraph
        )

    def _belongs(self, at: int, first: int, last: int) -> bool:
        if first <= at < last:
            return True
        return (
            0 <= at < len(self.sentences) and at not in self.taken and not _figures(self.sentences[at].text)
        )

    def _with_plain(self, said: str, order: list[int]) -> list[int]:
        """``order`` with the units without figures that the sentence also says, where it says them."""
        found = [(said.index(self.sheet.units[index].slots[0]), 1, index) for index in order]
        for index in sorted(self.open - set(order)):
            unit = self.sheet.units[index]
            if unit.slots or len(unit.text) > len(said) or unit.stretch != self.sheet.units[order[0]].stretch:
                continue
            grams = {unit.text[i : i + 3] for i in range(len(unit.text) - 2)}
            if grams and sum(gram in said for gram in grams) >= 0.7 * len(grams):
                found.append((min(said.find(gram) for gram in grams if gram in said), 0, index))
        return [index for _, _, index in sorted(found)]

    def _plain(self, at: int, sentence: _Sentence) -> None:
        why = "材料里没有这句话"
        for index in sorted(self.open):
            unit = self.sheet.units[index]
            if unit.slots or not _alike(unit.text, sentence.text):
                continue
            fault = fault_of(unit.text, sentence.text, self.sheet, self.heading, planned=unit.planned)
            said = sentence.text
            if fault:
                said = _without_additions(said, unit.text)
                if fault_of(unit.text, said, self.sheet, self.heading, planned=unit.planned):
                    said = ""
            if said:
                self.open.discard(index)
                self.pieces[sentence.place] = Piece(_ended(said), (index,), sentence.paragraph)
                return
            why = fault
        self._refuse(at, sentence.text, why)


def _figures(text: str) -> str:
    return "".join(c for c in text if is_figure(c))


def _sentences(answer: str, sheet: Sheet, heading: str) -> list[_Sentence]:
    found: list[_Sentence] = []
    text = THINKING.sub("", answer[:_LONGEST_ANSWER])
    paragraph = 0
    for line in text.splitlines():
        line = _LINE_MARK.sub("", _ESCAPED.sub("", line).replace("**", "").replace("`", ""))
        line = _CHECK_BOX.sub("", line)
        line = "".join(sheet.coded(line).split())
        if not line or line.strip("：:。") == heading:
            continue
        paragraph += 1
        line = units_once(verbatim(bracketed(line, sheet), sheet), sheet)
        for match in SENTENCE.finditer(line):
            sentence = _ENUMERATOR.sub("", match.group())
            if sentence.strip("".join(SOFT)):
                found.append(_Sentence(sentence, paragraph, (len(found), 0)))
    return found


def _without_additions(said: str, note: str) -> str:
    """``said`` without clauses that hold no token and share little with the note; what is left is judged as ever."""
    kept: list[str] = []
    for clause in re.findall(r"[^，,；;。！？：:]*[，,；;。！？：:]?", said):
        words = clause.rstrip("，,；;。！？：:")
        invented = len(words) > 3 and not any(map(is_slot, words)) and _shared(words, note) < _MOST_SHARED
        if not invented:
            kept.append(clause)
        elif clause[-1:] in "。！？；;" and kept and kept[-1][-1:] in "，,":
            kept[-1] = kept[-1][:-1] + clause[-1]
    return "".join(kept)


def _shared(words: str, note: str) -> float:
    grams = [words[i : i + 2] for i in range(len(words) - 1)]
    return sum(gram in note for gram in grams) / (len(grams) or 1)


def _outside(units: Sequence[Unit]) -> tuple[int, int]:
    first, last = units[0].text, units[-1].text
    head = sum(c in "。！？" for c in first[: first.index(units[0].slots[0])])
    tail = sum(c in "。！？" for c in last[last.index(units[-1].slots[-1]) :])
    return head, tail


def _alike(one: str, other: str) -> bool:
    grams = {one[i : i + 2] for i in range(len(one) - 1)}
    return not grams or sum(gram in other for gram in grams) >= 0.5 * len(grams)


def fault_of(note: str, said: str, sheet: Sheet, heading: str, *, planned: bool = False) -> str:
    """Why ``said`` can't stand for ``note``, "" if it can.  planned: the note tells what will be done."""
    if len(note) > _LONGEST_GROUP or len(said) > _LONGEST_GROUP:
        return "句子过长"
    strange = _strange(said)
    if strange:
        return f"含有不该有的字符（{strange}）"
    body = without_lead(said, heading)
    fault = difference(note, body, planned=planned)
    if fault:
        return sheet.shown(fault)
    if added_too_much(note, said):
        return "空话过多"
    filled, _ = sheet.filled(said)
    if any(len(part) > LONGEST_SENTENCE for part in re.split("[。！？!?]", filled)):
        return f"一句超过 {LONGEST_SENTENCE} 字"
    return ""


def _strange(said: str) -> str:
    """The name of the first character that prose has no use for (invisible, bidirectional, control), "" if none."""
    for char in said:
        category = unicodedata.category(char)
        if (
            category in ("Cf", "Cc", "Cs", "Cn")
            or (category == "Co" and not is_slot(char))
            or char == "\ufffd"
        ):
            return f"U+{ord(char):04X}"
    return ""


def _ended(said: str) -> str:
    said = said.lstrip("".join(SOFT)).rstrip()
    if said[-1:] in "”’」』）":
        return said if said[-2:-1] in ENDS else said + "。"
    return said.rstrip("，、,；;：:") + "。" if said[-1:] not in "。！？" else said
