"""Where a batch's files are: folders of this machine, or fsspec addresses such as s3://bucket/folder.

Addresses need their package (``pip install 'gov-writer[cluster,s3]'``) and take their credentials from its own
places (environment, profile, instance role); they are never written to results, journal or messages.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from gov_writer.errors import GovWriterError

_SECRET = re.compile(r"(?<=://)[^/@\s]*@")
_QUERY = re.compile(r"\?[^\s“”]*")


def is_address(path: str) -> bool:
    """Whether a path is an fsspec address and not a file of this machine."""
    return "://" in path


def shown(text: str) -> str:
    """An address as it may be shown: without a user, a password or a signed query."""
    return _QUERY.sub("?…", _SECRET.sub("", text)) if "://" in text else text


def opened(address: str) -> tuple[Any, str]:
    """The file system of an address and the path in it.  Raises BATCH-114 where a package is missing."""
    try:
        import fsspec

        system, path = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise GovWriterError(
            f"读取“{shown(address)}”缺少组件（{error.name or 'fsspec'}）。",
            hint="请安装：pip install 'gov-writer[cluster,s3]'。",
            code="BATCH-114",
        ) from None
    except ValueError as error:
        raise GovWriterError(
            f"地址“{shown(address)}”不认识。",
            where=str(error)[:80],
            hint="请检查地址的写法。",
            code="BATCH-115",
        ) from None
    return system, str(path)


def fault(address: str, error: BaseException, *, doing: str = "访问") -> GovWriterError:
    """Every store has exceptions of its own; what they say may hold a signed address.  doing: what failed."""
    why = shown(str(error)).splitlines()[0][:200] if str(error) else type(error).__name__
    return GovWriterError(
        f"无法{doing}“{shown(address)}”：{why}。",
        where=shown(address),
        hint="请检查地址、权限和网络。",
        code="BATCH-115",
    )


def listing(address: str) -> Iterator[tuple[str, str]]:
    """``(name, address)`` of each file below a folder's address, or that a glob means; in order.

    Raises BATCH-115 when the store can't be reached or has none.
    """
    system, path = opened(address)
    scheme = address.split("://", 1)[0]
    try:
        pattern = any(mark in path for mark in "*?[")
        found = sorted(system.glob(path) if pattern else system.find(path))
    except Exception as error:
        raise fault(address, error) from None
    if not found:
        raise GovWriterError(
            f"“{shown(address)}”下没有文件。", where=shown(address), hint="请检查地址。", code="BATCH-101"
        )
    base = path.rstrip("/") + "/"
    for one in found:
        name = one.rsplit("/", 1)[-1] if pattern else one.removeprefix(base)
        yield name, f"{scheme}://{one}"


def fetched(address: str, place: Path) -> str:
    """The file of an address, copied to a place of this machine."""
    system, path = opened(address)
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        system.get_file(path, str(place))
    except Exception as error:
        raise fault(address, error, doing="读取") from None
    return str(place)


class Outbox(Protocol):
    """Where results go.  Names are relative, with / between folders."""

    def put(self, name: str, data: bytes) -> None:
        """Keep a file: whole or not at all."""

    def has(self, name: str) -> bool:
        """Whether it is there."""

    def remove(self, name: str) -> None:
        """Take a file away that ``put`` left.  Raises OSError or GovWriterError where it stays."""

    def finish(self, names: tuple[str, ...]) -> None:
        """Bring these files of the working folder out, too."""


class LocalOutbox:
    """Results in the working folder itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, data: bytes) -> None:
        place = self._folder / name
        beside = place.with_name(f".{place.name}.part")
        try:
            beside.write_bytes(data)
            beside.replace(place)
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)  # half a file on a full disk is room for the journal
            raise

    def has(self, name: str) -> bool:
        return (self._folder / name).is_file()

    def remove(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)

    def finish(self, names: tuple[str, ...]) -> None:
        """They are there already."""


class RemoteOutbox:
    """Results under an address; journal and summaries are made in a working folder of this machine first."""

    def __init__(self, address: str, folder: Path) -> None:
        self._address, self._folder = address, folder
        self._system, self._path = opened(address)
        try:
            self._there = {one for part in ("outputs", "pages") for one in self._found(part)}
        except Exception as error:
            raise fault(address, error) from None

    def _found(self, part: str) -> list[str]:
        try:
            return list(self._system.find(f"{self._path.rstrip('/')}/{part}"))
        except FileNotFoundError:
            return []

    def put(self, name: str, data: bytes) -> None:
        place = f"{self._path.rstrip('/')}/{name}"
        try:
            self._system.pipe_file(place, data)  # one object: whole or not there
        except Exception as error:
            raise fault(self._address, error) from None
        self._there.add(place)

    def has(self, name: str) -> bool:
        return f"{self._path.rstrip('/')}/{name}" in self._there

    def remove(self, name: str) -> None:
        place = f"{self._path.rstrip('/')}/{name}"
        if place not in self._there:
            return
        try:
            self._system.rm_file(place)
        except Exception as error:
            raise fault(self._address, error) from None
        self._there.discard(place)

    def finish(self, names: tuple[str, ...]) -> None:
        for name in names:
            self.put(name, (self._folder / name).read_bytes())


def working_folder(out: str) -> tuple[Path, Outbox]:
    """The folder for the journal and what is made beside it, and where results go.

    Of an address the working folder is under the user's state folder, by the address; the same command on the
    same machine resumes.
    """
    if not is_address(out):
        return Path(out), LocalOutbox(Path(out))
    home = os.environ.get("XDG_STATE_HOME") or (
        os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else None
    )
    base = Path(home) if home else Path.home() / ".local" / "state"
    folder = base / "gov-writer" / "batches" / hashlib.sha256(shown(out).encode()).hexdigest()[:24]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder, RemoteOutbox(out, folder)
