"""Notes as they come in a chat: who speaks, and what is only said to keep talking."""

from __future__ import annotations

import re
from functools import cache

from gov_writer.lexicon import words as words_of
from gov_writer.outline.words import Edit, Words

_OFFICE = r"(?P<office>[\u4e00-\u9fff]{2,8}?)??"
_NICKNAME = re.compile(_OFFICE + r"[老小阿](?P<name>[\u4e00-\u9fff])")
_TITLED = re.compile(
    _OFFICE
    + r"(?P<name>[\u4e00-\u9fff])(?:主任|科长|书记|所长|站长|队长|部长|局长|委员|干事|会计|工|姐|哥|老师|经理)"
)
#: 老人：, 小区：, 一老一小： are no names.
_NO_NAME = re.compile(r"老[人年旧龄少]|小[区学组时型微孩]|[一两]老一小|化工|[职员民农施手复开完竣]工")
#: 对了还有智造园…, 安全生产这块，…
_FILLER = re.compile(
    r"(?:(?<=[，。；！：])|^)(?:(?:哦|噢|哎)?对了[，,]?(?:还有)?|还有就是|另外还有|那个[，,]|就是说|嗯+|呃+|哦+|好的|收到)[，,：]?"
    r"|^(?:各位|大家|领导)[\u4e00-\u9fff]{0,2}(?:早上|上午|下午|晚上)?(?:好|辛苦了?)[，,。！!：:]*"
    r"|^(?:各位|大家)(?:领导|同事|同志|主任)?[，,。！!：:]+"
    r"|^[\u4e00-\u9fff]{0,6}(?:这边|这块|我们|我)的?(?:数据?|情况)(?:如下|报一下)?[：:，,]"
    r"|^[\u4e00-\u9fff]{2,8}(?:数据|情况)(?:如下|(?:报|汇报|说|更新)一下)[：:，,]"
    r"|(?<=[\u4e00-\u9fff])(?:那个|这个)?应该是(?=\d)"
    r"|(?<=[\u4e00-\u9fff\d%％])(?:哈+|啊|哦|呢|啦|哟|嘛|[~～]+)(?=[，。；！]|$)"
    r"|(?<=[\u4e00-\u9fff]{2})这(?:边|一?块儿?)(?=[：:]|[ \t]*①)"
    r"|@所有人\s*|\[(?:图片|文件|表情|强|呲牙|微笑|抱拳|玫瑰|OK)\]"
)
_ABOUT = re.compile(r"(?<=[\u4e00-\u9fff]{2})这(?:一?块儿?|方面)(?=[，,])")


#: 李姐（环卫所）：…, 陈（财政）：…: who speaks, and for which office.
_FOR = re.compile(
    r"\s*(?P<who>[\u4e00-\u9fff]{1,4})\s*[（(](?P<office>[\u4e00-\u9fff]{2,8})[)）]\s*[:：]\s*(?=\S)"
)


def who_for(text: str) -> re.Match[str] | None:
    """The words before a message that name a person and in brackets the office; None where it is no person."""
    match = _FOR.match(text)
    if match is None:
        return None
    surname = match["who"][0] in _surnames() and len(match["who"]) <= 3
    return match if surname or speaker(match["who"]) is not None else None


@cache
def _surnames() -> frozenset[str]:
    return frozenset("".join(words_of("surnames")))


def speaker(label: str) -> str | None:
    """Whose words follow the label, by office (应急小刘: 应急; 王主任: ""), None where it names nobody."""
    match = _NICKNAME.fullmatch(label) or _TITLED.fullmatch(label)
    if match is None or _NO_NAME.search(label):
        return None
    nickname = label[-2] == "阿"
    return (match["office"] or "") if nickname or match["name"] in _surnames() else None


_SAID = re.compile(
    r"\s*(?P<who>[^，。；：:\d]{1,20}?)[ \t]*(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[ \t]+\d{1,2}:\d{2}(?::\d{2})?\s*"
)


#: 李敏（消防组）
_BEHIND = re.compile(r"[（(]([\u4e00-\u9fff]{2,8})[)）]\s*$")
#: 2025-12-03 09:12:05 陈静: only an exported chat tells seconds.
_SAYS = re.compile(
    r"\s*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ \t]+\d{1,2}:\d{2}:\d{2}[ \t]+(?P<who>[^，。；：:\d]{1,20})"
)


def said_by(line: str) -> str | None:
    """Who speaks below a line that names somebody and a time, in either order (平安办 阿芳 2025-12-15 10:03:10); None for other lines."""
    match = _SAID.fullmatch(line[:80]) or _SAYS.fullmatch(line[:80])
    if match is None:
        return None
    office = _BEHIND.search(match["who"])
    return office[1] if office is not None else re.sub(r"[\s\-—_·（）()]", "", match["who"])


_MESSAGE = re.compile(
    r"[ \t\[【]*(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[ \t]+\d{1,2}:\d{2}(?::\d{2})?[\]】]?[ \t]*(?P<who>[^\n，。；：:\d]{1,16})[：:]\s*"
)
#: 收到，辛苦; 各科室把年度数据发一下
_TALK = re.compile(
    r"(?:收到|好的|辛苦了?|谢谢|明白|知道了|[Oo][Kk]|嗯+|已发|马上|稍等|大家|各位|了|[，,。！!、 ~～])+"
    r"|[^。\d]{0,12}(?:把|将|请)[^。\d]{1,20}(?:发|报|交|填)(?:一?下|过来|上来|给我|到群里|齐)?[吧啊哈。！!]*"
    r"|[^。\d]{0,24}前[^。\d]{0,4}(?:发|报|交)(?:一?下|过来|上来|给我)[吧啊哈。！!]*|[^。\d]{1,14}(?:多少|几)[\u4e00-\u9fff]{0,3}[？?]"
)


def message(words: Words) -> tuple[Words, str] | None:
    """What a message on one line says and who says it (12-15 09:21 李雪：信访件112件); None for other lines."""
    match = _MESSAGE.match(words.text[:80])
    if match is None or words.holds(match.start(), match.end()):
        return None
    return words.part(match.end(), len(words.text)), match["who"].strip()


def is_talk(text: str) -> bool:
    """Whether a message only keeps the talk going."""
    return _TALK.fullmatch(text.strip()) is not None


#: 材料请在17号前发齐, 联系人小顾
REQUEST = re.compile(
    r"请(?:各[\u4e00-\u9fff]{1,4})?(?:于|在)?[^。]{1,12}前[^。]{0,4}(?:发|报|交|反馈)|联系人|联系方式见"
)


def settled(words: Words) -> Words:
    """Without 对了还有, 哈, @所有人; 安全生产这块 is 安全生产方面."""
    edits: list[Edit] = [(m.start(), m.end(), "") for m in _FILLER.finditer(words.text)]
    edits += [(m.start(), m.end(), "方面") for m in _ABOUT.finditer(words.text)]
    return words.edited(edit for edit in edits if not words.holds(edit[0], edit[1]))
