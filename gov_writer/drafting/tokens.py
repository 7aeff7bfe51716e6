"""Figures as models write them instead of their tokens: copied out, without brackets, with the unit once more.

A wrong guess here does no harm: what is put back is judged against the notes like all else.
"""

from __future__ import annotations

import re

from gov_writer.drafting.slots import Sheet, Unit, is_figure

SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?[”’」』）]*")
#: A token without its brackets.
_BARE = re.compile(r"(?<![A-Za-z0-9⟦\[【{〔［])[FfＦ]([0-9]{1,3})(?![0-9A-Za-z⟧\]】}〕］])")
_UNIT_END = re.compile(r"[^0-9０-９.．,，余多左右%％]+$")
_DIGITS = "0123456789０１２３４５６７８９"


def bracketed(line: str, sheet: Sheet) -> str:
    """``line`` with F12 without brackets as that figure, where no note holds such a word itself."""
    if not _BARE.search(line) or any(_BARE.search(unit.text) for unit in sheet.units):
        return line
    return sheet.coded(_BARE.sub(lambda m: f"⟦F{m[1]}⟧", line))


def units_once(line: str, sheet: Sheet) -> str:
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


def verbatim(line: str, sheet: Sheet) -> str:
    """``line`` with figures that a model copied out instead of using the tokens, as characters again.

    Only a figure of the unit that the words around are most like is taken, in that unit's order; a wrong guess
    does no harm, since the sentence is then refused for its words.
    """
    if not any(c in _DIGITS or c in "一二三四五六七八九十百千万两" for c in line):
        return line
    out = []
    for match in SENTENCE.finditer(line):
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
