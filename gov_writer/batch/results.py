"""The journal as files for people and programs: results.jsonl, summary.xlsx, summary.html."""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gov_writer.batch.journal import Journal
from gov_writer.text.cells import harmless

_FIELDS = ("name", "job", "status", "output", "error", "findings", "seconds")
_HEADINGS = (
    "名称",
    "任务",
    "状态",
    "错误",
    "警告",
    "提示",
    "数据",
    "有出处",
    "用时（秒）",
    "各规则",
    "说明",
    "结果文件",
)

KINDS = {"check": "核对", "draft": "起草", "reconcile": "汇总核对", "compare": "两年对照"}


def write_results(journal: Journal, folder: Path) -> None:
    """Write the three files; each is whole or not there."""
    with _beside(folder / "results.jsonl") as place, place.open("w", encoding="utf-8") as out:
        for record in journal.results():
            line = {name: record[name] for name in _FIELDS}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    rules: Counter[str] = Counter()
    for record in journal.results():
        rules.update(record["rules"] if isinstance(record["rules"], dict) else {})
    with _beside(folder / "summary.xlsx") as place:
        _workbook(journal, rules, place)
    with _beside(folder / "summary.html") as place, place.open("w", encoding="utf-8") as out:
        out.writelines(_page(journal, rules))


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    part = place.with_name(f".{place.name}.part")
    yield part
    part.replace(place)


def _row(record: dict[str, Any]) -> list[Any]:
    findings = record["findings"]
    rules = "、".join(f"{code}×{n}" for code, n in sorted(record["rules"].items()))
    return [
        record["name"],
        KINDS.get(record["job"], record["job"]),
        "完成" if record["status"] == "done" else "失败",
        findings["error"],
        findings["warning"],
        findings["info"],
        record["figures"],
        record["supported"],
        record["seconds"],
        rules,
        (record["error"] or "").replace("\n", " "),
        record["output"] or "",
    ]


def _workbook(journal: Journal, rules: Counter[str], place: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.chart import BarChart, Reference

    book = Workbook(write_only=True)
    sheet = book.create_sheet("按需关注排序")
    sheet.freeze_panes = "A2"
    sheet.append(list(_HEADINGS))
    for record in journal.results("attention"):
        sheet.append([harmless(value) if isinstance(value, str) else value for value in _row(record)])
    totals = book.create_sheet("各规则")
    totals.append(["规则", "处数"])
    for code, count in rules.most_common():
        totals.append([code, count])
    if rules:
        chart = BarChart()
        chart.type, chart.title, chart.legend = "bar", "各规则处数", None
        chart.add_data(Reference(totals, min_col=2, min_row=2, max_row=len(rules) + 1))
        chart.set_categories(Reference(totals, min_col=1, min_row=2, max_row=len(rules) + 1))
        totals.add_chart(chart, "D2")
    book.save(place)


_STYLE = """
body{font:15px/1.6 system-ui,"Microsoft YaHei",sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222}
table{border-collapse:collapse;width:100%}th,td{padding:.35rem .6rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}.bad{color:#b00020;font-weight:600}
.bar{background:#4a6fa5;height:.8rem;display:inline-block;vertical-align:middle}
@media(prefers-color-scheme:dark){body{background:#16181c;color:#e6e6e6}th,td{border-color:#333}.bad{color:#ff8a80}}
"""


def _page(journal: Journal, rules: Counter[str]) -> Iterable[str]:
    yield f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>批量核对结果</title><style>{_STYLE}</style>'
    yield "<h1>批量核对结果</h1>"
    if rules:
        most = max(rules.values())
        yield "<h2>各规则处数</h2><table><tbody>"
        for code, count in rules.most_common():
            width = max(1, round(30 * count / most))
            yield f'<tr><th scope="row">{code}</th><td><span class="bar" style="width:{width}rem"></span> {count}</td></tr>'
        yield "</tbody></table>"
    yield "<h2>各份报告（需关注的在前）</h2><table><thead><tr>"
    yield "".join(f'<th scope="col">{name}</th>' for name in _HEADINGS)
    yield "</tr></thead><tbody>\n"
    for record in journal.results("attention"):
        yield "<tr>" + "".join(_cell(value) for value in _row(record)) + "</tr>\n"
    yield "</tbody></table></html>\n"


def _cell(value: Any) -> str:
    kind = ' class="n"' if isinstance(value, int | float) else ' class="bad"' if value == "失败" else ""
    return f"<td{kind}>{html.escape(str(value))}</td>"
