"""Whether a string of two to four characters is a word of Chinese, by pypinyin's table of phrases.

The table (47,000 words with several readings, and idioms; MIT) lacks everyday words with one reading, so a
list of words of work reports stands beside it. It is loaded when first asked: a tenth of a second.
"""

from __future__ import annotations

from functools import cache

from gov_writer import lexicon


@cache
def _words() -> frozenset[str]:
    from pypinyin.phrases_dict import phrases_dict

    return frozenset(phrases_dict) | frozenset(lexicon.words("report_words"))


def is_word(text: str) -> bool:
    """False means only that neither list has it."""
    return len(text) >= 2 and text in _words()


@cache
def sound(character: str) -> frozenset[str]:
    """The readings of a character without tones; empty for what is no Chinese character."""
    from pypinyin import Style, pinyin

    readings = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(reading for group in readings for reading in group)
