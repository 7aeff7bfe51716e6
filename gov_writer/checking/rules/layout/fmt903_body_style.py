"""FMT903: running text is not in 仿宋 三号 with two characters' indent, or mixes typefaces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.layout import looks
from gov_writer.domain import Block, Finding, Layout, ParagraphLook, Severity
from gov_writer.ooxml import standard
from gov_writer.text.lazy import lazy

_CLAUSE = lazy(r"[，。；：、]")
_WANTED = "仿宋三号"
#: Places of mixed typefaces that are listed; more tell nothing new.
_MIXED = 20
#: Of fewer paragraphs nobody can say what most of them do.
_FEW = 4


class BodyStyle(Rule):
    code = "FMT903"
    name = "body-style"
    severity = Severity.WARNING
    title = "正文的字体、字号、缩进或行距不合标准"
    why = "正文一律用三号仿宋，每段首行缩进二字；从别处粘贴来的文字常带着别的字体。"
    bad = "正文用宋体小四，段首敲了空格又设缩进"
    good = "正文用三号仿宋，首行缩进二字"
    authority = Citation(
        "GB/T 9704-2012", "5.2.2、5.2.3、7.3.3", "一般用3号仿宋体字；每面排22行；每个自然段左空二字，回行顶格"
    )

    def check(self, case: Case) -> Iterable[Finding]:
        layout = case.draft.layout
        if layout is None:
            return
        blocks = looks.body_blocks(case, layout)
        yield from self._fonts(case, layout, blocks)
        yield from self._indents(case, layout, blocks)
        yield from self._lines(case, blocks)
        yield from self._mixed(case, layout, blocks)

    def _fonts(
        self, case: Case, layout: Layout, blocks: list[tuple[Block, ParagraphLook]]
    ) -> Iterable[Finding]:
        groups: dict[str, list[Block]] = {}
        for block, _ in blocks:
            look = looks.look_of(case, layout, block.start, block.end)
            if look and (look.family != standard.BODY.family or look.size != standard.BODY.size):
                groups.setdefault(look.words(), []).append(block)
        for now, found in groups.items():
            many = f"（共{len(found)}段）" if len(found) > 1 else ""
            yield self._on(case, found[0], f"正文用的是{now}{many}，标准（5.2.2）是{_WANTED}。", _WANTED)

    def _indents(
        self, case: Case, layout: Layout, blocks: list[tuple[Block, ParagraphLook]]
    ) -> Iterable[Finding]:
        wrong: list[Block] = []
        typed: list[Block] = []
        for block, paragraph in blocks:
            lead = case.text[paragraph.start : block.start]
            if lead.strip() or case.text[paragraph.start : block.end].rstrip().endswith(("：", ":")):
                continue
            if not 180 <= looks.first_line(paragraph, lead, layout) <= 220:
                (typed if lead else wrong).append(block)
        for found, fault in ((typed, "段首空格加缩进不是二字"), (wrong, "段首没有缩进二字")):
            if found:
                many = f"（共{len(found)}段）" if len(found) > 1 else ""
                yield self._on(
                    case, found[0], f"{fault}{many}，标准（7.3.3）是首行缩进二字。", "首行缩进二字"
                )

    def _lines(self, case: Case, blocks: list[tuple[Block, ParagraphLook]]) -> Iterable[Finding]:
        """Paragraphs whose lines stand closer or wider than those of most others."""
        if len(blocks) < _FEW:
            return
        counts = Counter((paragraph.line, paragraph.rule) for _, paragraph in blocks)
        usual, count = counts.most_common(1)[0]
        others = [block for block, paragraph in blocks if (paragraph.line, paragraph.rule) != usual]
        if others and count * 4 >= len(blocks) * 3:
            many = f"（共{len(others)}段）" if len(others) > 1 else ""
            message = f"行距和多数段落不同{many}，标准（5.2.3）是每页22行，各行等距。"
            yield self._on(case, others[0], message, "与其他段落相同的行距", severity=Severity.INFO)

    def _mixed(
        self, case: Case, layout: Layout, blocks: list[tuple[Block, ParagraphLook]]
    ) -> Iterable[Finding]:
        count = 0
        for block, _ in blocks:
            most = looks.look_of(case, layout, block.start, block.end)
            for look in looks.characters(layout, block.start, block.end):
                start, end = max(block.start, look.start), min(block.end, look.end)
                own = looks.Look(look.font, look.size)
                same = most is None or (own.family == most.family and own.size == most.size)
                if same or not look.font or not looks.HAN.search(case.text, start, end):
                    continue
                count += 1
                if count > _MIXED:
                    return
                assert most is not None
                message = f"这几个字是{own.words()}，同段其余是{most.words()}。"
                yield self.found(case, start, end, looks.mended(message), expected=most.words())

    def _on(
        self, case: Case, block: Block, message: str, expected: str, *, severity: Severity | None = None
    ) -> Finding:
        stop = _CLAUSE.search(case.text, block.start, block.end)
        end = stop.start() if stop else block.end
        return self.found(case, block.start, end, looks.mended(message), severity=severity, expected=expected)
