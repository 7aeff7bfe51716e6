"""Read a brief (任务书) and a themes file (必备主题): strict, and every message says what to change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gov_writer.domain import Brief, EngineChoice, Genre, Needs, Period, Theme
from gov_writer.errors import GovWriterError
from gov_writer.ingest import _brief_yaml
from gov_writer.ingest.periods import parse_day, parse_period
from gov_writer.ingest.sources import resolve
from gov_writer.text.lazy import lazy

if TYPE_CHECKING:
    from gov_writer.ingest._brief_yaml import Document

_HINT = "运行 gov-writer init 样例，照着其中的 brief.yaml（任务书）和 themes.yaml（必备主题）写。"


def read_brief(path: str | Path, *, root: Path | None = None, sources_elsewhere: bool = False) -> Brief:
    """The brief at ``path``, its defaults filled in, its globs resolved against its folder.

    root: where given, a source outside this folder is refused (for briefs that somebody else sent).
    sources_elsewhere: whether the sources are named beside the brief, so that it may leave them out.
    Raises GovWriterError BRIEF-nnn: an unreadable file, an unknown key, a wrong type, a file that is
    not there.
    """
    document = _brief_yaml.load(Path(path))
    return _brief(
        document, folder=Path(path).parent, path=str(path), root=root, sources_elsewhere=sources_elsewhere
    )


def yaml_of(content: bytes, name: str) -> Any:
    """What a brief or themes file with this content holds, as JSON has it: days are text.

    Raises GovWriterError BRIEF-102…104.
    """
    try:
        return json.loads(json.dumps(_brief_yaml.parsed(content, name).data, default=str))
    except TypeError:  # a key that is a day or a list
        raise GovWriterError(f"“{name}”里有一个键不是文字。", hint=_HINT, code="BRIEF-105") from None


def brief_of(
    data: Mapping[str, Any],
    *,
    sources: tuple[str, ...] = (),
    where: str = "任务书",
    sources_elsewhere: bool = False,
) -> Brief:
    """The brief in ``data`` (a request's JSON).  Its sources are ``sources``; it names no files of its own.

    sources_elsewhere: whether it may leave them out.  Raises GovWriterError BRIEF-nnn.
    """
    given = {**data, "sources": list(sources) or data.get("sources", [])}
    for key in ("examples",):
        given.pop(key, None)
    document = _brief_yaml.of(given, where)
    return _brief(document, folder=None, path=None, root=None, sources_elsewhere=sources_elsewhere)


def read_themes(path: str | Path) -> tuple[Theme, ...]:
    """The themes of a themes file.  Raises GovWriterError BRIEF-nnn as ``read_brief`` does."""
    document = _brief_yaml.load(Path(path))
    if isinstance(document.data, list):
        document = _brief_yaml.wrapped(document, "themes")
    from gov_writer.ingest._brief_schema import ThemesModel

    model = _brief_yaml.validated(ThemesModel, document, hint=_HINT)
    return _unique(tuple(_theme(theme) for theme in model.themes or ()), document)


def themes_of(data: Any, *, where: str = "必备主题") -> tuple[Theme, ...]:
    """The themes in ``data``: a list of mappings, or a mapping with the key ``themes``."""
    from gov_writer.ingest._brief_schema import ThemesModel

    given = {"themes": data} if isinstance(data, list) else data
    document = _brief_yaml.of(given, where)
    model = _brief_yaml.validated(ThemesModel, document, hint=_HINT)
    return _unique(tuple(_theme(theme) for theme in model.themes or ()), document)


def _brief(
    document: Document,
    *,
    folder: Path | None,
    path: str | None,
    root: Path | None,
    sources_elsewhere: bool = False,
) -> Brief:
    from gov_writer.ingest._brief_schema import BriefBesideInputs, BriefModel

    schema = BriefBesideInputs if sources_elsewhere else BriefModel
    model = _brief_yaml.validated(schema, document, hint=_HINT)
    period = None if model.period is None else _period(model.period, document)
    as_of = None if model.as_of is None else _as_of(model.as_of, document)
    engine = model.engine
    return Brief(
        sources=_files(model.sources, "sources", document, folder, root),
        title=model.title,
        genre=Genre(model.genre or Genre.ANNUAL_SUMMARY),
        genre_told=model.genre is not None,
        unit=model.unit,
        addressee=model.addressee,
        period=period,
        as_of=as_of,
        examples=_files(model.examples or [], "examples", document, folder, root),
        themes=_themes(model.themes, document, folder, root),
        sections=tuple(dict.fromkeys(model.sections or ())),
        attachments=tuple(dict.fromkeys(filter(None, map(_attachment, model.attachments or ())))),
        engine=EngineChoice()
        if engine is None
        else EngineChoice(
            name=engine.name,
            model=engine.model,
            base_url=engine.base_url,
            local_only_sections=tuple(engine.local_only_sections or ()),
        ),
        path=path,
    )


#: 附件1：《…》.xlsx: what is no part of an attachment's name where the standard lists it (GB/T 9704-2012, 7.3.4).
_NUMBERED = lazy(r"^(?:附件\s*\d*\s*[:：.、]?|\d{1,2}\s*[.、．](?!\d))\s*")
_FILE_END = lazy(r"\.(?:docx?|wps|xlsx?|et|pdf|csv|txt|md)$")


def _attachment(name: str) -> str:
    words = _NUMBERED.sub("", _FILE_END.sub("", name.strip().rstrip("。；;，, ")))
    alone = words.startswith("《") and words.endswith("》") and words.count("《") == 1
    return words[1:-1] if alone else words


def _files(
    patterns: list[str], key: str, document: Document, folder: Path | None, root: Path | None
) -> tuple[str, ...]:
    if folder is None:
        return tuple(patterns)
    found: dict[str, None] = {}
    for index, pattern in enumerate(patterns):
        for name in resolve(pattern, folder, root=root, where=document.place((key, index))):
            found.setdefault(name)
    return tuple(found)


def _themes(
    value: str | list[Any] | None, document: Document, folder: Path | None, root: Path | None
) -> tuple[Theme, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        if folder is None:
            raise GovWriterError(
                "“themes”在这里应当直接写成主题列表，不能写文件名。",
                where=document.place(("themes",)),
                hint="把主题逐条写在 themes 下，或把主题文件作为 themes 一起给出。",
                code="BRIEF-113",
            )
        (name, *_) = resolve(value, folder, root=root, where=document.place(("themes",)))
        return read_themes(name)
    return _unique(tuple(_theme(theme) for theme in value), document)


def _theme(model: Any) -> Theme:
    return Theme(name=model.name, any=tuple(model.any or ()), needs=Needs(model.needs), section=model.section)


def _unique(themes: tuple[Theme, ...], document: Document) -> tuple[Theme, ...]:
    seen: set[str] = set()
    for index, theme in enumerate(themes):
        if theme.name in seen:
            raise GovWriterError(
                f"主题“{theme.name}”写了两次。",
                where=document.place(("themes", index)),
                hint="合并成一条，不同的说法写进 any。",
                code="BRIEF-112",
            )
        seen.add(theme.name)
    return themes


def _period(value: int | str | date, document: Document) -> Period:
    try:
        return parse_period(value.isoformat() if isinstance(value, date) else str(value))
    except GovWriterError as error:
        raise GovWriterError(
            error.what, where=document.place(("period",)), hint=error.hint, code="BRIEF-110"
        ) from None


def _as_of(value: str | date, document: Document) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    day = parse_day(value)
    if day is None:
        raise GovWriterError(
            f"“as_of”的值“{value}”不是日期。",
            where=document.place(("as_of",)),
            hint="写成 2025-12-20 这样的形式。",
            code="BRIEF-111",
        )
    return day
