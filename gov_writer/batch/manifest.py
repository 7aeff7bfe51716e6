"""Manifest -> jobs, one at a time: a folder, a glob, or a table with a row per job (.csv, .jsonl, .xlsx)."""

from __future__ import annotations

import codecs
import csv
import glob
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile

from gov_writer.batch import storage
from gov_writer.batch.job import Job, JobKind
from gov_writer.errors import GovWriterError, os_reason
from gov_writer.ingest.endings import READABLE

COLUMNS = ("job", "input", "against", "brief", "themes", "period", "engine", "name")


class RowError(GovWriterError):
    """A row of the manifest that is no job.  name: what the row calls itself, "" if it doesn't; kind: its job."""

    def __init__(self, fault: GovWriterError, *, name: str, kind: str) -> None:
        super().__init__(fault.what, where=fault.where, hint=fault.hint, code=fault.code)
        self.name, self.kind = name, kind


#: What a batch writes to its folder: no report, where the folder lies among the reports.
_WRITTEN = frozenset({"outputs", "pages", "batch-api", "results.jsonl", "summary.xlsx", "summary.html"})


def jobs(manifest: str, results: Path | None = None) -> Iterator[Job | GovWriterError]:
    """The jobs in the manifest's order; a row that is wrong comes as its error, in its place.

    results: the folder of the batch; what it writes there is none of its jobs.
    Raises GovWriterError when the manifest itself can't be read.
    """
    if storage.is_address(manifest):
        yield from _unique(_remote(manifest))
        return
    path = Path(manifest)
    if path.is_dir():
        yield from _unique(_files(_below(path, results), path))
    elif path.suffix.lower() in (".csv", ".jsonl", ".xlsx") and path.is_file():
        yield from _unique(_rows(path))
    elif glob.has_magic(manifest):
        found = sorted(Path(p) for p in glob.glob(manifest, recursive=True))  # noqa: PTH207 - a pattern may be absolute
        if not found:
            raise _no_manifest(manifest, "没有与通配符相符的文件。")
        yield from _unique(_files([p for p in found if _is_file(p) and not _is_result(p, results)], None))
    else:
        why = "这是一份文件，不是清单。" if path.suffix.lower() in READABLE else ""
        raise _no_manifest(manifest, why if path.exists() else "路径不存在。")


def _below(folder: Path, results: Path | None) -> list[Path | GovWriterError]:
    """All files of a folder in order, and what of it can't be looked into."""
    closed: list[OSError] = []
    found = [
        Path(place) / name for place, _, names in os.walk(folder, onerror=closed.append) for name in names
    ]
    files = sorted(p for p in found if _is_file(p) and not _is_result(p, results))
    return [*files, *(_closed(error) for error in closed)]


def _closed(error: OSError) -> GovWriterError:
    return GovWriterError(
        f"无法打开文件夹：{os_reason(error)}。", where=error.filename, hint="请检查权限。", code="BATCH-118"
    )


def _is_file(path: Path) -> bool:
    """A link to what is gone counts: its job fails and says so."""
    return path.is_file() or (path.is_symlink() and not path.exists())


def _is_result(path: Path, results: Path | None) -> bool:
    if results is None or not (place := path.absolute()).is_relative_to(results.absolute()):
        return False
    first = place.relative_to(results.absolute()).parts[0]
    return first in _WRITTEN or first.startswith(("journal.sqlite", "limits.sqlite"))


def _no_manifest(manifest: str, why: str) -> GovWriterError:
    return GovWriterError(
        f"无法读取批量清单“{manifest}”。{why}",
        hint="请给出文件夹、通配符（如 reports/*.docx），或 .csv、.jsonl、.xlsx 清单。",
        code="BATCH-101",
    )


def _files(paths: Iterable[Path | GovWriterError], root: Path | None) -> Iterator[Job | GovWriterError]:
    for path in paths:
        if isinstance(path, GovWriterError):
            yield path
            continue
        shown = path.relative_to(root).as_posix() if root else path.name
        if path.name.startswith((".", "~$")):
            continue
        if path.suffix.lower() in READABLE:
            yield Job(
                name=shown,
                kind=JobKind.CHECK,
                inputs=(str(path.resolve() if path.exists() else path.absolute()),),
            )
        else:
            yield _unreadable(shown, str(path))


def _remote(manifest: str) -> Iterator[Job | GovWriterError]:
    """A manifest under an address: a table (its paths relative to it), a folder or a glob."""
    name = manifest.rsplit("/", 1)[-1]
    if name.lower().endswith((".csv", ".jsonl", ".xlsx")):
        with tempfile.TemporaryDirectory(prefix="gov-writer-") as folder:
            place = Path(storage.fetched(manifest, Path(folder) / name))
            yield from _rows(place, base=manifest.rsplit("/", 1)[0])
        return
    for shown, address in storage.listing(manifest):
        ending = Path(shown).suffix.lower()
        if Path(shown).name.startswith((".", "~$")):
            continue
        if ending in READABLE:
            yield Job(name=shown, kind=JobKind.CHECK, inputs=(address,))
        else:
            yield _unreadable(shown, storage.shown(address))


def _unreadable(shown: str, where: str) -> GovWriterError:
    return GovWriterError(
        f"不支持的文件类型：{shown}", where=where, hint=f"可读取：{' '.join(READABLE)}。", code="BATCH-102"
    )


def _rows(path: Path, base: str | None = None) -> Iterator[Job | GovWriterError]:
    """base: what relative paths count from, if not the folder of the file."""
    for place, row in _records(path):
        where = f"{path.name} {place}"
        try:
            yield (
                _job(row, base or str(path.resolve().parent), where) if row is not None else _no_object(where)
            )
        except GovWriterError as error:
            name, kind = (str((row or {}).get(column) or "").strip() for column in ("name", "job"))
            yield RowError(error, name=name, kind=kind if kind in tuple(JobKind) else JobKind.CHECK)


def _records(path: Path) -> Iterator[tuple[str, Mapping[str, object] | None]]:
    """Place and row; None for a line of .jsonl that is no object."""
    ending = path.suffix.lower()
    try:
        if ending == ".jsonl":
            with path.open(encoding=_encoding(path)) as lines:
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        yield f"第{number}行", _json_row(line)
        elif ending == ".csv":
            with path.open(encoding=_encoding(path), newline="") as lines:
                header = lines.readline()
                names = next(csv.reader([header], delimiter=_delimiter(header)), [])
                table = csv.DictReader(lines, [_column(name) for name in names], delimiter=_delimiter(header))
                _known_columns(table.fieldnames or (), path)
                for row in table:
                    if any(value for key, value in row.items() if key):
                        yield f"第{table.line_num + 1}行", {str(k): v for k, v in row.items() if k}
        else:
            yield from _sheet(path)
    except UnicodeDecodeError:
        raise _no_manifest(str(path), "文字编码无法识别，请另存为 UTF-8。") from None
    except csv.Error as error:
        raise _no_manifest(str(path), f"表格格式有误（{error}）。") from error
    except OSError as error:
        raise _no_manifest(str(path), f"{os_reason(error)}。") from error


def _delimiter(header: str) -> str:
    """What parts the columns: Excel writes semicolons where the comma is the decimal sign, tabs on request."""
    return next((mark for mark in ",;\t" if mark in header), ",")


def _column(name: object) -> str:
    return str(name or "").strip().lower()


def _encoding(path: Path) -> str:
    """Read once to tell: a manifest may be too long to be held."""
    with path.open("rb") as stream:
        if stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        stream.seek(0)
        utf8 = codecs.getincrementaldecoder("utf-8")()
        try:
            while block := stream.read(1 << 20):
                utf8.decode(block)
        except UnicodeDecodeError:
            return "gb18030"  # what Excel writes in Chinese
    return "utf-8-sig"


def _json_row(line: str) -> Mapping[str, object] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _no_object(where: str) -> GovWriterError:
    return GovWriterError(
        "清单的这一行不是 JSON 对象。",
        where=where,
        hint='每行写一个对象，如 {"job": "check", "input": "a.docx"}。',
        code="BATCH-103",
    )


def _sheet(path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, OSError, KeyError, ValueError) as error:
        raise _no_manifest(str(path), "这不是有效的 .xlsx 文件。") from error
    for sheet in book.worksheets:
        rows = sheet.iter_rows(values_only=True)
        header = [_column(name) for name in next(rows, ())]
        if any(header):
            break
    else:
        return
    _known_columns(header, path)
    for number, values in enumerate(rows, 2):
        if any(value is not None for value in values):
            yield f"第{number}行", dict(zip(header, values, strict=False))
    book.close()


def _known_columns(names: Iterable[str], where: str | Path) -> None:
    unknown = [name for name in names if name and name not in COLUMNS]
    if unknown:
        raise GovWriterError(
            f"清单中有不认识的列“{unknown[0]}”。",
            where=str(where),
            hint=f"第一行写列名，可用的是：{'、'.join(COLUMNS)}。",
            code="BATCH-104",
        )


def _job(row: Mapping[str, object], folder: str, where: str) -> Job:
    def cell(name: str) -> str:
        value = row.get(name)
        return "" if value is None else str(value).strip()

    def paths(name: str) -> tuple[str, ...]:
        value = row.get(name)
        parts = value if isinstance(value, list) else cell(name).replace("；", ";").split(";")
        return tuple(_resolve(str(part).strip(), folder) for part in parts if str(part).strip())

    _known_columns(row, where)
    kind = cell("job") or "check"
    if kind not in tuple(JobKind):
        raise GovWriterError(
            f"job 列的“{kind}”不认识。",
            where=where,
            hint="请写 check（核对）、draft（起草）、reconcile（汇总核对）或 compare（两年对照）。",
            code="BATCH-105",
        )
    inputs = paths("input")
    if not inputs and kind == JobKind.DRAFT and cell("brief"):
        inputs = (_resolve(cell("brief"), folder),)
    if not inputs or (kind != JobKind.DRAFT and len(inputs) > 1):
        raise GovWriterError(
            "input 列为空。" if not inputs else "除起草外，input 列只能有一个文件。",
            where=where,
            hint="请写要核对的报告，或起草所用的材料（多个用“;”隔开）；是公式的，请粘贴为值。",
            code="BATCH-106",
        )
    against = paths("against")
    if (kind == JobKind.RECONCILE and not against) or (kind == JobKind.COMPARE and len(against) != 1):
        raise GovWriterError(
            "against 列不对。",
            where=where,
            hint="reconcile 写各单位的文件（多个用“;”隔开，可用通配符），compare 写上年的报告（一份）。",
            code="BATCH-117",
        )
    period = cell("period").removesuffix(".0")
    return Job(
        name=cell("name") or Path(inputs[0]).name,
        kind=JobKind(kind),
        inputs=inputs,
        against=against,
        brief=_resolve(cell("brief"), folder) if cell("brief") else None,
        themes=_resolve(cell("themes"), folder) if cell("themes") else None,
        period=period or None,
        engine=cell("engine") or None,
    )


def _resolve(path: str, folder: str) -> str:
    """Relative to the manifest's folder, which may be an address; addresses stay as they are."""
    if storage.is_address(path) or Path(path).is_absolute():
        return path
    return f"{folder.rstrip('/')}/{path}" if storage.is_address(folder) else str(Path(folder) / path)


def _unique(found: Iterator[Job | GovWriterError]) -> Iterator[Job | GovWriterError]:
    """Two jobs of one name would overwrite each other's output: the second gets a number."""
    seen: dict[str, int] = {}
    for job in found:
        if isinstance(job, Job | RowError) and job.name:
            count = seen[job.name] = seen.get(job.name, 0) + 1
            if count > 1 and isinstance(job, Job):
                job = Job.from_dict({**job.as_dict(), "name": f"{job.name}#{count}"})
            elif count > 1 and isinstance(job, RowError):
                job.name = f"{job.name}#{count}"
        yield job
