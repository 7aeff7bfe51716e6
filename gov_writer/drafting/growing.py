"""What a model is saying, for whoever looks on: figures in the place of their tokens, and no others.

Nothing of this has been judged; it is shown as unchecked and goes when the accepted text comes.
"""

from __future__ import annotations

import re
import unicodedata

from gov_writer.drafting.accept import THINKING
from gov_writer.drafting.slots import Sheet

_LONGEST = 2000
_LEFT = re.compile(
    r"[⟦\[【{]{1,3}[ \u3000]?[FfNnＦＮ]?[ \u3000]?[0-9０-９]{0,4}[ \u3000]?[⟧\]】}]{0,3}\Z|[⟦⟧][^⟦⟧]{0,8}⟧?"
)
_MARKS = re.compile(r"[*#`~|<>{}\\]")
_RUN = re.compile("[〇零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟0-9０-９]+")
#: Digits of other scripts, circled ones, fractions; a note's own plain ones are dealt with before.
_NUMBERS = frozenset(("Nd", "Nl", "No"))
_UNSEEN = frozenset(("Cf", "Cc", "Cs", "Cn", "Co"))
MASK = "×"


def shown(answer: str, sheet: Sheet) -> str:
    """``answer``, as far as it has come, with the figures of ``sheet`` for its tokens.

    Every other numeral is masked, unless a note has it between the same characters; markup and thoughts are left out.
    """
    text = _LEFT.sub("", sheet.coded(THINKING.sub("", answer[: 4 * _LONGEST])))
    text = _MARKS.sub("", text)
    notes = "\n".join(unit.text for unit in sheet.units)

    def kept(match: re.Match[str]) -> str:
        start, end = match.span()
        around = (text[max(0, start - 1) : end], text[start : end + 1])
        known = all(len(words) > len(match[0]) and words in notes for words in around)
        return match[0] if known else MASK * len(match[0])

    clean = []
    for char in _RUN.sub(kept, text)[:_LONGEST]:
        kind = unicodedata.category(char)
        if kind in _NUMBERS and not _RUN.match(char):
            char = MASK
        elif kind in _UNSEEN and char not in sheet.figures and char not in sheet.names and char != "\n":
            continue
        clean.append(char)
    return sheet.filled("".join(clean))[0].strip()
