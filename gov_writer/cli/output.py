"""Where a command's result goes: standard output, or a file that is written beside and renamed."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from gov_writer.errors import GovWriterError, os_reason

if TYPE_CHECKING:
    from gov_writer.domain import Source


def remind(text: str) -> None:
    """A warning, on standard error."""
    typer.echo(f"提醒：{text}", err=True)


def remind_of(*sources: Source) -> None:
    """What reading the sources left to say."""
    for source in sources:
        for warning in source.warnings:
            remind(f"{source.path}：{warning}")


def protect(outputs: Sequence[str | None], inputs: Iterable[str | None]) -> None:
    """No result may overwrite what it is made from, nor another result.  None: not given; "-": a standard stream.

    Raises GovWriterError OUT-104, OUT-108.
    """
    given = [out for out in outputs if out is not None]
    files = {os.path.realpath(name) for name in inputs if name not in (None, "-")}
    for out in given:
        if out != "-" and os.path.realpath(out) in files:
            raise GovWriterError(
                f"“{out}”是输入文件，不能用结果覆盖它。", hint="请换一个文件名。", code="OUT-104"
            )
    places = [out if out == "-" else os.path.realpath(out) for out in given]
    twice = next((out for at, out in enumerate(given) if places[at] in places[:at]), None)
    if twice is not None:
        where = "都要写到标准输出" if twice == "-" else f"都要写进“{twice}”"
        raise GovWriterError(f"两样结果{where}。", hint="请给其中一样换一个文件名。", code="OUT-108")


def write_result(data: bytes | str, out: str | None) -> None:
    """Write the result.  out: a path, or "-" or None for standard output.

    A file is written completely under another name beside it and then renamed, so that a fault never
    leaves half a result.  Raises GovWriterError (OUT-…) when it can't be written.
    """
    raw = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    if out is None or out == "-":
        _to_standard_output(raw if isinstance(data, bytes) or raw[-1:] in (b"", b"\n") else raw + b"\n")
        return
    if not out.strip():
        raise GovWriterError("结果的文件名是空的。", hint="请在 -o 后写明文件名。", code="OUT-102")
    target = Path(os.path.realpath(out))  # what a link points to is written, the link stays
    if target.is_dir():
        raise GovWriterError(
            f"结果无法写入“{out}”：它是一个文件夹。", hint="请在 -o 后写明文件名。", code="OUT-102"
        )
    beside = None
    try:
        if target.exists() and not target.is_file():  # a device is written to, never replaced by a file
            target.write_bytes(raw)
            return
        handle, beside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent or Path())
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        Path(beside).chmod(mode)
        Path(beside).replace(target)
    except OSError as error:
        if beside is not None:
            Path(beside).unlink(missing_ok=True)
        raise GovWriterError(
            f"结果无法写入“{out}”：{os_reason(error)}。",
            hint="请检查文件夹是否存在、是否有写入权限、磁盘是否还有空间、文件是否正被其他程序打开。",
            code="OUT-101",
        ) from None


def _to_standard_output(raw: bytes) -> None:
    """Whoever closed the pipe has seen enough: no fault, and the exit code stays the command's own."""
    try:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        silence()
    except OSError as error:
        raise unwritable(error) from None


def unwritable(error: OSError) -> GovWriterError:
    """Standard output that is closed or full."""
    silence()
    closed = error.errno == errno.EBADF
    return GovWriterError(
        f"结果无法写到标准输出：{'它是关闭的' if closed else os_reason(error)}。",
        hint="请用 -o 写明文件名，或检查命令后面的 > 和 |。",
        code="OUT-107",
    )


def silence() -> None:
    """Let what is still to go to standard output, at the end of the process too, go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
