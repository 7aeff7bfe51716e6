"""Placeholders: what was left open or masked. ``sub`` says which: unfilled, todo or masked.

X个, XX街道, 20XX年, ____, 【待补：…】, （此处填…） are unfilled or to do; *街道, 陈**, ×× and 某社区 are
masked on purpose. Paired ``**`` around words is Markdown.
"""

from __future__ import annotations

from dataclasses import dataclass

from gov_writer.text.lazy import lazy

#: Where one may begin, behind its first character; part of the scanner's trigger.
TRIGGER_TAIL = (
    r"(?<=[Xx×*])(?<![Xx×*]{2})[Xx×*]{0,39}(?![A-Za-z0-9])|(?<=_)_+|(?<=【)(?=待|此处|请|补|TODO|填)"
    r"|(?<=（)(?=此处|待补|待填|填写|请填|待定)|(?<=〔)(?=\s*〕)|(?<=某)"
)
_TODO = lazy(
    r"【(?:待|此处|请|补|TODO|填)[^】\n]{0,60}】|（(?:此处|待补|待填|填写|请填|待定)[^）\n]{0,60}）|〔\s*〕"
)
_MASK = lazy(
    r"(?:[Xx]{1,8}(?:\.[Xx]{1,4})?|×{1,8}(?:\.×{1,4})?|\*{1,8}|_{2,40})(?:\s?(?P<more>余|多|几)?(?P<scale>[十百千]?[万亿]|[百千])?(?P<more2>余|多)?)"
)
_BOLD = lazy(r"\*\*(?=[^\s*])[^*\n]{1,60}(?<=[^\s*])\*\*(?=\s|[，。；：、！？,.;:]|$)")
_SOME = lazy("某某?某?(?=[^些种个一年月日时天项类方程])")
#: A bullet, or the mark of a note below a table (* 注：…).
_BULLET = lazy(r"\*[ \t\u3000]")
_SIGN = lazy(r"[X×*](?<![0-9]\+X)")
_DATE = lazy(r"(?:(?:20)?[Xx×*]{1,4}年)?(?:[Xx×*0-9]{1,2}月)?(?:[Xx×*0-9]{1,2}[日号])?")


@dataclass(frozen=True, slots=True)
class Mask:
    """A placeholder up to ``end`` (its unit not yet included).  sub: unfilled, todo or masked."""

    start: int
    end: int
    sub: str
    more: str = ""
    scale: str = ""
    counts: bool = True


def at(text: str, start: int, floor: int) -> Mask | None:
    """The placeholder whose trigger begins at ``start``, None if it is an ordinary sign."""
    char = text[start]
    if char in "【（〔":
        match = _TODO.match(text, start)
        return Mask(start, match.end(), "todo", counts=False) if match else None
    if char == "某":
        match = _SOME.match(text, start)
        return Mask(start, match.end(), "masked", counts=False) if match and match.group() else None
    if char == "*" and (_bold(text, start) or (_BULLET.match(text, start) and _begins_line(text, start))):
        return None
    before = text[start - 1] if start else ""
    if char in "Xx" and before.isascii() and before.isalpha():
        return None
    date = _DATE.match(text, start - 2 if before.isdigit() and start >= 2 + floor else start)
    if date and date.end() > start and text[date.end() - 1] in "年月日号":
        return Mask(date.start(), date.end(), "unfilled", counts=False)
    if before.isdigit():
        return None
    match = _MASK.match(text, start)
    if match is None:
        return None
    sub = "unfilled" if char in "Xx_" else "masked"
    return Mask(start, match.end(), sub, match["more"] or match["more2"] or "", match["scale"] or "")


def _begins_line(text: str, start: int) -> bool:
    before = text[max(0, start - 12) : start].rpartition("\n")
    return (start <= 12 or bool(before[1])) and not before[2].strip()


def first_in(text: str, start: int, end: int) -> int:
    """Where the first X, × or asterisk between start and end stands, -1 if there is none."""
    match = _SIGN.search(text, start, end)
    return match.start() if match else -1


def _bold(text: str, start: int) -> bool:
    """Whether the asterisks at start open or close Markdown's bold face."""
    if _BOLD.match(text, start):
        return True
    line = max(text.rfind("\n", max(0, start - 66), start) + 1, start - 66, 0)
    return any(match.end() - 2 == start for match in _BOLD.finditer(text, line, start + 2))
