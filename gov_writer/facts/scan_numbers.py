"""Reading one number where it stands: quantity, percentage, growth, change of an amount, rank."""

from __future__ import annotations

import re
from decimal import Decimal

from gov_writer.domain import Approx, Kind
from gov_writer.facts import ranks, scan_ranks
from gov_writer.facts.approximators import AFTER, after_at
from gov_writer.facts.directions import SHORT, Left, basis_in, comparison, left
from gov_writer.facts.fractions import fraction
from gov_writer.facts.numerals import RUN, Number
from gov_writer.facts.numerals import read as read_number
from gov_writer.facts.piece import Piece
from gov_writer.facts.units import class_of, unit_at

_PERCENT = re.compile(
    r"\s?(?:[%‰]|个?百分点|个点(?=[，。；、以左的]|$)|成(?!立|功|果|为|效|员|本|熟|长|型|品|绩|都|交|套|片|就|分|份|人|年|语|千|百|群|林|灾|渝|色|因|像|天|活|家|堆|对|倍)[多半]?)"
)
_TO = re.compile(r"\s?(?:—{1,2}|-|~|至|到|－)\s?(?=[0-9零一二两三四五六七八九十百千万])")
_FRACTION = re.compile(r"(?P<n>[零〇一二两三四五六七八九十百千万点]+|[0-9]+)")
_INSIDE = re.compile("内(?!部|容|涵|外|陆|生|需|蒙|科|地|控|销|循|在|置|阁|设|环)")
_LONGER = re.compile("多(?![个次样元种方项点层数名家户万亿])")
_GROWTH_AFTER = re.compile(
    "(?:以上|左右|以内)?的?(?:同比)?(?P<w>增长|增速|增幅|涨幅|降幅|跌幅|下降|下滑)(?![，。]?[0-9一二三四五六七八九十约近超]|了|到|至)"
)
_MONEY = re.compile(
    "投资|资金|金额|产值|收入|贷款|营业额|税|补贴|融资|产业|存款|授信|经费|财政|销售|成交|消费|拨付|募集|减免|工程款|GDP|生产总值|增加值|总额|债|项目"
)
_PEOPLE = re.compile("人口|群众|游客|居民|学生|职工|旅客|贫困|农民|参保|市民|粉丝|观众|党员|用户")
_COMPOSITE = re.compile("个?(?P<more>多)(?=个?(?:月|小时|星期|世纪|工作日))")
_HALF = re.compile("半(?=年|月|小时|天|[，。、]|以|的)")
_BIG = re.compile("大(?=[\u4e00-\u9fff“‘])")
_DURATION = frozenset({"duration", "length", "area"})
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_HUNDRED = Decimal(100)
ARTICLES = frozenset("个条张种份支座片股段项套块颗面")
_TELLS = frozenset("达为到至约共计是有超于过逾近值的了均各仅")
_PROGRAMME = re.compile(
    "(?:提升)?(?:行动|攻坚|计划|规划|大会战|禁渔|禁捕|倍增|翻番|上台阶|实施方案|滚动|专项)"
)
_CHANNEL = re.compile("(?:电视台|央视|卫视|频道|电台)(?:\\d{1,2}台、)*$")
_PLACE_UNITS = frozenset("家里道门口堡站场棵眼间座台树星")
_PLACE = re.compile("[村庄店屯镇河桥坡铺沟湾营堡寨坪岗街巷乡]")
_CLAUSE = "，。；\n！？"


def read(text: str, start: int, run_end: int, floor: int) -> Piece | None:
    """The figure whose numeral run is ``text[start:run_end]``; None if the numeral counts nothing."""
    before = text[start - 1] if start > floor else ""
    if before == "前" and start - 1 >= floor:
        piece = scan_ranks.top(text, start - 1, floor)
        if piece is not None:
            return piece
    strong = ranks.strong(text, start) if text[run_end : run_end + 1] == "强" else None
    if strong is not None:
        piece = scan_ranks.ranked(text, start, strong[0], strong[1], floor, "top")
        piece.core_start = start
        return piece
    if text.startswith("分之", run_end):
        piece = fraction(text, start, run_end)
        if piece is not None and piece.value is not None:
            whole = Number(piece.end, piece.end, piece.value, piece.step or Decimal(1))
            _Reader(text, start, whole, floor).around(piece, piece.end)
        return piece
    number = read_number(text, start, run_end)
    if number is None:
        return None
    return _Reader(text, start, number, floor).read()


class _Reader:
    """One number and what stands around it."""

    def __init__(self, text: str, start: int, number: Number, floor: int) -> None:
        self.text, self.start, self.number, self.floor = text, start, number, floor
        self.begin = start
        self.negative = False
        self.several = False
        if start > floor:
            before = text[start - 1]
            if (
                before in "-—"
                and number.arabic
                and (
                    start - 1 == floor
                    or (
                        not (text[start - 2].isalnum() and text[start - 2] < "\u3000")
                        and text[start - 2] not in "%年月日"
                    )
                )
            ):
                self.negative = True
                self.begin = start - 1
            elif before in "数几" and text[start] in "十百千万亿":
                self.several = True
                self.begin = start - 1

    def read(self) -> Piece | None:
        text, number = self.text, self.number
        piece = Piece(self.begin, number.end, Kind.QUANTITY, "count")
        piece.value, piece.step, piece.arabic, piece.scale, piece.bare = (
            number.value,
            number.step,
            number.arabic,
            number.scale,
            number.bare,
        )
        piece.top = number.high
        if number.high is not None:
            piece.approx = Approx.RANGE
        end = self._range(piece, number.end)
        percent = _PERCENT.match(text, end)
        if percent and not (percent.group()[-1] in "成多半" and not self._tenth(piece, percent.group())):
            end = self._percent(piece, percent)
        else:
            unit_stop = self._unit(piece, end)
            if unit_stop is None:
                return None
            end = unit_stop
        if self.negative and piece.kind is not Kind.PERCENT:
            self.negative, self.begin = False, self.start
        self.around(piece, end)
        return piece

    def _tenth(self, piece: Piece, word: str) -> bool:
        assert piece.value is not None
        return (
            piece.value <= 10
            and (not piece.arabic or piece.value == int(piece.value))
            and word.strip()[0] == "成"
        )

    def _range(self, piece: Piece, end: int) -> int:
        """Read ``—10`` after a number: the piece becomes a range.  Returns the new end."""
        text = self.text
        at = end
        first_unit = ""
        if text[end : end + 1] in {"%", "‰"}:
            first_unit, at = text[end], end + 1
        elif text[end : end + 1] not in "—-~至到 －":
            first_unit = unit_at(text, end, self.number.arabic)
            at = end + len(first_unit)
        to = _TO.match(text, at)
        if to is None or piece.top is not None or self.number.more:
            return end
        if (
            to.group().strip() in {"到", "至"}
            and text[max(self.floor, self.start - 8) : self.start].find("由")
            + text[max(self.floor, self.start - 8) : self.start].find("从")
            > -2
        ):
            return end
        run = RUN.match(text, to.end())
        second = read_number(text, run.start(), run.end()) if run else None
        if second is None or second.high is not None or second.arabic is not self.number.arabic:
            return end
        if first_unit and first_unit != (
            text[second.end]
            if first_unit in "%‰" and second.end < len(text)
            else unit_at(text, second.end, second.arabic)
        ):
            return end
        value, top = self.number.value, second.value
        if self.number.scale == 1 and second.scale > 1 and not first_unit and value <= second.bare:
            value *= second.scale
        if value >= top or (
            text[second.end : second.end + 1] in {"年", "月", "日"} and not first_unit and value > 1900
        ):
            return end
        piece.value, piece.top, piece.approx, piece.scale = value, top, Approx.RANGE, second.scale
        piece.step = second.step
        return second.end

    def _percent(self, piece: Piece, match: re.Match[str]) -> int:
        word = match.group().strip()
        piece.kind, piece.sub = Kind.PERCENT, ""
        piece.unit = word if word in {"%", "‰"} else "%" if word[0] == "成" else "个百分点"
        if word[0] == "成":
            assert piece.value is not None and piece.step is not None
            half = Decimal("0.5") if word.endswith("半") else Decimal(0)
            piece.value, piece.step = (piece.value + half) * 10, piece.step * 10
            piece.top = piece.top * 10 if piece.top is not None else None
            if word.endswith("多"):
                piece.approx, piece.word = Approx.MORE_THAN, "多"
        return match.end()

    def _unit(self, piece: Piece, end: int) -> int | None:
        text, number = self.text, self.number
        gap = 1 if text[end : end + 1] == " " and unit_at(text, end + 1, number.arabic) else 0
        composite = _COMPOSITE.match(text, end)
        if composite and not number.more:
            piece.approx, piece.word = Approx.MORE_THAN, "多"
            unit = unit_at(text, composite.end(), True)
            piece.unit = "个" + unit if text[end] == "个" else unit
            piece.sub = class_of(piece.unit)
            return composite.end() + len(unit)
        unit = unit_at(text, end + gap, number.arabic)
        if not unit and _BIG.match(text, end) and number.value < 100:
            unit = "大"
        if unit == "大" and not _BIG.match(text, end):
            unit = ""
        if unit and (self._ordinal_two(unit, end) or self._named(unit, end + gap + len(unit))):
            return None
        if unit:
            piece.unit, piece.sub = unit, class_of(unit)
            end += gap + len(unit)
            half = _HALF.match(text, end) if piece.sub == "duration" else None
            if half and piece.value is not None and piece.top is None:
                piece.value += Decimal("0.5")
                end = half.end()
                if text.startswith("月", end) and unit == "个":
                    end += 1
            if (
                unit == "个"
                and text.startswith("半", end)
                and text[end + 1 : end + 2] in "月小"
                and piece.value is not None
            ):
                rest = "月" if text[end + 1] == "月" else "小时"
                if text.startswith(rest, end + 1):
                    piece.value, piece.unit, piece.sub = piece.value + Decimal("0.5"), "个" + rest, "duration"
                    end += 1 + len(rest)
            if not number.arabic and number.value == 1 and unit in ARTICLES:
                piece.sub = "article"
            return end
        return self._no_unit(piece, end)

    def _no_unit(self, piece: Piece, end: int) -> int | None:
        text, number = self.text, self.number
        if number.scale >= 10**4 or (piece.scale >= 10**4):
            around = text[max(self.floor, self.start - 12) : self.start] + text[end : end + 12]
            if _PEOPLE.search(around) and not _MONEY.search(around):
                piece.unit = "人"
            elif _MONEY.search(around):
                piece.unit, piece.sub = "元", "money"
            return (
                end
                if piece.unit
                or number.arabic
                or (len(text[self.start : number.core]) > 1 and after_at(text, end))
                else None
            )
        if number.value == 0:
            piece.sub = "zero-claim"
            return end
        if number.arabic:
            return end if self._bare_counts(end) else None
        digits = text[self.start : number.core]
        follows = text[end : end + 1]
        if len(digits) >= 3 and any(c in "十百千" for c in digits) and not ("\u4e00" <= follows <= "\u9fff"):
            return end
        if follows in {"、", "和"} and self._shared(end):
            return end
        return None

    def _bare_counts(self, end: int) -> bool:
        """Whether digits without a unit are a figure (数量达100) and not part of a name (智汇100等)."""
        text = self.text
        before, follows = (
            text[self.start - 1 : self.start] if self.start > self.floor else "",
            text[end : end + 1],
        )
        if end - self.start >= 10:  # a telephone, card or identity number
            return False
        if not before or not "\u4e00" <= before <= "\u9fff" or before in _TELLS:
            return True
        if follows in {"、", "和", "至", "—", "-", "/"} or text[self.start : end].find(".") >= 0:
            return True
        return "\u4e00" <= follows <= "\u9fff" and follows not in "等的"

    def _shared(self, end: int) -> bool:
        """Whether a bare Chinese numeral stands in a list with a unit behind it: 三、五个."""
        run = RUN.match(self.text, end + 1)
        return run is not None and unit_at(self.text, run.end(), run.group()[0] <= "9") != ""

    def _named(self, unit: str, end: int) -> bool:
        """三年行动计划, 十家村, 央视13台: a name, not a count."""
        text = self.text
        if unit in {"年", "天", "日"} and _PROGRAMME.match(text, end):
            return True
        if unit == "台" and _CHANNEL.search(text, max(0, self.start - 10), self.start):
            return True
        return (
            not self.number.arabic
            and end - self.start <= 3
            and unit in _PLACE_UNITS
            and _PLACE.match(text, end) is not None
        )

    def _ordinal_two(self, unit: str, end: int) -> bool:
        """二次供水, 二期, 二级: 二 before a measure word is an ordinal (两 counts); so are 一期, 一级, 三级."""
        word = self.text[self.start : self.number.core]
        if word == "二" and unit in {
            "次",
            "期",
            "级",
            "线",
            "等",
            "类",
            "号",
            "楼",
            "层",
            "代",
            "胎",
            "手",
            "档",
            "环",
            "季",
            "元",
            "度",
            "年",
            "月",
            "日",
            "人",
            "里",
            "组",
            "队",
            "区",
            "中",
        }:
            return True
        if word in {"一", "三", "四"} and unit == "期":
            return True
        return (
            word in {"一", "三"}
            and unit == "级"
            and self.text[end + 1 : end + 3]
            in {"医院", "甲等", "公立", "巡视", "调研", "主任", "响应", "站称", "达标", "以上", "综合"}
        )

    def around(self, piece: Piece, end: int) -> None:
        text = self.text
        at = self.begin
        found = left(text, at, self.floor)
        piece.end = piece.core_end = end
        piece.core_start = self.begin
        start = self._before(piece, found, at)
        if self.number.more:
            piece.core_end = self.number.core
            piece.core_start = self.start
            if piece.approx is Approx.EXACT:
                piece.approx = Approx.MORE_THAN if self.number.more != "几" else Approx.SEVERAL
                piece.word = self.number.more
                if self.number.more == "几":
                    piece.approx = Approx.MORE_THAN
        if self.several and piece.value is not None:
            piece.approx, piece.word = Approx.SEVERAL, text[self.begin]
        end = self._after(piece, end)
        if piece.unit in {"%", "‰", "个百分点"}:
            start = self._growth(piece, found, start, end)
        else:
            start = self._change(piece, found, start)
        piece.start, piece.end = min(start, piece.core_start), end
        piece.core_start = max(piece.core_start, piece.start)

    def _before(self, piece: Piece, found: Left, at: int) -> int:
        """Apply the approximator before the number.  Returns where the span begins."""
        text = self.text
        if found.word and not (
            found.word in {"高于", "低于", "超过", "超", "多于", "少于", "超出"} and piece.unit == "个百分点"
        ):
            if piece.approx in {Approx.EXACT, Approx.RANGE} and (
                piece.approx is Approx.EXACT or found.approx is Approx.ABOUT
            ):
                piece.approx = found.approx if piece.approx is Approx.EXACT else piece.approx
                piece.word = found.word
            elif piece.approx is Approx.MORE_THAN:
                piece.approx, piece.word = found.approx, found.word
            return found.approx_start
        if (
            (
                at - 1 >= self.floor
                and text[self.start] in "百千万亿"
                and not self.several
                and at
                and text[at - 1] in "上过成"
            )
            and text[at - 1] != "成"
            and not (at >= 2 and text[at - 2 : at] in {"通过", "经过", "网上", "线上", "以上", "超过"})
        ):
            piece.approx, piece.word = Approx.MORE_THAN, text[at - 1]
            return at - 1
        return at

    def _after(self, piece: Piece, end: int) -> int:
        text = self.text
        match = after_at(text, end)
        if match:
            word = match.group().strip()
            if piece.approx in {Approx.EXACT, Approx.MORE_THAN}:
                piece.approx, piece.word = AFTER[word], word
            return match.end()
        if piece.sub in _DURATION:
            if _INSIDE.match(text, end) and piece.approx is Approx.EXACT:
                piece.approx, piece.word = Approx.AT_MOST, "内"
                return end + 1
            longer = _LONGER.match(text, end)
            if longer and piece.approx is Approx.EXACT:
                piece.approx, piece.word = Approx.MORE_THAN, "多"
                return end + 1
        return end

    def _growth(self, piece: Piece, found: Left, start: int, end: int) -> int:
        text = self.text
        if piece.value is None:
            return start
        sign = found.sign
        if not sign and not found.to and piece.unit == "个百分点":
            compared = comparison(text, found.approx_start, self.floor)
            if compared:
                sign = compared[0]
                if "、" not in compared[2] and len(compared[2]) <= 14:
                    start = compared[1]
        if not sign and not found.to:
            after = _GROWTH_AFTER.match(text, end)
            if after:
                sign = -1 if after["w"][0] in "降跌下" else 1
        if found.to:
            piece.sub = "level"
        if not sign:
            if self.negative:
                piece.sign = -1
            piece.basis = found.basis
            return start
        piece.kind, piece.own = Kind.GROWTH, True
        piece.sign = -sign if self.negative and sign > 0 else sign
        piece.basis = found.basis or basis_in(
            text, self.start, max(self.floor, _clause_start(text, self.start))
        )
        if found.sign and not found.shared:
            start = found.start
        return start

    def _change(self, piece: Piece, found: Left, start: int) -> int:
        sign = found.sign
        if piece.value is None or not sign or found.to or found.noun:
            return start
        if found.verb in SHORT and not found.basis:
            return start
        if piece.unit in {"倍"}:
            piece.kind, piece.unit, piece.sub = Kind.GROWTH, "%", ""
            piece.value, piece.step = piece.value * _HUNDRED, (piece.step or Decimal(1)) * _HUNDRED
            piece.top = piece.top * _HUNDRED if piece.top is not None else None
            piece.sign, piece.own, piece.basis = sign, True, found.basis
            return found.start if not found.shared else start
        if piece.unit is None and piece.sub != "money":
            return start
        piece.sub, piece.sign, piece.own, piece.basis = "delta", sign, True, found.basis
        return found.verb_start if not found.shared else start


def _clause_start(text: str, at: int) -> int:
    return max(text.rfind(mark, max(0, at - 40), at) for mark in _CLAUSE) + 1
