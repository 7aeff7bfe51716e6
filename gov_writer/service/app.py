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
    edit_pages,
    fact_pages,
    forms,
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

#: The contract's HTTP interface, then the pages.
ROUTERS = (
    api.router,
    account_api.router,
    account_pages.router,
    admin_pages.router,
    pages.router,
    review_pages.router,
    write_pages.router,
    edit_pages.router,
    fact_pages.router,
    many_pages.router,
    history_pages.router,
)


def create_app(settings: ServiceSettings | None = None) -> FastAPI:
    """The application; its database is migrated and its runner started when it starts up."""
    chosen = settings or ServiceSettings()
    chosen.approved(lambda: _people(chosen))
    traces, metrics = Traces(), Metrics()
    identity = Identity(token=chosen.token, open_=not chosen.reachable and not chosen.token)
    app = FastAPI(
        title="gov_writer",
        version=gov_writer.__version__,
        description="街道工作报告：由材料起草，并与材料逐数核对。",
        lifespan=lambda app: _running(app, chosen, identity, traces),
        docs_url=None,
        redoc_url=None,
        responses=problems.RESPONSES,
    )
    problems.install(app, forms.error_page)
    _describe_bodies(app)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=pages.STATIC))
    app.state.metrics, app.state.settings = metrics, chosen
    app.add_middleware(Guard, settings=chosen, identity=identity)
    app.add_middleware(Observed, metrics=metrics, traces=traces)
    return app


@asynccontextmanager
async def _running(
    app: FastAPI, settings: ServiceSettings, identity: Identity, traces: Traces
) -> AsyncIterator[None]:
    """What works while the application is up: the database, the jobs' runner, the checkers' processes."""
    database = settings.database_of()
    database.migrate()
    store = Store(database, most_jobs=settings.most_jobs)
    identity.accounts = Accounts(
        database, idle_s=settings.idle_minutes * 60, longest_s=settings.login_hours * 3600
    )
    app.state.database, app.state.accounts = database, identity.accounts
    app.state.identity = identity
    app.state.office = office = Office(database)
    runner = Runner(
        store,
        jobs.do,
        office.settings,
        threads=settings.workers,
        retention_days=settings.retention_days,
        processes=bool(settings.processes),
        traces=traces,
        answers=settings.answers if settings.answers.is_dir() else None,
    )
    runner.start()
    app.state.store, app.state.runner = store, runner
    app.state.feeds = Feeds(store)
    app.state.checkers = Checkers(settings.processes)
    watching = asyncio.create_task(app.state.metrics.watch_loop())
    yield
    watching.cancel()
    app.state.checkers.stop()
    runner.stop()
    database.close()
    traces.stop()


def _describe_bodies(app: FastAPI) -> None:
    """The OpenAPI description has the schemas of bodies that are read by hand, too."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        found = described()
        found.setdefault("components", {}).setdefault("schemas", {}).update(bodies.components())
        return found

    app.openapi = openapi  # type: ignore[method-assign]


def _people(settings: ServiceSettings) -> bool:
    """Whether there are accounts, before the service starts."""
    database = settings.database_of()
    try:
        database.migrate()
        return Accounts(database).any()
    finally:
        database.close()
