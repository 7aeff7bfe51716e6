"""Workbooks: the same rows give the same bytes, whenever they are saved."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from gov_writer.rendering.workbook import saved


@pytest.mark.parametrize("write_only", [False, True])
def test_no_time_of_saving_is_in_the_file(write_only: bool) -> None:
    book = Workbook(write_only=write_only)
    book.create_sheet("台账").append(["走访群众", 892])
    made = saved(book)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms:" not in archive.read("docProps/core.xml").replace(b"xmlns:dcterms", b"")
    rows = load_workbook(io.BytesIO(made))["台账"].rows
    assert [[cell.value for cell in row] for row in rows] == [["走访群众", 892]]
