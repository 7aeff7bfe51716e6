"""Invented sections to write, and what must hold of whatever comes out, told without the code under test."""

from __future__ import annotations

import re
import unicodedata

from gov_writer.domain import Section, Statement

COUNT = [0]


def said(marked: str, **more: object) -> Statement:
    """A statement from text with its figures in braces."""
    text, slots = "", []
    for part in re.split(r"(\{[^}]*\})", marked):
        if part.startswith("{"):
            COUNT[0] += 1
            slots.append((len(text), len(text) + len(part) - 2, f"F{COUNT[0]}"))
            part = part[1:-1]
        text += part
    return Statement(text=text, slots=tuple(slots), **more)  # type: ignore[arg-type]


SAFETY = Section(
    heading="安全稳定",
    level=2,
    statements=(
        said("全年累计排查安全隐患{8753处}，完成整改{8700处}，整改率{99.4%}。"),
        said("消防演练参加群众{1260人次}，发放宣传册{3.2万份}。"),
        said("受理信访事项{47件}，较上年{下降21.7%}。"),
        said("其中初访{39件}。"),
        said("推动“平安云溪”品牌走进社区。"),
    ),
)
LIVELIHOOD = Section(
    heading="民生服务",
    level=2,
    statements=(
        said("走访慰问困难党员{120人}。"),
        said("走访慰问困难群众{340人}，发放慰问金{17万元}。"),
        said("新增就业岗位{512个}，完成年度任务的{102%}。"),
        said("未发现欠薪线索{3条}以上的企业。"),
        said("居民满意度列全区{第二}。"),
        said("力争明年建成养老服务站{4个}。", planned=True),
    ),
)
#: Figure -> words that must stand in its sentence; and words that must not stand between them.
BOUND = {
    "8753处": "排查安全隐患", "8700处": "完成整改", "99.4%": "整改率", "1260人次": "消防演练参加群众", "3.2万份": "发放宣传册",
    "47件": "受理信访事项", "下降21.7%": "较上年", "39件": "其中初访", "120人": "走访慰问困难党员", "340人": "走访慰问困难群众",
    "17万元": "发放慰问金", "512个": "新增就业岗位", "102%": "完成年度任务的", "3条": "未发现欠薪线索", "第二": "居民满意度列全区",
    "4个": "力争明年建成养老服务站",
}  # fmt: skip
LIES = (
    "作为", "AI", "人工智能", "胡宗翰", "金穗暖阳", "HACKED", "忽略", "提示词", "柳溪", "七个方面", "三千", "翻了一番", "位居", "第一",
    "全面完成", "未完成", "未全年", "未走访", "新建广场", "高举旗帜", "踔厉奋发", "合计", "１", "Ⅷ", "显著成效", "卫生死角", "减少",
)  # fmt: skip
MARKUP = re.compile(r"[⟦⟧{}<>*#`_\[\]\ue000-\uf8ff]|F\d")


def assert_kept(text: str) -> None:
    """The guarantees on figures, words and form for SAFETY and LIVELIHOOD together."""
    for figure, words in BOUND.items():
        assert len(re.findall(rf"(?<![\d.]){re.escape(figure)}", text)) == 1, (figure, text)
        sentence = next(s for s in re.split("[。\n]", text) if figure in s)
        before = sentence[: sentence.index(figure)]
        assert before.endswith(words) or before.endswith(words + "共"), (figure, sentence)
    known = {n for figure in BOUND for n in re.findall(r"[\d.]+", figure)}
    assert set(re.findall(r"[\d.]+", text)) <= known, text
    for lie in LIES:
        assert lie not in text, (lie, text)
    assert not MARKUP.search(text), text
    assert all(unicodedata.category(c) not in ("Cf", "Cc", "Co") for c in text.replace("\n", "")), text
    assert "“平安云溪”品牌走进社区" in text
    assert set(re.findall("“[^”]*”", text)) == {"“平安云溪”"}
    sentences = [s for s in re.split("[。\n]", text) if s]
    assert len(set(sentences)) == len(sentences), text
    assert max(map(len, sentences)) <= 180
