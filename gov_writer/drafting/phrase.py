"""Ask a model for the prose of sections, keep what may stand, and let the builtin writer say the rest.

Sections, and the parts of a long one, are asked for side by side, what takes longest first, so that all is done soonest.
Whatever the engine does, ``Phraser.run`` returns by the desk's deadline with what is done by then; a section that is
missing, or of which too little may stand, is written by ``builtin``.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from gov_writer.domain import Section, SectionProse, SectionTrace, Statement
from gov_writer.drafting.accept import judge, prepare
from gov_writer.drafting.assemble import Block, Part, arranged, blocks_of, stretches_of
from gov_writer.drafting.growing import shown
from gov_writer.drafting.prose import builtin, told
from gov_writer.drafting.questions import Manner, Questions, order_of
from gov_writer.drafting.slots import leans, sheet_of
from gov_writer.llm import Answer, Desk, Fault, Request

#: (what the model said, what the notes say) per sentence -> the numbers of those that may not stand.
Verify = Callable[[Sequence[tuple[str, str]]], set[int]]
#: (number of the section, its prose), as soon as it is final; called in the thread that wrote it
Written = Callable[[int, SectionProse], None]
#: (number of the section, state, characters so far): 等待 写作 核对 重写 完成 部分自写 自写
Watch = Callable[[int, str, int], None]

#: (number of the section, what the model has said of it so far), unjudged, a few times a second at most
Growing = Callable[[int, str], None]

_MOST_CHARS, _MOST_UNITS = 700, 14
_FINDINGS, _FINDING_CHARS = 8, 60


def unwatched(number: int, state: str, size: int) -> None:
    """Nobody looks on."""


def unheeded(number: int, prose: SectionProse) -> None:
    """Nobody waits for a section."""


def ungrown(number: int, text: str) -> None:
    """Nobody reads along."""


def unchecked(pairs: Sequence[tuple[str, str]]) -> set[int]:  # noqa: ARG001
    """No second opinion."""
    return set()


@dataclass(slots=True)
class _Work:
    """A section while it is written.  Threads share it: each writes its own parts and what is kept by their numbers;
    ``left`` is counted under the lock, and who counts it to 0 alone goes on to the end."""

    section: Section
    heading: str
    parts: list[Part]
    #: parts that are not done with yet
    left: int = 0
    #: what did not stand for other reasons than its parts', and why
    rejected: list[str] = field(default_factory=list)
    done: bool = False
    #: first statements of pieces that the second opinion doubts; None until it was asked
    doubted: set[int] | None = None
    prose: SectionProse | None = None
    #: characters that have come in, by the number of the part
    heard: dict[int, int] = field(default_factory=dict)
    #: what was said at first, as it is shown while it grows, by the number of the part
    grown: dict[int, str] = field(default_factory=dict)


class Phraser:
    """Writes sections with the model behind ``desk``.

    verify: a second opinion on finished sentences.  written: gets each section when it is final.
    growing: gets a first answer as it comes.
    """

    def __init__(
        self,
        desk: Desk,
        manner: Manner,
        *,
        verify: Verify = unchecked,
        watch: Watch = unwatched,
        written: Written = unheeded,
        growing: Growing = ungrown,
    ) -> None:
        self._desk, self._manner, self._verify, self._watch = desk, manner, verify, watch
        self._written, self._growing = written, growing
        self._questions = Questions(manner)
        self._lock = threading.Lock()
        #: the first question was answered in part, or not at all
        self._begun = threading.Event()
        #: why the run was cut short: "" or 时限 or 中断
        self.stopped = ""

    @property
    def prompts(self) -> dict[str, str]:
        """Name and sha256 of each prompt that was used."""
        return dict(self._questions.prompts)

    def run(self, sections: Sequence[tuple[Section, str]]) -> tuple[SectionProse, ...]:
        """One result per section, in order.  sections: with their numbered headings.  Returns by the deadline; Ctrl-C ends the asking, not the draft."""
        works = [self._work(section, heading) for section, heading in sections]
        waiting: queue.SimpleQueue[tuple[int, int]] = queue.SimpleQueue()
        asked = [(n, p) for n, work in enumerate(works) for p, part in enumerate(work.parts) if part.length]
        for number, place in sorted(asked, key=lambda at: -works[at[0]].parts[at[1]].length):  # longest first
            waiting.put((number, place))
            if not works[number].left:
                self._watch(number, "等待", 0)
            works[number].left += 1
        done = threading.Semaphore(0)

        def worker(*, spare: bool) -> None:
            if (
                spare
            ):  # it has the next question ready; before the first are out it would overtake a longer one
                self._begun.wait(self._desk.remaining)
            while True:
                try:
                    number, place = waiting.get_nowait()
                except queue.Empty:
                    return
                work = works[number]
                try:
                    self._write(number, work, place)
                except Exception as error:  # a fault here must cost a section's prose, never the draft
                    work.parts[place].rejected.append(f"程序出错（{type(error).__name__}）")
                self._begun.set()
                with self._lock:
                    work.left -= 1
                    last = not work.left
                if last:
                    self._finish(number, work)
                    done.release()

        for n in range(min(len(asked), self._desk.settings.concurrency + 1)):
            spare = {"spare": n == self._desk.settings.concurrency}
            threading.Thread(target=worker, kwargs=spare, daemon=True, name="gov-writer-section").start()
        try:
            if asked:
                self._get_ready()
            for _ in {number for number, _ in asked}:
                if not done.acquire(timeout=self._desk.remaining):
                    self.stopped = "时限"
                    break
        except KeyboardInterrupt:
            self.stopped = "中断"
        if self.stopped:
            self._desk.cancel("已到时限" if self.stopped == "时限" else "已中断")
        return tuple(work.prose or self._prose(number, work) for number, work in enumerate(works))

    def _get_ready(self) -> None:
        """Load what the answers will be judged with, once the first is on its way and not before."""
        if self._begun.wait(self._desk.remaining):
            with suppress(Exception):  # whoever judges will tell
                prepare()
                self._verify(())

    def _finish(self, number: int, work: _Work) -> None:
        """All parts of the section are done with: hear the second opinion, and let the section be seen."""
        try:
            blocks, _ = self._blocks(work, set())
            work.doubted = self._doubted(blocks, work.section.statements)
            if not self.stopped:
                work.done = True
                prose = self._prose(number, work)
                work.prose = prose
                self._written(number, prose)
        except Exception as error:
            work.rejected.append(f"程序出错（{type(error).__name__}）")
        finally:
            work.done = True

    def questions(self, sections: Sequence[tuple[Section, str]]) -> tuple[Request, ...]:
        """What would be asked first, for a dry run."""
        found = []
        for section, heading in sections:
            parts = self._work(section, heading).parts
            found += [self._questions.first(section, part) for part in parts if part.sheet.units]
        return tuple(found)

    def _work(self, section: Section, heading: str) -> _Work:
        if self._kept_here(section):
            return _Work(section, heading, [])
        parts = []
        for first, statements in _portions(section.statements):
            hidden = [s.local_only and not self._manner.local for s in statements]
            stretches = stretches_of(statements)
            sheet = sheet_of(statements, conceal=self._manner.conceal, hidden=hidden, stretches=stretches)
            parts.append(Part(first, len(statements), sheet))
        return _Work(section, heading, parts)

    def _kept_here(self, section: Section) -> bool:
        """Whether the section may not be sent to the engine, wherever that is."""
        return section.local_only and not self._manner.local

    def _write(self, number: int, work: _Work, place: int) -> None:
        """Ask for one part, then for what was refused; stops at the first fault that asking can't mend."""
        settings, part = self._desk.settings, work.parts[place]
        findings: list[str] = []
        if settings.arrange and len(part.sheet.units) > 2:
            answer = self._asked(number, work, place, self._questions.order(work.section, part), "写作")
            part.order = (order_of(answer.text, part) or []) if answer else []
        for turn in range(1 + settings.repairs):
            open_units = part.open()
            if not open_units or self._hopeless(part):
                break
            part.turn = turn
            if turn == 0:
                request = self._questions.first(work.section, part)
            else:
                request = self._questions.repair(work.section, part, findings)
            answer = self._asked(number, work, place, request, "重写" if turn else "写作")
            if answer is None:
                break
            findings = self._take(work, part, request, answer, open_units)
        if settings.polish and not part.open():
            self._polish(number, work, place)

    def _hopeless(self, part: Part) -> bool:
        if self._desk.dead:
            part.rejected.append(self._desk.dead)
        return bool(self._desk.dead) or self._desk.remaining <= 0

    def _asked(self, number: int, work: _Work, place: int, request: Request, state: str) -> Answer | None:
        """The answer, None where there is none; then the reason is among the rejected."""
        part = work.parts[place]
        if self._hopeless(part):
            return None

        def heard(size: int, text: str) -> None:
            self._begun.set()
            work.heard[place] = size
            if self._growing is not ungrown and not part.turn:
                work.grown[place] = shown(text, part.sheet)
                self._growing(number, "\n".join(said for _, said in sorted(work.grown.items())))
            self._watch(number, state, sum(list(work.heard.values())))

        work.heard[place] = 0
        self._watch(number, state, 0)
        part.attempts += 1
        try:
            answer = self._desk.ask(request, heard=heard)
        except Fault as fault:
            part.rejected.append(fault.message)
            return None
        finally:
            self._begun.set()
        if work.left <= 1:
            self._watch(number, "核对", 0)
        return answer

    def _polish(self, number: int, work: _Work, place: int) -> None:
        """Take a better tied version of what stands, if all of it stands."""
        part = work.parts[place]
        request = self._questions.polish(work.section, part)
        answer = self._asked(number, work, place, request, "写作")
        if answer is None:
            return
        every = range(len(part.sheet.units))
        verdict = judge(answer.text, part.sheet, every, heading=work.section.heading)
        if verdict.units == set(every):
            self._desk.keep(request, answer)
            part.pieces = [(0, piece) for piece in verdict.pieces]

    def _take(
        self, work: _Work, part: Part, request: Request, answer: Answer, open_units: list[int]
    ) -> list[str]:
        verdict = judge(answer.text, part.sheet, open_units, heading=work.section.heading)
        part.pieces += [(part.turn, piece) for piece in verdict.pieces]
        if verdict.pieces:
            self._desk.keep(request, answer)
        findings = [f"{why}：{_short(sentence)}" for sentence, why in verdict.refused]
        part.rejected += findings[:_FINDINGS]
        if answer.cut:
            part.rejected.append("回答过长，已截断")
        return findings

    def _prose(self, number: int, work: _Work) -> SectionProse:
        if not any(part.sheet.units for part in work.parts):
            if self._kept_here(work.section):
                work.rejected.append("只能在本机写，没有发送")
            own = builtin(work.section, work.heading, fell_back=self._kept_here(work.section))
            return replace(own, trace=self._trace(work, own.trace.engine, fell_back=own.trace.fell_back))
        if not _enough(work.parts):
            if not work.done:
                work.rejected.append("中断时还没有写成" if self.stopped == "中断" else "到时限还没有写成")
            own = builtin(work.section, work.heading, fell_back=True)
            self._watch(number, "自写", 0)
            return replace(own, trace=self._trace(work, own.trace.engine, fell_back=True))
        statements, replaced = self._assembled(work)
        self._watch(number, "部分自写" if replaced else "完成", 0)
        trace = self._trace(work, self._desk.engine.name, fell_back=replaced)
        return SectionProse(paragraphs=told(statements, lead=work.section.lead), trace=trace)

    def _trace(self, work: _Work, engine: str, *, fell_back: bool) -> SectionTrace:
        why = [reason for part in work.parts for reason in list(part.rejected)]
        return SectionTrace(
            heading=work.heading,
            engine=engine,
            attempts=sum(part.attempts for part in work.parts),
            fell_back=fell_back,
            rejected=tuple(dict.fromkeys([*why, *work.rejected])),
        )

    def _assembled(self, work: _Work) -> tuple[tuple[Statement, ...], bool]:
        """The statements to tell, and whether the notes' own words had to stand in for something asked for."""
        blocks, replaced = self._blocks(work, set())
        bad = work.doubted if work.doubted is not None else self._doubted(blocks, work.section.statements)
        if bad:
            blocks, replaced = self._blocks(work, bad)
            work.rejected.append("核对没有通过，改由内置引擎写")
        return arranged(blocks, work.section.statements), replaced

    def _blocks(self, work: _Work, bad: set[int]) -> tuple[list[Block], bool]:
        blocks: list[Block] = []
        replaced = False
        for part in work.parts:
            more, missing = blocks_of(part, work.section.statements, bad)
            blocks += more
            replaced = replaced or missing
        return blocks, replaced

    def _doubted(self, blocks: Sequence[Block], statements: Sequence[Statement]) -> set[int]:
        """First statements of the model's blocks in which the second opinion finds a fault."""
        mine = [block for block in blocks if block.model]
        pairs = [(b.statement.text, "".join(statements[n].text for n in b.numbers)) for b in mine]
        try:
            return {mine[number].numbers[0] for number in self._verify(pairs)} if pairs else set()
        except Exception:  # who can't be asked can't agree: the notes' own words stand
            return {block.numbers[0] for block in mine}


def _enough(parts: Sequence[Part]) -> bool:
    """Whether the model said at least half of what it was asked for; patchwork reads worse than one hand."""
    asked = sum(len(part.sheet.units) for part in parts)
    return 2 * sum(len(part.open()) for part in parts) <= asked


def _portions(statements: Sequence[Statement]) -> list[tuple[int, Sequence[Statement]]]:
    """Statements in portions that a small model can hold, never parting one from what it leans on."""
    found: list[tuple[int, Sequence[Statement]]] = []
    first = size = 0
    for index, statement in enumerate(statements):
        full = size + len(statement.text) > _MOST_CHARS or index - first >= _MOST_UNITS
        if index > first and full and not leans(statement.text):
            found.append((first, statements[first:index]))
            first, size = index, 0
        size += len(statement.text)
    if first < len(statements):
        found.append((first, statements[first:]))
    return found


def _short(text: str) -> str:
    return text if len(text) <= _FINDING_CHARS else text[:_FINDING_CHARS] + "…"
