"""``text --clean``: what goes, what stays, and the way back to the original."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from gov_writer.text.clean import clean, readable
from tests.growth import LINEAR, growth


@pytest.mark.parametrize(
    ("noisy", "expected"),
    [
        ("東嶺街道認(rèn)真學(xué)習(xí)貫徹會議精神", "东岭街道认真学习贯彻会议精神"),
        ("排查隐患,,整改到位,。成效、、明显。。", "排查隐患,整改到位。成效、明显。"),
        ("推进中……仍需努力——再接再厉", "推进中……仍需努力——再接再厉"),
        ("云溪区（qū）共有12个社区", "云溪区共有12个社区"),
        ("使用街道APP(app)办理,见附件(a)", "使用街道APP(app)办理,见附件(a)"),
        ("乾隆年间修建的古桥，著名画家谢先生于此写生", "乾隆年间修建的古桥，著名画家谢先生于此写生"),
        ("向謝老先生请教", "向謝老先生请教"),
        ("价格为3.5,比上年,下降", "价格为3.5,比上年,下降"),
        ("", ""),
    ],
)
def test_only_the_noise_goes(noisy: str, expected: str) -> None:
    assert clean(noisy).text == expected


def test_a_traditional_line_in_a_simplified_text() -> None:
    text = "今年以来，街道扎实推进各项工作。\n" * 40 + "東嶺街道開展環境整治，處理違章建築。\n"
    assert clean(text).text.splitlines()[-1] == "东岭街道开展环境整治，处理违章建筑。"


def test_every_kept_character_maps_to_its_place() -> None:
    noisy = "東嶺街道(dào)共排查(chá)隱患8753處(chù),,整改8700處,。"
    view = clean(noisy)
    assert view.text == "东岭街道共排查隐患8753处,整改8700处。"
    at = view.text.index("8753处")
    start, end = view.span(at, at + 5)
    assert noisy[start:end] == "8753處"
    for index in range(len(view.text)):
        start, end = view.span(index, index + 1)
        assert end == start + 1


def test_clean_text_is_not_touched_at_all() -> None:
    text = "全年完成改造12处，惠及居民3.2万户。"
    assert readable(text).starts is None
    assert clean(text).starts is None


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2066", "\x01"]
)
def test_what_prints_as_nothing_parts_no_number(hidden: str) -> None:
    text = f"整改隐患87{hidden}01处，拆除违建{hidden}36间。"
    view = readable(text)
    assert view.text == clean(text).text == "整改隐患8701处，拆除违建36间。"
    at = view.text.index("8701处")
    start, end = view.span(at, at + 5)
    assert text[start:end] == f"87{hidden}01处"


def test_doubled_marks_alone_do_not_make_a_text_a_scrape() -> None:
    assert readable("排查隐患,,整改到位").starts is None


def test_random_noise_leaves_the_words() -> None:
    rng = random.Random(7)
    words = "云溪区东岭街道全年开展巡查十二次群众满意度提升"
    for _ in range(50):
        noisy = "".join(c + ("(xīn)" if rng.random() < 0.3 else "") for c in words)
        assert clean(noisy).text == words


@pytest.mark.parametrize("unit", ["(", "(a", ",,", "（āāāāāāāāā", "為"])
def test_hostile_text_is_linear(unit: str) -> None:
    assert growth(lambda size: clean((unit * size)[:size] + "ā"), 30_000) <= LINEAR


def test_seed_003_becomes_readable(shared: Path) -> None:
    text = (shared / "seeds" / "003_be8c59245bc62568.txt").read_text(encoding="utf-8")
    view = clean(text)
    assert not re.search(r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+[)）]", view.text)
    assert not re.search(r",[,、。；;]", view.text)
    assert "街道认真学习贯彻" in view.text
    assert re.findall(r"\d+(?:\.\d+)?", view.text) == re.findall(r"\d+(?:\.\d+)?", text)
    assert readable(text).text == view.text


@pytest.mark.parametrize("seed", ["000", "001", "002", "004"])
def test_clean_seeds_come_out_as_they_went_in(shared: Path, seed: str) -> None:
    path = next((shared / "seeds").glob(f"{seed}_*.txt"))
    text = path.read_text(encoding="utf-8")
    assert clean(text).text == text


def test_digits_set_apart_by_blanks_are_joined() -> None:
    text = "1 9 9 8 年底入库税收4 0 8 3 万元，增长1 2 ．5 ％；共12 个社区、3 号楼。"
    view = readable(text)
    assert view.text == "1998 年底入库税收4083 万元，增长12．5 ％；共12 个社区、3 号楼。"
    start = view.text.index("4083")
    assert text[slice(*view.span(start, start + 4))] == "4 0 8 3"


def test_blanks_between_figures_stay_where_no_year_is_set_apart() -> None:
    text = "东岭 1 2 3，全年 4 5 项"
    assert readable(text).text == text
