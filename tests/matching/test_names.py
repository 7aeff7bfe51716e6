"""Names: recall on persons, no names in ordinary prose, linear in the text."""

from __future__ import annotations

import pytest

from gov_writer.matching.naming import names
from tests.growth import LINEAR, growth


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("患者李某某到院就诊", ["李某某"]),
        ("张三等3人来街道反映物业费问题", ["张三"]),
        ("社区书记王建国带队入户走访", ["王建国"]),
        ("信访人张建国反映拖欠工资", ["张建国"]),
        ("主任欧阳娜主持会议", ["欧阳娜"]),
        ("阿依古丽·买买提同志获评优秀网格员", ["阿依古丽·买买提"]),
        ("逐个走访马**、许**等对象", ["马**", "许**"]),
        ("稳控了邹**夫妇", ["邹**"]),
        ("党员干部李明、王芳带头清扫", ["李明", "王芳"]),
        ("慰问困难户赵桂英、孙德胜两户", ["赵桂英", "孙德胜"]),
        ("精神障碍患者陈志强已送医", ["陈志强"]),
        ("2栋李秀英老人", ["李秀英"]),
        ("由张伟牵头办理", ["张伟"]),
        ("欧阳某因邻里纠纷投诉", ["欧阳某"]),
        ("信访人：马小军（住3栋）", ["马小军"]),
        ("刑满释放人员何军安置帮教到位", ["何军"]),
        ("被征收人孔凡林签约", ["孔凡林"]),
        ("困难家庭陈桂英户发放救助金", ["陈桂英"]),
        ("赵铁柱同志因工伤多次来访", ["赵铁柱"]),
        ("郝凡林（男，67岁）因病致贫", ["郝凡林"]),
        ("来信人：欧阳建华，信件已答复", ["欧阳建华"]),
        ("孕妇曾阿毛平安分娩", ["曾阿毛"]),
        ("低保对象杨丽萍、朱红兵等12户享受补贴", ["杨丽萍", "朱红兵"]),
    ],
)
def test_persons_are_found(text: str, expected: list[str]) -> None:
    assert [name.text for name in names.people(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "区委书记高度重视，居民高空抛物得到遏制，老人安享晚年",
        "村民代表大会、党员干部带头、群众方便",
        "在某小区开展温馨家园建设，关火源、关电源、关气源",
        "全年完成X个项目，学习X次，成立X社区",
        "主任办公会议定期研究，书记常态化接访",
        "严格落实计划安排，成立专班，任务明确",
        "患者高血压得到控制，居民居住证办理，老人康复护理，群众乔迁新居",
        "让群众安其居、乐其业，困难家庭和孤寡老人得到照料，妇女儿童健康服务",
    ],
)
def test_prose_names_nobody(text: str) -> None:
    assert names.people(text) == ()


def test_roles_and_masks() -> None:
    text = "社区书记王建国走访患者李某某、孙德胜。"
    assert [(n.text, n.role, n.masked) for n in names.people(text)] == [
        ("王建国", "official", False),
        ("李某某", "private", True),
        ("孙德胜", "private", False),
    ]


def test_places_organisations_titles_and_quotations() -> None:
    text = "在翠湖社区建成“邻里食堂”，打通枫桥路，引进云溪科创有限公司，落实《云溪区养犬管理办法》。"
    assert [(n.kind, n.text) for n in names.find(text)] == [
        ("place", "翠湖社区"),
        ("quoted", "“邻里食堂”"),
        ("place", "枫桥路"),
        ("org", "云溪科创有限公司"),
        ("title", "《云溪区养犬管理办法》"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "老旧小区改造、智慧社区建设",
        "各社区、全街道、辖区企业",
        "提升城市品质，完善农村道路",
        "思路清、出路多",
    ],
)
def test_common_nouns_are_no_places(text: str) -> None:
    assert names.find(text) == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["张建国、", "书记", "社区", "“《", "王", "\u200b·", "阿·", "患者 ", "**", "由张伟"]
)
def test_linear(unit: str) -> None:
    assert growth(lambda size: names.find((unit * size)[:size]), 10_000) <= LINEAR
