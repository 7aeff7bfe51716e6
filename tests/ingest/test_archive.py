"""Archives of reports: names, limits, and what is no archive."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from gov_writer.errors import GovWriterError
from gov_writer.ingest import archive


def _zip(*files: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as package:
        for name, content in files:
            package.writestr(name, content)
    return made.getvalue()


def test_reports_are_read_by_name_and_the_rest_is_told() -> None:
    data = _zip(
        ("各街道/东岭街道.md", b"a"),
        ("各街道/照片.jpg", b"b"),
        ("__MACOSX/._x.md", b"c"),
        ("~$东岭.docx", b"d"),
    )
    found = archive.unzip(data, "报告.zip")
    assert found.files == (("各街道/东岭街道.md", b"a"),)
    assert found.skipped == ("各街道/照片.jpg",)


@pytest.mark.parametrize("name", ["../../etc/a.md", "/etc/a.md", "C:\\x\\a.md", "..\\a.md", "a\n.md"])
def test_names_never_lead_out(name: str) -> None:
    ((found, _),) = archive.unzip(_zip((name, b"x")), "z.zip").files
    assert ".." not in found.split("/")
    assert not found.startswith("/")
    assert ":" not in found
    assert found.isprintable()


def test_names_packed_by_windows() -> None:
    wanted = "西岭街道.md"
    raw = wanted.encode("gbk")
    data = _zip(("x" * len(raw), b"x")).replace(b"x" * len(raw), raw)
    assert archive.unzip(data, "z.zip").files[0][0] == wanted


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GovWriterError, match="大得不正常"):
        archive.unzip(_zip(("a.md", b"0" * 30_000_000)), "z.zip")
    monkeypatch.setattr(archive, "TOTAL_BYTES", 100)
    with pytest.raises(GovWriterError, match="大得不正常"):
        archive.unzip(_zip(("a.md", b"0" * 60), ("b.md", b"1" * 60)), "z.zip")


def test_a_size_that_lies_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "TOTAL_BYTES", 1000)
    data = _zip(("a.md", b"0" * 5000))
    lying = data.replace(struct.pack("<L", 5000), struct.pack("<L", 10))
    with pytest.raises(GovWriterError):
        archive.unzip(lying, "z.zip")


def test_too_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    with pytest.raises(GovWriterError, match="3 份"):
        archive.unzip(_zip(*((f"{n}.md", b"x") for n in range(3))), "z.zip")


@pytest.mark.parametrize("data", [b"", b"PK", b"Rar!\x1a\x07", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_archive(data: bytes) -> None:
    with pytest.raises(GovWriterError, match="不是压缩包"):
        archive.unzip(data, "z.rar")


def test_a_broken_entry_and_a_password() -> None:
    data = bytearray(_zip(("a.md", bytes(range(256)) * 40)))
    data[60:90] = b"\xff" * 30
    with pytest.raises(GovWriterError):
        archive.unzip(bytes(data), "z.zip")
    locked = _zip(("a.md", b"x" * 50))
    at = locked.rindex(b"PK\x01\x02")
    locked = locked[: at + 8] + b"\x01\x00" + locked[at + 10 :]
    with pytest.raises(GovWriterError, match="密码"):
        archive.unzip(locked, "z.zip")
