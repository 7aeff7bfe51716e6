"""Ranks: 全区第三, 第5名, 倒数第一, 榜首, 首家, 前五名, 十强. A rank's span holds the field it is in."""

from __future__ import annotations

from gov_writer.text.lazy import lazy

#: 首 before one of these is a first place; 首次, 首先, 首要 are words, 首批 is one of several.
FIRST_UNITS = "个家位条座例单款支所项部批艘辆本只张处片列份架台届"
_FIELD = r"(?:[国省市区县镇街州盟球网域](?:[市区县直]|乃至|全)?全|[国省市区县街](?:内)?|下天|界世|洲亚|洲欧|西中|北东|业行|国中|统系全|类同)"
_BEFORE = lazy(rf"(?P<gap>的|均|都|、|年度|)??(?P<field>{_FIELD})")
_SCOPE = lazy(
    r"(?P<field>(?:[国省市区县镇街州盟球网域][市区县直]?全|界世|内国|洲亚|国中)(?P<more>、[国省市区县镇街州盟球网域]全)*)"
)
_CONTEXT = lazy(
    "(?:位|列|居|排|名|第|获|夺|至|到|升|跃|为|均|全.{1,2}|在|得)[^，。；\n]{0,14}$|倒数$|(?:总|得|积|评)分$|成绩$|团体$|综合$|[考测]评$|考核$|并列$"
)
_LEADS = lazy("(?:位居|位列|排在|居于|稳居|名列|排名|跻身|保持|处于|[居列]|位于)$")
_LAST = lazy("数倒")
_TOP = lazy(
    r"前(?P<n>[0-9]{1,3}|[一二两三四五六七八九十]{1,3}|百)(?P<unit>[名位强家]|(?=[，。、；：（）\s]|$|行列|位次|的|之列))"
)
_STRONG = lazy(r"(?P<n>[0-9]{1,2}|[一二三四五六七八九]?十)强(?![化调度力制大势有])")


def scope_start(text: str, at: int, floor: int) -> int:
    """Where the field (全区, 全国, 世界) right before ``at`` begins; ``at`` if there is none."""
    match = _SCOPE.match(text[max(floor, at - 8) : at][::-1])
    return at - match.end() if match else at


def last_place(text: str, at: int, floor: int) -> bool:
    """Whether 倒数 stands right before ``at``."""
    return _LAST.match(text[max(floor, at - 2) : at][::-1]) is not None


def in_contest(text: str, at: int) -> bool:
    """Whether the words before ``at`` tell of a place among others (位居, 排名, 列, 全区 …)."""
    return _CONTEXT.search(text, max(0, at - 20), at) is not None


def leads(text: str, at: int) -> bool:
    """Whether 前列 at ``at`` is a place among others: 位居前列, 排名前列."""
    return _LEADS.search(text, max(0, at - 3), at) is not None


def top(text: str, at: int) -> tuple[int, str] | None:
    """``(end, numeral)`` of 前五名, 前三 at ``at`` (on the 前), or None."""
    match = _TOP.match(text, at)
    return (match.end(), match["n"]) if match else None


def strong(text: str, at: int) -> tuple[int, str] | None:
    """``(end, numeral)`` of 十强, 20强; None for 百强, 500强, which are names."""
    match = _STRONG.match(text, at)
    return (match.end(), match["n"]) if match else None
