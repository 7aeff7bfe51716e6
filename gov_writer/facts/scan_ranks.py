"""Ranks at a place of the text: first places, 第……, top N."""

from __future__ import annotations

from decimal import Decimal

from gov_writer.domain import Kind
from gov_writer.facts import ranks
from gov_writer.facts.labels import ordinal
from gov_writer.facts.numerals import number_of
from gov_writer.facts.piece import Piece


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
    if (
        what == ""
        and end < len(text)
        and "\u4e00" <= text[end] <= "\u9fff"
        and text[end] not in "和及与至，且，并、到等，的"
    ):
        return None
    if what in {"个", "家", "座", "例", "单", "支"} and scope == start:
        return None
    contest = scope < start or last or after_rank or ranks.in_contest(text, start)
    if not contest and what not in {"位", "名"}:
        return None
    piece = ranked(text, start, end, numeral, floor, "last" if last else "rank")
    if last:
        piece.start = ranks.scope_start(text, start - 2, floor)
    return piece


def ranked(text: str, start: int, end: int, numeral: str, floor: int, sub: str) -> Piece:
    piece = Piece(ranks.scope_start(text, start, floor), end, Kind.RANK, sub)
    piece.core_start = start
    piece.value = number_of(numeral)
    return piece


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
