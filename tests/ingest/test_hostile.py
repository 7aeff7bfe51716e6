"""Bad files: one message with a code, quickly, never a traceback; the other files are still read."""

from __future__ import annotations

import io
import os
import time
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest

from gov_writer import ingest
from gov_writer.errors import GovWriterError
from tests.ingest.builders import document_xml, docx, p, pdf


def fault(path: Path, *, seconds: float = 5.0) -> GovWriterError:
    begin = time.perf_counter()
    with pytest.raises(GovWriterError) as caught:
        ingest.read(path)
    assert time.perf_counter() - begin < seconds
    error = caught.value
    assert error.code.startswith("INGEST-")
    assert error.hint
    assert path.name in error.what
    return error


def written(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def zipped(parts: dict[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.txt", b"", "INGEST-105"),
        ("空白.md", b" \n\n", "INGEST-105"),
        ("图片.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20, "INGEST-106"),
        ("零.txt", b"abc\x00\x00\x00def" * 50, "INGEST-106"),
        ("程序.md", b"\x7fELF" + os.urandom(4096), "INGEST-106"),
        ("假.docx", b"not a zip at all", "INGEST-107"),
        ("断.docx", docx(p("甲"))[:300], "INGEST-107"),
        ("半.docx", docx(p("甲" * 5000))[:-60], "INGEST-107"),
        ("别的.docx", zipped({"a.txt": "x"}), "INGEST-107"),
        ("其实是PDF.docx", pdf([[(80, 700, "甲乙")]]), "INGEST-112"),
        ("旧.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "INGEST-112"),
        ("加密.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "INGEST-108"),
        ("坏.pdf", b"%PDF-1.4\n%broken", "INGEST-107"),
        ("不是.pdf", b"hello", "INGEST-107"),
        ("扫描.pdf", pdf([[], []]), "INGEST-116"),
        ("不是.doc", b"hello there", "INGEST-107"),
        ("老表.xls", b"\xd0\xcf\x11\xe0", "INGEST-104"),
        ("图.png", b"\x89PNG", "INGEST-104"),
        ("不是.xlsx", b"PK\x03\x04garbage", "INGEST-107"),
    ],
)
def test_each_has_its_message(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    assert fault(written(tmp_path / name, data)).code == code


def test_missing_directory_and_odd_paths(tmp_path: Path) -> None:
    assert fault(tmp_path / "没有.md").code == "INGEST-101"
    assert fault(tmp_path).code == "INGEST-102"
    for path in ("a\x00b.txt", "x" * 5000 + ".txt"):
        with pytest.raises(GovWriterError):
            ingest.read(path)


@pytest.mark.skipif(os.name != "posix", reason="named pipes are POSIX")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    assert fault(tmp_path / "管道.txt").code == "INGEST-102"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = written(tmp_path / "锁.txt", "内容")
    path.chmod(0)
    assert fault(path).code == "INGEST-103"


def test_zip_bombs(tmp_path: Path) -> None:
    bomb = zipped({"[Content_Types].xml": "x", "word/document.xml": b"\0" * (300 * 1024 * 1024)})
    assert fault(written(tmp_path / "弹.docx", bomb)).code == "INGEST-114"
    many = zipped({f"word/{number}.xml": "" for number in range(21_000)})
    assert fault(written(tmp_path / "多.docx", many)).code == "INGEST-114"
    sheet = {
        "[Content_Types].xml": "x",
        "xl/workbook.xml": "x",
        "xl/worksheets/sheet1.xml": b" " * (200 << 20),
    }
    assert fault(written(tmp_path / "弹.xlsx", zipped(sheet))).code == "INGEST-114"


def test_a_pdf_that_unpacks_to_too_much(tmp_path: Path) -> None:
    packed = zlib.compress(b"0 0 m 1 1 l S " * 6_000_000, 9)
    page = pdf([[(80, 700, "甲乙丙丁")]])
    at = page.index(b"<< /Length")
    bomb = page[:at] + b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        len(packed),
        packed,
    )
    assert fault(written(tmp_path / "弹.pdf", bomb + page[at:])).code == "INGEST-114"


def test_too_many_pages(tmp_path: Path) -> None:
    data = pdf([[(80, 700, "甲乙丙丁")]] * 3_001)
    error = fault(written(tmp_path / "多.pdf", data))
    assert error.code == "INGEST-109"
    assert "3001 页" in error.where


def test_the_hint_leads_on(tmp_path: Path) -> None:
    """What the hint says can be done: no second fault for who follows it."""
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le")
    assert "另存为 .xlsx" in fault(written(tmp_path / "旧.xlsx", old)).hint
    assert "另存为 .docx" in fault(written(tmp_path / "稿.docx", b"{\\rtf1 hello}")).hint


def test_a_size_that_lies(tmp_path: Path) -> None:
    """The directory says 10 bytes, the stream holds megabytes: what is read is bounded all the same."""
    data = bytearray(docx(p("甲" * 3_000_000)))
    at = data.rfind(b"PK\x01\x02")
    while at >= 0:
        if data[at + 46 : at + 63] == b"word/document.xml":
            data[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at = data.rfind(b"PK\x01\x02", 0, at)
    fault(written(tmp_path / "谎.docx", bytes(data)))


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE w [<!ENTITY a "啊"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_entities(tmp_path: Path, head: str) -> None:
    xml = '<?xml version="1.0" encoding="UTF-8"?>' + head + document_xml(p("甲"))
    assert fault(written(tmp_path / "实体.docx", docx("", document=xml))).code == "INGEST-113"


def test_deep_nesting(tmp_path: Path) -> None:
    runs = "<w:p>" + "<w:ins>" * 230 + "<w:r><w:t>甲</w:t></w:r>" + "</w:ins>" * 230 + "</w:p>"
    assert ingest.read(written(tmp_path / "深行.docx", docx(runs))).text == "甲"
    deep = "<w:sdt><w:sdtContent>" * 3000 + p("甲") + "</w:sdtContent></w:sdt>" * 3000
    fault(written(tmp_path / "深.docx", docx(deep)))
    tables = "<w:tbl><w:tr><w:tc>" * 80 + p("甲") + "</w:tc></w:tr></w:tbl>" * 80
    assert ingest.read(written(tmp_path / "套表.docx", docx(tables))).text == "甲"


def test_wide_spans(tmp_path: Path) -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>' + p("甲") + "</w:tc>"
    body = "<w:tbl>" + f"<w:tr>{cell * 30}</w:tr>" * 40 + "</w:tbl>"
    ingest.read(written(tmp_path / "宽.docx", docx(body)))


def test_a_fifty_megabyte_line(tmp_path: Path) -> None:
    line = "隐" * (50 * 1024 * 1024 // 3)
    assert fault(written(tmp_path / "长.txt", line), seconds=3).code == "INGEST-109"
    shorter = "隐" * 2_100_000
    assert fault(written(tmp_path / "长.md", shorter), seconds=3).code == "INGEST-110"
    with pytest.raises(GovWriterError):
        ingest.from_text("长.md", "隐" * 2_100_000)


@pytest.mark.parametrize("line", ["|" * 40_000, "# " * 40_000, "<!--" * 40_000, "1." * 40_000, "（" * 80_000])
def test_odd_lines_take_linear_time(tmp_path: Path, line: str) -> None:
    begin = time.perf_counter()
    ingest.from_text("怪.md", f"甲\n{line}\n{line}\n|---|\n")
    ingest.from_text("怪.csv", f"甲,{line[:100_000]}\n")
    assert time.perf_counter() - begin < 30, "a quadratic reader takes minutes"


def test_workbook_with_a_million_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "指标", 5
    book.save(tmp_path / "远.xlsx")
    begin = time.perf_counter()
    assert "5" in ingest.read(tmp_path / "远.xlsx").text
    assert time.perf_counter() - begin < 3
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "甲"
    book.active.merged_cells.add("A1:XFD1048576")
    book.save(tmp_path / "并.xlsx")
    assert fault(tmp_path / "并.xlsx").code == "INGEST-111"


def test_workbook_of_formulas_only(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "=1+1"
    book.active["B2"] = "=A1*2"
    book.save(tmp_path / "公式.xlsx")
    error = fault(tmp_path / "公式.xlsx")
    assert error.code == "INGEST-115"
    assert "A1" in error.where


def test_external_relationships_are_left_alone(tmp_path: Path) -> None:
    data = docx(p("甲乙"))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/_rels/document.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
                extra = "".join(
                    f'<Relationship Id="x{n}" Type="{kind}/{k}" Target="http://127.0.0.1:9/{k}" TargetMode="External"/>'
                    for n, k in enumerate(("styles", "numbering", "header", "footnotes", "attachedTemplate"))
                )
                extra += f'<Relationship Id="y" Type="{kind}/header" Target="../../../../etc/passwd"/>'
                text = text.replace(b"</Relationships>", extra.encode() + b"</Relationships>")
            new.writestr(name, text)
    assert ingest.read(written(tmp_path / "外链.docx", made.getvalue())).text == "甲乙"


def test_the_others_are_still_read(tmp_path: Path) -> None:
    good = written(tmp_path / "好.md", "排查隐患12处。")
    bad = written(tmp_path / "坏.docx", b"x")
    sources, faults = ingest.read_all([bad, good, tmp_path / "无.txt"])
    assert [(s.id, s.path) for s in sources] == [("S2", str(good))]
    assert [f.code for f in faults] == ["INGEST-107", "INGEST-101"]


def test_a_sheet_whose_part_is_gone_is_no_empty_workbook(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(("指标", 12))
    book.create_sheet("别的").append(("指标", 15))
    book.save(tmp_path / "a.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx") as whole,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w") as less,
    ):
        for name in whole.namelist():
            if "sheet2" not in name:
                less.writestr(name, whole.read(name))
    with pytest.raises(GovWriterError) as raised:
        ingest.read(tmp_path / "b.xlsx")
    assert raised.value.code == "INGEST-107" and "别的" in str(raised.value.where)
