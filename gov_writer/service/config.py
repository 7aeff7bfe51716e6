"""What whoever runs the service may set."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from gov_writer.errors import GovWriterError


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSettings:
    """One service.

    host, port: where it listens; other than loopback needs a token.
    token: what clients send as ``Authorization: Bearer …``; None only on loopback.
    database: an SQLAlchemy address; "" means SQLite in ``folder``.
    folder: where the database and nothing else is kept.
    max_body_mb: the largest request.  Bigger reports than this are no reports.
    processes: that check for ``/v1/check``; 0 checks in threads.
    max_open: requests at once, event streams among them; more are told to come back.
    workers: jobs (drafts, batches) that run at once.  retention_days: then a job is deleted for good.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    database: str = ""
    folder: Path = Path("gov-writer-data")
    max_body_mb: int = 40
    processes: int = 0
    max_open: int = 500
    workers: int = 2
    retention_days: int = 180

    @property
    def url(self) -> str:
        return self.database or f"sqlite:///{(self.folder / 'service.sqlite').absolute()}"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def approved(self) -> ServiceSettings:
        """These settings, or GovWriterError where they would open the service to anybody."""
        if not self.loopback and not self.token:
            raise GovWriterError(
                f"在 {self.host} 上监听需要令牌，否则网内任何人都能读到材料。",
                hint="请设置环境变量 GOV_WRITER_TOKEN（至少 16 个字符），或只在 127.0.0.1 上监听。",
                code="CALL-401",
            )
        if self.token is not None and len(self.token) < 16:
            raise GovWriterError("令牌太短。", hint="请使用至少 16 个字符的随机令牌。", code="CALL-402")
        return self
