"""What left the machine: one JSON line per HTTP request, the body exactly as it was sent, never a key or password."""

from __future__ import annotations

import json
import os
import re
import threading
from datetime import UTC, datetime
from pathlib import Path

from gov_writer.errors import GovWriterError, os_reason

#: The name and password in http://name:password@host/v1.
_USERINFO = re.compile(r"(?<=://)[^/?#]*@")


class EgressLog:
    """Appends to ``path``; opened at once, so that a log that can't be kept stops the draft before it sends.

    Raises GovWriterError OUT-301 when the file can't be written.
    """

    def __init__(self, path: str | Path) -> None:
        self._lock = threading.Lock()
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            raise GovWriterError(
                "写不了外发记录。",
                where=str(path),
                hint=f"请换一个位置（{os_reason(error)}）。",
                code="OUT-301",
            ) from error
        self._file = os.fdopen(handle, "a", encoding="utf-8")

    def sent(self, url: str, body: bytes, *, label: str = "", really: bool = True) -> None:
        """One line: time, address, whom it was for, the body.  really: False for a dry run."""
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "url": _USERINFO.sub("", url),
            "section": label,
            "sent": really,
            "body": body.decode("utf-8", "backslashreplace"),
        }
        with self._lock:
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
