"""One character for each form: full-width, traditional and formal numerals become the plain ones.

The replacement keeps every character's place, so spans found in the unified text hold in the original.
"""

from __future__ import annotations

import re

from gov_writer.text.lazy import lazy

_PAIRS = (
    ("０１２３４５６７８９", "0123456789"),
    ("％．＋＊＿／", "%.+*_/"),
    ("–―‒─━", "—" * 5),
    ("～〜∼﹏", "~" * 4),
    ("兩萬億貳參陸", "两万亿二三六"),
    (
        "個戶處條場張臺輛畝項間餘幾約過達長總縣鎮鄉號樓種類層時",
        "个户处条场张台辆亩项间余几约过达长总县镇乡号楼种类层时",
    ),
    ("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千"),
    ("○Ｏ◯", "〇〇〇"),
    ("ＸＡＢＣＤＥＦＧＨＩＪＫＬＭＮＰＱＲＳＴＵＶＷＹＺ", "XABCDEFGHIJKLMNPQRSTUVWYZ"),
    ("［］", "[]"),
    ("－‑﹣\u2212", "-" * 4),
    ("　\u00a0\u2002\u2003\u2009\u3000", " " * 6),
)
_TABLE = {a: b for left, right in _PAIRS for a, b in zip(left, right, strict=True)}
_ANY = lazy("[" + "".join(map(re.escape, _TABLE)) + "]")
#: １，２８６，４００: thousands set apart by a full-width comma, all digits full-width.
_THOUSANDS = lazy("，(?=[０-９]{3}(?![０-９]))(?<=[０-９]，)")
#: 19·5%: a raised point, before what only follows a number (7·20特大暴雨 is a name).
_POINT = lazy("·(?<=[0-9]·)(?=[0-9]+(?:[%‰万亿倍元]|个百分点))")
_BLANK = lazy(
    r" [0-9]{3}(?![0-9])(?: [0-9]{3}(?![0-9])){0,4}(?=(?:\.[0-9]+)? ?[余多]?(?:[%万亿元人户名家个件处次起场吨亩米条份辆台套只头株棵张支所栋幢座盏间项位宗艘架篇册本块根面把岁床袋箱桶立千度倍]|平方|公[里顷斤]|[，。；、）]|$))"
)
_LEAD = lazy("[\u4e00-\u9fff](?<![年月第]) ?[0-9]{1,3}$")
#: 陆 and 伍 also stand in names and words (大陆, 队伍): only where a numeral goes on are they digits.
_FORMAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟參陸貳")
_BEFORE = _FORMAL | frozenset("一二三四五六七八九十百千万亿零萬億")
_AFTER = _FORMAL | frozenset("百千万亿零萬億元圆")


def unify(text: str) -> str:
    """The text with plain numerals, of the same length; the same object where nothing changes."""
    if "，" in text:
        text = _THOUSANDS.sub(",", text)
    text = _ANY.sub(_plain, text)
    if "·" in text:
        text = _POINT.sub(".", text)
    return _BLANK.sub(_joined, text) if " " in text else text


def _joined(match: re.Match[str]) -> str:
    """1 286 400元 as 1,286,400元, where nothing but one number can be meant."""
    text, at = match.string, match.start()
    lead = _LEAD.search(text, max(0, at - 5), at)
    return match.group().replace(" ", ",") if lead else match.group()


def _plain(match: re.Match[str]) -> str:
    char = match[0]
    if char in _FORMAL:
        text, at = match.string, match.start()
        if text[at - 1 : at] not in _BEFORE and text[at + 1 : at + 2] not in _AFTER:
            return char
    return _TABLE[char]
