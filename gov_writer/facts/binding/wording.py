"""Words around a figure, without what only leads to it: openers (同时, 一是), closers (达到, 共), edges.

The lists are ``lexicon/data/binding.tsv`` and ``twins.tsv``; patterns are made once. Nothing here knows figures.
"""

from __future__ import annotations

import re
from functools import cache

from gov_writer.lexicon import rows
from gov_writer.text.lazy import either, lazy

#: Longest stretch of words before and after a figure that is taken into its subject, and of the whole.
BEFORE, AFTER, LONGEST = 36, 20, 48
#: Stands for characters that are no part of any subject (periods, dates, source tags).
HOLE = "\x00"
EDGE = lazy(r"[\s×\x00“”\"'‘’《》·•*#>＞\-—－_~～+]")
#: 为辖区86户…, 对12名…: something is done for or with those who are counted.
_FOR = lazy(
    "(?:^|[，、共已累计均先后别])(?:为|给|替|对)(?:辖区|全街|全街道|全镇|全区|全市)?(?:内|的)?[\\s\x00]*$"
)
#: 是“十一五”末的1.6倍: a time that is the measure.
_OF_TIME = lazy(
    "(?:是|为|相当于|达到?)?(?:十[一二三四五六七]?五|上[一个]{0,2}|[一二两三四五六七八九十]+年|当时|期)?(?:时期|期间?)?[底末初前]?(?:水平)?的?"
)
#: What ``to`` and ``own_level`` end in, and ``_PER_HEAD``.
_LEVELS, _HEADS = frozenset("到至为成了"), frozenset("人户月年天")
_LEADS = frozenset(
    {"达", "达到", "为", "至", "到", "共", "计", "合计", "总计", "共计"}
    | {"排", "列", "居", "位列", "位居", "名列"}
)
_PER_HEAD = lazy("每[人户月年天]+$")


def own_level(words: str) -> str:
    """What has the level, where words that end in its verb say more of it than a short noun (国际航线增至); else ""."""
    own = before_level(words)
    return own if len(own) > 2 else ""


def before_level(words: str) -> str:
    """What moved, where it stands before the verb that leads to a level: 国际航线增至, 园区整合为; else ""."""
    match = _levels()[1].match(words) if words[-1:] in _LEVELS else None
    return match["own"] if match else ""


def moved(base: str, words: str) -> str:
    """A subject with the words that lead it to a level, without what stands in both: 188个园区整合为120个."""
    words = words.removeprefix("的")
    return base + (words.removeprefix(before_level(words)) if base.endswith(before_level(words)) else words)


def to(words: str) -> bool:
    """Whether the words are a verb that leads to a level: 增至, 下降到了."""
    return words[-1:] in _LEVELS and _levels()[0].match(words) is not None


def pre(words: str) -> str:
    """Words before a figure, without what opens a clause (同时, 一是) and what leads to the figure (达到)."""
    return trail(lead(words[-BEFORE * 2 :]))[-BEFORE:]


def lead(words: str) -> str:
    words = plain(words).lstrip("、")
    match = openers().match(words)
    return words[match.end() :] if match else words


def trail(words: str) -> str:
    if words[-1:] not in _closing():
        return words
    match = closers().search(words)
    return words[: match.start()] if match else words


def plain(words: str) -> str:
    """The words without blanks, holes, quotation marks and the like, of which most have none."""
    return words if words.isalnum() else EDGE.sub("", words)


def noun(words: str) -> str:
    """The noun that a figure stands before: 892名[居民二轮核酸检测], 66个[门面的整治任务]."""
    if not words or words.isspace():
        return ""
    words = plain(words).removeprefix("的")
    if to(words):
        return before_level(words)  # 188个园区整合为120个
    stop = stops().search(words)
    noun = words[: stop.start()] if stop else words
    if noun in _LEADS:
        return ""  # 净增70公里达205公里
    if noun[-1:] in {"及", "和", "与"} and noun[-2:] not in {"普及", "涉及", "参与"}:
        noun = noun[:-1]
    return noun.removesuffix("的")[:AFTER]


def of_time(words: str) -> bool:
    """Whether the words before a multiple tell only the time that it is a multiple of: 是“十一五”末的."""
    return _OF_TIME.fullmatch(words) is not None


def serves(words: str) -> bool:
    """Whether something is done for those who are counted behind the words: 为辖区86户…."""
    return ("为" in words or "对" in words or "给" in words or "替" in words) and _FOR.search(
        words
    ) is not None


def thing(words: str) -> str:
    """What is counted, without the verb before it: 招募志愿者 → 志愿者; the words themselves if it has none."""
    match = verbs().match(words)
    rest = words[match.end() :] if match else words
    return rest if len(rest) >= 2 else words


def per_head(subject: str) -> str:
    """A subject without 每人 and the like at its end, for what leans on it."""
    if subject[-1:] not in _HEADS:
        return subject
    return _PER_HEAD.sub("", subject) or subject


# --- the tables as patterns ------------------------------------------------------------------------


def _listed(role: str) -> list[str]:
    return [row[1] for row in rows("binding") if row[0] == role]


def _either(role: str) -> str:
    return either(_listed(role))


@cache
def _levels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What leads to a level: the verb alone or behind adverbs (减至, 逐步下降到了), and with what has the level before
    it (国际航线增至), which adverbs alone (全年累计降至) are not."""
    known = [row[1] for row in rows("directions") if row[0] == "verb"]
    moves = either((*known, *_listed("moves")))
    level = rf"(?:{moves}){{1,2}}(?:到|至|为|成)了?$"
    adverbs = _either("level_adverbs")
    return (
        re.compile(rf"[^，]{{0,6}}?{level}|[到至]$"),
        re.compile(
            rf"(?!(?:{adverbs}|{moves})+(?:到|至|为|成))(?P<own>[\u4e00-\u9fffA-Za-z0-9.、]{{2,16}}?)(?:{adverbs})*{level}"
        ),
    )


@cache
def openers() -> re.Pattern[str]:
    return re.compile(f"(?:{_either('openers')})++")


@cache
def closers() -> re.Pattern[str]:
    return re.compile(f"(?:{_either('closers')})++$")


@cache
def _closing() -> frozenset[str]:
    """What a closer may end in: most words end in none of these, and need not be searched from each place on."""
    found = {"\n"}  # $ is before a line's end, too
    for word in _listed("closers"):
        bare = re.sub(r"\(\?[^)]*\)", "", word)  # without what is looked for beside it
        found |= {bare[-2], bare[-3]} if bare.endswith("?") else {bare[-1]}
    return frozenset(found)


@cache
def leaning() -> re.Pattern[str]:
    return re.compile(_either("leaning"))


@cache
def leaning_first() -> frozenset[str]:
    """What a leaning word may begin with: most words begin with none of these."""
    listed = _listed("leaning")
    return frozenset(word[0] for word in listed) | {word[2] for word in listed if word[1:2] == "?"}


@cache
def short() -> frozenset[str]:
    """Verbs that need the object of the clause before: 排查120处，整改118处."""
    return frozenset(_listed("short"))


@cache
def stops() -> re.Pattern[str]:
    return re.compile(_either("stops"))


@cache
def changes() -> re.Pattern[str]:
    return re.compile(_either("changes"))


@cache
def compounds() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((row[1], tuple(row[2].split("|"))) for row in rows("binding") if row[0] == "compounds")


@cache
def qualifiers() -> frozenset[str]:
    return frozenset(word for row in rows("twins") for cell in row for word in cell.split("|"))


@cache
def groups() -> dict[str, tuple[int, tuple[str, ...]]]:
    """Each qualifier of ``twins``: its first group and all words of that group, longest first."""
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
    for number, row in enumerate(rows("twins")):
        members = sorted(
            (word for cell in row for word in cell.split("|")), key=lambda word: (-len(word), word)
        )
        for word in members:
            found.setdefault(word, (number, tuple(members)))
    return found


@cache
def verbs() -> re.Pattern[str]:
    """Verbs that take what is counted as their object, at the beginning of a subject."""
    return re.compile(f"(?:{_either('verbs')})++(?:了)?")
