"""Figures of two texts that tell the same indicator, whatever their values."""

from __future__ import annotations

from gov_writer import ingest
from gov_writer.domain import Ledger
from gov_writer.facts import extract
from gov_writer.matching.pairing.indicators import counterparts
from gov_writer.matching.passages import near


def _ledger(text: str) -> Ledger:
    return extract((ingest.from_text("a.md", text),))


def _pairs(old: str, new: str) -> dict[str, tuple[str, bool]]:
    found = counterparts(_ledger(old), _ledger(new))
    return {pair.new.text: (pair.old.text, pair.certain) for pair in found}


def test_other_words_and_other_order() -> None:
    pairs = _pairs(
        "全年累计排查安全隐患8753处，开展消防演练36场。化解矛盾纠纷317起。",
        "成功调处各类矛盾纠纷352起。组织消防演练41场，排查各类安全隐患9120处。",
    )
    assert pairs == {"352起": ("317起", True), "41场": ("36场", True), "9120处": ("8753处", True)}


def test_units_that_do_not_compare_never_pair() -> None:
    assert _pairs("服务群众2135人次。", "服务群众960户。") == {}


def test_money_pairs_across_scales() -> None:
    assert _pairs("发放慰问金38.6万元。", "发放慰问金412000元。") == {"412000元": ("38.6万元", True)}


def test_near_twins_stay_apart() -> None:
    pairs = _pairs("男性会员120人，女性会员98人。", "女性会员101人，男性会员133人。")
    assert pairs["101人"][0] == "98人" and pairs["133人"][0] == "120人"


def test_two_alike_are_a_question() -> None:
    found = counterparts(_ledger("培训骨干120人。"), _ledger("培训网格骨干98人。培训商户骨干45人。"))
    assert all(not pair.certain for pair in found)


def test_near_duplicates_are_found_whatever_their_figures() -> None:
    one = near.plain("请退休教师、快递小哥、物业保安一起当楼栋联络员，全年收集烦心事412件，办成388件。")
    two = near.plain("请退休教师、快递小哥和物业保安一起当楼栋联络员，全年收集烦心事97件，办成90件。")
    other = near.plain("在桂花巷试点共享会客厅，把闲置车棚改成居民议事、老人歇脚的地方。")
    assert list(near.pairs([other, one], [two], alike=0.7)) == [(1, 0)]
