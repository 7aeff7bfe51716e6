"""Errors for an office worker: what happened, where, what to do, and a code for whoever helps.

``GovWriterError`` is the only exception that leaves a stage on purpose. The command line prints
``str(error)`` and exits 2; the service returns the same fields as an RFC 9457 problem; a batch
writes one line per broken job. Codes are ``AREA-NNN``:

    CALL     the command line or request itself      INGEST   a file that can't be read
    BRIEF    a brief, themes file or manifest        DRAFT    drafting
    LLM      an engine, endpoint or model            OUT      writing the result
    BATCH    a batch and its jobs                    USER     accounts of the service
    HTTP     a request to the service, by its status
"""

from __future__ import annotations

import errno
from typing import Any


class GovWriterError(Exception):
    """One fault that the reader of the message can mend.

    what: what happened, a full Chinese sentence.  where: file, sheet, line ("" if it has no place).
    hint: what to do.  code: ``AREA-NNN``.
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "", code: str) -> None:
        self.what, self.where, self.hint, self.code = what, where, hint, code
        super().__init__(what)

    def __str__(self) -> str:
        lines = [self.what, self.where, self.hint, f"编号 {self.code}"]
        return "\n".join(line for line in lines if line)

    def as_dict(self) -> dict[str, Any]:
        """The same four fields for JSON output."""
        return {"what": self.what, "where": self.where, "hint": self.hint, "code": self.code}

    def __reduce__(self) -> tuple[Any, ...]:
        """Survive the way between worker processes (keyword-only arguments need help)."""
        return (_rebuild, (self.what, self.where, self.hint, self.code))


_OS_REASONS = {
    errno.ENOENT: "文件夹不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.EISDIR: "它是一个文件夹",
    errno.ETXTBSY: "文件正被占用",
    errno.EBUSY: "文件正被占用",
    errno.ELOOP: "链接互相指向，没有尽头",
    errno.EIO: "磁盘读写出错",
    errno.EFBIG: "文件超过了系统允许的大小",
    errno.EMFILE: "打开的文件太多",
    errno.EINVAL: "路径不合系统的规矩",
}


def os_reason(error: OSError) -> str:
    """Why the system refused, in plain Chinese where it is a common reason."""
    return _OS_REASONS.get(error.errno or 0) or error.strerror or str(error)


def _rebuild(what: str, where: str, hint: str, code: str) -> GovWriterError:
    return GovWriterError(what, where=where, hint=hint, code=code)
