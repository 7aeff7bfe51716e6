"""Reconciliation of whole files: an office's synonyms, last year's reports, workbooks as parts."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from gov_writer import across
from gov_writer.checking.rules.reconciling.units_told import part_name
from gov_writer.domain import Finding
from gov_writer.errors import GovWriterError
from gov_writer.facts import extract
from gov_writer.ingest import from_text

METHOD = (
    "请退休教师、快递小哥、物业保安一起当楼栋联络员，每周碰头说一件烦心事、办一件小实事，谁认领谁回音，"
    "半年下来楼道里的旧家具少了，邻里之间的招呼声多了"
)


def _write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")


def _found(folder: Path, **options: object) -> tuple[Finding, ...]:
    case = across.reconcile(folder / "全区.csv", sorted(folder.glob("*街道.*")), **options)  # type: ignore[arg-type]
    return across.examine(case).findings


def test_an_offices_synonyms_make_a_match_certain(tmp_path: Path) -> None:
    _write(
        tmp_path,
        全区__csv="指标,单位,合计\n技防探头,个,300\n",
        东岭街道__md="全年新装天眼158个。",
        西屏街道__md="全年新装天眼131个。",
    )
    assert [f.severity for f in _found(tmp_path)] == []
    (tmp_path / "office").mkdir()
    _write(tmp_path, **{"gov-writer__toml": '[check]\nlayers = ["office"]\n'})
    (tmp_path / "office" / "synonyms.yaml").write_text("技防探头: [天眼, 新装天眼]\n", encoding="utf-8")
    found = _found(tmp_path)
    assert [(f.rule, f.severity) for f in found] == [("REC951", "warning")] and "289个" in found[0].message


@pytest.mark.parametrize("bad", ["- 一\n- 二\n", "名称: 3\n", "名称: [1]\n", ": [a]\n", "{[\n"])
def test_a_wrong_synonyms_file_is_an_error_in_words(tmp_path: Path, bad: str) -> None:
    _write(tmp_path, 全区__csv="指标,单位,合计\n新增就业,人,3\n", 东岭街道__md="新增就业3人。")
    (tmp_path / "office").mkdir()
    _write(tmp_path, **{"gov-writer__toml": '[check]\nlayers = ["office"]\n'})
    (tmp_path / "office" / "synonyms.yaml").write_text(bad, encoding="utf-8")
    with pytest.raises(GovWriterError) as caught:
        _found(tmp_path)
    assert caught.value.code in ("CALL-137", "CALL-138")


def test_last_years_reports(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    _write(
        tmp_path,
        全区__csv="指标,单位,合计\n新增就业,人,2441\n",
        东岭街道__md=f"# 东岭街道2025年工作总结\n全年新增就业1208人。\n{METHOD}。",
        西屏街道__md="# 西屏街道2025年工作总结\n全年新增就业1233人。",
    )
    (tmp_path / "old" / "东岭街道.md").write_text(
        f"# 东岭街道2024年工作总结\n全年新增就业1208人。\n{METHOD}。", encoding="utf-8"
    )
    found = _found(tmp_path, last_year=[tmp_path / "old"])
    assert sorted(f.rule for f in found) == ["REC954", "REC955"]
    assert any("上年报告" in f.message for f in found)


def test_a_part_that_repeats_its_own_last_year(tmp_path: Path) -> None:
    _write(
        tmp_path,
        全区__csv="指标,单位,合计\n新增就业,人,2441\n",
        东岭街道__md="# 东岭街道2025年工作总结\n全年新增就业1208人，上年新增就业1208人。",
        西屏街道__md="# 西屏街道2025年工作总结\n全年新增就业1233人，与上年新增就业1233人持平。",
    )
    assert [(f.rule, "东岭街道" in f.message) for f in _found(tmp_path)] == [("REC955", True)]


def test_a_unit_that_cannot_be_added_is_told(tmp_path: Path) -> None:
    _write(
        tmp_path,
        全区__csv="指标,单位,合计\n消防培训,人次,900\n",
        东岭街道__md="消防培训412人次。",
        西屏街道__md="消防培训488人次。",
        南浦街道__md="消防培训230人。",
    )
    found = _found(tmp_path)
    assert [f.rule for f in found] == ["REC952"] and "计量单位不同" in found[0].message


def test_workbooks_as_parts_and_the_matrix(tmp_path: Path) -> None:
    _write(tmp_path, 全区__csv="指标,单位,合计\n发放补贴,元,54321\n清运垃圾,吨,900\n")
    for name, money, waste in (("东岭", "3.2万", 412), ("西屏", 22321, "480余")):
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["指标", "单位", "2025年"])
        sheet.append(["发放补贴", "元", money])
        sheet.append(["清运垃圾", "吨", waste])
        notes = book.create_sheet("说明")
        notes.append(["垃圾分类考核全区第一。"])
        book.save(tmp_path / f"{name}街道.xlsx")
    case = across.reconcile(tmp_path / "全区.csv", sorted(tmp_path.glob("*.xlsx")))
    assert [f.rule for f in across.examine(case).findings] == ["REC953"]
    (tmp_path / "m.xlsx").write_bytes(across.matrix(case))
    table = load_workbook(tmp_path / "m.xlsx")["对照表"]
    assert [cell.value for cell in table[1]][:4] == ["指标", "单位", "东岭街道", "西屏街道"]
    link = table.cell(2, 3).hyperlink
    assert link is not None and "原文" in str(link.location or link.target)


def test_a_part_of_something_is_not_the_whole(tmp_path: Path) -> None:
    _write(
        tmp_path,
        全区__csv="指标,单位,合计\n新建步道,公里,21\n其中：滨河步道,公里,9\n",
        东岭街道__md="新建步道12公里，其中滨河步道5公里。",
        西屏街道__md="建成步道9公里，其中滨河步道4公里。",
    )
    assert _found(tmp_path) == ()
    _write(tmp_path, 西屏街道__md="建成步道9公里，其中滨河步道3公里。")
    (one,) = _found(tmp_path)
    assert "滨河步道" in one.message and "8公里" in one.message


def test_who_says_that_there_is_none_has_not_forgotten_it(tmp_path: Path) -> None:
    _write(
        tmp_path,
        全区__csv="指标,单位,合计\n塌方点治理,处,900\n",
        东岭街道__md="塌方点治理412处。",
        西屏街道__md="塌方点治理388处。",
        南浦街道__md="辖区没有塌方点治理任务。",
    )
    assert [f.rule for f in _found(tmp_path) if f.rule == "REC952"] == []
    _write(tmp_path, 南浦街道__md="辖区道路平整。")
    (one,) = [f for f in _found(tmp_path) if f.rule == "REC952"]
    assert "南浦街道" in one.message and "少100处" in one.message


def test_nobody_is_missing_where_the_rest_makes_up_the_total(tmp_path: Path) -> None:
    _write(
        tmp_path,
        全区__csv="指标,单位,合计\n塌方点治理,处,800\n",
        东岭街道__md="塌方点治理412处。",
        西屏街道__md="塌方点治理388处。",
        南浦街道__md="辖区道路平整。",
    )
    assert _found(tmp_path) == ()


def test_an_empty_cell_of_the_total_is_an_answer(tmp_path: Path) -> None:
    _write(
        tmp_path,
        全区__csv="单位,塌方点治理（处）,植树（株）\n东岭街道,412,50\n西屏街道,388,60\n南浦街道,,70\n合计,800,180\n",
        东岭街道__md="塌方点治理412处，植树50株。",
        西屏街道__md="塌方点治理388处，植树60株。",
        南浦街道__md="植树70株。",
    )
    assert _found(tmp_path) == ()


def test_other_words_in_the_other_parts_are_the_same_thing(tmp_path: Path) -> None:
    told = (
        "口袋绿地增绿120平方米",
        "口袋绿地增绿230平方米",
        "边角地种花养草310平方米",
        "边角地种花养草140平方米",
    )
    names = ("东岭街道", "西屏街道", "南浦街道", "北桥街道")
    _write(
        tmp_path,
        全区__csv="指标,单位,合计\n口袋绿地增绿,平方米,890\n",  # 800 is right
        **{f"{name}__md": f"{words}。" for name, words in zip(names, told, strict=True)},
    )
    (one,) = _found(tmp_path)
    assert (one.rule, one.severity) == ("REC951", "warning") and "800平方米" in one.message


def test_one_figure_in_other_words_that_makes_up_the_total(tmp_path: Path) -> None:
    _write(
        tmp_path,
        全区__csv="指标,单位,合计\n文艺演出,场,1113\n",
        东岭街道__md="文艺演出412场。",
        西屏街道__md="文艺演出388场。",
        南浦街道__md="把戏台搭到村口313场。",
    )
    assert _found(tmp_path) == ()


def test_a_clause_that_says_only_how_many(tmp_path: Path) -> None:
    _write(
        tmp_path,
        全区__csv="指标,单位,合计\n老人体检,人,900\n",
        东岭街道__md="为65岁以上老人体检，共完成412人。",
        西屏街道__md="老人体检388人。",
    )
    (one,) = _found(tmp_path)
    assert (one.rule, one.severity) == ("REC951", "warning") and "800人" in one.message


def test_groups_subtotals_and_other_units_of_length(tmp_path: Path) -> None:
    """Headers over two rows, a 小计 before the 合计, 900米 beside 公里, and a place named like a sum of money."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["单位", "城乡建设", None],
        [None, "沟渠清淤（公里）", "新增路灯（盏）"],
        ["东岭街道", 1.4, 260],
        ["三元街道", 0.9, 315],
        ["街道小计", 2.3, 575],
        ["马铺镇", 3.2, 408],
        ["合计", 5.5, 938],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    book.save(tmp_path / "汇总.xlsx")
    _write(
        tmp_path,
        东岭街道__md="沟渠清淤1.4公里，新增路灯260盏，其中太阳能路灯75盏。",
        三元街道__md="沟渠清淤900米，新增路灯315盏。",
        马铺镇__md="沟渠清淤3.2公里，新增路灯408盏。",
    )
    case = across.reconcile(tmp_path / "汇总.xlsx", sorted(tmp_path.glob("*.md")))
    assert {row.indicator: row.total for row in across.table(case).rows} == {
        "沟渠清淤": "5.5",
        "新增路灯": "938",
    }
    (found,) = across.examine(case).findings
    assert found.rule == "REC951" and "合计为983盏" in found.message


def _one_part(folder: Path, text: str, total: int, ending: str = "md") -> list[str]:
    """What is said of a total of 412 in one part and of what this part tells."""
    _write(
        folder,
        全区__csv=f"指标,单位,合计\n新增就业,人,{total}\n",
        东岭街道__md="# 东岭街道2025年工作总结\n全年新增就业412人。",
        **{f"西屏街道__{ending}": text},
    )
    return [f.message for f in _found(folder)]


@pytest.mark.parametrize(
    ("text", "ending", "value"),
    [
        ("# 西屏街道2025年工作总结\n上半年新增就业120人，下半年新增就业130人。", "md", 250),
        ("# 西屏街道2025年工作总结\n上半年新增就业120人，补贴到位。\n\n下半年新增就业130人。", "md", 250),
        ("指标,单位,一季度,二季度,三季度,四季度\n新增就业,人,50,60,70,80\n", "csv", 260),
        ("指标,单位,1—6月,7—12月\n新增就业,人,120,130\n", "csv", 250),
        ("指标,单位,1-9月,10-12月\n新增就业,人,190,70\n", "csv", 260),
        ("指标,单位,第一季度,上半年,前三季度,四季度\n新增就业,人,50,110,180,80\n", "csv", 260),
    ],
)
def test_halves_and_quarters_are_the_year_together(
    tmp_path: Path, text: str, ending: str, value: int
) -> None:
    assert _one_part(tmp_path, text, 412 + value, ending) == []
    (wrong,) = _one_part(tmp_path, text, 412 + value + 9, ending)
    assert f"各部分合计为{412 + value}人" in wrong and "＋" in wrong.partition("（")[2]


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("# 西屏街道2025年工作总结\n上半年新增就业120人，下半年新增就业130人，全年新增就业250人。", "md"),
        ("# 西屏街道2025年工作总结\n全年新增就业250人，其中上半年120人、下半年130人。", "md"),
        ("# 西屏街道2025年工作总结\n全年新增就业250人，1—9月新增就业190人。", "md"),
        ("指标,单位,上半年,下半年,全年\n新增就业,人,120,130,250\n", "csv"),
        ("指标,单位,一季度,1-6月,1-9月,全年\n新增就业,人,50,110,180,250\n", "csv"),
        ("指标,单位,一季度,二季度,三季度,四季度,合计\n新增就业,人,50,60,70,70,250\n", "csv"),
    ],
)
def test_a_year_that_is_told_is_not_counted_twice(tmp_path: Path, text: str, ending: str) -> None:
    assert _one_part(tmp_path, text, 662, ending) == []


def test_what_accumulates_is_no_quarter(tmp_path: Path) -> None:
    """一季度、1—6月、1—9月 tell no year: nothing is added up, least of all these three."""
    text = "指标,单位,一季度,1-6月,1-9月\n新增就业,人,50,110,180\n"
    assert not any("752" in said or "340" in said for said in _one_part(tmp_path, text, 412 + 250, "csv"))


def test_what_is_there_at_the_end_and_averages_are_not_added_up(tmp_path: Path) -> None:
    _write(
        tmp_path,
        全区__csv="指标,单位,合计\n年末在册志愿者,人,900\n平均响应时间,分钟,24\n",
        东岭街道__md="# 东岭街道2025年工作总结\n年末在册志愿者400人。平均响应时间26分钟。",
        西屏街道__csv="指标,单位,上半年,下半年\n年末在册志愿者,人,480,500\n平均响应时间,分钟,23,21\n",
    )
    case = across.reconcile(tmp_path / "全区.csv", sorted(tmp_path.glob("*街道.*")))
    assert next(r for r in across.table(case).rows if "平均" in r.indicator).verdict == "不相加"
    said = [f.message for f in across.examine(case).findings if f.severity != "info"]
    assert not any("980" in one or "1380" in one or "平均响应" in one for one in said)


def test_a_unit_that_hands_in_two_versions_counts_once(tmp_path: Path) -> None:
    _write(
        tmp_path,
        全区__csv="指标,单位,东岭街道,西屏街道,合计\n新增就业,人,412,250,662\n",
        东岭街道__md="# 东岭街道2025年工作总结\n全年新增就业412人，基层治理考核全区第一。",
        **{
            "2025年西屏街道定稿__md": "# 西屏街道2025年工作总结\n全年新增就业250人，垃圾分类考核全区第一。",
            "2025年西屏街道征求意见稿__md": "# 西屏街道2025年工作总结\n全年新增就业205人，垃圾分类考核全区第一。",
        },
    )
    case = across.reconcile(tmp_path / "全区.csv", sorted(tmp_path.glob("*.md")))
    (found,) = across.examine(case).findings
    assert [row.verdict for row in across.table(case).rows] == ["相符"]
    assert "定稿" in found.message and "205人" in found.message and "250人" in found.message


def test_a_town_that_became_a_sub_district_is_itself(tmp_path: Path) -> None:
    _write(
        tmp_path,
        全区__csv="指标,单位,东岭街道,西屏街道,合计\n新增就业,人,412,250,662\n",
        东岭街道__md="# 东岭街道2025年工作总结\n全年新增就业412人。",
        西屏镇__md="# 西屏镇2025年工作总结\n全年新增就业205人。",
    )
    case = across.reconcile(tmp_path / "全区.csv", sorted(tmp_path.glob("*.md")))
    assert any("西屏镇" in f.message and "205人" in f.message for f in across.examine(case).findings)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("2025年西屏街道工作总结.md", ""),
        ("关于西屏街道2025年度工作的报告.md", ""),
        ("附件3：西屏街道办事处.md", ""),
        ("汇报.md", "云岭县西屏街道2025年工作总结"),
        ("总结（终）.md", "2025年度西屏街道工作总结"),
    ],
)
def test_a_unit_is_named_in_its_file_or_first_lines(name: str, text: str) -> None:
    source = from_text(name, text or "全年新增就业205人。")
    assert part_name(extract([source])) == "西屏街道"
