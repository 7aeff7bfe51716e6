"""The brief and the themes file as pydantic models.  Imported only when one is read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from gov_writer import lexicon
from gov_writer.text.lazy import lazy

_CONTROL = lazy(r"[\x00-\x1f\x7f\u2028\u2029]+")


def _one_line(value: str) -> str:
    return _CONTROL.sub(" ", value).strip()


def _not_empty(value: str) -> str:
    if not value:
        raise ValueError("empty")
    return value


Line = Annotated[
    str, Field(strict=True, max_length=300), AfterValidator(_one_line), AfterValidator(_not_empty)
]
#: The name of a file as it is written: a character put right would name another file.
FileName = Annotated[
    str, Field(strict=True, max_length=300), AfterValidator(str.strip), AfterValidator(_not_empty)
]


def _genre(value: Any) -> Any:
    """A genre as a clerk names it (年度总结); whatever else is left to the validation that follows."""
    if not isinstance(value, str):
        return value
    return {name: genre for genre, name in lexicon.rows("genre_names")}.get(value.strip(), value)


def _listed(value: Any) -> Any:
    """One attachment may be written as a line of text."""
    return [value] if isinstance(value, str) else value


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ThemeModel(_Strict):
    name: Line
    any: list[Line] | None = None
    needs: Literal["mention", "action", "figure"] = "action"
    section: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _a_name_alone(cls, value: Any) -> Any:
        """A theme written as one line of text is its name."""
        return {"name": value} if isinstance(value, str) else value


class ThemesModel(_Strict):
    themes: list[ThemeModel] | None


class EngineModel(_Strict):
    name: Literal["builtin", "openai", "local"] = "builtin"
    model: Line | None = None
    base_url: Line | None = None
    local_only_sections: list[Line] | None = None


class BriefModel(_Strict):
    sources: list[FileName] = Field(min_length=1)
    title: Line | None = None
    genre: Annotated[
        Literal["annual_summary", "work_briefing", "duty_report", "situation_report"] | None,
        BeforeValidator(_genre),
    ] = None
    unit: Line | None = None
    addressee: Line | None = None
    period: int | Line | date | None = None
    as_of: Line | date | None = None
    examples: list[FileName] | None = None
    themes: FileName | list[ThemeModel] | None = None
    sections: list[Line] | None = None
    attachments: Annotated[list[Line] | None, BeforeValidator(_listed)] = None
    engine: EngineModel | None = None


class BriefBesideInputs(BriefModel):
    """A brief whose sources may be named elsewhere: on the command line."""

    sources: list[FileName] = []
