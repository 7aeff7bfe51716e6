"""Line ends that stand inside a number: text copied out of a PDF keeps the lines of the page (…群众12⏎34户…).

A number that goes on in the next line is what nobody writes on purpose, so it proves that its paragraph keeps the
page's lines; then all lines of that paragraph, which are about as wide, are one. Notes that are lines of their own
have no such number and stay as they are.
"""

from __future__ import annotations

from gov_writer.text.lazy import lazy

#: A line end that a number may go on behind; the newline first, for the search to be quick.
_HINT = lazy(r"\n(?<=[0-9.]\n)(?=[0-9.%％‰万亿年月—–~～])")
_HEAD = lazy(r"[\u4e00-\u9fff（(](?P<n>[0-9]{1,6}(?:\.[0-9]*)?)$")
_TAIL = lazy(
    r"[0-9]{1,8}(?:\.[0-9]+)?[%％‰万亿余多个名户家处件起场次人项条张份支台辆座栋套间所亩元米公平立吨千倍天岁篇部宗位年月]"
    r"|[—–~～][0-9]|\.[0-9]|[%％‰]|[万亿][元人户名个件份亩吨平立千公辆只头株余多，。、]|年[0-9度底初末以来全上下第，]|月[0-9底初末份以，]"
)
_YEAR = lazy("(?:19|20)[0-9]{2}$")
_WIDE = lazy("[\u2e80-\uffef]")
#: What a line of its own begins with: an indent, a mark, a number of its own.
_OWN = lazy(
    r"\s|[#>|*\-•·—（(【]|[一二三四五六七八九十]{1,3}[、是]|第[一二三四五六七八九十]|[0-9]{1,2}[.、．](?![0-9])"
)
_ENDS = "。！？；：:;"
#: Scanned pages have wide digits; each is as long as its narrow one.
_NARROW = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
#: So many characters has a line of a page at least; the lines of a paragraph differ by no more than the next.
_SHORTEST, _RAGGED = 12, 3


def breaks(text: str) -> list[int]:
    """Where the line ends stand that only the page made, in order; empty where no number runs over one."""
    narrow = text if text.isascii() else text.translate(_NARROW)
    if not _HINT.search(narrow):
        return []
    lines, printed = narrow.split("\n"), text.split("\n")
    sure = [i for i in range(len(lines) - 1) if _goes_on(lines[i], lines[i + 1])]
    joined = set(sure)
    if len(sure) > 1:  # the whole of it is a page's
        width = max(_width(printed[at]) for at in sure)
        joined |= {at for at in range(len(lines) - 1) if _full(printed, at, width)}
    for at in sure:
        width = _width(printed[at])
        for step in (1, -1):
            line = at + step
            while line not in joined and 0 <= line < len(lines) - 1 and _full(printed, line, width):
                joined.add(line)
                line += step
    found, at = [], 0
    for number, line_ in enumerate(lines):
        at += len(line_)
        if number in joined:
            found.append(at)
        at += 1
    return found


def _goes_on(line: str, after: str) -> bool:
    """Whether the number at the end of the line goes on in the next."""
    if (
        not line
        or line[-1] not in "0123456789."
        or not after
        or after[0] not in "0123456789.%％‰万亿年月—–~～"
    ):
        return False
    head = _HEAD.search(line[-10:])
    if head is None or len(line.strip()) < _SHORTEST or _TAIL.match(after[:20]) is None:
        return False
    if after[0] not in "0123456789":
        return after[0] not in "年月" or not head["n"].endswith(".")
    if head["n"].endswith("."):
        return True
    return _YEAR.match(head["n"]) is None and not (
        head["n"].count(".") and "." in after[:9].split("%", maxsplit=1)[0]
    )


def _full(lines: list[str], at: int, width: float) -> bool:
    """Whether the line fills the page's width and the next one goes on with it."""
    line, after = lines[at], lines[at + 1]
    if not after or _OWN.match(after) or line.rstrip()[-1:] in _ENDS:
        return False
    return bool(line) and abs(_width(line) - width) <= _RAGGED


def _width(line: str) -> float:
    wide = len(_WIDE.findall(line))
    return wide + (len(line) - wide) / 2
