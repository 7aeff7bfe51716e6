"""What the report is to be: the brief and the required themes (任务书, 必备主题)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gov_writer.domain.fact import Period


class Genre(StrEnum):
    ANNUAL_SUMMARY = "annual_summary"  # 年度总结及计划
    WORK_BRIEFING = "work_briefing"  # 工作汇报
    DUTY_REPORT = "duty_report"  # 述职报告
    SITUATION_REPORT = "situation_report"  # 情况报告


class Needs(StrEnum):
    MENTION = "mention"
    ACTION = "action"  # something done or planned, not a slogan
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme that the report must cover.  any: wordings that count (the name itself when empty)."""

    name: str
    any: tuple[str, ...] = ()
    needs: Needs = Needs.ACTION
    section: str | None = None

    @property
    def wordings(self) -> tuple[str, ...]:
        return self.any or (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineChoice:
    """Which engine writes.  name: builtin, openai or local."""

    name: str = "builtin"
    model: str | None = None
    base_url: str | None = None
    local_only_sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A brief with its defaults filled in; paths are resolved against the brief's folder.

    title, unit, period: None means "read it from the sources"; the pipeline fills them.
    as_of: None where the brief has none: facts are then resolved with the period's end, and the draft,
    whose signature needs a day that somebody named, goes undated.
    genre_told: whether somebody named the genre; where nobody did it is guessed from the titles.
    attachments: the names of what goes with the report (附件), in order, without numbers.
    """

    sources: tuple[str, ...]
    title: str | None = None
    genre: Genre = Genre.ANNUAL_SUMMARY
    genre_told: bool = False
    unit: str | None = None
    addressee: str | None = None
    period: Period | None = None
    as_of: date | None = None
    examples: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    sections: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    engine: EngineChoice = EngineChoice()
    path: str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """What the report may be called, be signed with and be addressed to, though no source says so."""
        return tuple(filter(None, (self.title, self.unit, self.addressee, *self.attachments)))
