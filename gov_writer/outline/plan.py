"""The plan of a report: which sections, and in each what the notes have to say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from gov_writer.domain import (
    Brief,
    Fact,
    Genre,
    Kind,
    Ledger,
    Opens,
    Outline,
    Period,
    Section,
    Source,
    Statement,
    Theme,
    Unused,
)
from gov_writer.errors import GovWriterError
from gov_writer.matching.passages.orders import gives_orders
from gov_writer.outline import ahead, attachments, grouping, place, report, situation, topics
from gov_writer.outline.build import Frame, gathered
from gov_writer.outline.composition import all_parts, genres
from gov_writer.outline.genre import guessed, name_of
from gov_writer.outline.lines import in_first_person
from gov_writer.outline.matter import one_matter, state_of
from gov_writer.outline.paragraphs import Guide, run
from gov_writer.outline.reading import Piece, Reading, read
from gov_writer.outline.roles import Role, is_of_event, role_of, roles
from gov_writer.outline.sections import level_one
from gov_writer.outline.select import Selection, select
from gov_writer.outline.style import style_of
from gov_writer.text.todo import todo

_UNIT = re.compile(
    r"(?:^|(?<=[\s，,。；;：:、（(“《])|(?<=我是|担任|现任))(?:[\u4e00-\u9fff]{1,6}?[省市区县])?([\u4e00-\u9fff]{2,4}?(?:街道|镇|乡))"
)
_NO_UNIT = re.compile(
    r"[各全本我该这每某的是们了在到与和及以为由被把让使成务任]|^(?:城|乡|街|村|所在|社区|辖区)|[城乡村街]镇$"
)
_MASKED_UNIT = re.compile(r"[*＊×XＸx某]+\s*(?:街道|镇|乡)")


def plan(brief: Brief, ledger: Ledger, examples: Sequence[Source] = ()) -> Outline:
    """What to write, in order.  Every counted fact is in one statement or heading, or in ``unused``.

    examples show form alone; nothing they say gets into the outline.
    """
    readings = [read(source, ledger.of(source.id)) for source in ledger.sources]
    for reading in readings:
        attachments.moved(reading)
    filled, noticed = _filled(brief, ledger, readings)
    genre: dict[str, Any] = genres()["genres"][filled.genre.value]
    chosen = select(ledger, readings, period=filled.period, strict_period=brief.period is not None)
    if filled.genre is Genre.DUTY_REPORT:
        for reading in chosen.readings:
            reading.nodes = [
                replace(node, words=in_first_person(node.words)) if isinstance(node, Piece) else node
                for node in reading.nodes
            ]
    named = [piece for reading in chosen.readings for piece in attachments.taken(reading)]
    facts = {fact.id: fact for fact in ledger.facts}
    local = frozenset(s.id for s in ledger.sources if s.classified)
    frame = Frame(facts=facts, period=filled.period, local=local)
    style = style_of([example for example in examples if not gives_orders(example.text[:2000])])
    guide = Guide(brief=filled, style=style, frame=frame, genre=genre, when=when(filled.period))
    opening, sections = _sections(chosen, guide)
    attached = _attached(filled, attachments.names(named, frame))
    opening, sections = _rescued(opening, sections, attached, chosen, ledger, frame)
    if not _tells(sections):
        opening, sections = [], _all_in_one(opening, sections, guide)
    sections = place.complete(sections, guide)
    genre = guide.genre
    titles = [filled.title or "", *(reading.title.text for reading in readings if guide.event)]
    whole = guide.genre["split"] == "overview"
    matter = next(filter(None, map(state_of, titles)), "") if whole else ""
    formulas = ["", f"现将{matter}报告如下。"] if matter else genre["opening"]
    told = bool(opening) or guide.event or bool(matter)
    opening = [*opening, *_formulas(formulas, guide, sections, told=told)]
    sections, unmet = place.themes_placed(filled.themes, tuple(opening), sections)
    marked = tuple(place.marked(section, filled.engine.local_only_sections) for section in sections)
    planned = not guide.ahead and any(topics.is_plan_heading(section.heading) for section in marked)
    return Outline(
        brief=filled,
        title=filled.title or title_of(filled, genre, when=guide.when, planned=planned),
        sections=marked,
        opening=tuple(opening),
        closing=tuple(Statement(text=text) for text in genre["closing"]),
        unused=_unused(chosen, ledger),
        unmet_themes=unmet,
        warnings=(*noticed, *_example_warnings(examples), *chosen.warnings, *_todo_warnings(unmet, marked)),
        signature=_signature(filled),
        attachments=attached,
    )


def _sections(chosen: Selection, guide: Guide) -> tuple[list[Statement], tuple[Section, ...]]:
    brief, frame = guide.brief, guide.frame
    prose = [reading for reading in chosen.readings if reading.pieces]
    if not brief.sections and report.is_report(prose):
        reading = prose[0]
        names = {key: getattr(guide.style, key) or guide.genre[key] for key in ("problems", "plans")}
        opening, kept = report.keep(
            reading, [row for rows in chosen.rows.values() for row in rows], frame, names
        )
        if len(kept) >= 3 or (len(kept) == 2 and any(section.children for section in kept)):
            return opening, kept
    meant = roles(brief.sections)
    event = guide.genre["split"] == "overview" and (
        not brief.sections or (bool(meant) and all(map(is_of_event, brief.sections)))
    )
    guide.event = event and situation.is_event(brief, chosen.readings)
    if one_matter(brief) and not brief.sections and not guide.event:
        guide.matter = True
        guide.brief = brief = replace(
            brief, sections=(guide.style.overview or "基本情况", guide.style.work or guide.genre["work"])
        )
        meant = roles(brief.sections)
    found, homes = grouping.group(chosen.readings, chosen.rows, frame, brief.sections, event=guide.event)
    for piece in found.scope:
        chosen.unused.update(dict.fromkeys(piece.words.facts, "out of scope"))
    if found.scope:
        chosen.warnings.append(
            f"任务书的 sections 里没有位置，{len(found.scope)}条材料没有写入（见溯源的 unused）。"
        )
    ahead.turned_ahead(found, guide)
    headed = level_one(found, homes, guide)
    overview = [] if guide.genre["split"] == "overview" or Role.OVERVIEW in meant.values() else found.overview
    opening = [
        replace(statement, opens=Opens.NOTHING)
        for statement in run(gathered(overview, frame), guide, Opens.NOTHING, "", apart=False)
    ]
    return opening, headed


def _tells(sections: Sequence[Section]) -> bool:
    return any(section.statements or section.slots or _tells(section.children) for section in sections)


def _all_in_one(told: Sequence[Statement], sections: Sequence[Section], guide: Guide) -> tuple[Section, ...]:
    """What would have been the opening is all there is: it becomes the body.

    Raises GovWriterError DRAFT-101 when there is nothing at all.
    """
    if not told:
        raise GovWriterError(
            "材料里没有可以写进报告的内容。",
            hint="请检查材料文件：只有标题、表头、写给模型的指令或者标明涉密的内容时，写不成报告。",
            code="DRAFT-101",
        )
    body = tuple(replace(s, opens=Opens.PARAGRAPH if i == 0 else Opens.NOTHING) for i, s in enumerate(told))
    rest = tuple(section for section in sections if section.todo or any(c.todo for c in section.children))
    work = guide.genre["work"].replace("{when}", guide.when)
    return (Section(heading=work, level=1, statements=body), *rest)


def _filled(brief: Brief, ledger: Ledger, readings: Sequence[Reading]) -> tuple[Brief, list[str]]:
    """The brief with what the sources tell, and what the user should know of it."""
    brief = replace(brief, unit=brief.unit or _unit(readings), period=brief.period or _whole(ledger.period))
    found = guessed(brief, readings)
    if found is None:
        return brief, []
    genre, words = found
    notice = f"没有指明文种，标题里有“{words}”，按“{name_of(genre)}”起草；不对时请在任务书里写上 genre。"
    return replace(brief, genre=genre), [notice]


def _whole(period: Period | None) -> Period | None:
    return period if period is not None and period.start is not None and period.end is not None else None


def _unit(readings: Sequence[Reading]) -> str | None:
    """The street that the sources name most often; None if they name none, or hide it."""
    names: Counter[str] = Counter()
    for reading in readings:
        if _MASKED_UNIT.search(reading.source.text[:200_000]):
            return None
        above = [heading.words.text for heading in reading.headings]
        tables = [
            reading.source.text[cell.start : cell.end]
            for table in reading.source.tables
            for cell in table.cells[:12]
            if cell.number is None
        ]
        names_of_tables = [table.name for table in reading.source.tables]
        told = [p.words.text for p in reading.pieces]
        text = "\n".join([reading.title.text, *above, *told, *names_of_tables, *tables])[:200_000]
        for match in _UNIT.finditer(text):
            if not _NO_UNIT.search(match[1].removesuffix("街道").removesuffix("镇").removesuffix("乡")):
                names[match[1]] += 1
    if not names:
        return None
    top = max(names.values())
    return min(name for name, count in names.items() if count == top)


def when(period: Period | None) -> str:
    """2025年, 2025年上半年, 2025年第三季度, 2025年3月, 2025年1—10月; "" if unknown."""
    if period is None or period.start is None or period.end is None:
        return ""
    start, end = period.start, period.end
    if start.year != end.year:
        return f"{start.year}—{end.year}年"
    year, first, last = f"{start.year}年", start.month, end.month
    quarter = {(1, 3): "第一季度", (4, 6): "第二季度", (7, 9): "第三季度", (10, 12): "第四季度"}
    if (first, last) == (1, 12):
        return year
    if (first, last) in ((1, 6), (7, 12)):
        return year + ("上半年" if first == 1 else "下半年")
    if (first, last) in quarter:
        return year + quarter[(first, last)]
    return f"{year}{first}月" if first == last else f"{year}{first}—{last}月"


def title_of(brief: Brief, genre: dict[str, Any], *, when: str, planned: bool) -> str:
    template: str = genre.get("title_with_plan", genre["title"]) if planned else genre["title"]
    return template.replace("{unit}", brief.unit or "").replace("{when}", when)


def _formulas(
    templates: Sequence[str], guide: Guide, sections: Sequence[Section], *, told: bool
) -> tuple[Statement, ...]:
    """The opening formula.  told: its first sentence is left out, since the notes give an opening of their own."""
    fields = [name for name in (_plain(s.heading) for s in _fields(sections)) if name != "其他工作"][:4]
    one = one_matter(guide.brief)
    values = {
        "unit": guide.brief.unit or "街道",
        "when": guide.when,
        "topics": one or (f"{'、'.join(dict.fromkeys(fields))}等" if fields else ""),
    }
    made = []
    for index, template in enumerate(templates):
        if index == 0 and (told or not values["topics"]):
            continue
        text = template
        for key, value in values.items():
            text = text.replace("{" + key + "}", value)
        made.append(Statement(text=text.removeprefix("，")))
    return tuple(made)


def _fields(sections: Sequence[Section]) -> list[Section]:
    work = [
        s for s in sections if not (topics.is_plan_heading(s.heading) or topics.is_problem_heading(s.heading))
    ]
    children = [child for section in work for child in section.children]
    return [s for s in (children or work) if role_of(s.heading) is None and not s.slots]


_ANY_WORK = re.compile("(?:分管|主管|主要|重点|具体|联系|其他)?工作(?:情况)?")


def _plain(heading: str) -> str:
    """坚持党建引领，抓好基层组织建设 → 党的建设, by the table; other headings are cut at their first comma.

    Of 分管工作——征收和项目 the latter half is what it is about.
    """
    for entry in all_parts():
        if heading in (entry["verb"], entry["noun"]):
            return str(entry["plain"])
    before, _, after = re.split(r"[，,：:。；]", heading)[0].partition("——")
    return after if after and _ANY_WORK.fullmatch(before) else before


def _signature(brief: Brief) -> tuple[str, ...]:
    if brief.unit is None:
        return ()
    day = brief.as_of
    return (brief.unit, _day(day)) if day is not None else (brief.unit,)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _facts_in(statements: Sequence[Statement], sections: Sequence[Section]) -> set[str]:
    found = {fact for statement in statements for _, _, fact in statement.slots}
    for section in sections:
        found |= {fact for _, _, fact in section.slots}
        found |= _facts_in(section.statements, section.children)
    return found


def _attached(brief: Brief, named: Sequence[Statement]) -> tuple[Statement, ...]:
    """The brief's attachments, then those of the notes that it does not name."""
    told = {statement.text: statement for statement in named}
    own = [told.pop(name, Statement(text=name)) for name in brief.attachments]
    return (*own, *told.values())


def _rescued(
    opening: list[Statement],
    sections: tuple[Section, ...],
    attached: tuple[Statement, ...],
    chosen: Selection,
    ledger: Ledger,
    frame: Frame,
) -> tuple[list[Statement], tuple[Section, ...]]:
    """Facts that no piece carried (a title, a heading that became none): said in their own sentence.

    A title's facts are told where the opening stands, others at the end of the first section; a day in a title that
    the text names too (强降雨应对情况 of 7月28日) is told once.
    """
    told = _facts_in([*opening, *attached], sections)
    done = told | set(chosen.unused)
    lost = []
    days = {_day_of(f): f.id for f in reversed(ledger.facts) if f.id in told}
    for fact in (f for f in ledger.facts if f.counted and f.id not in done):
        if (day := _day_of(fact)) is not None and day in days:
            chosen.unused[fact.id] = f"repeats {days[day]}"
        else:
            lost.append(fact)
    if not lost:
        return opening, sections
    return [*place.rescued(lost, chosen, frame), *opening], sections


def _day_of(fact: Fact) -> date | None:
    mention = fact.mention
    return mention.date_start if fact.kind is Kind.DATE and mention.date_start == mention.date_end else None


def _unused(chosen: Selection, ledger: Ledger) -> tuple[Unused, ...]:
    return tuple(Unused(fact=f.id, reason=chosen.unused[f.id]) for f in ledger.facts if f.id in chosen.unused)


def _example_warnings(examples: Sequence[Source]) -> list[str]:
    found: list[str] = []
    for example in examples:
        text = example.text[:200_000]
        places = [b.locator for b in example.blocks if gives_orders(text[b.start : b.end])]
        if places or any(gives_orders(line) for line in text.split("\n")):
            where = (places[0] + ("等处" if len(places) > 1 else "")) if places else "里"
            found.append(f"范文“{example.path}”{where}有像是写给模型的指令，没有采用。")
    return found


def _todo_warnings(unmet: Sequence[Theme], sections: Sequence[Section]) -> list[str]:
    names = {theme.name for theme in unmet}
    empty = [
        name
        for section in sections
        for part in (section, *section.children)
        for name in part.todo
        if name not in names
    ]
    return [f"材料里没有写到必备主题“{name}”，草稿留有{todo(name)}。" for name in (t.name for t in unmet)] + [
        f"材料里没有可以写进“{name}”的内容，草稿留有{todo(name)}。" for name in empty
    ]
