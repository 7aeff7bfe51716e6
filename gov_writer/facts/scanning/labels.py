"""Labels: numerals that count nothing. A lexicon for the known ones, rules for those no lexicon can hold.

The lexicon (``political_terms``, ``label_words``, ``label_names``) is one Aho-Corasick automaton; the rules
are anchored patterns at a numeral: codes (1+8+3+1, PM2.5, G60), document numbers, ordinals, enumerators,
coined rows such as 六联六员, and anything coined inside quotation marks or a 《title》.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import ahocorasick_rs

from gov_writer.domain import Kind
from gov_writer.facts.notation.numerals import RUN
from gov_writer.facts.notation.ranks import FIRST_UNITS
from gov_writer.facts.notation.time_words import EDGES, HALVES, RELATIVE_MONTHS, RELATIVE_YEARS
from gov_writer.facts.notation.units import unit_at
from gov_writer.facts.scanning.piece import Piece
from gov_writer.lexicon import rows, words
from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import BEFORE_TIME

#: Characters that may not stand before and after a word.
Guard = tuple[frozenset[str], frozenset[str]]

LEXICONS = {"political_terms": "policy-term", "label_words": "word", "label_names": "name"}
_DIGITS = frozenset("0123456789")
_NUMERAL = frozenset("零〇一二两三四五六七八九十百千万亿0123456789.")
_QUOTES = lazy(
    r"“(?P<a>[^“”\n]{1,60})”|《(?P<b>[^《》\n]{1,60})》|「(?P<c>[^「」\n]{1,40})」|『(?P<d>[^『』\n]{1,40})』"
    r"|‘(?P<e>[^‘’\n]{1,40})’|\"(?P<f>[^\"\n]{1,24})\"|〈(?P<g>[^〈〉\n]{1,40})〉"
)
_SENTENCE_MARK = lazy("[，。；：,;！？]")
_FIGURE = lazy(r"[0-9][0-9.,]*\s?(?:[%％万亿]|余|多)")
_COINED = 26

#: Codes: digits with + - × letters; model and road numbers; ratios; decades; versions.
CODE = lazy(
    r"[0-9一二三四五六七八九十]{1,6}(?:\s?[+]\s?[0-9NnXxMm一二三四五六七八九十两]{1,6})+"
    r"|[0-9]+(?:\.[0-9]+)?(?:G|(?<![0-9.].)g|[Kk](?![GgWwVv元人次户件份+余])|D(?![a-z])|A(?:级|$|景|(?=[A-Za-z、]))|V[0-9]|R|S)(?![A-Za-z])(?:\+[^，。、；\s“”]{1,8})?"
    r"|3C(?=[产数认等类、消家]|认证)|[0-9]{1,2}\.[0-9](?=版|时代|模式)|[0-9]\.0(?=方案|阶段|工程|行动|升级|计划|平台|系统|标准|政策)|[0-9]\.0(?=[，。、；”（])|[0-9]+[×xX*][0-9]+(?:小时|H|h|[MGk]W|兆瓦|万?千瓦|万?吨|米)?"
    r"|[0-9]{1,3}后(?=[^0-9]|$)|[0-9]+(?:\.[0-9]+)?(?:[:：∶][0-9]+(?:\.[0-9]+)?)+"
)
#: Telephone numbers and doors: 0731-55551234转801, 400-123-4567, 3栋2单元501室, 5号楼1201室.
_TELEPHONE = lazy(
    r"(?:0[0-9]{2,3}[-—][0-9]{7,8}|[48]00[-—][0-9]{3,4}[-—][0-9]{3,4}|1[3-9][0-9][-— ][0-9]{4}[-— ][0-9]{4})(?:(?:转|[-—])[0-9]{1,6})?(?![0-9])"
)
_DOOR = lazy(
    r"[0-9]{1,4}(?:[栋幢座]|号楼?|号院)(?:[0-9]{1,3}单元(?:[0-9]{1,5}[室号]?)?|[0-9]{3,5}(?:[室号](?![线楼])|(?=[，。；、）)\s]|$)))"
    r"|[0-9]{1,4}[栋幢座](?:[至到—\-~]+[0-9]{1,4}[栋幢座]|(?=[东南西北][侧面边楼]))|[0-9]{1,3}单元(?:[0-9]{1,5}[室号]?)?(?!门)|[0-9]{3,5}室(?![内外次])"
)
#: 80、90后: people told by the decades of their birth.
_DECADES = lazy("[0-9]{2}(?:[、/和][0-9]{2}){1,3}后(?![续面来勤])")
_PLAIN_NUMBER = lazy(
    r"[0-9]{3,4}强(?![化调度力制大势有])|[0-9]{1,3}\]|[0-9]+号(?:线|楼|院|令|文件?|地块|井|门|馆|公路|院落|提案|议案|工程|路|桥|码头|闸|泊位|机|航站楼|厂房|库|标段|风球|仓|店|站)?|[0-9]{1,2}中(?=[，、。）和]|学(?![生段])|成功|校区|附属|分校)|[0-9]{2,3}(?:国道|省道|县道)|[0-9]{1,2}百分位|[0-9]{3,}(?:热线|平台|工单|电话|广场|街区)"
)
#: What a code goes on with behind its first digits, and the patterns to try then, in their order.
_BY_NEXT: dict[str, tuple[re.Pattern[str], ...]] = {
    char: tuple(
        pattern
        for pattern, starts in (
            (CODE, "+ CGgKkDAVRS×xX*后:：∶版时模一二三四五六七八九十"),
            (_TELEPHONE, "-— "),
            (_DOOR, "栋幢座号单室"),
            (_PLAIN_NUMBER, "强]号中国省县热平工电广街百"),
            (_DECADES, "、/和"),
        )
        if char in starts
    )
    for char in "+ CGgKkDAVRS×xX*后:：∶版时模一二三四五六七八九十-—栋幢座号单室强]中国省县热平工电广街、/和百"
}
_CALLED = lazy(
    "(?:联系人[：: ]?[\u4e00-\u9fff]{2,4}|电话|热线|传真|座机|邮编|邮政编码|拨打|致电|联系方式|QQ群?|微信群?|手机)(?:号码?)?[为是：: （(]{0,2}(?:[0-9]{3,4}[）)])?"
    "(?:[0-9]{3,12}(?:[- ][0-9]{3,8}){0,2}[、，,/ ]{1,2}){0,3}$"
)
_CALLED_NUMBER = lazy(
    "[0-9]{3,4}[- ][0-9]{4}(?:[- ][0-9]{4})?(?![0-9])|[0-9]{5,12}(?![0-9万亿余多部台户件次人个条])"
)
#: 24单元312户: so many, no door.
_FLATS = lazy("[0-9]{1,3}单元、?[0-9]{1,5}(?:余|多)?户")
_TOLD = lazy("[共计有达为建房]$")
#: Words that a numeral is part of and that count nothing: 六连冠, 四件套, 三部曲, 四位一体.
_NAMED = lazy(
    "连[冠胜增快升丰优霸涨跳击](?![0-9])|件套|部曲|步曲|步法|字诀|步走(?=战略)|位一体|重奏|联单|维码|进制|级跳|胞胎|人制|年一遇|合一(?!理)|孩(?=政策|生育|家庭)|色图"
)
#: What such a word begins with.
NAMED_FIRST = frozenset("连件部步字位重联维进级胞人合孩色年")
#: Things with names in letters, which digits behind count: VLOG36条.
_THINGS = frozenset(
    (
        "VLOG",
        "Vlog",
        "vlog",
        "APP",
        "App",
        "PPT",
        "MV",
        "AED",
        "POS",
        "LED",
        "ETC",
        "ATM",
        "IP",
        "WIFI",
        "WiFi",
        "KTV",
    )
)
_LETTER_BEFORE = lazy(r"[A-Za-zⅠ-Ⅻ][A-Za-z]*[-—_./]?$")
#: GDP19.92亿元: letters that name what is measured.
_MEASURED = lazy(r"[A-Z]{2,5}$")
_AMOUNT = frozenset("万亿%‰")
_DIGIT_TAIL = lazy(r"[0-9]+(?:[.\-—/][0-9]+)*[A-Za-z]{0,3}(?:线|号|型|路|级|轴|座)?")
_ROAD = lazy("[国省县乡]道$")
_DOCUMENT = lazy(r"[〔\[［【（(]\s?(?:19|20)[0-9][0-9]\s?[〕\]］】）)]\s?(?:第\s?)?[0-9]+\s?号")
_ORDINAL = lazy(
    r"第\s?(?P<n>[0-9]+(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千]+)(?: ?(?P<what>次会议|次党代会|次代表大会|人民医院|附属医院|中学|小学|产业|年度|期|届|批次?|次|号|轮|阶段|章|条|款|项|卷|集|部分?|版|师|步|道|天|年|周|个|站|针|剂|代|类|层|级|方|编|节|讲|课|组|片区|区|岁|季|回|位|名|家|座|例|单|支))?"
)
_ENUMERATOR = lazy(
    r"(?P<a>[一二三四五六七八九十]+)(?:、(?!第?[一二三四](?:个?季度|、|至))|\.|．|是(?=[^一二三四五六七八九十])|要(?=[^求有]))|（(?P<b>[一二三四五六七八九十]+|[0-9]{1,2})）|\((?P<c>[一二三四五六七八九十]+|[0-9]{1,2})\)"
    rf"|(?P<d>[0-9]{{1,2}})(?:[.、．](?![0-9])|[.．](?={BEFORE_TIME})|[)）])"
)
_OPEN = lazy(r"[(（][^)）\n]*$")
#: At the beginning of a line: 1）完成8个, 2、7月25日前完成, 3、2个社区; not 3、4月份 nor 1、2号楼, where both numerals count.
_LINE_NUMBER = lazy(
    r"(?P<d>[0-9]{1,2})\s?(?:）|、(?![0-9])|、(?=[0-9])(?![0-9]{1,2}(?:、|[—\-~至到][0-9]|月份?(?![0-9底初末中上下前])|[号栋幢年组期]|季度|标段)))"
)
#: 1、7月工作 on a line of its own number; 3、4月份 are two months.
_BEFORE_MONTH = lazy(r"(?P<d>[0-9]{1,2})\s?、(?P<m>1[0-2]|[1-9])月(?![0-9])")
_LINE_START = lazy(r"(?:^|\n)[ \t\u3000*#>•·\-]*$")
#: What may stand right before an enumerator: the beginning, an end of sentence, a blank.
STARTS = frozenset("\n。；;：:！？ \t　，,#*-•>”」）")
_COINED_ROW = lazy(
    "一[\u4e00-\u9fff]{1,3}(?:一[\u4e00-\u9fff]{1,2})+|(?:[一二两三四五六七八九十百千万]{1,2}(?![零一二两三四五六七八九十百千万亿])[\u4e00-\u9fff]){2,}"
)


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...], tuple[Guard | None, ...]]:
    """The automaton of all known words; per word what it is and what may not stand beside it."""
    entries: dict[str, str] = {}
    for name, sub in LEXICONS.items():
        for word in words(name):
            entries.setdefault(word, sub)
    for word, sub in triggers():
        entries.setdefault(word, sub)
    found = ahocorasick_rs.AhoCorasick(tuple(entries), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    guards = {row[0]: (frozenset(row[1]), frozenset(row[2])) for row in rows("word_guards")}
    return found, tuple(entries.values()), tuple(map(guards.get, entries))


def triggers() -> list[tuple[str, str]]:
    """Words without numerals that begin a mention, with ``@`` and what reads them."""
    found = [
        (word, "@time") for word in (*RELATIVE_YEARS, *HALVES, *RELATIVE_MONTHS, *EDGES) if word != "年度"
    ]
    found += [(row[0], f"@{row[1]}") for row in rows("time_words")]
    found += [(word, "@time") for word in ("元月", "元至", "元—", "元-")]
    found += [("首" + unit, "@first") for unit in FIRST_UNITS]
    found.append(("前三甲", "@third"))
    found += [(word, "@first") for word in ("榜首", "魁首", "首位")]
    found += [("前列", "@front"), ("前茅", "@front")]
    found += [(much + unit, "@several") for much in "多数几" for unit in "次场名家户件起"]
    found += [
        (word, "@half")
        for word in (
            *("半年", "半天", "半个月", "半小时", "半个小时", "大半年", "半年多", "半个多月", "半个多小时"),
            *("过半", "半数", "一半"),
        )
    ]
    found += [(word, "@double") for word in ("翻番", "翻了番", "翻倍")]
    found += [
        ("翻" + much + times + "番", "@double")
        for much in ("", "了", "近", "了近")
        for times in "一两三四五六七八"
    ]
    return found


def counted_here(text: str, start: int, end: int, run_end: int) -> bool:
    """Whether a known word counts after all: 破获一起, 突破万家."""
    unit = unit_at(text, run_end, text[start] <= "9")
    if run_end + len(unit) > end:  # 三小时 is no 三小
        return True
    before = text[start - 1 : start]
    if text[start:end] == "一起":
        return before in {"生", "破", "处", "置", "现", "理", "查", "结", "获", "出"}
    return (
        before in {"破", "超", "达", "近", "过", "逾", "满"}
        and text[start] in "百千万亿"
        and unit_at(text, run_end, False) != ""
    )


def digits_first(text: str, start: int, end: int) -> bool:
    """Whether a known number such as 211 is a plain figure here: 211万户, 110人, 985.5亿元."""
    if text[end : end + 1] in {".", "%", "万", "亿", "余", "多", "—"}:
        return True
    return unit_at(text, end, True) not in {"", "便", "市", "省", "区", "县", "政"} and text[start] <= "9"


def lexicon_matches(text: str) -> list[tuple[int, int, str]]:
    """``(start, end, sub)`` of the lexicon's terms, longest first, none that is cut out of a longer numeral.

    A sub that begins with ``@`` is no label but a word that another module reads (``triggers``).
    """
    automaton, subs, guards = _automaton()
    found = []
    for index, start, end in automaton.find_matches_as_indexes(text):
        if start and text[start] in _NUMERAL and (text[start - 1] in _NUMERAL or text[start - 1] in "第数几"):
            continue
        if end < len(text) and text[end - 1] in _DIGITS and text[end] in _DIGITS:
            continue
        guard = guards[index]
        if guard is not None and (text[start - 1 : start] in guard[0] or text[end : end + 1] in guard[1]):
            continue
        found.append((start, end, subs[index]))
    return found


def quoted(text: str) -> list[tuple[int, int, str]]:
    """The insides of quotation marks whose numerals are coined terms or names: ``(start, end, sub)``.

    A longer quotation with punctuation and figures is a quoted sentence: its figures are figures.
    """
    spans = []
    for match in _QUOTES.finditer(text):
        group = match.lastgroup or "a"
        start, end = match.span(group)
        inside = match[group]
        if group in "bg":
            spans.append((start, end, "title"))
        elif (_SENTENCE_MARK.search(inside) or len(inside) > _COINED) and (
            len(inside) > 40 or _FIGURE.search(inside)
        ):
            continue
        else:
            spans.append((start, end, "quoted"))
    return spans


def enumerator(text: str, at: int) -> int:
    """Where the enumerator at ``at`` ends (一, 一是, （一）, 1.), 0 if there is none."""
    before = text[at - 1] if at else "\n"
    if before in "（(":
        match = _ENUMERATOR.match(text, at - 1)
        return match.end() - 1 if match and (match["b"] or match["c"]) else 0
    if before not in STARTS:
        return 0
    match = _LINE_NUMBER.match(text, at)
    if match is not None and _LINE_START.search(text[max(0, at - 12) : at] if at > 12 else "\n" + text[:at]):
        return match.end("d")
    match = _BEFORE_MONTH.match(text, at) if before == "\n" else None
    if match is not None and int(match["m"]) != int(match["d"]) + 1:
        return match.end("d")
    match = _ENUMERATOR.match(text, at)
    if match is None or match["b"] or match["c"]:
        return 0
    if match["d"] and before not in "\n。；;：: \t　#*>":
        return 0
    if match.group()[-1] in ")）" and _OPEN.search(text, max(0, at - 40), at):
        return 0  # （详见附表 2）
    word = match.group()
    if before in "，,”」）" and word[-1] not in "是要":
        return 0
    return match.end() if word[-1] in "是要" else match.end("a") if match["a"] else match.end("d")


def code(text: str, at: int, run_end: int) -> int:
    """Where a code that begins at ``at`` ends (1+4+N, 5G, 7×24小时, 318国道, [12]), 0 if there is none."""
    follows = text[run_end : run_end + 1]
    patterns = _BY_NEXT.get(follows, ())
    if not patterns and text.startswith(".0", run_end - 2):
        patterns = (CODE,)
    for pattern in patterns:
        match = pattern.match(text, at)
        if match and match.end() >= run_end:
            if pattern is _DOOR and text[match.end() - 1] == "室" and _TOLD.search(text, max(0, at - 1), at):
                continue
            if pattern is _DOOR and _FLATS.match(text, at):
                continue
            if text[match.end() - 1] == "]" and text[at - 1 : at] != "[":
                continue
            return match.end()
    return run_end if text[at - 1 : at] == "道" and _ROAD.search(text, max(0, at - 2), at) else 0


_TEAMS, _ORDER = frozenset({"组", "队", "班", "科"}), frozenset("一二三四五六七八九十")


def called(text: str, at: int, run_end: int) -> int:
    """Where a number to call or write to ends (电话：55551234、55551235), told by the words before; 0 if it is none."""
    match = _CALLED_NUMBER.match(text, at)
    if match is None or match.end() < run_end or _CALLED.search(text, max(0, at - 40), at) is None:
        return 0
    return match.end()


def named(text: str, run_end: int) -> int:
    """Where the word ends that makes a name of the numeral before it (六连冠, 四件套), 0 if there is none.

    ``NAMED_FIRST`` tells at once where there can be none.
    """
    match = _NAMED.match(text, run_end)
    return match.end() if match else 0


def after_letters(text: str, at: int) -> tuple[int, int] | None:
    """The span of a code whose letters stand before the digits at ``at`` (PM2.5, G60, S2线, A4), or None."""
    window = text[max(0, at - 12) : at]
    match = _LETTER_BEFORE.search(window)
    if match is None:
        return None
    end = RUN.match(text, at).end()  # type: ignore[union-attr]
    if match.group() in _THINGS and unit_at(text, end, True):
        return None
    if text[end : end + 1] in _AMOUNT and _MEASURED.fullmatch(match.group()):
        return None
    tail = _DIGIT_TAIL.match(text, at)
    return at - len(window) + match.start(), tail.end() if tail else at


def document_number(text: str, at: int) -> int:
    """Where 〔2025〕3号 ends when its year begins at ``at``, 0 if it is none."""
    match = _DOCUMENT.match(text, at - 1) if at else None
    return match.end() if match else 0


def ordinal(text: str, at: int) -> tuple[int, str, str] | None:
    """``(end, numeral, what)`` of 第…… at ``at`` (on the 第), or None."""
    match = _ORDINAL.match(text, at)
    return (match.end(), match["n"], match["what"] or "") if match else None


def numbered_teams(pieces: Sequence[Piece], text: str) -> None:
    """一组, 二组 and 三组 of one text are teams and count nothing; in place.  Needs the first and the second."""
    teams = [
        p
        for p in pieces
        if p.kind is Kind.QUANTITY
        and p.unit in _TEAMS
        and p.end - p.start == 1 + len(p.unit)
        and text[p.start] in _ORDER
    ]
    known = {text[p.start : p.end] for p in teams}
    for piece in teams:
        if {f"一{piece.unit}", f"二{piece.unit}"} <= known:
            piece.kind, piece.sub = Kind.LABEL, "word"


def coined_row(text: str, at: int) -> int:
    """Where 六联六员, 三无一畅一美, 一社区一品牌 ends, 0 if it is none: numeral and word, twice or more."""
    match = _COINED_ROW.match(text, at)
    return match.end() if match else 0
