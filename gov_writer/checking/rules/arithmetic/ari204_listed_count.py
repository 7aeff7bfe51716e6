"""ARI204: a sentence lists more or fewer things than the number beside the list says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules import citations
from gov_writer.checking.rules.arithmetic.lists import Count, count_items, flattened, is_kind
from gov_writer.domain import Finding, Severity
from gov_writer.lexicon import rows
from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import small

_SENTENCE = lazy(r"[^。！？!?\n]+")
_NUMBER = r"(?P<number>\d{1,3}|[一两二三四五六七八九十]{1,3})"
_UNIT = r"(?P<unit>方面|类别|个|家|名|位|人|项|条|级|大|类|种|所|座|支|县|区|市|镇|村|社区|街道|部门|环节|领域|步(?=工作法|走|机制|流程|闭环|并进|推进|联动|曲)|方(?=联动|协同|共治|共建|联席|议事|会商|合力|参与))"
_COUNTED = lazy(_NUMBER + _UNIT + r"(?P<noun>[\u4e00-\u9fff]{0,8})")
_LIST_BEFORE = lazy(r"(?P<list>[^，,。；;：:！？!?\n]{2,160})$")
_COINED = lazy(r"[“\"]((?:[一二两三四五六七八九十]个?[\u4e00-\u9fff]){1,4})(?:制|工程|机制)?[”\"]")
_IN_ONE = lazy(r"[“\"](?P<number>[二三四五六七八九])位一体[”\"]|(?P<bare>[二三四五六七八九])位一体")
_PAIR = lazy(r"([一二两三四五六七八九十])个?([\u4e00-\u9fff])")
_GLOSS = lazy(
    r"[^，,。；;（(：:\n]{0,10}(?:[（(](?:即|指)?(?P<inside>[^（）()\n]{4,300})[）)]|[，,：:]?即(?P<after>[^。\n]{4,300}))"
)
_LIST_AFTER = lazy(r"[^，,。；;（(：:、\n]{0,10}[（(](?P<inside>[^（）()\n]{3,200})[）)]")
_OPEN_LIST = lazy(r"等|包括|主要|例如|比如|诸如|如|含|其中|详见|见附|不含|另|原|即将|下同")
_OPENS_MEMBER = lazy(r"(?:、|和|与|及|以及|[“\"（(])$")
#: A member that counts something itself, or a last one that has a predicate before the number.
_HOLDS_COUNT = lazy(
    rf"(?:{_NUMBER})(?:余|多|万|亿)?(?:[个家名位人项条级大类种所座支次场件份起户处元%％]|人次|万元|亿元)".replace(
        "?P<number>", ""
    )
)
_SAYS_MORE = lazy(r"是|在(?!建)|成为|排名?|位居|认领|提升|录取|达|共|有|获|全[国省市区县]|前$|补贴$")
#: The number of a heading or point is no member: 三、抓好七项重点工作.
_NUMBERED = lazy(r"^\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})、")
#: What the last member does to the things counted, or to which of them the number belongs: …、深圳援建4个, …分别增加2个.
_DOES = lazy(
    r"等.|援[助建]|实现|增加|减少|实施|新增|完成|达到|入选|入围|荣获|应用于|承接|承担|分别|均|各(?!类|项|种|级)|共有|拥有|推出|出台|引进|投入|培育出|建起|吸引|带动|辐射|覆盖"
)
#: Sorts of places: 29个省（自治区、直辖市） may be called either, none is named.
_SORTS = lazy(
    r".|省|自治[区州县]|直辖市|地级市|县级市|[市县区州旗盟]|乡镇|街道|街办|办事处|管委会|社区|居委会|村委会|开发区|园区|农?场|林场"
)
_LEVEL_NAMES = lazy(
    r"(?:省|市|区|县|镇|乡|街道|办|社区|村|组|网格|小区|楼栋|楼|单元|支部|党委|总支|户|部门|企业|公司)$"
)
_LAYERED = lazy(r"包保|联动|平台|体系|网格|联包|架构|书记|调解|管理|服务")
_CLASSES = frozenset({"级", "大", "方面", "环节", "领域", "方", "步"})
_IN_QUOTES = lazy(r"“(?P<list>[^“”（）\n]{3,60}、[^“”（）\n]{2,20})”$")
_SORT_UNITS = frozenset({"类", "类别"})
#: “敲门行动”“清零行动”: quoted names and titles stand side by side without a comma.
_BESIDE = lazy(r"(?<=[”》])(?=[“《])")
_PEOPLE = frozenset("人名位")
_LEVELS = lazy(r"^.*?[省市区县镇乡村国]$")
_PLACES = "社区|小区|村|居委会|网格|院落|楼栋|点位|站点|片区|园区|项目|部门|单位|企业|学校|工作组|支部|党支部"
_PARENTS = lazy(r"(?:街道|乡镇|镇|乡|区|县|市|省|路|街|片区)$")


_RESPECTIVELY = lazy(r"(?:分别|依次|各自)[为有是达约]{0,2}$")


class ListedCount(Rule):
    code = "ARI204"
    name = "listed-count"
    severity = Severity.ERROR
    title = "列举的项数与所写数目不符"
    why = "写着“四家”只列三家、写着“三清三关”括号里只有五项，读者数一数就会发现；多半是增删时忘了改数目。"
    bad = "成立街道、机场、车站4个工作组，逐一落实责任。"
    good = "成立街道、机场、车站3个工作组，逐一落实责任。"
    authority = citations.ACCURATE

    def check(self, case: Case) -> Iterator[Finding]:
        for match in _SENTENCE.finditer(case.text):
            yield from self._in_sentence(case, match.start(), min(match.end(), match.start() + 4000))

    def _in_sentence(self, case: Case, start: int, end: int) -> Iterator[Finding]:
        sentence = case.text[start:end]
        covered = 0
        for match in _COUNTED.finditer(sentence):
            number = small(match["number"])
            if (
                number is None
                or number < 2
                or match.start() < covered
                or _part_of_number(sentence, match.start())
            ):
                continue
            finding = self._before(case, start, sentence, match, number)
            if finding is None:
                finding = self._quoted(case, start, sentence, match, number)
            if finding is None:
                finding = self._after(case, start, sentence, match, number)
            if finding is not None:
                covered = finding.end - start
                yield finding
        for match in _IN_ONE.finditer(sentence):
            finding = self._in_one(case, start, sentence, match)
            if finding is not None:
                yield finding
        for match in _COINED.finditer(sentence):
            finding = self._coined(case, start, sentence, match)
            if finding is not None:
                yield finding

    def _before(
        self, case: Case, start: int, sentence: str, match: re.Match[str], number: int
    ) -> Finding | None:
        """东岭、西湾、南坪等4个社区"""
        lead = flattened(sentence[max(0, match.start() - 160) : match.start()])
        if _RESPECTIVELY.search(lead):
            return None  # 国家级、省级和市级分别为2家、5家和11家
        found = _LIST_BEFORE.search(lead)
        if found is None:
            return None
        listed = _NUMBERED.sub("", found["list"].rstrip())
        beside = _beside(sentence, match.start() - len(found["list"]), match.start())
        if (
            ("、" not in listed and not beside)
            or _OPENS_MEMBER.search(listed)
            or _in_quotes(sentence, match.start())
        ):
            return None
        open_end = re.search(r"等(?:等)?$", listed) is not None
        bare = re.sub(r"等+$", "", listed)
        if match["unit"] == "级" and (levels := _LEVELS.search(bare)):
            bare = levels[0]  # 中和村、江河村顺利通过省、市两级检查
        count = count_items(bare)
        count = Count(count.low + beside, count.high + beside)
        members = re.split("、|以及|和|与|及", bare)
        if any(_HOLDS_COUNT.search(member) for member in members):
            return None
        if open_end:
            count = Count(
                len(bare.split("、")) + beside, count.high
            )  # a closing 和 may join two words of one item
        elif (
            _describes(members, match)
            or _SAYS_MORE.search(members[-1])
            or _DOES.search(members[-1])
            or (match["unit"] in "省市区县镇" and len(members[-1]) == number)  # 京津两市
            or match["noun"].startswith("补贴")
            or re.search(r"\d", bare)
        ):
            return None
        if number == _by_their_end(bare):
            return None
        if count.high < 2 or count.low <= number <= count.high or (open_end and number >= count.low):
            return None
        severity = self._certainty(members, match, number, count, open_end)
        if (
            severity is None
            and beside
            and match["unit"] in {"个", "项", "支", "种"}
            and abs(number - count.low) == 1
        ):
            severity = self.severity.lowered()  # “银龄学堂”“童心小屋”三个站点
        if severity is None:
            return None
        begin = start + match.start() - len(_NUMBERED.sub("", found["list"].lstrip()))
        shown = f"{count.low}" if count.low == count.high else f"{count.low}—{count.high}"
        stop = start + match.end("unit")
        message = f"列举与数目不符：前面列了{shown}项，写的是“{match['number']}{match['unit']}”。"
        return self.found(case, begin, stop, message, severity=severity)

    def _quoted(
        self, case: Case, start: int, sentence: str, match: re.Match[str], number: int
    ) -> Finding | None:
        """“日巡查、周调度、月通报”三项机制: the list stands in one pair of quotation marks."""
        found = _IN_QUOTES.search(sentence, max(0, match.start() - 80), match.start())
        named = any(row[0] in match["unit"] + match["noun"] for row in rows("counted_nouns"))
        if found is None or not named or _OPEN_LIST.search(found["list"]) or re.search(r"\d", found["list"]):
            return None
        count = count_items(found["list"])
        if count.low < 2 or count.low <= number <= count.high or abs(number - count.low) > 2:
            return None
        message = f"列举与数目不符：引号里列了{count.low}项，写的是“{match['number']}{match['unit']}”。"
        return self.found(case, start + found.start(), start + match.end("unit"), message)

    def _certainty(
        self, members: list[str], match: re.Match[str], number: int, count: Count, open_end: bool
    ) -> Severity | None:
        """How sure it is that the number counts the list; None where it may well count something else."""
        noun, unit = match["noun"], match["unit"]
        if open_end:
            return self.severity
        if unit in _SORT_UNITS and abs(number - count.low) == 1 and count.low >= 3:
            return self.severity  # 片长、网格长、网格员4类人员: as many sorts as are named
        if number > 3 * count.high + 3:
            return None  # 新建、扩建44条航线: so far off, the number counts something else
        if unit == "级" and not all(_LEVEL_NAMES.search(member.strip()) for member in members[-2:]):
            return self.severity.lowered() if _LAYERED.match(noun) else None
        if unit in _PEOPLE and not noun.startswith(("同志", "负责人", "工作人员")):
            if all("*" in member or "×" in member or "某" in member for member in members):
                return self.severity
            if noun and not re.match(r"[^\u4e00-\u9fff]|[被均已因在签]", noun):
                return None
            return None if any(is_kind(member) for member in members) else Severity.WARNING
        named = [row for row in rows("counted_nouns") if row[0] in unit + noun]
        category = unit in _CLASSES or bool(named)
        abstract = unit in _CLASSES or any(len(row) > 1 for row in named)
        if any(is_kind(member) for member in members[-1:]) and number > count.high and not abstract:
            return None
        if category:
            return self.severity
        return Severity.WARNING if number < count.low and abs(number - count.low) <= 2 else None

    def _after(
        self, case: Case, start: int, sentence: str, match: re.Match[str], number: int
    ) -> Finding | None:
        """3个社区（东岭、西湾、南坪）"""
        if match["unit"] in {"大", "级"} or number > 30:
            return None
        gloss = _LIST_AFTER.match(sentence, match.end("unit"))
        if gloss is None:
            return None
        inside = gloss["inside"]
        if "、" not in inside or re.search(r"\d", inside) or _OPEN_LIST.search(inside):
            return None
        if re.search(r"[，,；;：:]", inside) or all(_SORTS.fullmatch(m) for m in inside.split("、")):
            return None
        count = count_items(inside)
        members = inside.split("、")
        if count.low <= number <= count.high or any(len(member) > 16 for member in members):
            return None
        if number > count.high and match["unit"] not in _SORT_UNITS and any(map(is_kind, members)):
            return None
        shown = f"{count.low}" if count.low == count.high else f"{count.low}—{count.high}"
        message = f"列举与数目不符：写的是“{match['number']}{match['unit']}”，括号里列了{shown}项。"
        severity = None if abs(number - count.low) <= max(2, count.low) else self.severity.lowered()
        return self.found(case, start + match.start(), start + gloss.end(), message, severity=severity)

    def _in_one(self, case: Case, start: int, sentence: str, match: re.Match[str]) -> Finding | None:
        """宣传、巡查、处置“三位一体”"""
        lead = flattened(sentence[max(0, match.start() - 80) : match.start()])
        found = _LIST_BEFORE.search(lead)
        number = small(match["number"] or match["bare"])
        if found is None or "、" not in found["list"] or _OPENS_MEMBER.search(found["list"]):
            return None
        listed = found["list"].rstrip("的 ")
        count = count_items(listed)
        if number is None or count.low < 3 or listed.endswith("等") or count.low <= number <= count.high:
            return None
        begin = match.start() - len(found["list"].lstrip())
        message = f"列举与数目不符：前面列了{count.low}项，写的是“{number}位一体”。"
        return self.found(case, start + begin, start + match.end(), message, severity=self.severity.lowered())

    def _coined(self, case: Case, start: int, sentence: str, match: re.Match[str]) -> Finding | None:
        """“三清三关”（清走道、清阳台、清厨房，关火源、关电源、关气源）"""
        gloss = _GLOSS.match(sentence, match.end())
        promised = [(small(digit), sign) for digit, sign in _PAIR.findall(match[1])]
        begin, stop = match.start(), match.end()
        if gloss is not None:
            inside = gloss["inside"] or gloss["after"] or ""
            if re.search(r"等(?:$|[，,；;])", inside):
                return None
            items = [item.strip() for item in re.split(r"[、，,；;]|和(?=[\u4e00-\u9fff]{2,6}$)", inside)]
            stop = gloss.end()
        else:
            lead = _LIST_BEFORE.search(flattened(sentence[max(0, begin - 120) : begin]))
            if lead is None or len(promised) != 1 or lead["list"].endswith("等"):
                return None
            items = [item.strip() for item in re.split(r"、|和|与", lead["list"].removesuffix("的"))]
            sign = promised[0][1]
            holding = sum(sign in item for item in items)
            if len(items) < 2 or holding < len(items) - lead["list"].endswith("的"):
                return None
            begin -= len(lead["list"])
        if any(item.count(sign) > 1 for item in items for _, sign in promised):
            return None  # 清河沙河柳河: the list has no commas
        for number, sign in promised:
            counts = {
                (gloss["inside"] or gloss["after"] or "").count(sign) if gloss else 0,
                sum(sign in item for item in items),
                sum(item.startswith(sign) for item in items),
                sum(item.endswith(sign) for item in items),
            }
            if number is None or number == 1 or max(counts) == 0 or number in counts:
                continue
            if len(promised) == 1 and number == len(items):
                continue
            message = f"列举与数目不符：“{match[1]}”应有{number}项“{sign}”，文中列了{max(counts)}项。"
            return self.found(case, start + begin, start + stop, message)
        return None


_LEVELS = lazy("(?:(?:国家|中央|国|省|市|州|区|县|旗|镇|乡|街道|街|村|社区)级?(?:、|和|与|及)?)+$")


def _by_their_end(listed: str) -> int:
    """How many members a list has whose members end alike: 总体情况、被申请复议、提起诉讼情况、其他事项 are three; 0 if they don't."""
    parts = listed.split("、")
    end, many = Counter(part[-2:] for part in parts).most_common(1)[0]
    return many + (not parts[-1].endswith(end)) if many > 2 else 0


def _beside(sentence: str, start: int, end: int) -> int:
    return sum(1 for _ in _BESIDE.finditer(sentence, max(0, start), end))


def _part_of_number(sentence: str, at: int) -> bool:
    """The digits go on to the left (1.2万个), or the word is an ordinal or a year (第三、2024)."""
    return at > 0 and (
        sentence[at - 1] in "0123456789.．,，第"
        or (sentence[at - 1].isascii() and sentence[at - 1].isalpha())
        or sentence[at - 1] in "一二三四五六七八九十百千万亿零〇"
    )


def _in_quotes(sentence: str, at: int) -> bool:
    """“五区共兴”, “两个维护”: a number inside quotation marks is part of a term."""
    before = sentence[max(0, at - 60) : at]
    return before.rfind("“") > before.rfind("”") or before.rfind("《") > before.rfind("》")


def _describes(members: list[str], match: re.Match[str]) -> bool:
    """省、市、区12项；东岭、西湾街道8个社区: the list says whose they are, not which."""
    noun, unit = match["noun"], match["unit"]
    last = members[-1].strip()
    if unit != "级" and all(len(member.strip()) <= 2 for member in members[1:]) and _LEVELS.match(last):
        return not last.endswith(unit)
    parent = _PARENTS.search(last)
    return parent is not None and re.match(_PLACES, noun) is not None and not noun.startswith(parent[0])
