"""What in a source is no content: who handed a note in and when, the head of a chat message, a signature.

The source in parentheses at a line's end （应急办，12月15日）, 报送时间 and the like, a signature date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from gov_writer.facts.reporting import YEAR, YEAR_DIGITS
from gov_writer.lexicon import words
from gov_writer.text.lazy import either, lazy

_DAY = r"(?:(?:19|20)\d\d\s?[年./-]\s?)?\d{1,2}\s?[月./-]\s?\d{1,2}\s?[日号]?(?:\s?\d{1,2}[:：时]\d{0,2}分?)?"
#: （应急办，12月15日） at the end of a line: a name, then a day; or a name alone that ends like an office.
_TAG = lazy(
    r"[（(【\[](?:(?<=[（(])(?:"  # one set first: the engine looks for it at full speed
    rf"[^（）()\d\n]{{1,40}}?[，,、:：;；\s]{_DAY}\s*(?:报送?|更新|提供|供稿|统计)?\s*[）)]"
    rf"|\s*{_DAY}\s*(?:报送?|上报|更新|提供|供稿)\s*[）)]"
    r"|\s*[\u4e00-\u9fff]{1,12}(?:办|科|局|站|所|队|组|室|股|厅|中心|社区|专班|工委|纪工委|办公室|支部|服务队)"
    rf"(?:\s*{_DAY})?\s*(?:提供|供稿|报送?)?\s*[）)])"
    r"|\s*(?:来源|供稿|资料来源|数据来源|报送|填报|提供|摘自)[^（）()\n]{0,40}[）)】\]])[。；;]?[ \t]*$",
    re.MULTILINE,
    needs="）)】]",
)
#: 街道综合执法队报送（10月27日）: the office and the day, on a line of their own.
_HANDED = lazy(
    rf"^[\s#*>\-]*[\u4e00-\u9fff]{{2,20}}(?:报送|上报|提供|供稿|整理|汇总)\s*(?P<day>[（(]\s*{_DAY}\s*[）)])[：:]?[ \t]*$",
    re.MULTILINE,
)
#: 平安办 阿芳 2025-12-15 10:03:10, above what was said in a chat
_SAID = lazy(
    r"^[ \t]*[^\n，。；：:\d]{1,20}[ \t]*(?P<day>(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[ \t]+\d{1,2}:\d{2}(?::\d{2})?)[ \t]*$",
    re.MULTILINE,
    needs=":",
)
#: 12-15 09:21 李雪：信访件112件, a message on one line; 2025-12-03 09:12:05 陈静, above one
_SPOKEN = lazy(
    r"^[ \t\[【]*(?P<day>(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[ \t]+\d{1,2}:\d{2}(?::\d{2})?)[\]】]?[ \t]*(?=[^\n，。；：:\d]{1,16}[：:]|(?<=:\d\d:\d\d[ \t])[^\n，。；：:\d]{1,20}$)",
    re.MULTILINE,
    needs=":",
)
#: 12月24日 派出所老郑：, a message of a chat that tells days without hours; @平安办小李 calls somebody.
_SPOKEN_ON = lazy(
    r"^[ \t\[【]*(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}[日号]?[\]】]?[ \t]+(?P<who>[\u4e00-\u9fff]{2,10})[：:]",
    re.MULTILINE,
    needs="：:",
)
_CALLED = lazy(r"@[\u4e00-\u9fffA-Za-z]{1,12}(?=[\s，,：:])")
#: 填报：应急办 7月20日
_FILLED_BY = lazy(
    rf"^[\s*>\-]*(?:填报|报送|供稿|整理|撰稿|[\u4e00-\u9fff]{{0,8}}(?:签字|签名|审核|复核))\s*[:：][^\n，。；\d]{{0,16}}(?P<day>{_DAY}|(?:19|20)\d\d\.\d{{1,2}}\.\d{{1,2}})[ \t]*$",
    re.MULTILINE,
    needs="填报供整撰签审复",
)
#: 党建工作办公室（12月8日）, a line that names the office and the day alone
_OFFICE_DAY = lazy(
    rf"^[\s#*>\-【]*(?![走参视]|慰问|检查|召开|举办|调研|迎接|邀请|组织)[\u4e00-\u9fff、]{{2,16}}(?:办|科|所|站|队|中心|局|室|委|部|支部)[】*]*\s?(?P<day>[（(]\s*(?:截[至止])?\s*{_DAY}\s*[）)])[：:]?[ \t]*$",
    re.MULTILINE,
    needs="）)",
)
#: 【招商工作群 12月18日 接龙】 over a roll-call of messages.
_CHAT = lazy(
    rf"^[\s#*]{{0,8}}【(?=[^】\n]{{0,40}}(?:群|接龙|汇总|报送))[^】\d\n]{{0,16}}(?P<day>{_DAY})[^】\d\n]{{0,12}}】",
    re.MULTILINE,
    needs="【",
)
#: 云门乡产业（12月10日汇总）: the day in the first line, which is no sentence.
_TOP = lazy(
    rf"[\s#*\ufeff]{{0,8}}[^，。；：\n（(]{{2,40}}(?P<day>[（(]\s*(?:截[至止])?\s*(?:{_DAY}|\d{{1,2}}\.\d{{1,2}})\s?(?:汇总|报|报送|整理|更新|统计|口径)\s*[）)])[ \t*]*(?:\n|$)"
)
#: 竹峰镇便民中心 12月31日整理, the line over a paper.
_MADE = lazy(
    rf"[\s#*\ufeff]{{0,8}}[^，。；：\n（(\d]{{2,40}}[ \t\u3000](?P<day>{_DAY}\s?(?:汇总|报送?|整理|更新|统计|供稿|提供))[ \t*]*(?:\n|$)"
)
#: 〔2025〕第11期, 时间：2025年12月24日上午: what heads minutes and bulletins.
_ISSUE = lazy(r"[〔\[［【]\s?(?:19|20)\d\d\s?[〕\]］】]\s?第?\s?\d{1,4}\s?[期号次]", needs="〔[［【")
_HELD_ON = lazy(
    rf"^[\s*>\-]*(?:会议)?时\s{{0,4}}间\**[：:]\**\s*(?:\d{{4}}\s?年)?\s?{_DAY}[^，。；\n]{{0,16}}$",
    re.MULTILINE,
)
_MINUTES = lazy("纪要|会议记录|办公会|出席|主持|列席|记录人|参加人")
#: 项目征迁上半年情况（6月28日）, 经发办汇总 2025.12.18: the day on which a paper was made, at the end of its title.
_DATED = lazy(
    rf"^(?=.{{4,60}}$)(?=[^\d\n]*\d).*?(?:情况|总结|汇报|报告|材料|素材|台账|小结|工作|要点|进展|简报|汇总)\s*(?P<day>[（(]\s*(?:截[至止])?\s*{_DAY}\s*[）)]|(?<=[ \t\u3000])(?:19|20)\d\d\s?[年./-]\s?\d{{1,2}}\s?[月./-]\s?\d{{1,2}}日?)[ \t]*$",
    re.MULTILINE,
    needs="）)年./-",
)
_SIGNED = lazy(
    rf"(?:[\u4e00-\u9fff]{{2,20}}[ \t\u3000]+)?(?:{YEAR}\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日|[一二][{YEAR_DIGITS}]{{3}}年.{{1,3}}月.{{1,3}}日)",
    needs="日",
)


#: 机密★1年: how long a paper is kept secret (GB/T 9704-2012, 7.2.2)
_KEPT_SECRET = lazy(
    r"(?:绝密|机密|秘密)\s?[★☆]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:年|个?月)", needs="★☆"
)


def spans(source_text: str) -> list[tuple[int, int]]:
    """Spans, in order, that tell where a note comes from and when it was handed in; they hold no facts."""
    found = [match.span() for match in _TAG.finditer(source_text) if _is_tag(match[0])]
    for match in _handed_in().finditer(source_text):
        found.append(match.span())
    found += [match.span("day") for match in _DATED.finditer(source_text)]
    found += [match.span("day") for match in _CHAT.finditer(source_text)]
    found += [match.span("day") for match in _HANDED.finditer(source_text)]
    for line in (_OFFICE_DAY, _SAID, _SPOKEN, _FILLED_BY):
        found += [match.span("day") for match in line.finditer(source_text)]
    if (top := _TOP.match(source_text) or _MADE.match(source_text)) is not None:
        found.append(top.span("day"))
    for line in (_ISSUE, _KEPT_SECRET):
        found += [match.span() for match in line.finditer(source_text)]
    if _MINUTES.search(source_text, 0, 1000):
        found += [match.span() for match in _HELD_ON.finditer(source_text)]
    found += _messages(source_text)
    found += _comments(source_text)
    found += _signature(source_text)
    return _merged(found)


def _messages(text: str) -> list[tuple[int, int]]:
    """The day and the speaker over each message of a chat in which somebody speaks twice, and who is called by name."""
    messages = list(_SPOKEN_ON.finditer(text))
    said = Counter(message["who"] for message in messages)
    spans = [message.span() for message in messages] if said and max(said.values()) > 1 else []
    return spans + ([call.span() for call in _CALLED.finditer(text)] if "@" in text else [])


def _comments(text: str) -> list[tuple[int, int]]:
    """HTML comments, which Markdown does not show."""
    spans, at = [], text.find("<!--")
    while at >= 0:
        end = text.find("-->", at + 4)
        end = len(text) if end < 0 else end + 3
        spans.append((at, end))
        at = text.find("<!--", end)
    return spans


def _is_tag(words_: str) -> bool:
    """（其中党员12名，占12.5） is no tag."""
    return "其中" not in words_ and "含" not in words_


@cache
def _handed_in() -> re.Pattern[str]:
    """报送时间：12月15日 and the like, to the end of the date."""
    listed = either(words("handed_in"))
    return re.compile(
        rf"(?:{listed})[\s*]{{0,4}}(?:为|是|至|到|截至|截止)?\s?[:：|]?[\s*|]{{0,4}}(?:{_DAY}|{YEAR}(?:\s?\d{{1,2}}月)?底?)"
    )


def _signature(text: str) -> list[tuple[int, int]]:
    """A full date alone, or behind an office and white space, on one of the last three lines that hold anything."""
    spans = []
    end = _back(text, len(text))
    for _ in range(3):
        begin = text.rfind("\n", 0, end) + 1
        if end - begin <= 40 and _SIGNED.fullmatch(text[begin:end].strip(" \t\u3000*（）()")):
            spans.append((begin, end))
        if begin == 0:
            break
        end = _back(text, begin)
    return spans


def _back(text: str, at: int) -> int:
    """The end of the last line before ``at`` that isn't blank, without copying the text."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
