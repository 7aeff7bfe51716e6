"""Old Word (.doc) and WPS (.wps) files, through LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from gov_writer.errors import GovWriterError, os_reason
from gov_writer.ingest.content import Content
from gov_writer.ingest.limits import fault
from gov_writer.ooxml.package import encrypted, wrong_kind

#: Seconds for one conversion; a report takes one or two, the first start of the day ten.
TIMEOUT = 120
_OLE = b"\xd0\xcf\x11\xe0"
_WORD = "WordDocument".encode("utf-16-le")
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)


def read_office(data: bytes, name: str) -> Content:
    """Convert to .docx in a folder of its own, then read that.

    Raises INGEST-117 without LibreOffice, 118 when it fails or takes too long.
    """
    from gov_writer.ingest.docx import read_docx

    suffix = Path(name).suffix.lower() or ".doc"
    _check(data, name)
    program = _program()
    if program is None:
        raise fault(
            117,
            f"读“{name}”要用 LibreOffice，这台电脑上没有找到。",
            where=f"{suffix} 是旧格式。",
            hint="请安装 LibreOffice（https://zh-cn.libreoffice.org），或用 Word、WPS 另存为 .docx 后再试。",
        )
    return read_docx(_converted(program, data, name, suffix), name)


def _check(data: bytes, name: str) -> None:
    """LibreOffice opens anything as text: let only documents through."""
    if data.startswith(b"PK\x03\x04"):
        raise wrong_kind(name, " Word 文档（.docx）", ".docx")
    if data.startswith(b"%PDF-"):
        raise wrong_kind(name, " PDF", ".pdf")
    if data.startswith(b"{\\rtf"):
        return
    if not data.startswith(_OLE):
        raise fault(
            107,
            f"“{name}”不是 Word 或 WPS 文档，读不出来。",
            where="扩展名是旧版 Word 或 WPS，内容却不是。",
            hint="请用 Word 或 WPS 打开确认，另存为 .docx 后再试。",
        )
    if "EncryptedPackage".encode("utf-16-le") in data or _fib_encrypted(data):
        raise encrypted(name)


def _fib_encrypted(data: bytes) -> bool:
    """fEncrypted, bit 8 of the flags at offset 10 of the Word stream ([MS-DOC] 2.5.2), usually the first sector."""
    at = data.find(b"\xec\xa5\xc1\x00", 512)
    return _WORD in data and 0 < at < len(data) - 12 and bool(data[at + 11] & 0x01)


def _program() -> str | None:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def _converted(program: str, data: bytes, name: str, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gov-writer-") as folder:
        work = Path(folder)
        source = work / f"in{suffix}"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(work / "out"),
            str(source),
        ]
        nowhere = "http://127.0.0.1:9"  # linked pictures must not be fetched
        environment = {**os.environ, "http_proxy": nowhere, "https_proxy": nowhere, "no_proxy": ""}
        try:
            subprocess.run(  # noqa: S603
                command, check=False, capture_output=True, timeout=TIMEOUT, env=environment, cwd=work
            )
        except subprocess.TimeoutExpired:
            raise _failed(name, f"{TIMEOUT} 秒内没有完成。") from None
        except OSError as error:
            raise _failed(name, f"LibreOffice 不能启动：{os_reason(error)}。") from None
        made = work / "out" / "in.docx"
        if not made.is_file():
            raise _failed(name, "LibreOffice 没有转换成功。")
        return made.read_bytes()


def _failed(name: str, where: str) -> GovWriterError:
    return fault(118, f"“{name}”没有读成。", where=where, hint="请用 Word 或 WPS 另存为 .docx 后再试。")
