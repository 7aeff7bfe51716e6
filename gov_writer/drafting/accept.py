"""Which sentences of a model's answer may stand: those that say, word for word in substance, what the notes say.

Judged in groups: the sentences in which a unit's figures stand, with every unit that they touch. A group stands
when its figures are those of its units, each once and in their order, and its words differ from theirs by nothing
but connectors (``equivalence``). Sentences without a figure stand when they say one of the notes that have none.
All else is refused, with the reason in words that a repair prompt can use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gov_writer.drafting.equivalence import ENDS, JOINT, SOFT, added_too_much, difference, without_lead
from gov_writer.drafting.slots import Sheet, Unit, is_figure, is_slot

LONGEST_SENTENCE = 180
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_LINE_MARK = re.compile(
    r"^[ \t\u3000]*(?:[#>*•·●\-—–]+|[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．](?![0-9]))[ \t\u3000]*"
)
_ENUMERATOR = re.compile(r"^(?:一|二|三|四|五|六|七|八|九|十)是(?=.)")
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?[”’」』）]*")
#: A note that tells its time must not come to stand before one that leaves it open.
_TIME = re.compile(
    "[今去上前明本同]年|年初|年底|年末|季度|[上下]半年|[月日]|截至|以来|同期|期间|目前|[0-9]年"
)
#: A token without its brackets.
_BARE = re.compile(r"(?<![A-Za-z0-9⟦\[【{〔［])[FfＦ]([0-9]{1,3})(?![0-9A-Za-z⟧\]】}〕］])")
_UNIT_END = re.compile(r"[^0-9０-９.．,，余多左右%％]+$")
#: A clause that shares fewer of its pairs of characters with the note says something of its own.
_MOST_SHARED = 0.35
_DIGITS = "0123456789０１２３４５６７８９"
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


def judge(answer: str, sheet: Sheet, wanted: Iterable[int], *, heading: str = "") -> Verdict:
    """What of ``answer`` may stand for the units ``wanted`` (indices); a unit is said once at most."""
    return _Judge(answer, sheet, set(wanted), heading).verdict()


class _Judge:
    def __init__(self, answer: str, sheet: Sheet, wanted: set[int], heading: str) -> None:
        self.sheet, self.open, self.heading = sheet, wanted, heading
        self.owner = {char: index for index, unit in enumerate(sheet.units) for char in unit.slots}
        self.refused: list[tuple[str, str]] = []
        self.pieces: dict[int, Piece] = {}
        self.taken: set[int] = set()
        self.sentences = _sentences(answer, sheet, heading)
        if len(self.sentences) > _MOST_SENTENCES:
            self.refused.append((f"共 {len(self.sentences)} 句", "回答过长，只看前面的部分"))
            self.sentences = self.sentences[:_MOST_SENTENCES]

    def verdict(self) -> Verdict:
        for first, last in self._groups():
            self._group(first, last)
        for at, sentence in enumerate(self.sentences):
            if at not in self.taken and not _figures(sentence.text):
                self._plain(at, sentence)
        return Verdict(tuple(self.pieces[at] for at in sorted(self.pieces)), tuple(self.refused))

    def _refuse(self, said: str, reason: str) -> None:
        self.refused.append((self.sheet.shown(said), reason))

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
                self._refuse(sentence.text, "数据重复出现")
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
            self._refuse(said, "写了别处已有的内容")
            return
        units = [self.sheet.units[index] for index in order]
        if len({unit.stretch for unit in units}) > 1:
            self._refuse(said, "把不同组的材料写进了一句")
            return
        wanted = "".join(unit.slots for unit in units)
        if slots != wanted:
            missing = self.sheet.shown("".join(c for c in wanted if c not in slots))
            self._refuse(said, f"漏掉了{missing}" if missing else "记号的先后或归属与材料不同")
            return
        # Sentences of a note before its first figure, or after its last, stand beside the group.
        head, tail = _outside(units)
        near = [i for i in range(first - head, last + tail) if self._belongs(i, first, last)]
        said = "".join(self.sentences[i].text for i in near)
        order = self._with_plain(said, order)
        note = JOINT.join(self.sheet.units[index].text for index in order)
        fault = fault_of(note, said, self.sheet, self.heading)
        if fault:
            less = _without_additions(said, note)
            if less != said and not fault_of(note, less, self.sheet, self.heading):
                self._refuse(said, "删去了材料里没有的话")
                said, fault = less, ""
        if (
            not fault
            and order != sorted(order)
            and any(_TIME.search(self.sheet.units[i].text) for i in order)
        ):
            fault = "带有时间的材料不能与别的材料调换先后"
        if fault:
            self._refuse(said, fault)
            return
        self.taken.update(near)
        self.open.difference_update(order)
        self.pieces[near[0]] = Piece(_ended(said), tuple(order), self.sentences[first].paragraph)

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
            fault = fault_of(unit.text, sentence.text, self.sheet, self.heading)
            said = sentence.text
            if fault:
                said = _without_additions(said, unit.text)
                if fault_of(unit.text, said, self.sheet, self.heading):
                    said = ""
            if said:
                self.open.discard(index)
                self.pieces[at] = Piece(_ended(said), (index,), sentence.paragraph)
                return
            why = fault
        self._refuse(sentence.text, why)


def _figures(text: str) -> str:
    return "".join(c for c in text if is_figure(c))


def _sentences(answer: str, sheet: Sheet, heading: str) -> list[_Sentence]:
    found: list[_Sentence] = []
    text = _THINKING.sub("", answer[:_LONGEST_ANSWER])
    paragraph = 0
    for line in text.splitlines():
        line = _LINE_MARK.sub("", line.replace("**", "").replace("`", ""))
        line = "".join(sheet.coded(line).split())
        if not line or line.strip("：:。") == heading:
            continue
        paragraph += 1
        line = _units_once(_verbatim(_bracketed(line, sheet), sheet), sheet)
        for match in _SENTENCE.finditer(line):
            sentence = _ENUMERATOR.sub("", match.group())
            if sentence.strip("".join(SOFT)):
                found.append(_Sentence(sentence, paragraph))
    return found


def _bracketed(line: str, sheet: Sheet) -> str:
    """``line`` with F12 without brackets as that figure, where no note holds such a word itself."""
    if not _BARE.search(line) or any(_BARE.search(unit.text) for unit in sheet.units):
        return line
    return sheet.coded(_BARE.sub(lambda m: f"⟦F{m[1]}⟧", line))


def _units_once(line: str, sheet: Sheet) -> str:
    """``line`` without units that a model wrote behind tokens that hold them already (⟦F1⟧处 for 8753处)."""
    out: list[str] = []
    at = 0
    notes = "\n".join(unit.text for unit in sheet.units)
    while at < len(line):
        char = line[at]
        out.append(char)
        at += 1
        if is_figure(char) and char in sheet.figures:
            unit = _UNIT_END.search(sheet.figures[char][1])
            word = unit.group() if unit else ""
            if word and line.startswith(word, at) and char + word not in notes:
                at += len(word)
    return "".join(out)


def _without_additions(said: str, note: str) -> str:
    """``said`` without clauses that hold no token and share little with the note; what is left is judged as ever."""
    kept: list[str] = []
    for clause in re.findall(r"[^，,；;。！？]*[，,；;。！？]?", said):
        words = clause.rstrip("，,；;。！？")
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


def fault_of(note: str, said: str, sheet: Sheet, heading: str) -> str:
    """Why ``said`` can't stand for ``note``, "" if it can."""
    if len(note) > _LONGEST_GROUP or len(said) > _LONGEST_GROUP:
        return "句子过长"
    strange = _strange(said)
    if strange:
        return f"含有不该有的字符（{strange}）"
    body = without_lead(said, heading)
    fault = difference(note, body)
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


def _verbatim(line: str, sheet: Sheet) -> str:
    """``line`` with figures that a model copied out instead of using the tokens, as characters again.

    Only a figure of the unit that the words around are most like is taken, in that unit's order; a wrong guess
    does no harm, since the sentence is then refused for its words.
    """
    if not any(c in _DIGITS or c in "一二三四五六七八九十百千万两" for c in line):
        return line
    out = []
    for match in _SENTENCE.finditer(line):
        sentence = match.group()
        ranked = (
            sorted(sheet.units, key=lambda u: -_overlap(u.text, sentence))
            if len(sheet.units) > 1
            else sheet.units
        )
        for unit in ranked[:4]:
            if _overlap(unit.text, sentence) >= 0.3:
                sentence = _put_back(sentence, unit, sheet)
        out.append(sentence)
    return "".join(out)


def _overlap(note: str, said: str) -> float:
    words = re.sub("[\ue000-\uf8ff]", " ", note)
    grams = {g for g in (words[i : i + 2] for i in range(len(words) - 1)) if " " not in g}
    return sum(gram in said for gram in grams) / len(grams) if grams else 0.0


def _put_back(sentence: str, unit: Unit, sheet: Sheet) -> str:
    at, out = 0, sentence
    for char in unit.slots:
        if char in out:
            continue
        words = "".join(sheet.figures[char][1].split())
        found = out.find(words, at)
        while found >= 0 and _inside_number(out, found, found + len(words)):
            found = out.find(words, found + 1)
        if found < 0:
            return sentence
        out = out[:found] + char + out[found + len(words) :]
        at = found + 1
    return out


def _inside_number(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    joins = _DIGITS + ".．,%％"
    first, last = text[start], text[end - 1]
    return bool(
        (before and first in _DIGITS and before in joins)
        or (after and last in _DIGITS and (after in joins + "万亿千百"))
    )
