"""The audit log, read and verified.  Nothing in here writes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from gov_writer.service import chain
from gov_writer.service.database import Database
from gov_writer.service.tables import AuditRow, UnitRow


def lines(
    database: Database, *, after: int = 0, user: str = "", object_: str = "", limit: int = 200
) -> list[dict[str, Any]]:
    """The lines after a number, oldest first; user: by name, object_: a document or account as it is named there.

    Raises GovWriterError HTTP-503 when the database is away.
    """
    query = select(AuditRow).where(AuditRow.number > after).order_by(AuditRow.number).limit(limit)
    if user:
        query = query.where(AuditRow.name == user)
    if object_:
        query = query.where(AuditRow.object == object_)
    with database.session() as session:
        units = {unit.id: unit.name for unit in session.scalars(select(UnitRow))}
        return [
            {
                "number": row.number,
                "time": row.time / 1000,
                "name": row.name,
                "unit": units.get(row.unit, ""),
                "action": row.action,
                "object": row.object,
                "details": json.loads(row.details),
                "address": row.address,
                "hash": row.hash,
            }
            for row in session.scalars(query)
        ]


def verify(database: Database, known: Sequence[chain.Head] = ()) -> chain.Verdict:
    """Whether every line still stands as it was written, up to the heads noted outside."""
    noted = database.noted_head()
    with database.session() as session:
        return chain.verify(session, [*known, *([noted] if noted else [])])
