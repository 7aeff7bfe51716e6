"""The sentence that opens a section: what it is about, in the notes' own words and without a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gov_writer.lexicon import rows
from gov_writer.outline import topics
from gov_writer.outline.lines import office_of
from gov_writer.outline.reading import Piece

_FEW, _MOST = 3, 4
#: A section shorter than this says at once what it is about.
_SHORT = 70
_TIME = re.compile(
    r"^(?:(?:20\d\d年|[今本]年|全年|年内|[上下]半年|截至目前|[一二三四]季度)(?:以来)?，?)?(?:累计|共|已|全面|深入|扎实|持续|认真|集中|全力|积极|牵头|组织|开展|完成)*"
)
_NAME = re.compile(r"[\u4e00-\u9fff]{4,12}")
_NOT_NAMES = re.compile(
    r"^(?:投入|对象|人员|人口|点位|中心|队伍|户)|[一二三四五六七八九十百千万两几数多个其为达占约近超共均率额值]|问题|发现|情况|方面|工作|不足|困难|全部|同比|[今去明当本]年|[上下]半年|目前|群众来访人|材料|以上|以下"
)


def opening(name: str, pieces: Sequence[Piece]) -> str:
    """着重抓好老旧小区改造、背街小巷整治、违法建设拆除等工作。

    name: of the section's part.  "" where the notes name fewer than three things that were done, or tell little.
    """
    if sum(len(piece.words.text) for piece in pieces) < _SHORT:
        return ""
    found = list(dict.fromkeys(filter(None, map(_deed, pieces))))
    told = _apart(found)
    if len(told) < _FEW:
        return ""
    return f"{_begun(name)}{'、'.join(told[:_MOST])}等工作。"


def _begun(name: str) -> str:
    return next((words for part, words in rows("openings") if part == name), "重点推进")


def _apart(found: Iterable[str]) -> list[str]:
    """Without what another name says already (物业管理, 物业管理整治)."""
    told: list[str] = []
    for name in found:
        pairs = {name[i : i + 2] for i in range(len(name) - 1)}
        if not any(len(pairs & {one[i : i + 2] for i in range(len(one) - 1)}) > 1 for one in told):
            told.append(name)
    return told


def _deed(piece: Piece) -> str:
    """What a piece tells of as a noun (排查矛盾纠纷1206件 is 矛盾纠纷排查), "" if it is none that can be named."""
    if piece.row or not piece.words.slots:
        return ""
    if piece.label and _is_name(piece.label) and _ENDS.search(piece.label):
        return piece.label
    above = piece.headings[-1] if piece.headings else ""
    if _is_name(above) and _ENDS.search(above) and not topics.is_plan_heading(above):
        return above
    text = piece.words.text[: piece.words.slots[0][0]]
    text = _TIME.sub("", re.split("[，；：、]", text)[0], count=1).strip()
    verb = _BEGINS.match(text)
    if verb is not None and len(text) - verb.end() >= 2:
        rest = text[verb.end() :]  # 监测对象 and 培训中心 are what there is
        return rest + verb[0] if _NAME.fullmatch(text) and not _NOT_NAMES.search(rest) else ""
    return text if _is_name(text) and _ENDS.search(text) else ""


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and not (
        _NOT_NAMES.search(text) or office_of(text) or topics.is_field(text)
    )


#: Verbs that may stand behind what they are done to, and thereby name the work.
_VERBS = (
    "排查整治 排查整顿 排查化解 清理整治 走访慰问 提档升级 走访 检查 排查 整治 化解 调解 培训 改造 修复 清理 巡查 救助 慰问 "
    "宣传 拆除 发放 办理 受理 查处 加装 清淤 演练 宣讲 发展 征收 治理 整改 创建 管护 绿化 监测 招聘 转移 抢修 评选"
)
_BEGINS = re.compile("|".join(_VERBS.split()))
_ENDS = re.compile(
    f"(?:{'|'.join(_VERBS.split())}|建设|再就业|执法|考察|保护|升级|服务|体检|推广|监管|防控)$"
)
