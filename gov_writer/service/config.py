"""What whoever runs the service may set."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gov_writer.errors import GovWriterError

if TYPE_CHECKING:
    from gov_writer.service.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSettings:
    """One service.

    host, port: where it listens; other than loopback needs a token or accounts.
    token: what clients send as ``Authorization: Bearer …``; it opens the unit ``local`` and all settings.
    public_url: how browsers name the service behind a proxy, ``https://…``; "" without a proxy.
    database: an SQLAlchemy address; "" means SQLite in ``folder``.
    folder: where the database and nothing else is kept.
    max_body_mb: the largest request.  Bigger reports than this are no reports.  body_seconds: until it is here.
    processes: that check for ``/v1/check``; 0 checks in threads.
    max_open: requests at once, event streams among them; more are told to come back.  most_open_each: of one account.
    per_minute, burst: requests of one account (or of an address that isn't logged in); 0 is no limit.
    idle_minutes, login_hours: when a login ends.
    most_jobs: of one account, waiting or at work.
    workers: jobs (drafts, batches) that run at once.  retention_days: then a job is deleted for good.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    database: str = ""
    folder: Path = Path("gov-writer-data")
    max_body_mb: int = 40
    body_seconds: float = 120
    processes: int = 0
    max_open: int = 500
    most_open_each: int = 250
    per_minute: float = 900
    burst: float = 300
    idle_minutes: float = 60
    login_hours: float = 12
    public_url: str = ""
    workers: int = 2
    most_jobs: int = 50
    retention_days: float = 180

    @property
    def url(self) -> str:
        return self.database or f"sqlite:///{(self.folder / 'service.sqlite').absolute()}"

    def database_of(self) -> Database:
        """A connection to its database; the end of the audit log is noted in ``folder``."""
        from gov_writer.service.database import Database

        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
        return Database(self.url, head=self.folder / "audit.head")

    @property
    def answers(self) -> Path:
        """Where ``gov-writer serve`` lets models' answers be kept."""
        return self.folder / "answers"

    @property
    def loopback(self) -> bool:
        """Whether it listens to this machine alone."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def reachable(self) -> bool:
        """Whether others can reach it: it listens to them, or a proxy on this machine does."""
        return not self.loopback or bool(self.public_url)

    @property
    def secure(self) -> bool:
        """Whether browsers reach it over TLS as far as the settings know."""
        return self.public_url.startswith("https://")

    def approved(self, people: Callable[[], bool]) -> ServiceSettings:
        """These settings, or GovWriterError where they would open the service to anybody.

        people: whether there are accounts; asked only where it matters."""
        if self.reachable and not self.token and not people():
            where = f"经 {self.public_url} 访问" if self.loopback else f"在 {self.host} 上监听"
            raise GovWriterError(
                f"{where}需要用户或令牌，否则网内任何人都能读到材料。",
                hint="请先用 gov-writer user add 建用户，或设置环境变量 GOV_WRITER_TOKEN（至少 16 个字符），"
                "或只在 127.0.0.1 上监听。",
                code="CALL-401",
            )
        if self.token is not None and len(self.token) < 16:
            raise GovWriterError("令牌太短。", hint="请使用至少 16 个字符的随机令牌。", code="CALL-402")
        return self
