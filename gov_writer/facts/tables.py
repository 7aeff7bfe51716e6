"""Facts of tables: the subject from row labels and column headers, the period from a year among them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from gov_writer.domain import DATES, FIGURES, Cell, Fact, Kind, Mention, Period, Source, Table
from gov_writer.facts import columns, reporting
from gov_writer.facts.binding import phrases
from gov_writer.facts.notation.calendar import in_year
from gov_writer.facts.scanning import captions
from gov_writer.lexicon import words
from gov_writer.matching import units
from gov_writer.matching.passages import plans
from gov_writer.text.lazy import lazy

Scan = Callable[[str], tuple[Mention, ...]]

_YEAR = lazy(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: A header that says which year its months are of, and one that is nothing but a year.
_NAMES_YEAR = lazy(r"(?:19|20)\d\d|[去今上本前]年|同期|同月")
_WHOLE_YEAR = lazy(r"(?:19|20)\d\d\s?年?度?|[去今上本]年度?|上年同期")
#: Days up to which a period is a part of a year.
_MOST_OF_A_YEAR = 300
_GROWTH = lazy("同比|环比|增幅|增速|增长|增减|升降|涨幅|降幅|±|较上年|比上年|较去年|比去年|变动")
_SHARE = lazy("占比|比重|比例|完成率|达标率|覆盖率|合格率|满意率|整改率|率$")
#: Measured against a plan, not planned: 占年度目标, 计划完成率.
_AGAINST = lazy("占|率|进度|比")
_RANK = lazy("排名|名次|位次|排位|位列")
_YEARS = lazy("年份|年度$|^年$")
_NO_FIGURE = lazy(
    "电话|手机|邮编|编号|编码|代码|身份证|证号|账号|卡号|学号|工号|门牌|联系方式|序号|文号|^(?:报警|信息|线索|数据)?(?:来源|渠道|途径)$"
)
_BASIS = lazy("同比|环比|较上年|比上年|较去年|比去年|比年初|较年初")
#: A label that tells a figure of its own (走访120户、慰问35户) names no other cell.
_COUNTS = lazy(r"\d+(?:\.\d+)?[万亿]?(?:户|人次?|家|处|件|起|元|次|场|名|%)[、，,]")
#: Characters from which a heading names something only where no other does, and what never names anything.
_LONG_NAME = 16
_NO_NAME = lazy(r"[。；;：:！？]|(?:表|情况|台账|统计|一览|清单|汇总|目录|报告|材料)$")
#: What a heading without a unit counts: 户数, 男.
_COUNTED = lazy(r"(?:户|人|件|家|处|场|起|名|个|条|项|份|所|套|辆)次?数|户$|[场人户家件]次$")
_PEOPLE = lazy(r"人口|(?:男性?|女性?|党员|志愿者|学生|老人|老年人|干部|儿童|人员|网格员)数?$")
_PART = lazy(r"\s*[（(]?其中[：:）)]?\s*")
_NOISE = lazy(r"[\s*#]+")
_UNIT = lazy(r"[（(【\[][^（）()【】\[\]]{0,12}[）)】\]]")

_UNIT_LAST = lazy(r"[（(【\[]\s*(?:单位\s*[:：]\s*)?[^（）()【】\[\]\d]{1,8}[）)】\]]\s*$")


def facts(source: Source, loose: Sequence[Mention], scan: Scan, period: Period | None) -> list[Fact]:
    """The facts of all tables of a source, without ids, in text order.

    loose: the mentions that were read in its table rows.  scan: reads a header for its period.
    period: the report's own, for cells whose headers name none.
    """
    reader = _Reader(source, loose, scan, period)
    found = [fact for number, table in enumerate(source.tables) for fact in reader.table(number, table)]
    covered = {(c.start, c.end) for table in source.tables for c in table.cells}
    if not covered:  # rows without a table: their mentions as they stand
        found = [reader.plain(mention) for mention in loose if mention.kind is not Kind.LABEL]
    return sorted(found, key=lambda fact: (fact.mention.start, fact.mention.end))


class _Reader:
    def __init__(self, source: Source, loose: Sequence[Mention], scan: Scan, period: Period | None) -> None:
        self.source, self.scan, self.period = source, scan, period
        self.loose = loose
        self.starts = [m.start for m in loose]
        self.captions = captions.Captions(source.text)
        self.rows = list(columns.rows(source))
        self.row_starts = [row.start for row in self.rows]
        self.whole = ""
        self.told: dict[str, Period | None] = {}
        self.labels: dict[int, tuple[str, ...]] = {}
        self.units: dict[int, str] = {}

    def table(self, number: int, table: Table) -> Iterator[Fact]:
        self.whole = whole = ""
        self.labels, self.units = columns.beside(table), columns.units_of_parts(table)
        for index, cell in enumerate(table.cells):
            if cell.labels:  # a row 其中：企业 tells a part of the row above
                part = any(_PART.match(label) for label in cell.labels)
                whole = whole if part else "".join(_parts(cell.labels))
                self.whole = whole if part else ""
            if cell.start == cell.end:
                continue
            if cell.is_header and not cell.headers:
                if self._is_prose(cell):  # a sheet of notes: no table has such heads
                    yield from self._words(cell, (number, index), table)
                continue
            cell = self._captioned(cell)
            headers = (*cell.headers, *cell.labels)
            if any(_NO_FIGURE.search(h) for h in headers):
                continue
            place = (number, index)
            if cell.is_header:  # a label; it may tell something itself (走访120户)
                yield from self._words(cell, place, table, told=True)
            elif cell.number is not None:
                mention = _number(self.source.text, cell)
                if mention is not None:
                    yield self._fact(cell, place, table, mention, self._subject(cell, table))
            else:
                yield from self._words(cell, place, table)

    def _captioned(self, cell: Cell) -> Cell:
        """The cell with the unit of its whole's column, or of the caption above its table, where it has none of its own."""
        if cell.unit or cell.number is None or _implied(cell):
            return cell
        if (unit := self.units.get(cell.column)) is not None:
            return replace(cell, unit=unit)
        scope = self.captions.at(cell.start)
        heads = (*cell.headers, *cell.labels)
        if scope is None:
            return cell
        if _is_label(cell.number, cell, heads) or any(
            each.search(head) for each in (_GROWTH, _SHARE, _RANK) for head in heads
        ):
            return cell
        return replace(cell, unit=scope.words)

    def _words(
        self, cell: Cell, place: tuple[int, int], table: Table, *, told: bool = False
    ) -> Iterator[Fact]:
        """A cell of text: the figures in it, with the cell's words and its headers as their subject.

        told: take only what has words of its own, for labels are names first (2025年, 3号楼).
        """
        lo, hi = bisect_left(self.starts, cell.start), bisect_left(self.starts, cell.end)
        here = [m for m in self.loose[lo:hi] if m.kind is not Kind.LABEL]
        if told:
            yield from self._day(cell, place, table, here)
            named = _unit_place(self.source.text, cell)
            here = [
                m
                for m in here
                if m.kind in FIGURES and m.end - m.start < cell.end - cell.start and m.start < named
            ]
        if not here:
            return
        heads = self._subject(cell, table)
        row = self.whole + "".join(_parts(cell.labels))
        figures = [m for m in here if m.kind not in (Kind.PERIOD, Kind.DATE, Kind.DATE_RANGE)]
        line = self.source.text[cell.start : cell.end]
        said = dict(zip(map(id, figures), phrases.subjects(line, cell.start, figures, heads), strict=True))
        for mention in here:
            subject = said.get(id(mention), "") or heads
            if not subject.startswith(row):
                subject = (row + subject)[: phrases.LONGEST]
            mention = _measured(_risen(mention, cell), cell)
            yield self._fact(cell, place, table, mention, subject)

    def _day(
        self, cell: Cell, place: tuple[int, int], table: Table, here: Sequence[Mention]
    ) -> Iterator[Fact]:
        """The day in the first column of a register, of what the next column names: 3月21日, 动员会."""
        event = _parts(self.labels.get(cell.row, ())[1:])
        whole = cell.end - cell.start
        for mention in here if event else ():
            if mention.kind in DATES and mention.end - mention.start == whole:
                yield self._fact(cell, place, table, mention, "".join(event))

    def _is_prose(self, cell: Cell) -> bool:
        return cell.end - cell.start > 8 and self.source.text[cell.start : cell.end].rstrip().endswith(
            ("。", "；", "！", "？")
        )

    def _fact(self, cell: Cell, place: tuple[int, int], table: Table, mention: Mention, subject: str) -> Fact:
        row = self._row(cell.start)
        heads = (*cell.headers, *cell.labels)
        plan = any(("目标" in h or "计划" in h) and not _AGAINST.search(h) for h in heads)
        heading = row.heading if row else ()
        return Fact(
            id="",
            source=self.source.id,
            locator=cell.locator,
            mention=mention,
            subject=subject,
            period=self._period(cell, table) or self._of_heading(heading) or self.period,
            sentence=(row.start, row.end) if row else (cell.start, cell.end),
            clause=(cell.start, cell.end),
            heading=heading,
            cell=place,
            planned=(plan or plans.announced(heading)) and not any("完成" in h for h in heads),
        )

    def plain(self, mention: Mention) -> Fact:
        row = self._row(mention.start)
        span = (row.start, row.end) if row else (mention.start, mention.end)
        line = self.source.text[slice(*span)]
        subject = phrases.subjects(line, span[0], [mention])[0]
        return Fact(
            id="",
            source=self.source.id,
            locator="",
            mention=mention,
            subject=subject,
            period=self.period,
            sentence=span,
            clause=span,
            heading=row.heading if row else (),
        )

    def _subject(self, cell: Cell, table: Table) -> str:
        return (self.whole + _subject(cell, table))[: phrases.LONGEST]

    def _row(self, start: int) -> columns.Row | None:
        at = bisect_right(self.row_starts, start) - 1
        return self.rows[at] if at >= 0 and start < self.rows[at].end else None

    def _period(self, cell: Cell, table: Table) -> Period | None:
        inner = self._month_of_year(cell)
        if inner is not None:
            return inner
        for words_ in (*reversed(cell.headers), *reversed(cell.labels), table.name):
            told = self._told_by(words_)
            if told is None:
                continue
            if inner is None:
                inner = told
                if _NAMES_YEAR.search(words_):
                    break
            elif _WHOLE_YEAR.fullmatch(words_.strip()) and told.start is not None:
                return in_year(inner, told.start.year)  # 1-12月 below 2024年
        return inner

    def _month_of_year(self, cell: Cell) -> Period | None:
        """The row's month of the year that heads the column (6月, below 2024年); None where the two tell something else."""
        year = next((h for h in reversed(cell.headers) if _WHOLE_YEAR.fullmatch(h.strip())), None)
        of = self._told_by(year) if year is not None else None
        part = next((p for label in cell.labels if (p := self._told_by(label))), None)
        if of is None or of.start is None or part is None or part.start is None or part.end is None:
            return None
        if (part.end - part.start).days > _MOST_OF_A_YEAR:
            return None
        return in_year(part, of.start.year)

    def _of_heading(self, heading: tuple[str, ...]) -> Period | None:
        return next((told for words_ in reversed(heading) if (told := self._told_by(words_))), None)

    def _told_by(self, words_: str) -> Period | None:
        """The period that a header, a label or a heading names."""
        if words_ not in self.told:
            self.told[words_] = self._read_period(words_)
        return self.told[words_]

    def _read_period(self, words_: str) -> Period | None:
        if _BASIS.search(words_):
            return None
        for mention in self.scan(words_[:80]):
            if mention.kind is Kind.PERIOD and (mention.date_start or mention.date_end):
                return mention.as_period()
        bare = _YEAR.fullmatch(words_.strip())
        return replace(reporting.year_of(int(bare[0])), text=words_.strip()) if bare else None


def _risen(mention: Mention, cell: Cell) -> Mention:
    """A percentage written out under 同比 is a growth (1.3个百分点)."""
    head = "".join(cell.headers)
    if (
        mention.kind is not Kind.PERCENT
        or not _GROWTH.search(head)
        or mention.end - mention.start < cell.end - cell.start - 2
    ):
        return mention
    basis = _BASIS.search(head)
    return replace(mention, kind=Kind.GROWTH, basis=basis[0] if basis else "")


def _measured(mention: Mention, cell: Cell) -> Mention:
    """A number in words below a unit: 420余, 3.2万 or 约15 in a column of 人次 (参与人次 too) or 万元."""
    alone = mention.end - mention.start >= cell.end - cell.start - 1
    named = cell.unit or _implied(cell)
    bare = mention.unit is None or (mention.unit == "元" and "元" not in mention.text)  # 4.2万 alone is money
    if mention.kind is not Kind.QUANTITY or not bare or not named or not alone:
        return mention
    scale, unit = units.split_scale(named.strip())
    if unit in {None, "", "%", "％", "个百分点", "百分点"}:
        return mention
    if re.search("[十百千万亿]", mention.text):
        scale = 1  # 3.2万 says its scale itself, whatever the column's
    larger = {
        name: None if value is None else value * scale
        for name, value in (
            ("value", mention.value),
            ("low", mention.low),
            ("high", mention.high),
            ("step", mention.step),
        )
    }
    return replace(mention, unit=unit, **larger)  # type: ignore[arg-type]


def _unit_place(text: str, cell: Cell) -> int:
    """Where the unit in brackets at a label's end begins (销售额（亿元）), the label's end if there is none."""
    match = _UNIT_LAST.search(text[cell.start : cell.end])
    return cell.end if match is None else cell.start + match.start()


def _subject(cell: Cell, table: Table) -> str:
    """Row labels, then column headers, without what only says that there are values."""
    parts = dict.fromkeys((*_parts(cell.labels), *_parts(cell.headers))) or [_NOISE.sub("", table.name)]
    return "".join(parts)[: phrases.LONGEST]


def _parts(headings: Sequence[str]) -> list[str]:
    """What the headings name.  A long one (a remark, the table's title) counts where no other does and it is a name."""
    parts: list[str] = []
    long: list[str] = []
    for words_ in headings:
        plain = _PART.sub("其中", words_)
        plain = _year_words().sub("", _UNIT.sub("", _NOISE.sub("", plain)))
        if plain and plain not in _empty_heads() and plain not in parts and not _COUNTS.search(plain):
            (parts if len(plain) <= _LONG_NAME else long).append(plain)
    return parts or [plain for plain in long if not _NO_NAME.search(plain)][:1]


@cache
def _empty_heads() -> frozenset[str]:
    return frozenset(words("table_heads"))


@cache
def _year_words() -> re.Pattern[str]:
    """Period words inside a header; they tell the period, not what is counted."""
    return re.compile(
        r"(?:19|20)\d\d年?度?(?:[上下]半年|第?[一二三四1-4]季度|\d{1,2}[-—~至]\d{1,2}月|\d{1,2}月份?)?"
        r"|上年同期数?|去年同期数?|(?<![较比])(?:本年度?|上年度?|去年|今年|本期|上期)"
    )


def _number(text: str, cell: Cell) -> Mention | None:
    """The mention of a typed cell, None for a year, a code or a serial number."""
    number = cell.number
    assert number is not None
    heads = (*cell.headers, *cell.labels)
    if _is_label(number, cell, heads):
        return None
    head = "".join(heads)
    if _RANK.search(head) and not cell.unit and number == number.to_integral_value() and number > 0:
        return _mention(text, cell, Kind.RANK, None)
    rising = bool(_GROWTH.search(head)) and not (
        _SHARE.search(head) and not _GROWTH.search("".join(cell.headers))
    )
    unit = (cell.unit or "").strip() or None
    percent = unit in {"%", "％"} or text[cell.start : cell.end].rstrip().endswith(("%", "％"))
    if unit in {"个百分点", "百分点"}:
        return _mention(text, cell, Kind.GROWTH, "个百分点")
    if percent or (rising and unit is None and "（" not in head):
        kind = Kind.GROWTH if rising else Kind.PERCENT
        return _mention(text, cell, kind, "%")
    scale, plain = units.split_scale(unit) if unit else (1, _implied(cell))
    return _mention(text, cell, Kind.QUANTITY, plain or _implied(cell), scale)


def _implied(cell: Cell) -> str | None:
    """The unit that the words over a column or beside a row imply, None if they imply none."""
    for words_ in (*reversed(cell.headers), *reversed(cell.labels)):
        plain = _NOISE.sub("", words_)
        if found := _COUNTED.search(plain):
            return found[0].removesuffix("数").removesuffix("次") if "数" in found[0] else found[0]
        if _PEOPLE.search(plain):
            return "人"
    return None


def _is_label(number: Decimal, cell: Cell, heads: Sequence[str]) -> bool:
    whole = number == number.to_integral_value()
    if whole and cell.unit is None and 1949 <= number <= 2100 and any(_YEARS.search(h) for h in heads):
        return True
    return whole and cell.unit is None and len(str(abs(number)).rstrip(".")) >= 11


def _mention(text: str, cell: Cell, kind: Kind, unit: str | None, scale: int = 1) -> Mention:
    number = cell.number or Decimal(0)
    exponent = number.as_tuple().exponent
    places = exponent if isinstance(exponent, int) and exponent < 0 else 0
    value = number * scale
    basis = _BASIS.search("".join(cell.headers)) or _BASIS.search("".join(cell.labels))
    return Mention(
        start=cell.start,
        end=cell.end,
        text=text[cell.start : cell.end],
        kind=kind,
        core_start=cell.start,
        core_end=cell.end,
        value=value,
        low=value,
        high=value,
        unit=unit,
        step=Decimal(scale).scaleb(places),
        basis=basis[0] if basis and kind is Kind.GROWTH else "",
        sub="cell",
    )
