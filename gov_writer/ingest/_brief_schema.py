"""The brief and the themes file as pydantic models.  Imported only when one is read."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def _one_line(value: str) -> str:
    return _CONTROL.sub(" ", value).strip()


def _not_empty(value: str) -> str:
    if not value:
        raise ValueError("empty")
    return value


Line = Annotated[
    str, Field(strict=True, max_length=300), AfterValidator(_one_line), AfterValidator(_not_empty)
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ThemeModel(_Strict):
    name: Line
    any: list[Line] | None = None
    needs: Literal["mention", "action", "figure"] = "action"
    section: Line | None = None


class ThemesModel(_Strict):
    themes: list[ThemeModel] | None


class EngineModel(_Strict):
    name: Literal["builtin", "openai", "local"] = "builtin"
    model: Line | None = None
    base_url: Line | None = None
    local_only_sections: list[Line] | None = None


class BriefModel(_Strict):
    sources: list[Line] = Field(min_length=1)
    title: Line | None = None
    genre: Literal["annual_summary", "work_briefing", "duty_report", "situation_report"] = "annual_summary"
    unit: Line | None = None
    addressee: Line | None = None
    period: int | Line | date | None = None
    as_of: Line | date | None = None
    examples: list[Line] | None = None
    themes: Line | list[ThemeModel] | None = None
    sections: list[Line] | None = None
    engine: EngineModel | None = None
