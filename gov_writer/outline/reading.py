"""A source as the planner reads it: pieces of prose, each with its headings, its department and its facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from gov_writer.domain import Block, BlockKind, Fact, Source
from gov_writer.outline import captioned, topics
from gov_writer.outline.chat import is_talk, message, said_by, settled, speaker
from gov_writer.outline.enumerated import sentences
from gov_writer.outline.furniture import COVER, DAY, no_caption
from gov_writer.outline.lines import (
    TAG_DAY,
    in_third_person,
    introduced,
    is_signature,
    labelled,
    named_in,
    office_of,
    pointed,
    signed,
    untagged,
    unwrapped,
)
from gov_writer.outline.spacing import spaced
from gov_writer.outline.view import View
from gov_writer.outline.words import Words, tidy
from gov_writer.text.numerals import BEFORE_TIME

_NUMERAL = "[一二三四五六七八九十百]{1,4}"
_NUMBER = re.compile(
    rf"\s*(?:#{{1,6}}\s+|第{_NUMERAL}(?:部分|章|篇|节)[、.．:：\s]?|{_NUMERAL}[、.．]\s?|[（(]{_NUMERAL}[）)][、.．]?\s?"
    rf"|[A-H](?:[.．]\s?|、|[）)])(?=[\u4e00-\u9fff])|\d{{1,2}}(?:[.．](?!\d)|[.．](?={BEFORE_TIME})|\s?、|[）)])\s?"
    r"|[（(]\d{1,2}[）)]\s?|[①-⑳⑴-⒇]\s?|[-*+•·●○■□◆◇▪➢►★☆※◎▲△✓✔–—]+[ \t\u3000]+|[•●■◆▪➢►◎※▲✓✔]+|[–—]{1,3}(?=[\u4e00-\u9fff“]|20\d\d[\u4e00-\u9fff]))"
)
_ITEM_NUMBER = re.compile(
    rf"\s*(?:\d{{1,2}}(?:[.．](?!\d)|[.．](?={BEFORE_TIME})|\s?、|[）)])|[（(]\d{{1,2}}[）)]|[①-⑳⑴-⒇])"
)
#: The numbers of headings, which lines bear too.
_NUMBERED = re.compile(rf"\s*(?:({_NUMERAL}、)|[（(]{_NUMERAL}[）)])")

_HEADINGS = (BlockKind.HEADING, BlockKind.TITLE)
#: A mark before a line says who may read the note; a report has its own.
_INTERNAL = re.compile(r"\s*[【〔［\[]内部(?:资料|文件|材料|使用|参考|传阅)?[】〕］\]]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One sentence of a source, or one row of a table, with what stands above it.

    words: without bullet, number, tag and point marker; not yet ended with 。.
    headings: outermost first.  office: the department of its tag, heading or file, "" if none.
    block: which block it comes from, counted through the source.  point: the ordinal of its 一是, 0 if none.
    item: the block was a numbered line.  listed: it was a line of a list.  mark: its bullet or number, by kind (1. （1） ① -).
    begins: it begins its block.
    bare: it is all of its block, which is no list line.  label: what stands before its colon (群租房：摸排1204户).  hint: what the table or heading says besides.
    row: of a table.  ahead: its goals of a later year.
    """

    words: Words
    source: Source
    locator: str
    headings: tuple[str, ...] = ()
    office: str = ""
    block: int = 0
    point: int = 0
    item: bool = False
    listed: bool = False
    mark: str = ""
    begins: bool = False
    after_colon: bool = False
    bare: bool = False
    label: str = ""
    row: bool = False
    ahead: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a source.  level: counted from 1.  words: without its number."""

    words: Words
    level: int
    locator: str
    numbered: bool = False


@dataclass(slots=True)
class Reading:
    """A source as a sequence of headings and pieces.  title: its title line, "" if it has none."""

    source: Source
    nodes: list[Heading | Piece] = field(default_factory=list)
    title: Words = field(default_factory=lambda: Words(""))

    @property
    def pieces(self) -> list[Piece]:
        return [node for node in self.nodes if isinstance(node, Piece)]

    @property
    def headings(self) -> list[Heading]:
        return [node for node in self.nodes if isinstance(node, Heading)]


def read(source: Source, facts: Sequence[Fact]) -> Reading:
    """The source's headings and pieces; table rows are left to ``tables``."""
    reader = _Reader(source, facts)
    blocks = source.blocks or _whole(source)
    for index, block in enumerate(blocks[: _body(source, blocks)]):
        if block.kind is not BlockKind.ROW and not source.is_secret(block.start):
            reader.take(block, index)
    return _in_third_person(_with_intros(reader.result))


class _Reader:
    """Takes a source's blocks one after the other.  above: the headings over the next one, with their levels."""

    def __init__(self, source: Source, facts: Sequence[Fact]) -> None:
        self.view = View(source, facts)
        self.markdown = source.path.lower().endswith((".md", ".markdown"))
        self.result = Reading(source)
        self.above: list[tuple[int, str]] = []

    def take(self, block: Block, index: int) -> None:
        words = self._said(block)
        if words is None or self._names_the_source(words, block):
            return
        level = block.level if block.kind in _HEADINGS else _late_level(words, block)
        if level or block.kind is BlockKind.TITLE:
            self._heads(_heading(words, max(level, 1), block, self.markdown, _NUMBER.match(words.text)))
            return
        if (deeper := _depth(words)) is not None:
            self.above = [entry for entry in self.above if entry[0] < deeper]
        above = tuple(text for _, text in self.above)
        self.result.nodes += _pieces(
            self.view, words, block, index=index, above=above, markdown=self.markdown
        )

    def _said(self, block: Block) -> Words | None:
        """The words of a block without what is said about the note or by whom; None for one that says nothing."""
        words = self.view.words(self.view.at(block.start), self.view.at(block.end))
        if not words.text.strip() or _is_rule(words.text) or captioned.LINE.fullmatch(words.text):
            return None
        marked = _INTERNAL.match(words.text)
        if marked is not None and not words.holds(0, marked.end()):
            words = words.part(marked.end(), len(words.text))
        if (spoken := message(words)) is not None:
            words = spoken[0]
            self._under(spoken[1] if office_of(spoken[1]) else "")
        return None if is_talk(words.text) and not words.slots else words

    def _names_the_source(self, words: Words, block: Block) -> bool:
        """Whether a line is no content but the title, a speaker, a signature or a cover: that is noted, and it is done with."""
        result = self.result
        untitled = not result.nodes and not result.title.text
        if block.kind is BlockKind.TITLE and untitled:
            result.title = _clean(words, self.markdown)
        elif (who := said_by(words.text)) is not None and not words.slots:
            self._under(speaker(who) or (who if office_of(who) else ""))
        elif (office := signed(words)) is not None:
            result.title = office if untitled else result.title
            self._under("")
        elif untitled and _is_cover(words):
            result.title = _clean(words, self.markdown)
        else:
            return False
        return True

    def _under(self, office: str) -> None:
        """What comes next is an office's, or nobody's."""
        self.above = [(1, office)] if office else []

    def _heads(self, heading: Heading) -> None:
        self.above = [entry for entry in self.above if entry[0] < heading.level]
        if heading.words.text:
            self.above.append((heading.level, heading.words.text))
            self.result.nodes.append(heading)


def _depth(words: Words) -> int | None:
    """The level that a numbered line has among the headings (（三）建阵地：36个 is beside （二）建机制), None for others."""
    if _ITEM_NUMBER.match(words.text):
        return 3
    match = _NUMBERED.match(words.text)
    if match is None or words.holds(0, match.end()):
        return None
    return 1 if match[1] else 2


def _body(source: Source, blocks: Sequence[Block]) -> int:
    """How many blocks stand before the signature (an office, who wrote it, the day) at a note's end."""
    count, signatures = len(blocks), 0
    while count > 1 and blocks[count - 1].kind is not BlockKind.ROW:
        text = source.text[blocks[count - 1].start : blocks[count - 1].end]
        if signatures < 2 and is_signature(text):
            signatures += 1
        elif text.strip() and not DAY.fullmatch(text):
            break
        count -= 1
    return count


def _is_cover(words: Words) -> bool:
    """A first line that names the whole (…年终材料汇总！（各办自报）) is a title, not something to tell."""
    return not words.slots and len(words.text) <= 80 and bool(COVER.fullmatch(words.text))


def _whole(source: Source) -> list[Block]:
    """Lines as blocks, for a source that came without any."""
    found, at = [], 0
    for number, line in enumerate(source.text.split("\n"), 1):
        found.append(Block(start=at, end=at + len(line), locator=f"第{number}行"))
        at += len(line) + 1
    return found


def _is_rule(text: str) -> bool:
    return not any(c.isalnum() for c in text) or _PAGE.fullmatch(text) is not None


def _late_level(words: Words, block: Block) -> int:
    """A heading that only the readable text shows (scraped noise hid it from the reader)."""
    text = words.text.strip()
    if block.kind is not BlockKind.PARAGRAPH or len(text) > 45 or text[-1] in "。；，,;":
        return 0
    if any(re.search("[：:]", words.text[:start]) for start, _, _ in words.slots):
        return 0  # （五）动物防疫：免疫生猪1.2万头
    match = re.match(rf"(?:({_NUMERAL}[、.．])|([（(]{_NUMERAL}[）)]))", text)
    return 0 if match is None else (1 if match[1] else 2)


def _heading(words: Words, level: int, block: Block, markdown: bool, number: re.Match[str] | None) -> Heading:
    if number is not None and not words.holds(0, number.end()):
        words = words.part(number.end(), len(words.text))
    cleaned = _clean(words, markdown)
    dated = TAG_DAY.search(cleaned.text)
    if dated is not None and dated.start() and not cleaned.holds(dated.start(), dated.end()):
        cleaned = cleaned.part(0, dated.start())
    return Heading(words=cleaned, level=level, locator=block.locator, numbered=number is not None)


def bare(words: Words, *, markdown: bool) -> Words:
    """A line without bullet, number and markup."""
    number = _NUMBER.match(words.text)
    while number is not None and number.end() and not words.holds(0, number.end()):
        words = words.part(number.end(), len(words.text))
        number = _NUMBER.match(words.text)
    return _clean(words, markdown)


def _clean(words: Words, markdown: bool) -> Words:
    return tidy(words, markdown=markdown).stripped()


def _pieces(
    view: View, words: Words, block: Block, *, index: int, above: tuple[str, ...], markdown: bool
) -> Iterator[Piece]:
    own = _ITEM_NUMBER.match(words.text)
    numbered = own is not None
    begun = int(re.sub(r"\D", "", own[0]) or 0) if own is not None else 0
    number = _NUMBER.match(words.text)
    item = numbered or block.kind is BlockKind.ITEM
    counts = number is not None and not words.holds(0, number.end())
    mark = _kind_of(number.group().strip()) if counts and number is not None else ""
    mark = mark or ("-" if block.kind is BlockKind.ITEM else "")
    if number is not None and not words.holds(0, number.end()):
        words = words.part(number.end(), len(words.text))
    words = unwrapped(tidy(spaced(introduced(words)), markdown=markdown))
    words, office = untagged(words)
    words, inner = labelled(pointed(settled(settled(words))), above)
    words = settled(words)
    item = item or inner != above
    inner_label = inner[-1] if len(inner) > len(above) else ""
    above = inner
    first = True
    for part, point in sentences(words, begun=begun):
        kept = part.stripped()
        if not any(c.isalnum() for c in kept.text):
            continue
        yield Piece(
            words=kept,
            source=view.source,
            locator=block.locator,
            headings=above,
            office=office,
            block=index,
            point=point,
            item=item and numbered,
            listed=item,
            mark=mark,
            begins=first,
            label=inner_label if first else "",
            bare=first
            and part.text.rstrip()[-1:] != "。"
            and len(part.text.rstrip()) == len(words.text.rstrip())
            and not item,
            after_colon=part.text.rstrip().endswith(("：", ":")),
        )
        first = False


def _with_intros(result: Reading) -> Reading:
    """A short line that ends in a colon, or has no end at all, stands above the lines that follow it."""
    nodes: list[Heading | Piece] = []
    intro = ""
    intro_headings: tuple[str, ...] = ()
    opens_list, intro_mark = False, ""
    for place, node in enumerate(result.nodes):
        over = isinstance(node, Piece) and node.begins and node.mark in ("", intro_mark)
        if intro and opens_list and over:
            intro = ""  # the list below it is over
        if isinstance(node, Heading):
            intro = ""
        elif _introduces(node, result.nodes[place + 1 : place + 2], intro):
            intro, intro_headings = node.words.text, node.headings
            below = result.nodes[place + 1] if place + 1 < len(result.nodes) else None
            opens_list = isinstance(below, Piece) and bool(below.mark) and below.mark != node.mark
            intro_mark = node.mark
            continue
        elif intro and node.headings[: len(intro_headings)] == intro_headings:
            node = replace(node, headings=(*intro_headings, intro, *node.headings[len(intro_headings) :]))
        nodes.append(node)
    result.nodes = nodes
    return result


def _in_third_person(result: Reading) -> Reading:
    """Where an office calls itself 我办, its name instead, if the note tells it."""
    if not re.search("我[们办科所站中队部]|本[办科部站中]", result.source.text):
        return result
    whole = named_in(result.title.text)
    for place, node in enumerate(result.nodes):
        if isinstance(node, Piece):
            above = next((h for h in reversed(node.headings) if office_of(h)), "")
            office = node.office or above or whole
            words = in_third_person(node.words, office) if office else node.words
            result.nodes[place] = replace(node, words=words) if words is not node.words else node
    return result


#: Lines of a list of plans, not headings: 创建省级农业强镇.
_INTENT = re.compile(
    r"争?创建?|力争|确保|启动|推进|谋划|完成|建成|新建|打造|申报|培育|深化|加强|抓好|做好|继续|完善|持续"
)
#: － 2 －, at the foot of a page
_PAGE = re.compile(r"\s*[-－—–]\s*\d{1,3}\s*[-－—–]\s*")
_THING = re.compile(r"[\u4e00-\u9fff、“”]{2,12}")
_YEAR = re.compile(r"20\d\d年?")


def _kind_of(mark: str) -> str:
    """1. for 1、 and 2), （1） for (2), ① for ②, else -."""
    if mark[0] in "（(":
        return "（1）"
    return "1." if mark[0].isdigit() else ("①" if mark[0] in "①②③④⑤⑥⑦⑧⑨⑩" else "-")


def _introduces(node: Piece, after: Sequence[Heading | Piece], intro: str) -> bool:
    text = node.words.text
    if node.words.slots or node.row or len(text) > 24 or not node.begins or no_caption(text):
        return False
    if node.after_colon:
        return True
    below = after[0] if after and isinstance(after[0], Piece) else None
    if topics.is_plan_heading(intro or "".join(node.headings[-1:])) and _INTENT.match(text):
        return False
    if node.mark and below is not None and below.mark not in ("", node.mark) and _THING.fullmatch(text):
        return True  # 1、消防, with （1） below
    heads = topics.is_problem_heading(text) or topics.is_plan_heading(text)
    follows = below is not None and (heads or bool(below.words.slots or below.listed or below.point))
    dated = _YEAR.sub("", text)  # 2026年打算
    return node.bare and len(text) <= 12 and not re.search(r"[。，；！？了\d]", dated) and follows
