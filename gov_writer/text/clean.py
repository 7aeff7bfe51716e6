"""Scraped text made readable: simplified characters, no pinyin in parentheses, no doubled punctuation, nothing
that prints as nothing, no line ends inside a number (``wrapped``).

Web copies of reports carry five kinds of noise: traditional characters that a site's script put in,
pinyin in parentheses behind every rarer character (區(qū)), a comma before every other mark (,、), digits set
apart by blanks (1 9 9 7 年), and characters without width, which may stand inside a number. ``clean`` takes out these
and touches nothing else; the result maps back to the text.
"""

from __future__ import annotations

from functools import lru_cache

from gov_writer.text.lazy import lazy
from gov_writer.text.mapped import MappedText
from gov_writer.text.wrapped import breaks

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_TONED_SET = frozenset(_TONED)
#: One pinyin syllable (six letters at most) in parentheses; the tone mark makes it unmistakable.
_PINYIN = lazy(rf"[(（][a-zü]{{0,4}}[{_TONED}][a-zü{_TONED}]{{0,4}}[)）]")
#: Syllables in the neutral tone carry no mark: only where the text has marked ones too.
_NEUTRAL = lazy(
    r"(?<=[\u4e00-\u9fff])[(（](?:de|le|zhe|guo|ma|ba|ne|me|men|zi|tou|li|shang|xia|a|ya|la)[)）]"
)
#: A half-width comma in front of another mark, or the same mark twice.
_DOUBLED = lazy(r",(?=[,，、。；：;])|([，、。；：;])(?=\1)")
_DOUBLED_HINTS = (",,", ",，", ",、", ",。", ",；", ",：", ",;", "，，", "、、", "。。", "；；", "：：", ";;")
#: Frequent characters that simplified text does not use.
_TRADITIONAL = frozenset(
    "這個為來時們會國對說過還後從動現問學實經發區業員際會長機關與產設進開體應將條務種間變結農處級資質題處織"
    "總門導報團強統無價爭場達領極規則運類濟歷權證眾減據遠調陽戰觀準華備認確專連雙轉黨齊響約細聯維級續給線組"
    "緊納練網環獲營職聽號術補訴討論設許評該談請諸課議護貫費貿賽賴贊趨車軍較輛輯農運違適選遺郵鄉釋鎮錄錢鐵鋪長閉閱隊陸隨險難電頁順須預頭願顧風養馬驗驚"
)
#: A year or a share whose digits were set apart by blanks (1 9 9 7 年, 占6 5 ％): all numbers of such a copy are.
_APART = lazy(
    r" (?:(?<=[12] )[09] [0-9] [0-9] ?年|(?<=[\u4e00-\u9fff][0-9] )[0-9](?: [0-9])* ?[％%亿万])", needs=" "
)
_APART_DIGITS = lazy(
    r"(?<=[0-9]) (?=[.．]? ?[0-9](?![0-9]))|(?<=[.．]) (?=[0-9](?![0-9]))|(?<=[0-9]) (?=[.．])"
)
#: Two digits that a blank sets apart; it begins with a character that the engine looks for at full speed.
_SPREAD_HINT = lazy(" [0-9](?<=[0-9] [0-9])")
#: One figure whose digits a scanner set apart (粉刷小广告 2 1 6 处).
_SPREAD = lazy(r"(?<=[\u4e00-\u9fff：]) ?[0-9](?: [0-9]){1,5}(?= ?[个处户人名家次件起场条吨套座栋项万亿元])")
#: What a reader does not see, for a set of characters: no width, directions, soft hyphens, controls that end no line.
HIDDEN = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c\x00-\x08\x0e-\x1f\x7f"
_HIDDEN = lazy(f"[{HIDDEN}]")
_SIGNS = lazy("[" + "".join(sorted(_TRADITIONAL | _TONED_SET)) + "]")
_HAN = lazy(r"[\u3400-\u9fff]+")
#: A line is traditional from this share of its Han characters on (real traditional prose has a quarter to a half;
#: a surname or a quoted title in a simplified line stays as it is).
_LINE_SHARE = 0.06
_TEXT_SHARE = 0.03


def clean(text: str) -> MappedText:
    """The text without scrape noise; identity when there is none.  Needs opencc only for traditional text."""
    return _clean(text)


def readable(text: str) -> MappedText:
    """What facts and checking read through: ``clean`` where the text is a noisy scrape, else identity.

    The test costs one search for characters that plain text has none of.
    """
    present: set[str] = set()
    for match in _SIGNS.finditer(text):
        present.add(match[0])
        if len(present) >= 5:
            break
    wrapped, apart = bool(breaks(text)), bool(_APART.search(text) or _spread(text))
    hidden = _HIDDEN.search(text) is not None
    if not present and not wrapped and not apart and not hidden:
        return MappedText.identity(text)
    traditional = len(present & _TRADITIONAL) >= 5 or len(_TRADITIONAL.intersection(text)) >= 5
    noisy = wrapped or hidden or traditional or _PINYIN.search(text) or apart
    return _clean(text) if noisy else MappedText.identity(text)


@lru_cache(maxsize=8)
def _clean(text: str) -> MappedText:
    kept = _without_noise(text)
    plain = text if kept is None else "".join([text[start:end] for start, end in kept])
    simplified = _simplified(plain)
    if kept is None:
        if simplified == text:
            return MappedText.identity(text)
        places = range(len(text))
        return MappedText(simplified, text, places, range(1, len(text) + 1))
    starts = [at for start, end in kept for at in range(start, end)]
    return MappedText(simplified, text, starts, [at + 1 for at in starts])


def _without_noise(text: str) -> list[tuple[int, int]] | None:
    """The spans to keep, or None for all of it."""
    holes: list[tuple[int, int]] = []
    if frozenset(text) & _TONED_SET:
        holes += [m.span() for m in _PINYIN.finditer(text)]
        if len(holes) >= 3:
            holes += [m.span() for m in _NEUTRAL.finditer(text)]
    holes += [(at, at + 1) for at in breaks(text)]
    holes += [m.span() for m in _HIDDEN.finditer(text)]
    if _APART.search(text):
        holes += [m.span() for m in _APART_DIGITS.finditer(text)]
    else:
        holes += [(at, at + 1) for start, end in _spread(text) for at in range(start, end) if text[at] == " "]
    # Pinyin may stand between the two marks, so the marks are looked for in what is left of it.
    holes.sort()
    left = _rest(holes, len(text))
    view = MappedText.identity(text)
    if holes:
        starts = [at for start, end in left for at in range(start, end)]
        view = MappedText("".join([text[s:e] for s, e in left]), text, starts, [at + 1 for at in starts])
    if any(hint in view.text for hint in _DOUBLED_HINTS):
        holes += [view.span(*m.span()) for m in _DOUBLED.finditer(view.text)]
        holes.sort()
    return _rest(holes, len(text)) if holes else None


def _spread(text: str) -> list[tuple[int, int]]:
    """Figures whose digits a scanner set apart; one alone may be two numbers (全年 4 5 项), so it takes several."""
    if not _SPREAD_HINT.search(text):
        return []
    found = [match.span() for match in _SPREAD.finditer(text)]
    return found if len(found) > 1 else []


def _rest(holes: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    kept = []
    at = 0
    for start, end in holes:
        if at < start:
            kept.append((at, start))
        at = end
    if at < length:
        kept.append((at, length))
    return kept


def _simplified(text: str) -> str:
    """Same length, always: what opencc would lengthen or shorten stays as it is."""
    converted = _converted(text)
    if len(converted) != len(text):
        return text
    changed = sum(a != b for a, b in zip(text, converted, strict=True))
    han = sum(len(run) for run in _HAN.findall(text))
    if changed >= 4 and changed >= _TEXT_SHARE * han:
        return converted
    lines = text.split("\n")
    other = converted.split("\n")
    return "\n".join([b if _is_traditional(a, b) else a for a, b in zip(lines, other, strict=True)])


def _is_traditional(line: str, converted: str) -> bool:
    changed = sum(a != b for a, b in zip(line, converted, strict=True))
    return changed >= 3 and changed >= _LINE_SHARE * sum(len(run) for run in _HAN.findall(line))


def _converted(text: str) -> str:
    converter = _converter()
    whole = str(converter.convert(text))
    if len(whole) == len(text):
        return whole
    return "".join([new if len(new := str(converter.convert(c))) == 1 else c for c in text])


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s")
