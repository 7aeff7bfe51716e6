"""What the sources name: a draft's names are looked up in it, tolerant of abbreviation and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from gov_writer import lexicon
from gov_writer.checking.case import Case
from gov_writer.domain import Source
from gov_writer.matching.naming import names
from gov_writer.matching.naming.names import Name
from gov_writer.text.clean import readable
from gov_writer.text.lazy import lazy

_NOISE = lazy("[\\s\u3000“”‘’\"'「」『』《》〈〉（）()\\[\\]【】·•、，,。；;：:！!？?—\\-–*_#]+")
_TAIL = lazy(
    "(?:专项行动|专项整治|整治行动|攻坚行动|活动|行动|工程|计划|模式|机制|工作法|品牌|平台|项目|工作|服务|体系|建设|制度|方案|办法|公约|精神|战略|理念|要求)$"
)
_YEAR = lazy("（[^（）]{0,12}）|\\([^()]{0,12}\\)|[0-9]{4}(?:年|—[0-9]{4}年?)?")


#: “小食堂”, of what the notes call 食堂: a pet name.
_SMALL = lazy("[小大][\u3400-\u9fff]{2,3}")
#: Characters of a title and of a line that signs below it; lines of both together.
_TITLE, _SIGNATURE, _LINES = 60, 24, 3
_HEADED = lazy("[ \t\u3000]*(?:#|[一二三四五六七八九十]{1,3}、|[（(\\d])")
_EVENT = lazy("(\\d{1,2})[·•.](\\d{1,2})")
_NUMBERED = lazy("[一二三四五六七八九十]([\u3400-\u9fff])")


def plain(text: str) -> str:
    """Without marks and white space, so that “邻里食堂” and 邻里食堂 are the same."""
    return _NOISE.sub("", text)


class Known:
    """The words of some sources."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._text = "\n".join(plain(readable(text).text) for text in texts)
        self._grams: dict[int, frozenset[str]] = {}

    @classmethod
    def of(cls, sources: Iterable[Source]) -> Known:
        return _of(tuple(source.text for source in sources))

    def __contains__(self, words: object) -> bool:
        """Whether the words stand in a source; of long ones, whether all stretches of four do (linear)."""
        if not isinstance(words, str):
            return False
        size = min(4, len(words))
        if size == 0:
            return True
        if size not in self._grams:
            text = self._text
            self._grams[size] = frozenset(text[at : at + size] for at in range(len(text) - size + 1))
        grams = self._grams[size]
        return all(words[at : at + size] in grams for at in range(len(words) - size + 1))

    def has_twin(self, bare: str) -> bool:
        """Whether a source quotes this coinage with another number (“五进” for “七进”)."""
        found = _NUMBERED.fullmatch(bare)
        return (
            found is not None
            and bare not in self
            and bool(re.search(rf"[一二三四五六七八九十]{re.escape(found[1])}", self._text))
        )

    def has(self, name: Name) -> bool:
        """Whether a source has the name, or one that it shortens or lengthens."""
        bare = plain(name.bare)
        if not bare or bare in self:
            return True
        if name.kind == "person":
            return False
        if name.kind in ("org", "place"):
            return self._has_place(name, bare)
        if name.kind == "title":
            short = plain(_YEAR.sub("", name.bare))
            return len(short) >= 4 and (short in self or short[-max(6, len(short) * 2 // 3) :] in self)
        return self._has_term(name.bare)

    def _has_place(self, name: Name, bare: str) -> bool:
        """东岭街道 stands for 云溪区东岭街道办事处; 东岭 alone will do as well."""
        if name.core < len(bare) and bare[-name.core :] in self:
            return True
        stem = bare[: -name.suffix_length] if name.suffix_length else bare
        return (len(stem) >= 2 and stem[-4:] in self) or (len(stem) > 2 and stem[-2:] in self)

    def _has_term(self, bare: str) -> bool:
        """A term without its last common noun (…行动, …模式), or all its parts."""
        if _SMALL.fullmatch(bare) and bare[1:] in self:
            return True
        if bare.startswith("零") and f"0{bare[1:]}" in self:
            return True  # “零发案”, of 0发案
        short = plain(_TAIL.sub("", bare))
        if len(short) >= 2 and short in self:
            return True
        parts = [plain(part) for part in re.split("[+＋·、，,/—\\-×]", bare)]
        return len(parts) > 1 and all(len(part) >= 2 and part in self for part in parts if part)


@lru_cache(maxsize=4)
def _of(texts: tuple[str, ...]) -> Known:
    return Known(texts)


@cache
def _common() -> frozenset[str]:
    words: set[str] = set()
    for name in (
        "political_terms",
        "common_terms",
        "known_titles",
        "known_people",
        "known_places",
        "formulas",
    ):
        words.update(plain(word) for word in lexicon.words(name))
    for text, _since, _source, also, _wrong in lexicon.rows("fixed_expressions"):
        words.update(plain(word) for word in (text, *also.strip("-").split("|")) if word)
    return frozenset(words)


_LAW = lazy("^中华人民共和国|(?:学习)?(?:纲要|读本|选读|简史|概论)$")


#: “三个强化”, “四篇文章”: how many points follow, in the words that any plan uses.
_ANNOUNCES = lazy(
    "[一二两三四五六七八九十]+(?:个|大|项|篇|张|道|条|场|个方面的)"
    "(?:目标|重点|强化|方面|关键|突破|坚持|提升|转变|不够|到位|确保|文章|环节|抓手|着力|加强|聚焦|统筹|注重|突出|结合|围绕|加快|深化|严格"
    "|狠抓|维度|更加|着眼|着重|立足|推进|持续|优化|健全|完善|创新|主动|带头|一流|转型|清单|课题|答卷|硬仗|牌|主题|主线|定位|抓)"
)


def is_common(name: Name, case: Case) -> bool:
    """Common political terms, laws, national figures, the brief's own themes: nobody asks for a source."""
    bare = plain(name.bare)
    if bare in _common() or bare.removeprefix("中华人民共和国") in _common():
        return True
    if any(plain(term) == bare for term in case.settings.terms):
        return True
    if name.kind == "title":
        return bool(_LAW.search(bare)) or "共中央" in bare or "国务院" in bare
    if name.kind == "quoted":
        return (
            len(bare) <= 2
            or bool(re.search("[XＸ*＊×]|^[一二三四五六七八九十]+连冠$", bare))
            or (not re.search("[\u3400-\u9fff]", bare) and not _of_another_day(name, case))
            or _ANNOUNCES.fullmatch(bare) is not None
            or _in_settings(bare, case)
        )
    return False


def _of_another_day(name: Name, case: Case) -> bool:
    """Whether an event is called by a day (“7·12”) that no source has."""
    told = _EVENT.fullmatch(name.bare)
    if told is None or case.against is None:
        return False
    month, day = int(told[1]), int(told[2])
    days = {
        d for f in case.against.facts for d in (f.mention.date_start, f.mention.date_end) if d is not None
    }
    return not any((d.month, d.day) == (month, day) for d in days) and not any(
        re.search(rf"{month}\s*[月·.]\s*0?{day}(?!\d)", source.text) for source in case.against.sources
    )


def _in_settings(bare: str, case: Case) -> bool:
    for theme in case.themes:
        if any(bare in plain(word) or plain(word) in bare for word in (theme.name, *theme.any)):
            return True
    return any(bare in plain(entry.text) for entry in case.settings.fixed_expressions)


def in_draft(case: Case) -> tuple[tuple[Name, int, int], ...]:
    """The draft's names with their places in its text, read through its noise."""
    view = readable(case.text)
    return tuple((name, *view.span(name.start, name.end)) for name in names.find(view.text))


def given(case: Case) -> str:
    """What the brief names, the title line and who signs below it (云岭镇党委书记), whose names come from the brief."""
    said: list[str] = []
    for line in case.text.split("\n", 20)[:20]:
        stripped = line.strip(" \t\u3000#*")
        if not stripped:
            continue
        if (
            len(stripped) > (_SIGNATURE if said else _TITLE)
            or stripped[-1] in "。；，：:"
            or len(said) == _LINES
            or (said and _HEADED.match(line))
        ):
            break
        said.append(plain(readable(stripped).text))
    return "\n".join((*said, *map(plain, case.named)))
