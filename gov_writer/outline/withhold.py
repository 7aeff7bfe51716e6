"""What must not get into a draft: orders to a model, and personal data."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gov_writer.matching.naming import personal, persons
from gov_writer.matching.passages.orders import gives_orders
from gov_writer.outline.reading import Piece
from gov_writer.outline.words import Edit, Words, plain

_EMPTY = re.compile(r"[（(][\s，,、；;：:]*[）)]")
#: An author who names himself is no private person: 我叫…, 述职人：….
_AUTHOR = re.compile(r"(?:我叫|我是|本人|述职人|报告人|汇报人)\s*[:：]?\s*$")
#: What stands around a number that is taken out: 联系电话：…, （手机…）.
_CALLED = re.compile(
    r"(?:[，,、；;（(]\s*)?(?:其|本人)?(?:联系|办公|家庭|居民)?(?:(?:微信|QQ|qq|抖音|支付宝)[号码]{0,2}|(?:电子)?(?:邮箱|邮件)|电话|座机|固话|手机号码?|手机|联系方式|身份证号码?|身份证|证件号码?|银行卡号?|卡号|账号|帐号|护照号?|车牌号?|住址|地址|家住|住)?"
    r"\s*(?:为|是)?\s*[:：]?\s*$"
)
_PRIVATE = re.compile(
    r"信访人|反映人|申请人|上访|信访|来访|来信|来电|投诉|举报|患者|病人|感染者|确诊|低保|特困|救助|慰问|受助|困难|残疾|死者|伤者|家属|当事人|嫌疑|违法|吸毒|矫正|欠薪|工伤|被骗|受害|征收|拆迁|遗属|租户|业主|住户|居民|群众|老人|儿童|学生|孤儿|帮扶对象|重点对象|稳控|走访|陪护|病"
)


#: What only somebody in office does: such a person is named as an official is.
_IN_OFFICE = re.compile(
    r"(?:等?同志)?(?:牵头|带队|率队|主持|挂帅|分管|包联|包保|督办|督导|任(?:组长|主任|书记)|担任)"
)


@dataclass(frozen=True, slots=True)
class Screened:
    """The pieces that may be used (None in the place of one that may not), the facts that may not, warnings."""

    pieces: tuple[Piece | None, ...]
    withheld: tuple[str, ...]
    warnings: tuple[str, ...]


def screen(pieces: Sequence[Piece]) -> Screened:
    """Take out what gives orders to a model, and the rest of its line; mask personal data."""
    kept: list[Piece | None] = []
    withheld: list[str] = []
    warnings: list[str] = []
    tainted: tuple[str, int] | None = None
    for whole in pieces:
        piece = _without_tokens(whole)
        if piece is not whole:
            warnings.append(
                f"“{piece.source.path}”{piece.locator}有像是写给模型的记号，所在分句没有采用：{_short(whole.words.text)}"
            )
            withheld += sorted(set(whole.words.facts) - set(piece.words.facts))
        here = (piece.source.id, piece.block)
        if gives_orders(piece.words.text) or tainted == here:
            if tainted != here:
                warnings.append(
                    f"“{piece.source.path}”{piece.locator}像是写给模型的指令，没有采用：{_short(piece.words.text)}"
                )
            tainted = here
            withheld += piece.words.facts
            kept.append(None)
            continue
        screened, found = _impersonal(piece)
        words = screened.words
        if found:
            warnings.append(f"“{piece.source.path}”{piece.locator}有个人信息（{'、'.join(found)}），已略去。")
        lost = set(piece.words.facts) - set(words.facts)
        withheld += [fact for fact in piece.words.facts if fact in lost]
        empty = not any(c.isalnum() for c in words.text)
        if found and not words.slots and _REMAINS.search(words.text):
            empty = True
        kept.append(None if empty else screened)
    return Screened(tuple(kept), tuple(withheld), tuple(warnings))


#: What tells nothing once the personal data are cut out: 人大代表李某, or what is still to be done about it.
_REMAINS = re.compile(
    r"^[^，。；]{0,10}$|[，；]?(?:需|待|请|要|应)(?:要|尽快|及时)?(?:上门|走访|跟进|核实|回访|联系|关注|办理|处理)[^，。；]{0,6}[。]?$"
)
#: What looks like a place holder of a prompt, as ``injection.tsv`` has it.
_TOKEN_CLAUSE = re.compile(
    r"[，,；;、。]?[^，,；;。]{0,80}(?:⟦[^⟧\n]{0,60}⟧|\{\{[^{}\n]{0,60}\}\}|\{[A-Z]{1,6}[:：_-]?\d{1,6}\}|«[^»\n]{0,30}\d»)[^，,；;。]{0,80}"
)


def _without_tokens(piece: Piece) -> Piece:
    """The piece without clauses that hold a place holder, if nothing else in it speaks to a model."""
    cut = piece.words.edited((m.start(), m.end(), "") for m in _TOKEN_CLAUSE.finditer(piece.words.text))
    cut = cut.stripped()
    if cut.text == piece.words.text or not cut.slots or gives_orders(cut.text):
        return piece
    return replace(piece, words=cut)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 24 else flat[:24] + "…"


_NAMES = {"id": "身份证号", "phone": "手机号", "landline": "电话号码", "card": "卡号", "plate": "车牌号",
          "passport": "护照号", "address": "住址", "account": "账号或邮箱"}  # fmt: skip


#: A person who is honoured is named: 刘建军同志获评全国劳动模范.
_HONOURED = re.compile(
    r"(?:等?同志)?[^，。；]{0,6}(?:获评|荣获|荣膺|被授予|被评为|被评选为|获得[^，。；]{0,12}称号|入选|当选)"
)


def _private(text: str, start: int, end: int) -> bool:
    """Whether words near a name say that it is a petitioner's, a patient's or whoever else is no matter of the public."""
    left, right = max(0, start - 30), end + 30
    if _HONOURED.match(text, end):
        left = max(left, *(text.rfind(mark, 0, start) for mark in "，。；"))
        right = min(right, *(at for mark in "，。；" if (at := text.find(mark, end)) >= 0), len(text))
    return _PRIVATE.search(text, left, right) is not None


#: …，李秀英手机139…: the name alone before what is cut out says no more.
_NAME_ALONE = re.compile(r"[，,；;]\s*[\u4e00-\u9fff]{2,4}(?:的|本人)?$")


def _with_name_alone(text: str, start: int, end: int) -> int:
    """Where the cut begins if what it leaves of its clause is a name."""
    if text[end : end + 1] not in ("", "，", "。", "；", "\n"):
        return start
    alone = _NAME_ALONE.search(text, max(0, start - 8), start)
    return alone.start() if alone is not None else start


def _impersonal(piece: Piece) -> tuple[Piece, list[str]]:
    """The piece without personal data, read with its label: 来信人：李建华, 王建国：因病致贫."""
    label = f"{piece.label}：" if piece.label else ""
    about = " ".join(piece.headings[-1:])
    whole, found = without_personal(plain(label) + piece.words, about=about)
    if not found:
        return piece, []
    colon = whole.text.find("：") if label else -1
    if colon < 0:
        return replace(piece, words=without_personal(piece.words, about=about)[0]), found
    words = whole.part(colon + 1, len(whole.text))
    return replace(piece, label=whole.text[:colon], words=words), found


def _with_its_words(words: Words, start: int, end: int) -> tuple[int, int]:
    """The number at ``[start, end)`` with the words that announce it and the brackets around it."""
    text, at = words.text, start
    called = _CALLED.search(text, max(0, at - 24), at)
    start = called.start() if called else at
    while words.holds(start, at) and start < at:
        start += 1
    start = _with_name_alone(text, start, end)
    opened = text[start : start + 1] in ("（", "(")
    if opened and text[end : end + 1] in ("）", ")"):
        return start, end + 1
    return (start + 1, end) if opened else (start, end)


def without_personal(words: Words, *, about: str = "") -> tuple[Words, list[str]]:
    """Numbers that belong to a person are cut out with the words that announce them; names are masked.

    about: what stands above the words (反映人): it may say whose names they are.
    """
    found: list[str] = []
    edits: list[Edit] = []
    named: list[Edit] = []
    text = words.text
    about_private = _PRIVATE.search(about) is not None
    for hit in personal.find(text):
        start, end = _with_its_words(words, hit.start, hit.end)
        edits.append((start, end, ""))
        found.append(_NAMES.get(hit.kind, "个人信息"))
    for name in persons.find(text):
        if name.masked or name.role == "official":
            continue
        if name.role != "private" and _IN_OFFICE.match(text, name.end):
            continue
        if name.role != "private" and not (about_private or _private(text, name.start, name.end)):
            continue
        if words.holds(name.start, name.end) or _AUTHOR.search(text, max(0, name.start - 8), name.start):
            continue
        named.append((name.start, name.end, persons.surname(text, name) + "某"))
        found.append("姓名")
    if not edits and not named:
        return words, []
    # numbers first: where a name lies inside what is cut out with a number, the cut holds
    taken = sorted(edits)
    starts = [start for start, _, _ in taken]
    for start, end, new in named:
        at = bisect_left(starts, end)
        if at == 0 or taken[at - 1][1] <= start:
            edits.append((start, end, new))
    cut = words.edited(edits)
    empty = [(m.start(), m.end(), "") for m in _EMPTY.finditer(cut.text)]
    return cut.edited(empty), list(dict.fromkeys(found))
