"""Reports about one matter keep the captions of the notes; parts that the brief names in other words than the notes."""

from __future__ import annotations

from collections.abc import Callable

from gov_writer import pipeline
from gov_writer.domain import Brief, Genre
from gov_writer.outline.matter import one_matter, state_of

from .conftest import Notes, year

Run = Callable[[Notes], pipeline.Drafted]
WASTE = (
    "# 资料\n枫桥街道辖9个社区，常住人口6.2万人。\n**组织领导**：成立专班，抽调5人\n**分类投放**\n（1）建成点位96个\n（2）日均收运18.5吨\n"
    "**回收利用**\n（1）设站点14处\n（2）回收2260吨\n**宣传**：“无废小区”创建21个；入户1.3万户次\n存在问题\n一是12处点位未达标。\n"
    "下一步\n11月底前改造12处点位\n"
)
PETITION = (
    "反映人：柳月娥等9人\n8月3日区信访局转来，8月4日街道受理\n调查情况：\n- 2幢共16户，签字同意14户\n- 4月9日因一楼业主阻工停工\n"
    "处理经过：\n① 8月11日召开协调会，业主代表7人参加\n② 8月29日签订协议\n处理意见：\n反映情况属实，已协调解决\n下步：10月底前完工\n"
    "经办人：吴 复核：主任 郑\n"
)
NAMED = (
    "一、底数\n全镇有小区41个，物业企业13家。\n二、做法\n（一）建组织。成立行业党委，组建支部6个。\n（二）建机制。开联席会9次，解决问题52个。\n"
    "（三）建阵地：议事厅12个，投入96万元\n三、效果\n投诉由去年的420件降到261件。\n满意度87.6分。\n四、困难\n维修资金使用率只有9%。\n"
)


def test_captions_of_the_notes_are_the_points(check_draft: Run) -> None:
    brief = {
        "title": "枫桥街道“无废城市”创建工作情况汇报",
        "genre": Genre.WORK_BRIEFING,
        "period": year(2025),
    }
    drafted = check_draft(Notes({"n.md": WASTE}, brief))
    assert [s.heading for s in drafted.outline.sections][:2] == ["基本情况", "工作开展情况"]
    text = drafted.draft.text
    for point in ("一是组织领导。", "二是分类投放。", "三是回收利用。", "四是宣传。“无废小区”创建21个"):
        assert point in text
    assert "围绕“无废城市”创建工作" in text


def test_a_petition_is_told_as_it_was_dealt_with(check_draft: Run) -> None:
    brief = {
        "title": "关于青荷苑居民反映加装电梯问题办理情况的报告",
        "genre": Genre.SITUATION_REPORT,
        "period": year(2025),
    }
    drafted = check_draft(Notes({"n.txt": PETITION}, brief))
    text = drafted.draft.text
    assert text.index("反映人为柳某") < text.index("8月4日街道受理") < text.index("一是调查情况。")
    assert text.index("二是处理经过。") < text.index("三是处理意见。") < text.index("10月底前完工")
    assert "复核" not in text and "抓好" not in text


def test_parts_of_the_brief_in_other_words(check_draft: Run) -> None:
    named = ("基本情况", "主要做法", "取得成效", "存在问题")
    brief = {
        "title": "枫桥街道“红色物业”建设情况专题汇报",
        "genre": Genre.WORK_BRIEFING,
        "sections": named,
        "period": year(2025),
    }
    drafted = check_draft(Notes({"n.txt": NAMED}, brief))
    found = {s.heading: "".join(t.lead + t.text for t in s.statements) for s in drafted.outline.sections}
    assert "小区41个" in found["基本情况"] and "420件" in found["取得成效"]
    assert "建阵地议事厅12个" in found["主要做法"] and "行业党委" in found["主要做法"]
    assert "主要做法、" not in drafted.draft.text


def test_what_a_title_says_the_report_is_about() -> None:
    def matter(title: str) -> str:
        return one_matter(Brief(title=title, unit="枫桥街道", sources=()))

    assert matter("枫桥街道“红色物业”建设情况专题汇报") == "“红色物业”建设"
    assert matter("枫桥街道垃圾分类工作汇报") == "垃圾分类"
    assert matter("关于青荷苑加装电梯问题办理情况的报告") == "青荷苑加装电梯问题办理"
    assert matter("枫桥街道2025年重点工作情况汇报") == matter("枫桥街道2025年工作汇报") == ""
    assert state_of("关于青荷苑加装电梯问题办理情况的报告") == "青荷苑加装电梯问题办理情况"
