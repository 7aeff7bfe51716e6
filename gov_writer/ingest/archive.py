"""A .zip of reports, unpacked in memory with limits: entries, sizes and ratio are checked before anything is unpacked."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass

from gov_writer.errors import GovWriterError
from gov_writer.ingest.endings import READABLE
from gov_writer.ingest.limits import fault
from gov_writer.ooxml import zipped

#: Files of one archive that are read; a district has fewer reports.
MOST_FILES = 500
#: Entries of any kind: more is no folder of reports.
ENTRIES = 5_000
#: Bytes of all files, unpacked.
TOTAL_BYTES = 200 * 1024 * 1024
#: Unpacked to packed, where a file is larger than a megabyte (as for Office files).
RATIO = 400
_UNSEEN = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """files: name in the archive (folders with /, never a path outside) and bytes.  skipped: names not read."""

    files: tuple[tuple[str, bytes], ...]
    skipped: tuple[str, ...]


def unzip(data: bytes, name: str) -> Unpacked:
    """The readable files of an archive, by name.  name: for messages.

    Raises GovWriterError INGEST-108 for a password, 114 for a bomb, 121 for what is no archive.
    """
    archive = zipped.opened(data)
    if archive is None:
        raise _broken(name)
    entries = _checked([entry for entry in archive.infolist() if not entry.is_dir()], name)
    files, skipped = [], []
    left = TOTAL_BYTES
    for entry in sorted(entries, key=_name):
        shown = _name(entry)
        if _unseen(shown):
            continue
        if not shown.lower().endswith(READABLE):
            skipped.append(shown)
            continue
        content = _content(archive, entry, left, name)
        left -= len(content)
        files.append((shown, content))
    if len(files) > MOST_FILES:
        raise fault(
            114,
            f"“{name}”里有 {len(files)} 份文件，没有读取。",
            where=f"上限是 {MOST_FILES} 份。",
            hint="请分成几个压缩包。",
        )
    return Unpacked(files=tuple(files), skipped=tuple(skipped))


def _checked(entries: list[zipfile.ZipInfo], name: str) -> list[zipfile.ZipInfo]:
    return list(
        zipped.within(
            entries,
            zipped.Limits(entries=ENTRIES, total=TOTAL_BYTES, ratio=RATIO, thing="文件"),
            shown=_name,
            bomb=lambda where: _bomb(name, where),
            locked=lambda: fault(
                108, f"“{name}”加了密码，读不出来。", where="", hint="请去掉密码后重新压缩。"
            ),
        )
    )


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, name: str) -> bytes:
    """The bytes of an entry, whatever its header claims its size to be."""
    content = zipped.content(archive, entry, left)
    if content is None:
        raise _broken(name)
    if len(content) > left:
        raise _bomb(name, f"解开后超过 {TOTAL_BYTES // 1048576} MB。")
    return content


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's name without anything that would lead out of a folder.

    Windows packs Chinese names as GBK without saying so; they were read as code page 437.
    """
    name = entry.filename
    if not entry.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = posixpath.normpath(name.replace("\\", "/")).split("/")
    kept = [part for part in parts if part not in ("", ".", "..") and not part.endswith(":")]
    return "".join(c for c in "/".join(kept) if c.isprintable())[-200:] or "untitled"


def _unseen(name: str) -> bool:
    """What systems and Word leave beside files."""
    low = name.lower()
    last = low.rpartition("/")[2]
    return any(sign in low for sign in _UNSEEN) or last.startswith(("~$", "._", "."))


def _bomb(name: str, where: str) -> GovWriterError:
    return fault(
        114, f"“{name}”解开后大得不正常，出于安全没有读取。", where=where, hint="请分成几个压缩包再试。"
    )


def _broken(name: str) -> GovWriterError:
    return fault(
        121,
        f"“{name}”不是压缩包，或已经损坏。",
        where="",
        hint="请重新压缩成 .zip 再试；.rar 和 .7z 请先解开。",
    )
