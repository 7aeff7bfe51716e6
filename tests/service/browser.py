"""What the browser tests share: axe, texts about an invented street, files made from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
NOTES = "# 东岭街道安全办\n\n今年累计排查安全隐患8753处，整改8640处。\n"
DRAFT = (
    "东岭街道工作总结\n\n一、安全稳定\n\n今年累计排查安全隐患8573处，整改8640处。\n\n"
    "二、民生服务\n\n新建口袋公园X个。\n"
)


def serious(page: Any) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands."""
    # evaluated by the driver: the strict content policy stays on
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {node['target']} {node['failureSummary']}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]


def check(page: Any, draft: str = DRAFT, notes: str = NOTES) -> None:
    """Paste a draft and its notes, and press the button."""
    page.goto("/")
    page.fill("#against-text", notes)
    page.fill("#draft-text", draft)
    page.get_by_role("button", name="核对", exact=True).click()
    page.wait_for_selector("#result .files")  # what the button checked is kept


def finding(page: Any, rule: str) -> Any:
    """The note of a rule's first finding, opened up."""
    note = page.locator(f".findings > li[data-rule={rule}]").first
    note.locator(".message").click()
    return note


def word(path: Path, text: str) -> Path:
    """A text as a Word file."""
    import docx

    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path


def sideways(page: Any) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


#: A report of several thousand characters about an invented street; every sentence has figures.
def long_draft(sentences: int = 150) -> tuple[str, str]:
    """(draft, notes): the draft says what the notes say, but for every tenth sentence."""
    matters = ("排查燃气隐患", "走访困难家庭", "清理河道垃圾", "调解邻里纠纷", "办结市民诉求", "发放宣传手册")
    units = ("处", "户", "吨", "起", "件", "份")
    notes, lines = ["# 云溪区东岭街道要点\n"], ["东岭街道2025年工作总结\n"]
    for n in range(sentences):
        if n % 30 == 0:
            lines.append(f"\n{'一二三四五六七八九十'[n // 30]}、第{n // 30 + 1}片区工作\n")
        place = f"第{n // 30 + 1}片区{'甲乙丙丁戊'[n % 5]}网格"
        matter, unit = matters[n % 6], units[n % 6]
        value = 200 + 37 * n
        notes.append(f"- {place}全年{matter}{value}{unit}，其中上半年{value // 3}{unit}。")
        told = value + 90 if n % 10 == 9 else value
        lines.append(f"{place}全年{matter}{told}{unit}，其中上半年{value // 3}{unit}。")
    return "\n".join(lines) + "\n", "\n".join(notes) + "\n"
