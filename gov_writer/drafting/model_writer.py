"""An engine with a model as the writer of a draft's sections: privacy, questions, results, and what to tell the user."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from gov_writer.domain import EngineChoice, Outline, Section, SectionProse, Source, Statement
from gov_writer.drafting.compose import sections
from gov_writer.drafting.phrase import Growing, Phraser, Verify, Watch, unchecked, ungrown, unwatched
from gov_writer.drafting.questions import OPENING, Manner
from gov_writer.llm import Answer, Desk, EgressLog, Heard, Request, Spent, open_engine
from gov_writer.llm.open import endpoint_of, trusted
from gov_writer.llm.privacy import Concealer, masked_example
from gov_writer.settings import EngineSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A question as it would be sent.  section: its heading."""

    section: str
    system: str
    user: str


class ModelWriter:
    """Writes the sections of one draft with the engine of ``choice``.

    deadline: on ``time.monotonic``'s clock.  egress_log: a file that gets every request as it was sent.
    verify: a second opinion on the model's sentences.  watch: told how each section fares.
    Raises GovWriterError LLM-nnn at once when the engine can't be used at all.
    """

    def __init__(
        self,
        choice: EngineChoice,
        *,
        settings: EngineSettings,
        deadline: float,
        egress_log: str | None = None,
        verify: Verify = unchecked,
        watch: Watch = unwatched,
        dry: bool = False,
    ) -> None:
        self._verify, self._watch, self._settings = verify, watch, settings
        self._trusted = choice.name == "local" or trusted(endpoint_of(choice, settings), settings)
        self._local = choice.name == "local"
        self._log = EgressLog(egress_log) if egress_log and not dry else None
        #: by the section's identity: headings may repeat under different parts
        self._prose: dict[int, SectionProse] = {}
        self._desk: Desk | None = None
        self.prompts: tuple[tuple[str, str], ...] = ()
        self.stopped = ""
        self.spent = Spent()
        #: told the sections' headings before the first is asked for
        self.on_headings: Callable[[Sequence[str]], object] = len
        #: called whenever a section is final, one call at a time; this object then gives what is final so far
        self.on_section: Callable[[], object] | None = None
        #: told what a section's answer comes to while it grows; nothing of it is judged
        self.on_growth: Growing = ungrown
        self._lock = threading.Lock()
        self._over = False
        if not dry:
            engine = open_engine(choice, settings=settings, sent=self._sent)
            self.name, self.model = engine.name, engine.model
            self._desk = Desk(engine, settings=settings, deadline=deadline)

    def warmed(self) -> None:
        """Wait until the vendor's packages are loaded (for measurements)."""
        if self._desk is not None:
            self._desk.engine.warm()

    def write(
        self,
        outline: Outline,
        sources: Sequence[Source],
        examples: Sequence[Source],
        verify: Verify | None = None,
    ) -> Outline:
        """Ask for all sections; afterwards calling this object gives each one's prose.

        Returns the outline with what the notes say for the opening put by the model; the genre's formula stays.
        """
        if self._desk is None:
            raise RuntimeError("a dry run writes nothing")
        wanted = sections(outline)
        self.on_headings([heading for _, heading in wanted])

        def written(number: int, prose: SectionProse) -> None:
            with self._lock:
                if number < len(wanted) and self.on_section is not None and not self._over:
                    self._prose[id(wanted[number][0])] = prose
                    with contextlib.suppress(Exception):  # who looks on must not cost the draft a section
                        self.on_section()

        phraser = Phraser(
            self._desk,
            self._manner(outline, sources, examples),
            verify=verify or self._verify,
            watch=self._watch,
            written=written,
            growing=self.on_growth,
        )
        try:
            if self._desk.remaining > 0:
                first = _opening(outline)
                found = phraser.run([*wanted, *first])
                with self._lock:
                    self._over = True
                self._prose = {id(section): prose for (section, _), prose in zip(wanted, found, strict=False)}
                if first:
                    outline = _opened(outline, found[-1])
            else:
                self.stopped = "时限"
        finally:
            self._desk.close()
            self.spent = replace(self._desk.spent)
            if self._log is not None:
                self._log.close()
        self.prompts = tuple(sorted(phraser.prompts.items()))
        self.stopped = self.stopped or phraser.stopped
        return outline

    def finished(self) -> list[tuple[str, str]]:
        """The headings and texts of the sections that are final so far; the whole draft is checked at the end."""
        return [
            (prose.trace.heading, "\n".join(block.text for block in prose.paragraphs))
            for prose in list(self._prose.values())
        ]

    @property
    def spending(self) -> Spent:
        """What was spent so far."""
        return self._desk.spent if self._desk is not None else self.spent

    def __call__(self, section: Section, heading: str) -> SectionProse | None:  # noqa: ARG002
        """The prose of a section that ``write`` asked for; None leaves it to the builtin writer."""
        return self._prose.get(id(section))

    def told(self) -> tuple[str, ...]:
        """What the user should know: sections that fell back and why, in Chinese, one line each."""
        lines = []
        if self.stopped == "中断":
            lines.append("已中断：写成的各节保留，其余由内置引擎写成；再次运行会从缓存继续。")
        elif self.stopped:
            lines.append("到时限还没有写成的各节，由内置引擎写成（--deadline 可以放宽）。")
        for prose in self._prose.values():
            trace = prose.trace
            if trace.fell_back:
                how = "部分语句" if trace.engine != "builtin" else "全部"
                why = f"（{trace.rejected[0][:60]}）" if trace.rejected else ""
                lines.append(f"“{trace.heading}”{how}改由内置引擎写成{why}。")
        return tuple(lines)

    def preview(
        self, outline: Outline, sources: Sequence[Source], examples: Sequence[Source]
    ) -> tuple[Preview, ...]:
        """What would be asked first, without asking."""
        settings = replace(self._settings, cache=False)
        desk = Desk(_Nobody(), settings=settings, deadline=time.monotonic())
        try:
            phraser = Phraser(desk, self._manner(outline, sources, examples))
            found = phraser.questions(sections(outline))
        finally:
            desk.close()
        return tuple(Preview(section=r.label, system=r.system, user=r.user) for r in found)

    def _manner(self, outline: Outline, sources: Sequence[Source], examples: Sequence[Source]) -> Manner:
        concealer = Concealer([s.text for s in (*sources, *examples)], off=self._trusted)
        secret = [s.text for s in sources if s.classified]
        plain = [s.text for s in sources if not s.classified]

        def mask(heading: str) -> str:
            """A heading that only a classified source has is not shown either."""
            known = any(heading in text for text in plain)
            hidden = not self._local and not known and any(heading in text for text in secret)
            return "本部分" if hidden else concealer.masked(heading)

        return Manner(
            report=outline.title,
            genre=outline.brief.genre,
            examples=tuple(e for e in examples if not e.classified),
            conceal=concealer.spans,
            mask=mask,
            last_look=concealer.certain,
            mask_example=masked_example,
            local=self._local,
        )

    def _sent(self, url: str, body: bytes, label: str) -> None:
        if self._log is not None:
            self._log.sent(url, body, label=label)


def _opening(outline: Outline) -> list[tuple[Section, str]]:
    """The opening as a section, where the notes have more than a sentence for it."""
    told = tuple(statement for statement in outline.opening if statement.source and statement.text)
    return (
        [(Section(heading=OPENING, level=0, statements=told), OPENING)]
        if sum(len(s.text) for s in told) > 40
        else []
    )


def _opened(outline: Outline, prose: SectionProse) -> Outline:
    if prose.trace.engine == "builtin":
        return outline
    told = tuple(
        Statement(
            text=block.text,
            slots=tuple((f.start, f.end, f.fact) for f in block.figures if f.fact),
            source="opening",
        )
        for block in prose.paragraphs
    )
    formula = tuple(statement for statement in outline.opening if not (statement.source and statement.text))
    return replace(outline, opening=(*told, *formula))


class _Nobody:
    """The engine of a dry run."""

    name = model = endpoint = ""

    async def complete(self, request: Request, *, seconds: float, heard: Heard) -> Answer:
        """Never called."""
        del request, seconds, heard
        raise RuntimeError("a dry run asks nobody")

    def warm(self) -> None:
        """Nothing to load."""

    async def close(self) -> None:
        """Nothing to let go of."""
