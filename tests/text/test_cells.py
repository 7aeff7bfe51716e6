"""No table that the project writes can run a formula."""

import pytest

from gov_writer.text.cells import harmless


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "-A1", "@x", "\t=1", "＝HYPERLINK()"])
def test_formulas_are_disarmed(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-3.5", "8753处", "", "1=1"])
def test_the_rest_stays(cell: str) -> None:
    assert harmless(cell) == cell


def test_a_workbook_can_hold_what_is_left() -> None:
    assert harmless("甲\x00乙\x1b") == "甲 乙 "
