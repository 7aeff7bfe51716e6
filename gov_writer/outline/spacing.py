"""White space that stands for a mark: 检查 1480 家次 隐患 2210 处 is 检查1480家次，隐患2210处."""

from __future__ import annotations

import re

from gov_writer.outline.words import Edit, Words

_GAP = re.compile(r"[ \t\u3000]+(?=[\u4e00-\u9fff\d])(?![的和与及、等以])")
_UNITS = "人户个件处次场家份名条项吨起亩支部辆台套所座平期批宗例间栋幢册本张块把棵株米只位组站岁"
_MEASURE = re.compile(
    rf"[十百千万亿]|[多余来]?(?:元|平方|公里|公斤|千米|立方|人次|[{_UNITS}][，,。；;、\s]|[{_UNITS}]$)|[多余来](?:元|人|[{_UNITS}])"
)
#: 排查8640 整改率98.7%: a bare number, a space, the next thing with its number.
_BARE_GAP = re.compile(
    rf"(?<=[\u4e00-\u9fff\d][0-9])(?<!12345)[ \t\u3000]{{1,8}}(?![年月日号时分秒度{_UNITS}十百千万亿元多余来]|热线|平台|专线)(?=[\u4e00-\u9fff]{{2,8}}[ \t]?[0-9])"
)
#: 持证率由 41.5% 提高到 52.3%: the change goes on behind the first figure.
_GOES_ON = re.compile(
    r"[ \t\u3000]*(?:提高|提升|提|增加|增长|增|上升|升|下降|降低|降|减少|减|压减|扩大|缩短|缩|回落|调整|变|改)?(?:到|至|为)"
)
_FROM = re.compile(r"[由从自][^，,。；;]*$")
_BOUND = re.compile(r"[岁元人户周][\u4e00-\u9fff]?(?:以上|以下|以内|及以上)$|以[上下内]$")
_CLOCK = re.compile(r"\d{1,4}\s?(?:[年月日号时点]|[:：]\d\d)(?!度)")
#: 支部建设 全街道82个支部全部达标: both sides long enough to be clauses.
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])[ \t\u3000]+(?=[\u4e00-\u9fff])")
_RUN = re.compile(r"[^ \t\u3000，,。；;：:、]+")
_DATE_GAP = re.compile(
    r"(?<=[月日号][\u4e00-\u9fff]{2})[ \t\u3000]+(?=\d{1,2}[ ]?月)|(?<=[月日号][\u4e00-\u9fff]{4})[ \t\u3000]+(?=\d{1,2}[ ]?月)"
)
#: 学习不够系统 2.下沉偏少, 达80%以上 2）引入7家 · 再建2处: the next item of a list that stands on one line.
_ITEM_GAP = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \t\u3000]+(?=\d{1,2}(?:[.．](?!\d)|、)[\u4e00-\u9fff“])"
    r"|(?<=[\u4e00-\u9fff\d%％℃㎡”）])[ \t\u3000]+(?=\d{1,2}[）)]\s?[\u4e00-\u9fff“\d])"
    r"|(?<=[\u4e00-\u9fff\d%％℃㎡”）])[ \t\u3000]+[·•●◆■▪][ \t\u3000]*(?=[\u4e00-\u9fff“\d])"
)
_CLAUSE, _WORD = 4, 2


def spaced(words: Words) -> Words:
    """With commas where white space behind a figure, or between two clauses, stands for one."""
    text = words.text
    edits: dict[int, Edit] = {}
    for match in (*_BARE_GAP.finditer(text), *_DATE_GAP.finditer(text), *_between(words)):
        edits[match.start()] = (match.start(), match.end(), "，")
    edits |= {m.start(): (m.start(), m.end(), "；") for m in _ITEM_GAP.finditer(text)}
    edits = {at: edit for at, edit in edits.items() if not words.holds(edit[0], edit[1])}
    for start, end, _ in words.slots:
        gap = _GAP.match(text, end)
        if gap is None or gap.end() >= len(text) or end in edits:
            continue
        after = text[gap.end()]
        if after.isdigit() and _BOUND.search(text[start:end]):
            continue
        if _CLOCK.match(text, gap.end()):  # 18日 18:00, but 2处 22日前
            if text[end - 1] not in "年月日号":
                edits[end] = (gap.start(), gap.end(), "，")
            continue
        if _GOES_ON.match(text, end) and _FROM.search(text, max(0, start - 20), start):
            continue
        if not text[end - 1].isdigit() or not (after.isdigit() or _MEASURE.match(text, gap.end())):
            edits[end] = (gap.start(), gap.end(), "、" if after.isdigit() else "，")
    return words.edited(edits.values())


def _between(words: Words) -> list[re.Match[str]]:
    """Gaps between two clauses of Han; none where a run of a character or two shows that gaps mean nothing."""
    if not words.slots:
        return []
    found = []
    ends = {end for _, end, _ in words.slots}
    for match in _BETWEEN.finditer(words.text):
        if match.start() in ends:
            continue
        left = re.search(
            r"[^ \t\u3000，,。；;：:、]+$", words.text[max(0, match.start() - 60) : match.start()]
        )
        right = _RUN.match(words.text, match.end())
        sizes = sorted(len(run[0]) if run else 0 for run in (left, right))
        if sizes[0] < _WORD:
            return []
        if sizes[0] >= _CLAUSE:
            found.append(match)
    return found
