"""What follows from figures must follow by what the words ask for, not because so many can be combined."""

import pytest

from gov_writer import ingest, pipeline


def _told(notes: str, report: str) -> list[str]:
    draft = ingest.from_text("稿.md", report, id="D")
    found = pipeline.examine(pipeline.case_of(draft, [ingest.from_text("材料.md", notes)], period="2025"))
    return [f.text for f in found.findings if f.rule.startswith("FIG") and f.text]


@pytest.mark.parametrize(
    ("notes", "report", "wrong"),
    [
        ("配备网格督导、院落管家各26名。", "共配备网格督导、院落管家52名。", False),
        ("配备网格督导、院落管家各26名。", "共招募夜校教员52名。", True),
        ("新设东岭驿站、云溪驿站各3个。", "新设东岭驿站、云溪驿站6个。", False),
        ("新设便民驿站、充电车棚各3个。", "新设水果档口6个。", True),
        ("云溪培训726人，共办班9期。", "云溪培训726人，办班9期，平均每期约81人。", False),
        ("云溪培训726人，共办班9期。", "云溪培训726人，办班9期，平均每期约83人。", True),
        ("评选模范商户45名，评选巧手绣娘20名。", "共评选模范商户和巧手绣娘65名。", False),
        ("评选模范商户45名，评选巧手绣娘20名。", "评选模范商户65名，评选巧手绣娘20名。", True),
        ("修补桥洞183处，粉刷灯杆1万余处，拆除旧栏90公里，平整小巷173条。", "修补桥洞183处，粉刷灯杆1万余处，拆除旧栏90公里，平整小巷173条。", False),
        ("修补桥洞183处，粉刷灯杆1万余处，拆除旧栏90公里，平整小巷173条。", "修补桥洞1万余处，粉刷灯杆183处，拆除旧栏90公里，平整小巷173条。", True),
    ],
)  # fmt: skip
def test_figures_follow_only_by_what_the_words_ask_for(notes: str, report: str, wrong: bool) -> None:
    told = _told(notes, report)
    assert bool(told) is wrong, told
