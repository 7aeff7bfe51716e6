"""Text and Markdown: encodings, headings, lists, tables, comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from gov_writer import ingest
from gov_writer.domain import BlockKind, Source
from gov_writer.errors import GovWriterError

_TEXT = "东岭街道应急办工作情况\n\n一、隐患排查\n全年共排查隐患8753处，整改8700处。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "材料.txt"
    path.write_bytes(_TEXT.replace("\n", end).encode(encoding))
    assert ingest.read(path).text == _TEXT


def test_big5_and_short_texts(tmp_path: Path) -> None:
    for words, encoding in (
        ("東嶺街道開展檢查，處理問題", "big5"),
        ("整改12处", "gb18030"),
        ("共3项", "utf-16-le"),
    ):
        path = tmp_path / "短.txt"
        path.write_bytes(words.encode(encoding))
        assert ingest.read(path).text == words


def test_a_long_gb18030_file_cut_anywhere(tmp_path: Path) -> None:
    words = "a" + "街道全年开展安全检查，" * 9000
    path = tmp_path / "长.txt"
    path.write_bytes(words.encode("gb18030"))
    assert ingest.read(path).text == words


def shown(source: Source) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.locator, source.text[b.start : b.end]) for b in source.blocks]


def test_report_headings() -> None:
    text = (
        "云溪区东岭街道2025年工作总结\n一、2025年工作情况\n（一）党建统领。一是抓学习，全年12次。\n"
        "1.抓安全\n全年检查30次。\n2.抓稳定\n化解矛盾5起。\n二是本行讲的是正文，不是标题。\n"
        "*街道是老城区，共有12个社区。\n① 其一\n"
    )
    assert shown(ingest.from_text("稿.txt", text)) == [
        ("title", 0, "第1行", "云溪区东岭街道2025年工作总结"),
        ("heading", 1, "第2行", "一、2025年工作情况"),
        ("heading", 2, "第3行", "（一）党建统领。"),
        ("paragraph", 0, "第3行", "一是抓学习，全年12次。"),
        ("heading", 3, "第4行", "1.抓安全"),
        ("paragraph", 0, "第5行", "全年检查30次。"),
        ("heading", 3, "第6行", "2.抓稳定"),
        ("paragraph", 0, "第7行", "化解矛盾5起。"),
        ("paragraph", 0, "第8行", "二是本行讲的是正文，不是标题。"),
        ("paragraph", 0, "第9行", "*街道是老城区，共有12个社区。"),
        ("item", 0, "第10行", "① 其一"),
    ]


def test_numbered_lists_are_no_headings() -> None:
    kinds = [
        b.kind
        for b in ingest.from_text("a.md", "民政办：\n1. 救助128户\n2. 发放补贴3.2万元\n3. 走访老人\n").blocks
    ]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM, BlockKind.ITEM]


def test_markdown() -> None:
    text = (
        "# 东岭街道工作总结\n\n## 一、党建引领\n\n- 开展学习12次（党建办，12月3日）\n  * 其中集中学习8次\n\n"
        "## 应急管理\n> 引文一句。\n### 队伍\n<!-- gov-writer: ignore FIG101 12处\n两行 -->\n正文<!-- 旁注3项 -->接着。\n"
    )
    assert shown(ingest.from_text("稿.md", text)) == [
        ("title", 0, "第1行", "东岭街道工作总结"),
        ("heading", 1, "第3行", "一、党建引领"),
        ("item", 0, "第5行", "开展学习12次（党建办，12月3日）"),
        ("item", 0, "第6行", "其中集中学习8次"),
        ("heading", 1, "第8行", "应急管理"),
        ("paragraph", 0, "第9行", "引文一句。"),
        ("heading", 2, "第10行", "队伍"),
        ("note", 0, "第11行", "<!-- gov-writer: ignore FIG101 12处\n两行 -->"),
        ("paragraph", 0, "第13行", "正文"),
        ("note", 0, "第13行", "<!-- 旁注3项 -->"),
        ("paragraph", 0, "第13行", "接着。"),
    ]


def test_several_departments_are_headings_not_a_title() -> None:
    source = ingest.from_text("a.md", "# 应急办\n排查12处。\n# 民政办\n救助3户。\n")
    assert [(b.kind, b.level) for b in source.blocks if b.kind is not BlockKind.PARAGRAPH] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 1),
    ]


def test_markdown_tables() -> None:
    text = "情况如下：\n\n| 指标 | 单位 | 2024年 | 2025年 |\n| --- | --- | ---: | ---: |\n| 低保 | 户 | 120 | 128 |\n| 合计 | | 120 | 128 |\n"
    source = ingest.from_text("a.md", text)
    figures = [c for c in source.tables[0].cells if c.number is not None]
    assert [(source.text[c.start : c.end], c.headers, c.labels, c.unit, c.locator) for c in figures[:2]] == [
        ("120", ("2024年",), ("低保",), "户", "第5行"),
        ("128", ("2025年",), ("低保",), "户", "第5行"),
    ]
    assert [c.is_total for c in figures] == [False, False, True, True]


def test_blocks_never_overlap_on_any_text() -> None:
    from hypothesis import given, settings
    from hypothesis import strategies as st

    @settings(max_examples=150, deadline=None)
    @given(
        st.text(alphabet="一二、（）1.#-*| \n<!>。；东岭街道年处\t：", max_size=80),
        st.sampled_from(["a.md", "a.txt", "a.csv"]),
    )
    def check(text: str, name: str) -> None:
        if not text.strip(" \n\t|;,"):
            return
        try:
            source = ingest.from_text(name, text)
        except ingest.read.__globals__["GovWriterError"]:
            return
        at = 0
        for block in source.blocks:
            assert at <= block.start < block.end <= len(source.text)
            assert source.text[block.start : block.end].strip() or block.kind is BlockKind.ROW
            at = block.end
        for table in source.tables:
            for cell in table.cells:
                assert 0 <= cell.start <= cell.end <= len(source.text)

    check()


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("【内部】\n东岭街道信访情况\n内容。", "内部"),
        ("机密★1年\n东岭街道情况报告\n内容。", "机密"),
        ("秘密\n\n东岭街道情况报告", "秘密"),
        ("绝 密\n东岭街道情况报告", "绝密"),
        ("内部资料  注意保存\n东岭街道情况", "内部"),
        ("东岭街道工作要点（内部资料，不得外传）\n一、要点", "内部"),
        ("密级：秘密\n东岭街道情况", "秘密"),
        ("东岭街道\n- 排查12处\n- 【内部】上访3批\n", "内部"),
        ("东岭街道\n1. 【机密】线索5条\n", "机密"),
        ("一、严格内部管理\n保守国家秘密，落实保密制度，签订机密文件管理承诺书3份。", None),
        ("密级：公开\n东岭街道情况", None),
        ("加强内部控制\n内部审计发现问题3个。", None),
        ("内部管理规范化\n开展检查。", None),
        ("破解群众工作秘密的钥匙\n内容", None),
    ],
)
def test_marks_of_classification(text: str, mark: str | None) -> None:
    assert ingest.from_text("a.md", text).classified == mark


def test_headings_of_a_noisy_scrape() -> None:
    text = "一,、開展情況\n(一)經濟發(fā)展,,環境整治\n全年處理(lǐ)問題12個,,新設實驗點3處,。\n"
    assert shown(ingest.from_text("a.txt", text))[:2] == [
        ("heading", 1, "第1行", "一,、開展情況"),
        ("heading", 2, "第2行", "(一)經濟發(fā)展,,環境整治"),
    ]


@pytest.mark.parametrize("data", [b"a\0b\0c\0" * 20, b"1\0\0\0" * 20, "排查12处".encode() + b"\0\0\0"])
def test_padded_bytes_are_no_text(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "稿.md"
    path.write_bytes(data)
    with pytest.raises(GovWriterError) as fault:
        ingest.read(path)
    assert fault.value.code == "INGEST-106"
