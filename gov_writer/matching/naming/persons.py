"""Where a text names a person: a role or title beside a surname and one or two characters.

Chinese names have no capital letters. What gives one away is its context (书记王建国, 患者李某某,
张三等3人), and the boundary behind it. Without a role beside it a name counts only if its surname seldom
begins a common word and its given name is made of characters common in given names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from gov_writer import lexicon
from gov_writer.matching.naming import odds
from gov_writer.text.lazy import lazy

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_MASK = "*＊×✕○〇"
_NOT_LAST = frozenset(
    "说在到和与为对的了等于将是带率及以向被把从因就也又都已未均按称赴去来户某两个名位区县市镇乡社街们"
)
_BEFORE_BARE = frozenset("由与和及被请对向给为经是让找叫因将把了")
_ASKED = ("由", "经", "请")  # 由张伟牵头: after these even a name of two characters is one
_HEADS = frozenset("户组村栋楼队室巷弄号")  # 3组张建国, 2栋李秀英
_JOINED = frozenset(
    {"队伍", "楼宇", "户均", "户田", "室温", "号召", "号房"}
)  # a word, no name behind a head: 队伍壮大


_Add = Callable[[int, int, str, bool], None]


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name in a text.  role: official, private, plain, or "" if none stands by it."""

    start: int
    end: int
    role: str
    masked: bool


@dataclass(frozen=True, slots=True)
class _Tools:
    surnames: frozenset[str]
    clear: frozenset[str]
    compound: frozenset[str]
    words: dict[str, str]
    given: frozenset[str]
    before: AhoCorasick
    after: AhoCorasick
    roles: dict[str, str]
    masked: re.Pattern[str]
    follow: frozenset[str]
    follow_most: int
    verbs: re.Pattern[str]
    openers: frozenset[str]
    characters: odds.Characters


def _any_of(words: Iterable[str]) -> AhoCorasick:
    """What finds the longest of the words at each place."""
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)


@cache
def _tools() -> _Tools:
    classes = {row[1]: row[0] for row in lexicon.rows("surnames")}
    clear, shared, compound = classes["clear"], classes["shared"], classes["compound"].split()
    table = lexicon.rows("person_roles")
    before = [row[0] for row in table if row[1] != "after"]
    after = [row[0] for row in table if row[1] != "before"]
    one = f"(?:{'|'.join(compound)}|[{clear}{shared}])"
    masked = (
        f"{one}(?:某[某甲乙丙丁]|[{_MASK}]{{1,3}}(?![{_MASK}])(?:[{_HAN}](?![{_HAN}]))?|[xX]{{2}}(?![a-zA-Z])"
        f"|某(?![{_HAN}])|某(?=[等夫的与和、因反在上信诉家称到]))"
    )
    given = frozenset("".join(lexicon.words("given_characters")))
    follow = frozenset(lexicon.words("name_followers"))
    return _Tools(
        surnames=frozenset(clear + shared),
        clear=frozenset(clear),
        compound=frozenset(compound),
        words={row[0]: row[1] for row in lexicon.rows("surname_words")},
        given=given,
        before=_any_of(before),
        after=_any_of(after),
        roles={row[0]: row[2] for row in table},
        masked=lazy(masked, needs=f"{_MASK}某xX"),
        follow=follow,
        follow_most=max(map(len, lexicon.words("name_followers"))),
        verbs=lazy(f"(?:{'|'.join(map(re.escape, lexicon.words('entity_openers')))})$"),
        openers=frozenset(lexicon.words("name_verbs")),
        characters=odds.Characters(
            clear=frozenset([*clear, *compound]),
            shared=frozenset(shared) - {"和"},
            given=given,
            behind=_NOT_LAST | {word for word in follow if len(word) == 1},
        ),
    )


_HAN_CHAR = lazy(f"[{_HAN}]")
#: Characters that write the sounds of Uyghur, Kazakh, Tibetan and Mongolian names.
_SOUNDS = (
    "阿买热古丽江提力帕依木孜尔汗迪麦不都拉吐逊艾合米吉克拜努巴特萨仁其格娜达瓦卓玛扎西多伊斯马衣夏肉库热西提穆罕默德哈沙"
    "娃布如加娅曼铁赛福鼎凯撒亚森居来卡塔别亥莎妮维努尔兰旦增次央宗索朗桑珠才让平措罗布顿珠旺堆白玛洛桑群培巴桑阿旺勒胡赫额敖其"
    "那日苏乌云高娃图雅朝鲁宝音苏和呼和牧仁斯琴托娅"
)
_MINORITY = lazy(f"[{_SOUNDS}]{{2,6}}[·•・‧][{_SOUNDS}]{{2,6}}(?![·•・‧])", needs="·•・‧")
#: 张三等3人: a list of persons that is cut short.
_AND_OTHERS = lazy(
    rf"(?<=[{_HAN}])等(?:[0-9０-９]{{1,4}}|[一二两三四五六七八九十几数多]{{1,3}})(?:余)?(?:人|名|位|户)",
    needs="等",
)
_SPACES = " \u3000\t"


def find(text: str) -> tuple[Person, ...]:
    """Persons' names in text order; spans do not overlap."""
    tools = _tools()
    found: dict[int, Person] = {}

    def add(start: int, end: int, role: str, masked: bool) -> None:
        old = found.get(start)
        if old is None or (old.role == "" and role) or (old.role == role and end > old.end):
            found[start] = Person(start, end, role, masked)

    for match in tools.masked.finditer(text):
        if _mask_stands(text, match.start(), match.end(), tools):
            add(match.start(), match.end(), "", True)
    for match in _MINORITY.finditer(text):
        add(match.start(), match.end(), "", False)
    for _, start, end in tools.before.find_matches_as_indexes(text):
        _after_role(text, end, tools.roles[text[start:end]], tools, add)
    for _, start, end in tools.after.find_matches_as_indexes(text):
        _before_title(text, start, tools.roles[text[start:end]], tools, add)
    for match in _AND_OTHERS.finditer(text):
        _before_title(text, match.start(), "", tools, add)
    _bare(text, tools, add)
    _extend_lists(text, tools, found)
    return _disjoint(found)


def surname(text: str, person: Person) -> str:
    """The surname of a person whom ``find`` found in the text."""
    first = text[person.start : person.start + 2]
    return first if first in _tools().compound and person.end - person.start > 2 else first[:1]


def _mask_stands(text: str, start: int, end: int, tools: _Tools) -> bool:
    """在某小区, 和**街道: a surname character that is a common word masks no person."""
    surname = text[start]
    if surname in tools.clear or text[start : start + 2] in tools.compound:
        return not (text[start : start + 1] == "于" and end - start == 2)
    previous = text[start - 1] if start else ""
    following = text[end] if end < len(text) else ""
    closed = not following or not _HAN_CHAR.match(following) or _goes_on(text, end)
    opened = not previous or not _HAN_CHAR.match(previous) or _ends_with_role(text, start, tools)
    if text[end - 1] in _MASK and not opened:
        opened = previous in _BEFORE_BARE or bool(tools.verbs.search(text, max(0, start - 4), start))
    return opened and closed


def _ends_with_role(text: str, end: int, tools: _Tools) -> bool:
    return any(text[max(0, end - n) : end] in tools.roles for n in range(2, 7))


def _after_role(text: str, at: int, role: str, tools: _Tools, add: _Add) -> None:
    limit = at + 3
    while at < min(limit, len(text)) and text[at] in _SPACES + "：:“":
        at += 1
    mask = tools.masked.match(text, at)
    if mask:
        add(at, mask.end(), role, True)
        return
    if role == "private":
        end = _likely_end(text, at, tools)
    else:
        end = name_end(text, at, tools) or odds.name_at(text, at, tools.characters, 3 * odds.MARGIN)
    if end:
        add(at, end, role, False)


def _likely_end(text: str, at: int, tools: _Tools) -> int:
    """Where a name ends of which its place says that it is a private person's, 0 if words are likelier."""
    if text[at : at + 1] not in tools.surnames and text[at : at + 2] not in tools.compound:
        return 0
    word = text[at + 1 : at + 2] in tools.words.get(text[at : at + 1], ())
    return odds.name_at(text, at, tools.characters, odds.MARGIN * (3 if word else 1))


def name_end(text: str, at: int, tools: _Tools) -> int:
    """Where a name that starts at ``at`` ends, 0 if none does."""
    if text[at : at + 2] in tools.compound:
        surname = 2
    elif at < len(text) and text[at] in tools.surnames:
        surname = 1
    else:
        return 0
    common = surname == 1 and at + 1 < len(text) and text[at + 1] in tools.words.get(text[at], "")
    clear = surname == 2 or text[at] in tools.clear
    for given in (2, 1):
        end = at + surname + given
        tail = text[at + surname : end]
        if len(tail) < given or not all(map(_HAN_CHAR.match, tail)) or tail[-1] in _NOT_LAST:
            continue
        named = all(character in tools.given for character in tail)
        if common and not (given == 2 and named and clear):
            continue
        if not (clear or named):
            continue
        if _closes(text, end) and (named or clear):
            return end
    return 0


def _closes(text: str, end: int) -> bool:
    return end >= len(text) or not _HAN_CHAR.match(text[end]) or _goes_on(text, end)


def _goes_on(text: str, at: int) -> bool:
    """Whether what follows a name begins at ``at``."""
    tools = _tools()
    return any(text[at:end] in tools.follow for end in range(at + 1, at + 1 + tools.follow_most))


def _opens(text: str, start: int) -> bool:
    if start == 0 or not _HAN_CHAR.match(text[start - 1]):
        return True
    return (
        text[start - 1] in _BEFORE_BARE
        or (text[start - 1] in _HEADS and text[start - 1 : start + 1] not in _JOINED)
        or text[start - 2 : start] in _tools().openers
    )


def _before_title(text: str, at: int, role: str, tools: _Tools, add: _Add) -> None:
    """王建国同志, 张丽主任, 李某夫妇: the name ends where the title starts."""
    for size in (4, 3, 2):
        start = at - size
        if start < 0:
            continue
        piece = text[start:at]
        mask = tools.masked.match(text, start)
        if mask and mask.end() == at:
            add(start, at, role, True)
            return
        surname = 2 if piece[:2] in tools.compound else 1 if piece[0] in tools.surnames else 0
        if not surname or not 1 <= size - surname <= 2 or not all(map(_HAN_CHAR.match, piece)):
            continue
        tail = piece[surname:]
        named = all(character in tools.given for character in tail)
        common = surname == 1 and tail[0] in tools.words.get(piece[0], "")
        clear = surname == 2 or piece[0] in tools.clear
        opened = _opens(text, start) or _ends_with_role(text, start, tools)
        if tail[-1] in _NOT_LAST or common or not named:
            continue
        if (clear and (opened or len(tail) == 2)) or (
            opened and role in ("private", "plain") and len(tail) == 2
        ):
            add(start, at, role, False)
            return
    start = -1 if role == "official" else odds.name_before(text, at, tools.characters)
    if start >= 0 and text[start + 1] not in tools.words.get(text[start], ""):
        add(start, at, role, False)


def _bare(text: str, tools: _Tools, add: _Add) -> None:
    """Names without a role: a clear surname, a given name of usual characters, a boundary on both sides."""
    for at, character in enumerate(text):
        if character not in tools.clear or not _opens(text, at):
            continue
        end = name_end(text, at, tools)
        if not end or not all(c in tools.given for c in text[at + 1 : end]):
            continue
        if end - at < 3 and text[at - 1 : at] not in _ASKED:
            continue
        if text[at + 1] in tools.words.get(character, "") or _is_place(text, end):
            continue
        add(at, end, "", False)


def _is_place(text: str, end: int) -> bool:
    return text[end : end + 1] in frozenset("路街村镇乡县区市省桥站巷湖江山馆局厂")


def _extend_lists(text: str, tools: _Tools, found: dict[int, Person]) -> None:
    """张三、李四、王五: the neighbours of a name in a list are names too."""
    queue = [found[start] for start in sorted(found)]
    while queue:
        person = queue.pop()
        at = person.end
        if text[at : at + 1] not in ("、", "和", "与", "及"):
            continue
        at += 1
        if any(text[at : at + size] in tools.roles for size in (2, 3, 4)):  # 租客韩磊与房东蒋文彬
            continue
        if at in found:
            if person.role and not found[at].role:
                found[at] = replace(found[at], role=person.role)
                queue.append(found[at])
            continue
        mask = tools.masked.match(text, at)
        private = person.role == "private"
        end = mask.end() if mask else _likely_end(text, at, tools) if private else name_end(text, at, tools)
        if not end:
            continue
        if not mask and not all(c in tools.given for c in text[at + 1 : end]) and end - at < 3:
            continue
        found[at] = Person(at, end, person.role, bool(mask))
        queue.append(found[at])


def _disjoint(found: dict[int, Person]) -> tuple[Person, ...]:
    kept: list[Person] = []
    for start in sorted(found):
        person = found[start]
        if kept and person.start < kept[-1].end:
            if person.role and not kept[-1].role:
                kept[-1] = person
            continue
        kept.append(person)
    return tuple(kept)
