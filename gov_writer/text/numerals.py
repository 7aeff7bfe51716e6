"""Small Chinese numbers, as headings, lists and dates have them: 三, 十二, 二十一, 二〇二五, ③.

Numbers that count something, with scales and 余, are read by ``facts.numerals``.
"""

from __future__ import annotations

#: What each digit is worth; 两 counts and never stands in a year.
DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
#: A number with a point is a line's own before these, though a digit follows: 4.2025年, 2.5月12日, 3.7—9月.
BEFORE_TIME = (
    r"(?:(?:19|20)[0-9]{2}\s?年"
    r"|(?:1[0-2]|[1-9]|[１-９]|１[０-２])(?:月(?:[0-9０-９]|[底初中上下末份])|\s?[—–\-~～至到]\s?(?:1[0-2]|[1-9]|[１-９]|１[０-２])月))"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def small(text: str) -> int | None:
    """一 … 九十九, 12, ③ as an int; None for what is none of them."""
    if text.isascii():
        return int(text) if text.isdigit() and len(text) <= 4 else None
    if "十" not in text:
        return DIGITS.get(text, _CIRCLED.find(text) + 1 or None) if len(text) == 1 else None
    tens, ones = text.split("十", 1)
    ten, one = DIGITS.get(tens) if tens else 1, DIGITS.get(ones) if ones else 0
    return None if not ten or one is None else ten * 10 + one


def digit_by_digit(text: str) -> int | None:
    """2025 or 二〇二五 as an int; None where a sign is no digit."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    digits = [DIGITS.get(sign, int(sign) if "0" <= sign <= "9" else None) for sign in text]
    return None if None in digits else int("".join(map(str, digits)))


def chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十; up to 99."""
    signs = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if tens == 0:
        return signs[ones]
    return ("" if tens == 1 else signs[tens]) + "十" + (signs[ones] if ones else "")
