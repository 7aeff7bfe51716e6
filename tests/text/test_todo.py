"""The mark for what the sources don't say is found as it is written."""

from gov_writer.text.todo import TODO, todo
from tests.growth import LINEAR, growth


def test_a_mark_is_found_however_long_its_name() -> None:
    for name in ("党建", "老旧小区改造" * 40):
        assert TODO.fullmatch(todo(name))


def test_open_marks_are_read_once() -> None:
    assert growth(lambda size: TODO.findall(("【待补" * size)[:size]), 20_000) <= LINEAR
