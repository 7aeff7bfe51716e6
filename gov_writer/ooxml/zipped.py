"""A zip archive with limits, whoever reads it: a Word file's package, or a .zip of reports.

Entries, sizes and ratio are checked before anything is unpacked, and no entry gives more bytes than asked for,
whatever its header claims.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

#: From this size on an entry's ratio is looked at: small ones of blanks shrink to nothing.
_SMALL = 1048576


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """entries: how many.  total: bytes of all, unpacked.  ratio: unpacked to packed, of an entry above a megabyte.

    thing: what an entry is called in messages (部分, 文件).
    """

    entries: int
    total: int
    ratio: int
    thing: str


def opened(data: bytes) -> zipfile.ZipFile | None:
    """The archive, None for what is none."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError):
        return None


def within(
    entries: Sequence[zipfile.ZipInfo],
    limits: Limits,
    *,
    shown: Callable[[zipfile.ZipInfo], str],
    bomb: Callable[[str], Exception],
    locked: Callable[[], Exception],
) -> Iterator[zipfile.ZipInfo]:
    """The entries, each once it is known to be within the limits.

    shown: an entry's name for messages.  Raises what ``bomb`` makes of the sentence that says which limit is
    broken, and what ``locked`` makes for an entry with a password.
    """
    if len(entries) > limits.entries:
        raise bomb(f"压缩包里有 {len(entries)} 个{limits.thing}，上限是 {limits.entries}。")
    total = sum(entry.file_size for entry in entries)
    if total > limits.total:
        raise bomb(f"解开后有 {total // 1048576} MB，上限是 {limits.total // 1048576} MB。")
    for entry in entries:
        if entry.flag_bits & 1:
            raise locked()
        packed = max(entry.compress_size, 1)
        if entry.file_size > _SMALL and entry.file_size / packed > limits.ratio:
            raise bomb(f"{shown(entry)} 解开后是压缩时的 {entry.file_size // packed} 倍。")
        yield entry


def content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | str, most: int) -> bytes | None:
    """At most ``most`` + 1 bytes of an entry, so that a longer one shows; None for a damaged one."""
    try:
        with archive.open(entry) as stream:
            return stream.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        return None
