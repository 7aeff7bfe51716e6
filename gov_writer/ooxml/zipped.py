"""A zip archive with limits, whoever reads it: a Word file's package, or a .zip of reports.

Entries, sizes and ratio are checked before anything is unpacked, and no entry gives more bytes than asked for,
whatever its header claims. An archive is written anew without unpacking what stays as it is.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

#: From this size on an entry's ratio is looked at: small ones of blanks shrink to nothing.
_SMALL = 1048576
#: How hard new content is packed: a twelfth larger than by zlib's own choice, in less than half the time.
_LEVEL = 3
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DEFLATED, _UTF8 = 8, 0x800
#: 1980-01-01 as MS-DOS has it: what is added has no date of its own.
_NEW_YEAR = 0x21


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


def rewritten(
    data: bytes, archive: zipfile.ZipFile, new: Mapping[str, bytes], without: Collection[str] = ()
) -> bytes | None:
    """The archive with new content for the entries of these names, or as further entries; None for a damaged one.

    data: what the archive was opened from.  without: entries that are left out. All other entries are copied packed as they are, each name once.
    """
    made = _Archive()
    entries = {entry.filename: entry for entry in archive.infolist() if entry.filename not in without}
    for name, entry in entries.items():
        head = _local(data, entry)
        if head is None:
            return None
        begin, raw, time = head
        if name in new:
            made.add(raw, new[name], entry.flag_bits & _UTF8, time)
            continue
        packed = data[begin : begin + entry.compress_size]
        fields = entry.compress_type, *time, entry.CRC, len(packed), entry.file_size
        made.put(raw, packed, (entry.flag_bits & _UTF8, *fields))
        if len(packed) < entry.compress_size or len(made.body) > 2 * len(data) + 65536 + made.fresh:
            return None  # cut short, or entries that lie upon each other
    for name, content in new.items():
        if name not in entries:
            made.add(name.encode(), content, 0 if name.isascii() else _UTF8, (0, _NEW_YEAR))
    return made.closed()


def _local(data: bytes, entry: zipfile.ZipInfo) -> tuple[int, bytes, tuple[int, int]] | None:
    """Where an entry's packed bytes begin, its name as it is written there, and its time and date."""
    at = entry.header_offset
    if at < 0 or at + _LOCAL.size > len(data):
        return None
    sign, _, _, _, time, date, _, _, _, name, extra = _LOCAL.unpack_from(data, at)
    at += _LOCAL.size
    return (at + name + extra, data[at : at + name], (time, date)) if sign == b"PK\3\4" else None


class _Archive:
    """An archive being written: below four gigabytes and 65,536 entries, as ``Limits`` allow no more.

    fresh: bytes of the entries that were packed here.
    """

    def __init__(self) -> None:
        self.body, self.list, self.count, self.fresh = bytearray(), bytearray(), 0, 0

    def add(self, name: bytes, content: bytes, flags: int, time: tuple[int, int]) -> None:
        """An entry with this content."""
        pack = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
        packed = pack.compress(content) + pack.flush()
        self.put(name, packed, (flags, _DEFLATED, *time, zlib.crc32(content), len(packed), len(content)))
        self.fresh += len(packed)

    def put(self, name: bytes, packed: bytes, fields: tuple[int, ...]) -> None:
        """fields: flags, method, time, date, checksum, size packed and unpacked."""
        at = len(self.body)
        self.body += _LOCAL.pack(b"PK\3\4", 20, *fields, len(name), 0) + name + packed
        self.list += _CENTRAL.pack(b"PK\1\2", 20, 20, *fields, len(name), 0, 0, 0, 0, 0, at) + name
        self.count += 1

    def closed(self) -> bytes:
        """The archive with its list of entries."""
        end = _END.pack(b"PK\5\6", 0, 0, self.count, self.count, len(self.list), len(self.body), 0)
        return bytes(self.body + self.list + end)
