"""What the server may read: files inside the folders that were named when it was started, links followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from gov_writer.errors import GovWriterError
from gov_writer.ingest import read_brief
from gov_writer.ingest.endings import READABLE
from gov_writer.ingest.sources import expand

_LISTED = (*READABLE, ".yaml", ".yml")
OUTSIDE = "CALL-173"
#: Files that one listing shows.
MOST_LISTED = 500


class Folders:
    """The folders that a client may name files in.

    Relative names count from the first.  Raises CALL-171 when a folder does not exist.
    """

    def __init__(self, folders: Iterable[str | Path]) -> None:
        self._roots: list[Path] = []
        for folder in folders:
            place = Path(folder).resolve()
            if not place.is_dir():
                raise GovWriterError(
                    f"文件夹“{folder}”不存在。", hint="请给出存在的文件夹。", code="CALL-171"
                )
            self._roots.append(place)
        if not self._roots:
            raise GovWriterError(
                "没有给出允许读取的文件夹。", hint="例：gov-writer mcp 报告文件夹/", code="CALL-172"
            )

    def file(self, name: str) -> str:
        """The path of one file.  Raises CALL-173 for what is outside, whether it exists or not."""
        place = Path(name) if Path(name).is_absolute() else self._roots[0] / name
        try:
            real = place.resolve()
        except (OSError, ValueError, RuntimeError):
            raise self._outside(name) from None
        if not any(real.is_relative_to(root) for root in self._roots):
            raise self._outside(name)
        return str(real)

    def files(self, names: Iterable[str]) -> list[str]:
        """The paths of several; folders and globs are replaced by the files they mean, each looked at."""
        found: list[str] = []
        for name in names:
            anchored = name if Path(name).is_absolute() else str(self._roots[0] / name)
            self.file(_fixed_part(anchored))
            try:
                found += [self.file(path) for path in expand([anchored])]
            except GovWriterError as error:
                raise (
                    self._outside(name) if error.code == OUTSIDE else error
                ) from None  # no names from outside
        return found

    def brief(self, name: str) -> str:
        """The path of a brief all of whose sources and examples are inside, too."""
        path = self.file(name)
        plan = read_brief(path, sources_elsewhere=True)
        for one in (*plan.sources, *plan.examples):
            self.file(one)
        return path

    def listed(self, under: str = "") -> Iterator[str]:
        """The readable files below a folder, relative to the first allowed one where they lie in it."""
        begin = Path(self.file(under)) if under else None
        count = 0
        for root in [begin] if begin is not None else self._roots:
            for path in sorted(root.rglob("*")):
                if path.suffix.lower() not in _LISTED or path.name.startswith((".", "~$")):
                    continue
                if not path.is_file() or not any(path.resolve().is_relative_to(r) for r in self._roots):
                    continue
                count += 1
                if count > MOST_LISTED:
                    return
                first = self._roots[0]
                yield str(path.relative_to(first)) if path.is_relative_to(first) else str(path)

    def _outside(self, name: str) -> GovWriterError:
        shown = name if len(name) <= 120 else name[:120] + "…"
        return GovWriterError(
            f"“{shown}”不在允许读取的文件夹里。",
            hint="只能读取启动 gov-writer mcp 时给出的文件夹。",
            code=OUTSIDE,
        )


def _fixed_part(pattern: str) -> str:
    """The leading part of a glob that names a folder for sure; ``..`` behind a star is left to each match."""
    parts: list[str] = []
    for part in Path(pattern).parts:
        if any(mark in part for mark in "*?["):
            break
        parts.append(part)
    return str(Path(*parts)) if parts else pattern
