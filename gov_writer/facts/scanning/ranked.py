"""Ranks at a place of the text: first places, 第……, top N."""

from __future__ import annotations

from decimal import Decimal

from gov_writer.domain import Kind
from gov_writer.facts.notation import ranks
from gov_writer.facts.notation.numerals import number_of
from gov_writer.facts.scanning.labels import ordinal
from gov_writer.facts.scanning.piece import Piece
from gov_writer.text.lazy import lazy

#: 由第7升至第3: a place that was left.
_MOVED = lazy("(?:上?升|跃升?|提升|前移|进位?|下?降|退|下滑|晋升)(?:至|到|为|居)?第")
#: 去年同期第6: a place among others, whatever stands before.
_THEN = lazy("(?:去年|上年|同期)(?:位列|名列|排名|[居列排])?$")
#: What makes a name of 全国第一, 全市第一.
_NAMED_FIRST = lazy(
    "方阵|梯队|梯次|实验|医院|人民|附属|中[心学]|小学|高级|职业|海洋|机床|书记|责任|产业|课堂|线|时间|步|要务|生产力|资源|个|起|次|届|批|期|轮|年|季|道|波|站|轮|档"
)


def first(text: str, start: int, end: int, floor: int) -> Piece | None:
    """首个, 首家, 榜首 with the field before it: a first place.

    首台, 首批 and 首届 only with a field (全省首批): without one they are words. None for 首位度, 首台（套）.
    """
    if text[end - 1] == "位" and text.startswith(("度", "工程", "产业", "战略", "意识"), end):
        return None
    if text[end - 1] in "台届批" and (
        text.startswith(("（套", "(套", "套"), end) or ranks.scope_start(text, start, floor) == start
    ):
        return None
    sub = "first"
    piece = Piece(ranks.scope_start(text, start, floor), end, Kind.RANK, sub)
    piece.core_start, piece.value = start, Decimal(1)
    return piece


def front(text: str, start: int, end: int, floor: int) -> Piece | None:
    """全市前列, 位居前列: a place that no number tells (value None); None for the slogan 走在前列."""
    scope = ranks.scope_start(text, start, floor)
    if scope == start and not ranks.leads(text, start):
        return None
    piece = Piece(scope, end, Kind.RANK, "top")
    piece.core_start = start
    return piece


def rank(text: str, start: int, floor: int, after_rank: bool) -> Piece | None:
    """第三, 第2位, 第5名 at the 第 where it tells a place among others; None for 第三届, 第二课堂."""
    found = ordinal(text, start)
    if found is None:
        return None
    end, numeral, what = found
    scope = ranks.scope_start(text, start, floor)
    last = ranks.last_place(text, start, floor)
    if what not in {"", "位", "名", "个", "家", "座", "例", "单", "支"}:
        return None
    if what == "" and _goes_on(text, end, scoped=scope < start):
        return None
    if what in {"个", "家", "座", "例", "单", "支"} and scope == start:
        return None
    contest = scope < start or last or after_rank or ranks.in_contest(text, start)
    contest = contest or (what == "" and _MOVED.match(text, end) is not None)
    contest = contest or _THEN.search(text, max(0, start - 10), start) is not None
    if not contest and what not in {"位", "名"}:
        return None
    piece = ranked(text, start, end, numeral, floor, "last" if last else "rank")
    if last:
        piece.start = ranks.scope_start(text, start - 2, floor)
    return piece


def _goes_on(text: str, end: int, *, scoped: bool) -> bool:
    """Whether 第一 is the beginning of a name (第一书记, 第一方阵) and no place: 全球第一货物贸易大国, 第7升至第3 are."""
    if end >= len(text) or not "\u4e00" <= text[end] <= "\u9fff" or text[end] in "和及与至且并、到等的":
        return False
    if _MOVED.match(text, end):
        return False
    return not scoped or _NAMED_FIRST.match(text, end) is not None


def ranked(text: str, start: int, end: int, numeral: str, floor: int, sub: str) -> Piece:
    piece = Piece(ranks.scope_start(text, start, floor), end, Kind.RANK, sub)
    piece.core_start = start
    piece.value = number_of(numeral)
    return piece


def placed(piece: Piece, text: str, start: int, floor: int, end: int) -> Piece | None:
    """排名53位, 位列全国8位: a place told without 第; None for what is counted."""
    if piece.value is None or piece.top is not None or piece.value != int(piece.value):
        return None
    scope = ranks.scope_start(text, start, floor)
    before = text[max(floor, scope - 3) : scope]
    if not before.endswith(("排名", "位列", "名列", "排位")) and not (
        piece.unit == "位" and before.endswith(("居", "列", "排", "升至", "升到", "进到", "进至"))
    ):
        return None
    found = Piece(scope, end, Kind.RANK, "rank")
    found.core_start, found.value = start, piece.value
    return found


def strong(text: str, start: int, floor: int) -> Piece | None:
    """十强, 20强 at the numeral; None for 百强, 500强, which are names."""
    found = ranks.strong(text, start)
    return ranked(text, start, found[0], found[1], floor, "top") if found else None


def top(text: str, start: int, floor: int) -> Piece | None:
    """前五名, 前三 at the 前."""
    found = ranks.top(text, start)
    if found is None:
        return None
    return ranked(text, start, found[0], found[1], floor, "top")
