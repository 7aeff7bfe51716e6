"""Which files a brief means: plain names and globs, relative to its folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gov_writer.errors import GovWriterError
from gov_writer.ingest.endings import DOCUMENTS, READABLE
from gov_writer.text.lazy import lazy

#: More files than any report is made of: a glob on the wrong folder, stopped before it eats the memory.
MAX_FILES = 2000
_MAGIC = lazy(r"[*?\[]")
_CONTROL = lazy(r"[\x00-\x1f\x7f]")
_DIGITS = lazy(r"(\d+)")


def resolve(pattern: str, folder: Path, *, root: Path | None = None, where: str = "") -> tuple[str, ...]:
    """The files that ``pattern`` names, in natural order of their names (9月.md before 10月.md).

    A name that exists is taken literally, even when it holds ``[1]``. A folder means the
    documents in it. ``~`` and variables are not expanded. Office lock files (``~$…``) and hidden files
    never match a glob.  root: see ``read_brief``.
    Raises GovWriterError BRIEF-120 (no such file), 121 (too many), 122 (outside ``root``).
    """
    if "\0" in pattern or not pattern.strip():
        raise _missing(pattern, where)
    literal = folder / pattern
    try:
        if literal.is_dir():
            found = [p for p in literal.iterdir() if p.suffix.lower() in DOCUMENTS]
            if not any(map(_meant, found)):
                raise _bare(pattern, where)
        elif literal.exists() or not _MAGIC.search(pattern):
            return _checked([literal], pattern, root, where)
        else:
            found = _glob(folder, pattern, where)
    except (OSError, ValueError, NotImplementedError):
        raise _missing(pattern, where) from None
    return _checked(list(filter(_meant, found)), pattern, root, where)


def _meant(path: Path) -> bool:
    """No hidden file, no lock file of Office."""
    return not path.name.startswith((".", "~$"))


def expand(paths: Iterable[str | Path], *, besides: str | Path | None = None) -> list[str]:
    """``paths`` as a command line names them, folders and globs replaced by the files they mean.

    besides: a file that a folder or glob doesn't mean, though it is there: the draft among its notes.

    A name that is neither stays as it is: whoever reads it says what is wrong with it.
    Raises GovWriterError BRIEF-120 (an empty folder, a glob without a match), 121.
    """
    found: list[str] = []
    for path in map(str, paths):
        try:
            several = Path(path).is_dir() or (bool(_MAGIC.search(path)) and not Path(path).exists())
        except (OSError, ValueError):
            several = False
        meant = [p for p in resolve(path, Path()) if not _same(p, besides)] if several else [path]
        if not meant:
            raise _bare(path, "除了要核对的文稿，没有别的文件。")
        found += meant
    return found


def _same(path: str, other: str | Path | None) -> bool:
    return other is not None and Path(path).resolve() == Path(other).resolve()


def _glob(folder: Path, pattern: str, where: str) -> list[Path]:
    path = Path(pattern)
    base = Path(path.anchor) if path.is_absolute() else folder
    rest = str(path.relative_to(path.anchor)) if path.is_absolute() else pattern
    found = []
    for match in base.glob(rest):
        if match.is_file():
            found.append(match)
        if len(found) > MAX_FILES:
            raise GovWriterError(
                f"“{pattern}”匹配的文件超过{MAX_FILES}个。",
                where=where,
                hint="把通配符写得更具体一些。",
                code="BRIEF-121",
            )
    return found


def _checked(found: list[Path], pattern: str, root: Path | None, where: str) -> tuple[str, ...]:
    if not found or not all(path.is_file() for path in found):
        raise _missing(pattern, where)
    if root is not None:
        inside = root.resolve()
        for path in found:
            if not path.resolve().is_relative_to(inside):
                raise GovWriterError(
                    f"“{pattern}”在允许的文件夹之外。",
                    where=where,
                    hint="把文件放到任务书所在的文件夹里。",
                    code="BRIEF-122",
                )
    return tuple(str(path) for path in sorted(found, key=_natural))


def _natural(path: Path) -> tuple[tuple[int, int | str], ...]:
    parts = _DIGITS.split(str(path))
    return tuple((0, int(p)) if p.isascii() and p.isdigit() and len(p) < 20 else (1, p) for p in parts if p)


def _bare(pattern: str, where: str) -> GovWriterError:
    return GovWriterError(
        f"“{pattern}”里没有可以作材料的文件。",
        where=where,
        hint=f"请把材料放进去，或另写一个位置；可读取：{'、'.join(READABLE)}。",
        code="BRIEF-120",
    )


def _missing(pattern: str, where: str) -> GovWriterError:
    shown = _CONTROL.sub("�", pattern if len(pattern) <= 120 else pattern[:120] + "…")
    return GovWriterError(
        f"找不到文件“{shown}”。",
        where=where,
        hint="文件名相对于任务书所在的文件夹；请检查文件名，* 可以代表任意字符。",
        code="BRIEF-120",
    )
