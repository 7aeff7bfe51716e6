"""summary.html: how the batch came out at a glance, then every report, those that need attention first."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import chain, islice
from typing import Any
from urllib.parse import quote

#: Reports that the page lists; the workbook has all.
MOST_ROWS = 2000
_BARS = 20
#: Reports that are told of before everything else.
FIRST = 5
KINDS = {"check": "核对", "draft": "起草", "reconcile": "汇总核对", "compare": "两年对照"}
_LEVELS = (("error", "错误"), ("warning", "警告"), ("info", "提示"))
_STYLE = """
:root{color-scheme:light dark;--ink:#1f2328;--soft:#5b6270;--line:#d8dbe0;--back:#f5f6f8;--error:#b3261e;--warning:#a15c00;
--info:#3f6ea8;--good:#1b6b3a}
@media(prefers-color-scheme:dark){:root{--ink:#e8e8ea;--soft:#a9adb8;--line:#3a3d44;--back:#22252b;--error:#ff8a80;--warning:#ffb95c;
--info:#8db7ea;--good:#7fd8a0}body{background:#16181c}}
body{font:16px/1.6 "Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif;color:var(--ink);margin:2rem auto;max-width:80rem;padding:0 1rem}
a{color:var(--info)}h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}p{color:var(--soft);margin:.2rem 0}
ul.tiles{display:flex;flex-wrap:wrap;gap:.6rem;list-style:none;padding:0}
ul.tiles li{background:var(--back);border-radius:.5rem;padding:.5rem .9rem;min-width:6.5rem}
ul.tiles b{display:block;font-size:1.5rem;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{padding:.4rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{border-bottom-width:2px;white-space:nowrap}tbody th{font-weight:500}
td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.error{color:var(--error)}.warning{color:var(--warning)}.info{color:var(--info)}.good{color:var(--good)}
.error,.warning{font-weight:600}svg{display:block}
svg .error{fill:var(--error)}svg .warning{fill:var(--warning)}svg .info{fill:var(--info)}svg .rest{fill:var(--line)}svg .good{fill:var(--good)}
table.bars td:last-child{width:60%}table.bars th{white-space:nowrap}a.more{font-size:.8rem;font-weight:400;white-space:nowrap}tbody th{overflow-wrap:anywhere;min-width:12rem}td.why{max-width:34rem;overflow-wrap:anywhere}
"""


@dataclass(slots=True)
class Totals:
    """What all records come to."""

    jobs: int = 0
    failed: int = 0
    by_level: Counter[str] = field(default_factory=Counter)
    reports_with: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    figures: int = 0
    supported: int = 0
    seconds: float = 0.0

    def add(self, record: dict[str, Any]) -> None:
        self.jobs += 1
        self.failed += record["status"] != "done"
        for level, count in record["findings"].items():
            self.by_level[level] += count
            self.reports_with[level] += bool(count)
        self.rules.update(record["rules"])
        self.figures += record["figures"]
        self.supported += record["supported"]
        self.seconds += record["seconds"]


def page(records: Iterable[dict[str, Any]], totals: Totals, title_of: Callable[[str], str]) -> Iterator[str]:
    """The page in pieces.  records: gravest first.  title_of: what a rule's code means, "" if unknown."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>批量结果</title><style>{_STYLE}</style></head><body><main>\n<h1>批量结果</h1>\n"
    )
    yield _tiles(totals)
    every = iter(records)
    first = list(islice(every, FIRST))
    grave = [one for one in first if one["status"] != "done" or one["findings"]["error"]]
    if grave and totals.jobs > FIRST:
        yield "<h2>先看这几份</h2>\n"
        yield from _table(grave, title_of)
    yield from _rules(totals, title_of)
    yield from _reports(chain(first, every), totals, title_of)
    yield "</main></body></html>\n"


def _tiles(totals: Totals) -> str:
    clean = totals.jobs - totals.failed - totals.reports_with["error"]
    tiles = [
        (str(totals.jobs), "份任务", ""),
        (str(totals.failed), "份没有完成", "error" if totals.failed else ""),
        (str(totals.reports_with["error"]), "份有错误", "error" if totals.reports_with["error"] else ""),
        (str(totals.reports_with["warning"]), "份有警告", ""),
        (str(clean), "份没有错误", "good"),
    ]
    if totals.figures and totals.supported:
        tiles.append((f"{totals.supported / totals.figures:.0%}", "的数据有出处", ""))
    items = "".join(f'<li><b class="{kind}">{number}</b>{words}</li>' for number, words, kind in tiles)
    return f'<ul class="tiles">{items}</ul>\n'


def _rules(totals: Totals, title_of: Callable[[str], str]) -> Iterator[str]:
    if not totals.rules:
        return
    most = max(totals.rules.values())
    yield '<h2>哪类问题最多</h2>\n<table class="bars"><tbody>'
    for code, count in totals.rules.most_common(_BARS):
        width = max(0.5, 100 * count / most)
        yield (
            f'<tr><th scope="row">{escape(code)} {escape(title_of(code))}</th><td class="n">{count}</td>'
            f'<td><svg width="100%" height="14" role="img" aria-label="{count} 处">'
            f'<rect class="info" width="{width:.1f}%" height="14" rx="2"/></svg></td></tr>\n'
        )
    yield "</tbody></table>\n"
    if len(totals.rules) > _BARS:
        yield f"<p>另有 {len(totals.rules) - _BARS} 类，见 summary.xlsx。</p>\n"


def _reports(
    records: Iterable[dict[str, Any]], totals: Totals, title_of: Callable[[str], str]
) -> Iterator[str]:
    yield "<h2>各份报告</h2>\n<p>需要关注的在前：没有完成的，然后按错误、警告的多少。</p>\n"
    yield from _table(islice(records, MOST_ROWS), title_of)
    if totals.jobs > MOST_ROWS:
        yield f"<p>这里列出前 {MOST_ROWS} 份，全部 {totals.jobs} 份见 summary.xlsx 和 results.jsonl。</p>\n"


def _table(records: Iterable[dict[str, Any]], title_of: Callable[[str], str]) -> Iterator[str]:
    heads = ("名称", "任务", "结果", "错误", "警告", "提示", "轻重", "有出处", "用时", "说明")
    cells = "".join(f'<th scope="col">{name}</th>' for name in heads)
    yield f'<div class="scroll"><table><thead><tr>{cells}</tr></thead><tbody>\n'
    for record in records:
        yield _report(record, title_of)
    yield "</tbody></table></div>\n"


def said(rules: Mapping[str, int], title_of: Callable[[str], str]) -> str:
    """What a report has, in words, the most frequent first: 分项与总数不符（ARI201）、… ×3."""
    told = sorted(rules.items(), key=lambda one: (-one[1], one[0]))
    words = ((f"{title}（{code}）" if (title := title_of(code)) else code, count) for code, count in told)
    return "、".join(f"{word}×{count}" if count > 1 else word for word, count in words)


def _report(record: dict[str, Any], title_of: Callable[[str], str]) -> str:
    findings = record["findings"]
    done = record["status"] == "done"
    name = _linked(record)
    state = '<td class="good">完成</td>' if done else '<td class="error">失败</td>'
    counts = "".join(
        f'<td class="n {level if findings[level] else ""}">{findings[level] or "—"}</td>'
        for level, _ in _LEVELS
    )
    shown = f"{record['supported']}/{record['figures']}" if record["figures"] and record["supported"] else "—"
    why = escape((record["error"] or said(record["rules"], title_of)).replace("\n", " "))
    return (
        f'<tr><th scope="row">{name}</th><td>{escape(KINDS.get(record["job"], record["job"]))}</td>{state}{counts}'
        f'<td>{_stack(findings)}</td><td class="n">{shown}</td><td class="n">{record["seconds"]:.2f} 秒</td>'
        f'<td class="why">{why}</td></tr>\n'
    )


def _linked(record: dict[str, Any]) -> str:
    """The name with a way to what a person reads: the text with its findings marked, or the document that was written."""
    name, output, page = escape(record["name"]), record["output"], record.get("page")
    written = record["job"] == "draft"
    first, second = (output, page) if written else (page, output)
    if first:
        name = f'<a href="{quote(first)}">{name}</a>'
    if second:
        name += f' <a class="more" href="{quote(second)}">{"核对结果" if written else "数据"}</a>'
    return name


def _stack(findings: dict[str, int]) -> str:
    """Errors, warnings and hints as one bar; beyond thirty findings it only gets fuller."""
    whole = max(30, sum(findings.values()))
    words = "、".join(f"{name} {findings[level]}" for level, name in _LEVELS)
    parts, at = [], 0.0
    for level, _ in _LEVELS:
        width = 100 * findings[level] / whole
        if width:
            parts.append(f'<rect class="{level}" x="{at:.1f}" width="{width:.1f}" height="12"/>')
        at += width
    return (
        f'<svg width="100" height="12" role="img" aria-label="{words}"><title>{words}</title>'
        f'<rect class="rest" width="100" height="12" rx="2"/>{"".join(parts)}</svg>'
    )
