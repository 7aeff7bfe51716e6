"""What a line of a note carries besides what it says: who handed it in and when, the label it begins with."""

from __future__ import annotations

import re

from gov_writer.outline import topics
from gov_writer.outline.chat import speaker, who_for
from gov_writer.outline.furniture import META
from gov_writer.outline.words import Words, plain

_DATED = r"(?:[，,、\s]*(?:截至|截止|报送)?\s*(?:\d{4}\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?\s*(?:报送?|提供|止|更新)?)?"
_TAG = re.compile(
    r"[（(]\s*(?:来源|材料|报送|提供|数据)?[:：]?\s*([^（）()，,；;。\n\d]{2,16}?)"
    + _DATED
    + r"\s*[）)]\s*[。；;]?\s*$"
)
#: The same in mid-line, where a date makes it a tag beyond doubt.
_TAG_INSIDE = re.compile(
    r"[（(]\s*([^（）()，,；;。\n\d]{2,16}?)[，,、\s]+(?:截至|截止|报送)?\s*(?:\d{4}\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?\s*[）)]"
)
TAG_DAY = re.compile(
    r"[（(]\s*(?:\d{4}\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?\s*(?:报送?|上报|更新|提供|供稿)\s*[）)]\s*$"
)
_OFFICE = re.compile(
    r"(?:[办科室局所队部站委院会厅股组口]|中心|支队|大队|专班|社区|居委会|村委会|党委|党支部|工会|妇联|团工委|街道|派出所|学校)(?:并报|报送?|提供|供稿)?$"
)


def office_of(text: str) -> bool:
    """Whether a heading is the name of a department."""
    return len(text) <= 16 and bool(_OFFICE.search(text))


def _as_office(name: str) -> str:
    return name if office_of(name) else f"{name}办"


_LABEL = re.compile(
    r"\s*([\u4e00-\u9fff、“”]{2,10}?(?:工作|方面|情况|部分)?|20\d\d年[\u4e00-\u9fff]{0,6}(?:打算|计划|安排|思路))\s*(?P<mark>[:：]|[—–]{2}|[/／｜|])\s*"
)
#: 社区书记队伍：9个社区书记平均年龄41.3岁: the figure begins a clause of its own; 群租房：1204户，整治1190户 counts the label.
_GOES_ON = re.compile(r"(?!左右|以上|以下|以内|余|多|为|的|及|和|全部|均|已)[\u4e00-\u9fff]{2}")
#: 2026年：计划新签约10个: a time, not a label.
_TIME = re.compile(r"\s*(?:20\d\d年|[明来今本去]年|[上下]半年|[一二三四]季度|\d{1,2}月份?)\s*([:：])\s*")


#: 明年打算①…②…, 四季度：1.…；2.…: what stands before the first item of a list in one line heads them all.
_LISTED = re.compile(
    r"\s*((?:20\d\d年?|第?[一二三四]季度|[\u4e00-\u9fff、“”]{2,10}?)[\u4e00-\u9fff]{0,6})\s*(?:[:：]\s*(?=1[.．、）)]|[（(]1[)）])|[:：]?\s*(?=①))"
)
#: 2026：启动片区更新
_YEAR = re.compile(r"\s*(20\d\d)\s*[:：]\s*(?=[\u4e00-\u9fff])")
#: 【应急办】排查…: who tells it, or in which field.
_BRACKETED = re.compile(r"\s*【\s*(?!待|此|略|空)([\u4e00-\u9fff、]{2,10})\s*】\s*[:：]?\s*")


def unwrapped(words: Words) -> Words:
    """（其中重大隐患4处） on a line of its own: without the brackets."""
    text = words.text.strip()
    if (
        not words.slots
        or not (text.startswith("（") and text.rstrip("。；").endswith("）"))
        or text.count("（") > 1
    ):
        return words
    return words.edited([(m.start(), m.end(), "") for m in re.finditer("[（）]", words.text)])


#: 二是督查：督办36项, 一是办文办会。收文1126件: a point that begins with what it is about.
_POINT = re.compile(
    r"\s*[一二三四五六七八九十]{1,3}是(?![\u4e00-\u9fff]{0,2}[抓强推加聚做提深优完促打突建开落坚注着])(?P<label>[\u4e00-\u9fff、“”]{2,8})[:：。](?=[^\n]{4})"
)


def pointed(words: Words) -> Words:
    """The words with the point's subject as their label: 督查：督办36项."""
    match = _POINT.match(words.text)
    if (
        match is None
        or not words.slots
        or words.holds(0, match.end())
        or topics.is_problem(match["label"], ())
    ):
        return words
    if re.search("[。；][二三四五六七八九]是", words.text):
        return words  # all the points in one paragraph
    return plain(f"{match['label']}：") + words.part(match.end(), len(words.text))


def _announced(words: Words) -> tuple[Words, str] | None:
    """What follows 【应急办】, 2026：, 李姐（环卫所）： or 明年打算①, and the heading that it makes; None for other lines."""
    text = words.text
    named, year, told, listed = _BRACKETED.match(text), _YEAR.match(text), who_for(text), _LISTED.match(text)
    for match, heading in (
        (named, named[1] if named else ""),
        (year, f"{year[1]}年" if year else ""),
        (told, _as_office(told["office"]) if told else ""),
        (listed, listed[1] if listed else ""),
    ):
        if match is not None and match.end() < len(text) and not words.holds(0, match.end()):
            return words.part(match.end(), len(text)), heading
    return None


def labelled(words: Words, above: tuple[str, ...]) -> tuple[Words, tuple[str, ...]]:
    """防汛：转移群众286人, 人社 / 服务820人: the label is a heading of this line, unless a figure follows at once."""
    if (announced := _announced(words)) is not None:
        rest, heading = announced
        return rest, (*above, heading)
    timed = _TIME.match(words.text)
    if timed is not None and not words.holds(timed.start(1), timed.end()):
        return words.edited([(timed.start(1), timed.end(), "，")]), above
    match = _LABEL.match(words.text)
    office = speaker(match[1]) if match is not None and match["mark"] in ":：" else None
    if match is not None and office is not None and not words.holds(0, match.end()):
        return words.part(match.end(), len(words.text)), (*above, office) if office else above
    whose = match is not None and (office_of(match[1]) or topics.is_field(match[1]))
    if match is not None and match["mark"] in "/／｜|" and not whose:
        return words, above
    if match is None or match.end() >= len(words.text) or words.holds(0, match.end()):
        return words, above
    if META.match(words.text):
        return words, above
    if whose and match["mark"] not in ":：":
        return words.part(match.end(), len(words.text)), (*above, match[1])
    figure = next((slot for slot in words.slots if slot[0] == match.end()), None)
    figure = None if figure and words.text[figure[1] - 1] in "日时分" else figure  # 响应：14日10时启动
    if figure is not None and not _GOES_ON.match(words.text, figure[1]):
        return words, above
    if words.text[match.end()] in "“《" and not words.slots:
        return words, above
    return words.part(match.end(), len(words.text)), (*above, match[1])


#: The office in a title: 松涛街道农业农村办2025年情况.
_IN_TITLE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,6}?(?:街道|镇|乡))?([\u4e00-\u9fff]{2,8}?(?:办公室|办|科|所|站|中心|局|队))(?=[\s（(\d]|全年|年|[上下]半年|工作|情况|总结|材料|小结|汇报|$)"
)
#: What an office calls itself in its notes, which the street's report can't.
_OURS = re.compile(
    r"(?<![自本忘])(?:我(?:们)?(?:办公室|办|科室|科|所|站|中心|队|部门)|本(?:办|科室|部门|站|中心))(?=[\u4e00-\u9fff\d，])(?![公法学技])"
)


def named_in(title: str) -> str:
    """The office that a title names, "" if it names none."""
    match = _IN_TITLE.match(title.strip())
    return match[1] if match is not None else ""


def in_third_person(words: Words, office: str) -> Words:
    """我办牵头整治村庄12个 as the street tells it: 农业农村办牵头整治村庄12个."""
    edits = [(m.start(), m.end(), office) for m in _OURS.finditer(words.text)]
    return words.edited(edit for edit in edits if not words.holds(edit[0], edit[1]))


_SELF = re.compile("(?<![其他她患由])本人(?!签|身份|自愿|意愿|同意|申请)")


def in_first_person(words: Words) -> Words:
    """本人带队检查 as 我带队检查: the author of a duty report calls himself one thing throughout."""
    edits = [(m.start(), m.end(), "我") for m in _SELF.finditer(words.text)]
    return words.edited(edit for edit in edits if not words.holds(edit[0], edit[1]))


#: 述职人：周敬文 某街道副主任，分管城建: who it is, and then what he answers for.
_AUTHOR_LINE = re.compile(
    r"\s*(?:述职|述廉|报告|汇报)(?:人|者)\s*[:：]\s*[\u4e00-\u9fff]{2,4}(?:[ \t\u3000]+|[，,、（(]\s*)(?=\S{2,}.*(?:委员|书记|主任|镇长|乡长|局长|科长|所长|站长|队长|干部|分管|负责))"
)


def introduced(words: Words) -> Words:
    """述职人：周敬文 某街道副主任，分管城建 as its author says it: 我任某街道副主任，分管城建."""
    match = _AUTHOR_LINE.match(words.text)
    if match is None or words.holds(0, match.end()):
        return words
    rest = words.part(match.end(), len(words.text)).stripped()
    shut = rest.text.count("）") + rest.text.count(")") > rest.text.count("（") + rest.text.count("(")
    rest = rest.part(0, len(rest.text) - 1) if shut and rest.text[-1] in "）)" else rest
    held = re.match(r"(?:现?任|担任|分管|负责)", rest.text)
    return plain("我" if held else "我任") + rest


_SIGNED = re.compile(
    r"[\s#*【]*([\u4e00-\u9fff、]{2,16})[】*]*"
    r"(?:\s*[（(][^（）()。；;]{1,40}[）)][：:]?|\s+20\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)\s*"
)


def signed(words: Words) -> Words | None:
    """The office of a line that names it and in brackets who handed it in and when (党建办（12月8日）, 应急办（李敏报）);
    None for any other line."""
    match = _SIGNED.fullmatch(words.text)
    if match is None or words.slots or not office_of(match[1]):
        return None
    return words.part(*match.span(1))


#: 党建办　王海涛, or 综治信访办 alone, below an office's own summary
_AUTHOR = re.compile(r"\s*([\u4e00-\u9fff、]{2,16})(?:[ \t\u3000]+[\u4e00-\u9fff]{2,3})?\s*")


def is_signature(text: str) -> bool:
    """Whether a last line says whose note it was: an office, and who wrote it."""
    match = _AUTHOR.fullmatch(text)
    return match is not None and office_of(match[1])


#: 示范社区2个（梧桐苑社区、望江社区）: the places counted, not who handed it in.
_PLACES = re.compile(r"(?:社区|村|学校|小学|中学|公司|中心|站)$")


def _names_what_is_counted(words: Words, tag: re.Match[str]) -> bool:
    behind = any(end == len(words.text[: tag.start()].rstrip()) for _, end, _ in words.slots)
    names = re.split(r"[、和及]", tag[1].strip())
    return behind and len(names) > 1 and all(_PLACES.search(name) for name in names)


def untagged(words: Words) -> tuple[Words, str]:
    """Without the tags that say who handed it in and when; a tag must name an office."""
    inside = [m for m in _TAG_INSIDE.finditer(words.text) if _OFFICE.search(m[1].strip())]
    words = words.edited((m.start(), m.end(), "") for m in inside if not words.holds(m.start(), m.end()))
    match = _TAG.search(words.text, max(0, len(words.text) - 80))
    if match is None or words.holds(match.start(), match.end()) or _names_what_is_counted(words, match):
        return words, inside[-1][1].strip() if inside else ""
    office = re.split(r"[，,、\s]", match[1].strip())[0]
    if not _OFFICE.search(office):
        return words, ""
    return words.part(0, match.start()), office
