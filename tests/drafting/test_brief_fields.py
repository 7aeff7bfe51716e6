"""What a brief says besides its sources: attachments that end as the 附件说明, and a genre that may be left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from gov_writer import ingest, pipeline
from gov_writer.domain import DraftBlockKind, Genre

NOTES = "- 排查隐患52处\n- 走访企业12家\n"


def drafted(folder: Path, brief: str, notes: str = NOTES) -> pipeline.Drafted:
    (folder / "n.md").write_text(notes, encoding="utf-8")
    (folder / "brief.yaml").write_text(f"sources: [n.md]\n{brief}\n", encoding="utf-8")
    return pipeline.draft(pipeline.request([str(folder / "brief.yaml")]))


@pytest.mark.parametrize(
    ("attachments", "lines"),
    [
        ("指标表", ["附件：指标表"]),
        ("[附件1：指标完成情况表.xlsx, 《物资缺口清单》。]", ["附件：1.指标完成情况表", "2.物资缺口清单"]),
        ("[2025年项目表, 项目表附图, 附图说明]", ["附件：1.2025年项目表", "2.项目表附图", "3.附图说明"]),
        ("[]", []),
    ],
)
def test_attachments_stand_before_the_signature(tmp_path: Path, attachments: str, lines: list[str]) -> None:
    made = drafted(tmp_path, f"genre: work_briefing\nunit: 东岭街道\nattachments: {attachments}")
    blocks = [block.text for block in made.draft.blocks]
    at = blocks.index("东岭街道")
    assert blocks[at - len(lines) : at] == lines
    assert blocks[at - len(lines) - 1].startswith("以上汇报")
    found = [f.rule for f in pipeline.examine(pipeline.own_case(made)).findings if f.severity.rank == 3]
    assert "STR501" not in found and "FIG101" not in found
    looks = pipeline.render(made, "docx")[0]
    path = tmp_path / "a.docx"
    path.write_bytes(looks)
    assert ingest.read(path).text.splitlines()[at - len(lines) : at] == lines


@pytest.mark.parametrize(
    ("brief", "notes", "genre"),
    [
        ("title: 2025年度述职报告", NOTES, Genre.DUTY_REPORT),
        ("title: 关于“7·18”强降雨应对处置情况的报告", NOTES, Genre.SITUATION_REPORT),
        ("title: 东岭街道上半年工作汇报", NOTES, Genre.WORK_BRIEFING),
        ("unit: 东岭街道", "# 东岭街道2025年述职述廉材料\n\n" + NOTES, Genre.DUTY_REPORT),
    ],
)
def test_a_genre_that_is_left_out_is_told_by_the_title(
    tmp_path: Path, brief: str, notes: str, genre: Genre
) -> None:
    made = drafted(tmp_path, brief, notes)
    assert made.outline.brief.genre is genre
    assert any("没有指明文种" in line for line in made.warnings)


def test_a_genre_that_is_given_stands(tmp_path: Path) -> None:
    made = drafted(tmp_path, "title: 2025年度述职报告\ngenre: annual_summary")
    assert made.outline.brief.genre is Genre.ANNUAL_SUMMARY
    assert not any("文种" in line for line in made.warnings)
    assert made.draft.blocks[0].kind is DraftBlockKind.TITLE
