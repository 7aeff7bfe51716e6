"""An archive written anew: what stays is copied packed, damaged and hostile ones are refused."""

from __future__ import annotations

import io
import struct
import zipfile

from gov_writer.ooxml.zipped import opened, rewritten


def packed(entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def again(data: bytes, new: dict[str, bytes]) -> bytes | None:
    archive = opened(data)
    assert archive is not None
    return rewritten(data, archive, new)


def contents(data: bytes | None) -> dict[str, bytes]:
    assert data is not None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_changed_and_added_entries_stand_beside_the_old_ones() -> None:
    data = packed({"a.xml": b"<a/>" * 900, "图片.png": bytes(range(256)), "leer": b""})
    done = contents(again(data, {"a.xml": b"<b/>", "新.xml": b"<c/>"}))
    assert done == {"a.xml": b"<b/>", "图片.png": bytes(range(256)), "leer": b"", "新.xml": b"<c/>"}


def test_sizes_that_stand_behind_the_content_are_moved_before_it() -> None:
    """Streams are written with their sizes behind them (bit 3), stored entries as they are."""

    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.made = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.made += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    stream = Stream()
    with zipfile.ZipFile(stream, "w") as archive:  # type: ignore[arg-type]
        archive.writestr("a", b"1" * 999, zipfile.ZIP_DEFLATED)
        archive.writestr("b", b"2" * 999, zipfile.ZIP_STORED)
    done = again(bytes(stream.made), {"c": b"3"})
    assert contents(done) == {"a": b"1" * 999, "b": b"2" * 999, "c": b"3"}


def test_a_program_before_the_archive_does_no_harm() -> None:
    assert contents(again(b"#!/bin/sh\n" + packed({"a": b"1"}), {})) == {"a": b"1"}


def test_damaged_ones_are_refused() -> None:
    data = bytearray(packed({"a": b"1" * 5000, "b": b"2"}))
    data[:4] = b"XXXX"
    assert again(bytes(data), {}) is None
    data = bytearray(packed({"a": b"1"}))
    listed = data.rindex(b"PK\1\2")
    struct.pack_into("<I", data, listed + 42, 99_999)  # an offset outside
    assert again(bytes(data), {}) is None
    data = bytearray(packed({"a": b"1"}))
    struct.pack_into("<I", data, data.rindex(b"PK\1\2") + 20, 99_999)  # longer than there is
    assert again(bytes(data), {}) is None


def test_entries_upon_each_other_do_not_swell() -> None:
    """Many names for the same packed bytes."""
    data = bytearray(packed({"a": bytes(200_000), "b": b""}))
    content = zipfile.ZipFile(io.BytesIO(data)).getinfo("a")
    listed = data.index(b"PK\1\2")
    end = data.rindex(b"PK\5\6")
    one = bytes(data[listed : listed + 46 + 1])
    many = b"".join(
        one[:28] + struct.pack("<H", 6) + one[30:46] + bytes([65 + n % 26]) + f"{n:05}".encode()
        for n in range(3000)
    )
    tail = bytearray(data[end:])
    struct.pack_into("<HHII", tail, 8, 3000, 3000, len(many), listed)
    hostile = bytes(data[:listed]) + many + bytes(tail)
    assert content.compress_size * 3000 > 2 * len(hostile) + 65_536
    assert again(hostile, {}) is None
