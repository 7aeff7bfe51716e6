"""The FastAPI application: the HTTP surface of the contract, and the page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

import gov_writer
from gov_writer.service import (
    account_api,
    account_pages,
    admin_pages,
    api,
    bodies,
    fact_pages,
    history_pages,
    jobs,
    many_pages,
    pages,
    problems,
    review_pages,
    write_pages,
)
from gov_writer.service.accounts import Accounts
from gov_writer.service.config import ServiceSettings
from gov_writer.service.feeds import Feeds
from gov_writer.service.guard import Guard
from gov_writer.service.identity import Identity
from gov_writer.service.metrics import Metrics, Observed
from gov_writer.service.office import Office
from gov_writer.service.pool import Checkers
from gov_writer.service.runner import Runner
from gov_writer.service.store import Store
from gov_writer.service.traces import Traces


def create_app(settings: ServiceSettings | None = None) -> FastAPI:
    """The application; its database is migrated and its runner started when it starts up."""
    chosen = settings or ServiceSettings()
    chosen.approved(lambda: _people(chosen))
    traces = Traces()
    identity = Identity(token=chosen.token, open_=chosen.loopback and not chosen.token)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = chosen.database_of()
        database.migrate()
        store = Store(database, most_jobs=chosen.most_jobs)
        idle_s, longest_s = chosen.idle_minutes * 60, chosen.login_hours * 3600
        identity.accounts = Accounts(database, idle_s=idle_s, longest_s=longest_s)
        app.state.database, app.state.accounts = database, identity.accounts
        app.state.office = office = Office(database)
        runner = Runner(
            store,
            jobs.do,
            office.settings,
            threads=chosen.workers,
            retention_days=chosen.retention_days,
            processes=bool(chosen.processes),
            traces=traces,
            answers=chosen.answers if chosen.answers.is_dir() else None,
        )
        runner.start()
        app.state.store, app.state.runner = store, runner
        app.state.feeds = Feeds(store)
        app.state.checkers = Checkers(chosen.processes)
        watching = asyncio.create_task(app.state.metrics.watch_loop())
        yield
        watching.cancel()
        app.state.checkers.stop()
        runner.stop()
        database.close()
        traces.stop()

    app = FastAPI(
        title="gov_writer",
        version=gov_writer.__version__,
        description="街道工作报告：由材料起草，并与材料逐数核对。",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        responses=problems.RESPONSES,
    )
    problems.install(app)
    described = app.openapi

    def openapi() -> dict[str, Any]:
        found = described()
        found.setdefault("components", {}).setdefault("schemas", {}).update(bodies.components())
        return found

    app.openapi = openapi  # type: ignore[method-assign]
    app.include_router(api.router)
    app.include_router(account_api.router)
    app.include_router(account_pages.router)
    app.include_router(admin_pages.router)
    app.include_router(pages.router)
    app.include_router(review_pages.router)
    app.include_router(write_pages.router)
    app.include_router(fact_pages.router)
    app.include_router(many_pages.router)
    app.include_router(history_pages.router)
    app.mount("/static", StaticFiles(directory=pages.STATIC))
    app.state.metrics = Metrics()
    app.state.settings = chosen
    app.add_middleware(Guard, settings=chosen, identity=identity)
    app.add_middleware(Observed, metrics=app.state.metrics, traces=traces)
    return app


def _people(settings: ServiceSettings) -> bool:
    """Whether there are accounts, before the service starts."""
    database = settings.database_of()
    try:
        database.migrate()
        return Accounts(database).any()
    finally:
        database.close()
