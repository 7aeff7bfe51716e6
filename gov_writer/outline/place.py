"""The last touches to the sections: required themes, two parts at least, what must stay on the machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gov_writer.domain import Fact, Opens, Section, Statement, Theme
from gov_writer.matching.passages.orders import gives_orders
from gov_writer.outline import themes, topics
from gov_writer.outline.build import Frame
from gov_writer.outline.composition import genres
from gov_writer.outline.paragraphs import Guide
from gov_writer.outline.reading import bare
from gov_writer.outline.roles import Role, role_of
from gov_writer.outline.select import Selection
from gov_writer.outline.sentences import finished
from gov_writer.outline.withhold import without_personal
from gov_writer.outline.words import Slot, Words
from gov_writer.text import sentences as sentence_spans
from gov_writer.text.clean import readable


def complete(sections: tuple[Section, ...], guide: Guide) -> tuple[Section, ...]:
    """At least two level-1 parts, with level-2 headings where there are two only."""
    if not sections:
        sections = (Section(heading=guide.genre["work"].replace("{when}", guide.when), level=1),)
    filler = genres()["filler"]
    if len(sections) == 1 and topics.is_plan_heading(sections[0].heading):
        filler = genres()["filler_of_plans"]
    if len(sections) == 1:
        children = tuple(
            Section(
                heading=part["heading"], level=2, statements=(Statement(text=part["text"], planned=True),)
            )
            for part in (filler["first"], filler["second"])
        )
        sections = (*sections, Section(heading=filler["heading"], level=1, children=children))
    if len(sections) == 2 and not any(section.children for section in sections):
        first = sections[0]
        if first.statements:
            child = Section(heading=_child_heading(first), level=2, statements=first.statements)
            sections = (replace(first, statements=(), children=(child,)), sections[1])
    return sections


def _child_heading(section: Section) -> str:
    topic = topics.best(topics.score(" ".join(s.text for s in section.statements)))
    part = genres()["parts"][topics.part_of(topic or "其他")]
    heading = str(part["noun"])
    return heading if heading != section.heading else "总体情况"


def marked(section: Section, local_only: Sequence[str]) -> Section:
    """With ``local_only`` where the brief, or a classified source in it, asks for it.

    A name of the brief's list holds for headings that contain it, for our own headings of the parts that
    it means (安全稳定: 守牢安全底线…), and for every statement about these parts, wherever it stands.
    """
    return _marked(section, local_only, _parts_meant(local_only))


def _marked(section: Section, names: Sequence[str], parts: frozenset[str]) -> Section:
    data = genres()["parts"]
    ours = {str(data[part][key]) for part in parts for key in ("verb", "noun")}
    meant = role_of(section.heading)
    named = any(name in section.heading for name in names) or section.heading in ours
    named = named or (meant in _UNDONE and any(role_of(name) is meant for name in names))
    children = tuple(_marked(child, names, parts) for child in section.children)
    if named:
        children = tuple(replace(child, local_only=True) for child in children)
    statements = tuple(
        replace(s, local_only=True) if named or (parts and _about(s, parts)) else s
        for s in section.statements
    )
    kept = named or (bool(statements) and all(statement.local_only for statement in statements))
    return replace(section, children=children, statements=statements, local_only=kept)


#: 困难和问题 of the brief means the part for problems, whatever its heading.
_UNDONE = (Role.PROBLEMS, Role.PLANS, Role.MIXED)


def _parts_meant(names: Sequence[str]) -> frozenset[str]:
    aliases: dict[str, list[str]] = genres()["aliases"] if names else {}
    return frozenset(p for p, words in aliases.items() if any(w in name for w in words for name in names))


def _about(statement: Statement, parts: frozenset[str]) -> bool:
    topic = topics.best(topics.score(f"{statement.lead} {statement.text}"))
    return topic is not None and topics.part_of(topic) in parts


def themes_placed(
    wanted: tuple[Theme, ...], opening: tuple[Statement, ...], sections: tuple[Section, ...]
) -> tuple[tuple[Section, ...], tuple[Theme, ...]]:
    """Note on each statement which themes it supports; move one where a theme wants a certain heading;
    leave 【待补：…】 for themes without support."""
    if not wanted:
        return sections, ()
    sections = tuple(_noted(section, wanted) for section in sections)
    unmet = []
    for theme in wanted:
        where = _supported(theme, opening, sections)
        if where is None and (headed := _headed(theme, sections)) is not None:
            sections = headed
        elif where is None:
            unmet.append(theme)
            sections = _todo(theme, sections)
        elif theme.section is not None and not any(theme.section in heading for heading in where):
            sections = _moved(theme, sections)
    return sections, tuple(unmet)


def _noted(section: Section, wanted: tuple[Theme, ...]) -> Section:
    statements = tuple(replace(s, themes=themes.of(wanted, s)) for s in section.statements)
    return replace(
        section, statements=statements, children=tuple(_noted(c, wanted) for c in section.children)
    )


def _supported(theme: Theme, opening: Sequence[Statement], sections: Sequence[Section]) -> list[str] | None:
    """The headings under which the theme is supported ("" for the opening), None if it is nowhere."""
    found = ["" for s in opening if themes.of((theme,), s)]
    todo: list[tuple[Section, tuple[str, ...]]] = [(section, (section.heading,)) for section in sections]
    while todo:
        section, path = todo.pop()
        if any(theme.name in s.themes for s in section.statements) or themes.told_below(theme, section):
            found.append(" ".join(path))
        todo += [(child, (*path, child.heading)) for child in section.children]
    return found or None


def _headed(theme: Theme, sections: tuple[Section, ...]) -> tuple[Section, ...] | None:
    """With the theme in the heading of the part that it means (党的建设: the part 党建).

    Only our own headings are reworded, and only where something below meets the theme; None otherwise.
    A theme with wordings of its own asks for these words, which no heading can supply.
    """
    part, topic = ("", "") if theme.any or theme.section else _part_named(theme.name)
    if not part:
        return None
    data = genres()["parts"][part]
    heading = f"{str(data['verb']).partition('，')[0]}，{_deed(theme.name)}"
    ours = {str(data["verb"]), str(data["noun"])}

    def reworded(section: Section) -> Section:
        named = replace(section, heading=heading)
        about = not topic or any(topics.best(topics.score(s.text)) == topic for s in section.statements)
        if section.heading in ours and about and themes.told_below(theme, named):
            return named
        return replace(section, children=tuple(reworded(child) for child in section.children))

    found = tuple(reworded(section) for section in sections)
    return found if found != sections else None


def _deed(name: str) -> str:
    """A theme's name as what is done: 抓好安全生产, 优化营商环境; a name that is a deed stays as it is."""
    if name.startswith(("优化", "保障", "改善", "维护", "全面")):
        return name
    return f"{'优化' if name.endswith('环境') else '抓好'}{name}"


def _part_named(name: str) -> tuple[str, str]:
    """The part, and its topic if only that, which a theme of this name means as a whole; "" for none."""
    data = genres()
    part = next((part for part, names in data["themes"].items() if name in names), "")
    topic = next((topic for topic, names in data["themes_of_topics"].items() if name in names), "")
    return (part, "") if part else (topics.part_of(topic) if topic else "", topic)


def _todo(theme: Theme, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """【待补：…】 under the heading that the theme names, else in the part it belongs to, else in the first that tells work."""
    topic = topics.best(topics.score(" ".join((theme.name, theme.section or ""))))
    part = genres()["parts"][topics.part_of(topic)] if topic is not None else {}
    names = [theme.section] if theme.section else []
    names += [part[key] for key in ("verb", "noun") if key in part]
    if topic is not None:  # the sections may be the brief's own, in its words
        names += genres()["aliases"].get(topics.part_of(topic), ())
    for name in names:
        for index, section in enumerate(sections):
            for place, child in enumerate(section.children):
                if name in child.heading:
                    grown = replace(child, todo=(*child.todo, theme.name))
                    return _replaced(sections, index, _with_child(section, place, grown))
            if name in section.heading:
                return _replaced(sections, index, _with_todo(section, theme.name))
    apart = (Role.OVERVIEW, Role.PROBLEMS)
    first = next((i for i, section in enumerate(sections) if role_of(section.heading) not in apart), 0)
    return _replaced(sections, first, _with_todo(sections[first], theme.name))


def _with_todo(section: Section, name: str) -> Section:
    if section.children:
        last = len(section.children) - 1
        child = section.children[last]
        return _with_child(section, last, replace(child, todo=(*child.todo, name)))
    return replace(section, todo=(*section.todo, name))


def _with_child(section: Section, place: int, child: Section) -> Section:
    return replace(section, children=(*section.children[:place], child, *section.children[place + 1 :]))


def _replaced(sections: tuple[Section, ...], index: int, section: Section) -> tuple[Section, ...]:
    return (*sections[:index], section, *sections[index + 1 :])


def _moved(theme: Theme, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Move the first supporting statement under a heading with the theme's word; make one if there is none."""
    taken: list[Statement] = []

    def without(section: Section) -> Section:
        kept = []
        for index, statement in enumerate(section.statements):
            if not taken and (theme.name in statement.themes or themes.led_by(theme, statement)):
                taken.append(
                    replace(_with_lead(statement, theme), opens=Opens.PARAGRAPH, apart=True, lead="")
                )
                after = section.statements[index + 1 : index + 2]
                if statement.lead and after and after[0].opens is Opens.NOTHING:
                    kept.append(replace(statement, text="", slots=(), themes=()))
            else:
                kept.append(statement)
        children = tuple(without(child) for child in section.children)
        return replace(section, statements=tuple(kept), children=children)

    word = theme.section or ""
    left = tuple(without(section) for section in sections)
    for index, section in enumerate(left):
        for place, child in enumerate(section.children):
            if word in child.heading:
                grown = replace(child, statements=(*child.statements, *taken))
                return _pruned(_replaced(left, index, _with_child(section, place, grown)))
        if word in section.heading and not section.children:
            return _pruned(_replaced(left, index, replace(section, statements=(*section.statements, *taken))))
    heading = word if word.endswith(("工作", "建设", "情况")) else f"{word}工作"
    host = next((i for i, section in enumerate(left) if section.children), None)
    if host is None:
        new = Section(heading=heading, level=1, statements=tuple(taken))
        return _pruned((left[0], new, *left[1:]))
    new = Section(heading=heading, level=2, statements=tuple(taken))
    return _pruned(_replaced(left, host, replace(left[host], children=(*left[host].children, new))))


def _with_lead(statement: Statement, theme: Theme) -> Statement:
    """The statement with its lead in words (志愿服务方面，…), where only the lead names the theme."""
    if theme.name in statement.themes:
        return statement
    said = f"{statement.lead}方面，"
    slots = tuple((a + len(said), b + len(said), fact) for a, b, fact in statement.slots)
    return replace(statement, text=said + statement.text, slots=slots, themes=(*statement.themes, theme.name))


def _pruned(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Without leads whose only sentence went away, and without empty sections."""

    def empty(section: Section) -> bool:
        told = any(s.text for s in section.statements) or section.slots or section.todo
        return not told and all(empty(child) for child in section.children)

    kept = []
    for section in sections:
        children = tuple(child for child in section.children if not empty(child))
        if not empty(section):
            kept.append(replace(section, children=children))
    return tuple(kept)


def rescued(lost: Sequence[Fact], chosen: Selection, frame: Frame) -> list[Statement]:
    """A sentence for each fact that no piece carried, as its source has it."""
    found: list[Statement] = []
    groups: dict[tuple[str, int, int], list[Fact]] = {}
    for fact in lost:
        groups.setdefault((fact.source, *fact.sentence), []).append(fact)
    for (source_id, *_), facts in groups.items():
        source = next(r.source for r in chosen.readings if r.source.id == source_id)
        said = bare(_sentence(source.text, facts), markdown=source.path.endswith(".md"))
        said, _ = without_personal(said)
        held = {fact.id for fact in facts} - set(said.facts)
        if gives_orders(said.text):
            held = {fact.id for fact in facts}
        chosen.unused.update(dict.fromkeys(held, "withheld"))
        if held == {fact.id for fact in facts}:
            continue
        for words in finished(said):
            found.append(
                Statement(
                    text=words.text,
                    slots=words.slots,
                    source=source_id,
                    locator=facts[0].locator,
                    local_only=source_id in frame.local,
                )
            )
    return found


def _sentence(text: str, facts: Sequence[Fact]) -> Words:
    start, end = facts[0].sentence
    if not all(start <= fact.start and fact.end <= end for fact in facts):
        spans = [span for span in sentence_spans(text) if span[0] <= facts[0].start < span[1]]
        start, end = spans[0] if spans else (facts[0].start, facts[-1].end)
    mapped = readable(text[start:end])
    slots: list[Slot] = []
    for fact in sorted(facts, key=lambda f: f.start):
        if mapped.starts is None:
            slots.append((fact.start - start, fact.end - start, fact.id))
        else:
            inside = [i for i, at in enumerate(mapped.starts) if fact.start - start <= at < fact.end - start]
            if inside:
                slots.append((inside[0], inside[-1] + 1, fact.id))
    return Words(mapped.text, tuple(slots))
