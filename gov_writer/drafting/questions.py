"""The questions to a model: which prompt, with what; stable text first, and a last look at what leaves."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gov_writer.domain import Genre, Section, Source
from gov_writer.drafting.assemble import Part
from gov_writer.drafting.manner import passages
from gov_writer.drafting.slots import Conceal
from gov_writer.llm import Request, load_prompt

_FINDINGS = 8
#: The prompt in use for sections; its rules begin all others, so that an endpoint's prefix cache works.
SECTION = "section.v2"
#: The heading of the opening paragraph, which has none in the draft.
OPENING = "开头"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """What all questions of a draft share.

    report: its title, as it may be shown.  conceal: spans of a statement that are not shown.
    mask: a heading as it may be shown.  mask_example: a passage of an example as it may be shown.
    last_look: a whole question, just before it is sent.
    local: the engine runs in this process, so that what must not leave the machine may be asked for too.
    """

    report: str
    genre: Genre
    examples: tuple[Source, ...] = ()
    conceal: Conceal | None = None
    mask: Callable[[str], str] = str
    mask_example: Callable[[str], str] = str
    last_look: Callable[[str], str] = str
    local: bool = False


class Questions:
    """Makes requests.  prompts: name and sha256 of each prompt that was used."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self._lock = threading.Lock()
        self.prompts: dict[str, str] = {}

    def first(self, section: Section, part: Part) -> Request:
        """Write this part of the section."""
        manner, shown = self._manner, _shown(part)
        if section.heading == OPENING:
            return self._asked(section, shown, "opening_closing.v1", part=OPENING, statements=shown)
        system, user = self._render(
            SECTION,
            report=manner.mask(manner.report),
            voice=self._voice(),
            examples=passages(section, manner.examples, mask=manner.mask_example),
            heading=manner.mask(section.heading),
            groups=_grouped(part, shown),
        )
        return self._request(section, system, user, shown)

    def repair(self, section: Section, part: Part, findings: Sequence[str]) -> Request:
        """Write again what did not stand."""
        shown = [part.sheet.shown(part.sheet.units[index].text) for index in part.open()]
        refused = list(findings[:_FINDINGS]) or ["有的材料没有写到"]
        heading = self._manner.mask(section.heading)
        return self._asked(section, shown, "repair.v1", heading=heading, statements=shown, refused=refused)

    def polish(self, section: Section, part: Part) -> Request:
        """Tie the sentences of what stands together."""
        shown = _shown(part)
        paragraph = "".join(part.sheet.shown(piece.text) for _, piece in part.pieces)
        heading = self._manner.mask(section.heading)
        return self._asked(
            section, shown, "polish.v1", heading=heading, statements=shown, paragraph=paragraph
        )

    def order(self, section: Section, part: Part) -> Request:
        """In which order to tell the part's units."""
        shown = _shown(part)
        heading = self._manner.mask(section.heading)
        return self._asked(section, shown, "outline.v1", heading=heading, statements=shown)

    def _asked(self, section: Section, shown: Sequence[str], name: str, **values: object) -> Request:
        report = self._manner.mask(self._manner.report)
        system, user = self._render(name, rules=self._rules(), report=report, **values)
        return self._request(section, system, user, shown)

    def _request(self, section: Section, system: str, user: str, shown: Sequence[str]) -> Request:
        user = self._manner.last_look(user)
        return Request(system=system, user=user, label=section.heading, max_tokens=_room(shown))

    def _rules(self) -> str:
        return self._render(SECTION, report="", voice=self._voice(), examples=(), heading="", groups=())[0]

    def _voice(self) -> str:
        return self._render(f"voice_{self._manner.genre.value}.v1")[0]

    def _render(self, name: str, **values: object) -> tuple[str, str]:
        prompt = load_prompt(name)
        with self._lock:
            self.prompts[prompt.name] = prompt.sha256
        return prompt.render(**values)


def order_of(answer: str, part: Part) -> list[int] | None:
    """The order that an answer gives, if it is one of all units that keeps their groups apart; else None."""
    line = next((row for row in reversed(answer.splitlines()) if re.search(r"\d", row)), "")
    numbers = [int(number) - 1 for number in re.findall(r"\d{1,3}", line)]
    units = part.sheet.units
    if sorted(numbers) != list(range(len(units))):
        return None
    return sorted(numbers, key=lambda number: units[number].stretch)


def _shown(part: Part) -> list[str]:
    return [
        part.sheet.shown(part.sheet.units[index].text) for index in part.order or range(len(part.sheet.units))
    ]


def _grouped(part: Part, shown: Sequence[str]) -> list[list[str]]:
    groups: list[list[str]] = []
    last = -1
    for index, text in zip(part.order or range(len(part.sheet.units)), shown, strict=True):
        unit = part.sheet.units[index]
        if unit.stretch != last:
            groups.append([])
        last = unit.stretch
        groups[-1].append(text)
    return groups


def _room(shown: Sequence[str]) -> int:
    """Tokens for an answer: twice what the statements take, since thinking aloud is cut off anyway."""
    return 256 + 2 * sum(map(len, shown))
