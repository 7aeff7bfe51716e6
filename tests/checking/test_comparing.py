"""Two years' reports beside each other: an office's settings, and what counts as a promise."""

from __future__ import annotations

from pathlib import Path

from gov_writer import across
from gov_writer.settings import CheckSettings

OLD = """# 云溪区东岭街道2024年工作总结

## 一、工作情况
排查安全隐患8753处。新增就业1208人。加装电梯12部。

## 二、2025年工作打算
新增就业1300人。建成青石桥停车场。
"""
NEW = """# 云溪区东岭街道2025年工作总结

## 一、工作情况
排查安全隐患9120处，同比增长8.2%。上岗新人1251人。加装电梯15部，同比增长25%。
"""


def _written(folder: Path, old: str, new: str) -> tuple[Path, Path]:
    (folder / "old.md").write_text(old, encoding="utf-8")
    (folder / "new.md").write_text(new, encoding="utf-8")
    return folder / "old.md", folder / "new.md"


def test_an_offices_settings_hold_for_a_comparison(tmp_path: Path) -> None:
    old, new = _written(tmp_path, OLD, NEW)
    toml = '[check]\nignore = ["REC956"]\nlayers = ["office"]\n[check.severity]\nREC958 = "error"\n'
    (tmp_path / "gov-writer.toml").write_text(toml, encoding="utf-8")
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "synonyms.yaml").write_text("新增就业: [上岗新人]\n", encoding="utf-8")
    for settings in (None, CheckSettings(select=("REC",))):
        found = {f.rule: f for f in across.examine(across.compare(old, new, settings=settings)).findings}
        assert "REC956" not in found
        assert found["REC958"].severity == "error"
        assert "1300人" in found["REC959"].message


def test_only_what_can_be_seen_to_be_there_is_asked_after(tmp_path: Path) -> None:
    plan = (
        "一是推动平台转型，打造一批亮点项目，把握好三点，调动两个积极性。二是加快建设停车场，完善工作机制。"
        "三是争创全市文明街道，推进石门村污水处理站建设，补助由380元提高到420元。"
    )
    old = f"# 东岭街道2024年工作总结\n\n## 一、工作情况\n走访120户。\n\n## 二、2025年打算\n{plan}\n"
    case = across.compare(*_written(tmp_path, old, "# 东岭街道2025年工作总结\n\n走访135户。\n"))
    told = [f.message for f in across.examine(case).findings if f.rule == "REC958"]
    assert len(told) == 3
    assert all(any(words in one for one in told) for words in ("文明街道", "污水处理站", "420元"))
