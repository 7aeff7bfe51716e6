"""A text checked while somebody types it: in a process, which is ended when nobody waits for it any more.

The process keeps the facts of the sources that it read last, so that only the first check of a text pays for them.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from gov_writer import ingest, pipeline
from gov_writer.checking import Case
from gov_writer.domain import Amendment, Ledger, Source
from gov_writer.errors import GovWriterError
from gov_writer.facts import extract
from gov_writer.service import view
from gov_writer.service.access import current
from gov_writer.service.bodies import Upload
from gov_writer.service.latest import Latest
from gov_writer.service.pool import Checkers, while_connected
from gov_writer.service.reading import sources
from gov_writer.service.workspace import desk_of
from gov_writer.settings import CheckSettings

#: Characters up to which a text is checked while somebody types; nobody waits longer for it than so many seconds.
LONGEST, DEADLINE_S = 50_000, 20.0
PASTED = "文稿.md"
#: Sets of sources whose facts stay in memory.
_MOST_LEDGERS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What the page shows of a text.  data: the check JSON; figures: those with a source; unused: facts."""

    data: dict[str, Any]
    figures: list[view.Figure]
    unused: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a text is held against: pasted or uploaded sources, or (``desk``) a draft's request and amendments."""

    against: tuple[Upload, ...] = ()
    themes: tuple[dict[str, Any], ...] = ()
    period: str | None = None
    desk: tuple[str, bytes, tuple[Amendment, ...], dict[str, str]] | None = None


_TURNS = Latest()


async def answered(
    request: Request, of: str, text: str, wanted: Wanted, office: CheckSettings
) -> Typed | None:
    """The text as checked; None where a newer one came meanwhile.  of: which text it is.

    Raises GovWriterError CALL-413 for one that is too long, HTTP-503 past the deadline, and what the check raises;
    ClientGoneError, and the work ends, when the client goes.
    """
    if len(text) > LONGEST:
        raise GovWriterError(
            f"文字有 {len(text)} 字，超过 {LONGEST // 10_000} 万字时不再边改边查。",
            hint="写好后请按按钮核对全文，或分成几份。",
            code="CALL-413",
        )
    checkers: Checkers = request.app.state.checkers
    who = current(request)
    async with _TURNS.turn((who.user, of) if of else "") as newest:
        if not newest:
            return None
        return await while_connected(request, checkers.run(check, text, wanted, office, limit_s=DEADLINE_S))


def nothing() -> Response:
    """The answer to a text that is not the newest any more."""
    return Response(status_code=204)


def check(text: str, wanted: Wanted, office: CheckSettings) -> Typed:
    """The work itself, in a process or a thread."""
    reasons: dict[str, str] = {}
    if wanted.desk is not None:
        job, content, notes, reasons = wanted.desk
        case = desk_of(job, content, notes, office).case(text)
    else:
        case = _pasted(text, wanted, office)
    data = json.loads(pipeline.show(case, pipeline.examine(case), "json"))
    unused = view.unused(case, data["coverage"]["unused"], reasons) if wanted.desk is not None else []
    return Typed(data=data, figures=view.figures(case), unused=unused)


def _pasted(text: str, wanted: Wanted, office: CheckSettings) -> Case:
    material, ledger = known(wanted.against, wanted.period)
    return pipeline.case_of(
        ingest.from_text(PASTED, text, id="D"),
        material,
        ledger=ledger,
        themes=ingest.themes_of(list(wanted.themes)) if wanted.themes else (),
        period=wanted.period,
        settings=office,
    )


_LEDGERS: OrderedDict[tuple[Any, ...], tuple[tuple[Source, ...], Ledger | None]] = OrderedDict()
_LOCK = threading.Lock()


def known(against: Sequence[Upload], period: str | None) -> tuple[tuple[Source, ...], Ledger | None]:
    """The sources and their facts, read once for many checks of the same draft."""
    digest = hashlib.sha256(b"".join(hashlib.sha256(one.content).digest() for one in against)).digest()
    key = (digest, tuple(one.name for one in against), period)
    with _LOCK:
        found = _LEDGERS.get(key)
        if found is not None:
            _LEDGERS.move_to_end(key)
    if found is None:
        material = sources(against)
        span = ingest.parse_period(period) if period else None
        ledger = extract(material, as_of=span.end if span else None, period=span) if material else None
        found = (material, ledger)
        with _LOCK:
            _LEDGERS[key] = found
            while len(_LEDGERS) > _MOST_LEDGERS:
                _LEDGERS.popitem(last=False)
    return found
