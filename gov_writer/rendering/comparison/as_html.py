"""One page for a person: what needs attention, indicators with both values, promises; nothing leaves the page."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from gov_writer.domain import ComparedRow, Comparison, Finding, PromiseRow, Report, Said, Source

_STYLE = """
:root{color-scheme:light dark;--line:#d8dbe0;--soft:#667;--bad:#b00020;--ask:#8a5a00;--good:#1b6b3a;--back:#f5f6f8}
@media(prefers-color-scheme:dark){:root{--line:#3a3d44;--soft:#a9adb8;--bad:#ff8a80;--ask:#ffcc66;--good:#7fd8a0;--back:#22252b}
body{background:#16181c;color:#e8e8ea}}
body{font:16px/1.6 "Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}p.lead{color:var(--soft)}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--soft);padding:.3rem 0}
th,td{padding:.4rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{border-bottom-width:2px;white-space:nowrap}td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
tbody th{font-weight:500}.bad{color:var(--bad);font-weight:600}.ask{color:var(--ask);font-weight:600}.good{color:var(--good)}
details{color:var(--soft)}summary{cursor:pointer}ol.findings{padding-left:1.4rem}ol.findings li{margin:.5rem 0}
blockquote{margin:.2rem 0 .2rem 1rem;padding-left:.6rem;border-left:3px solid var(--line);color:var(--soft)}
ul.sums{display:flex;flex-wrap:wrap;gap:.6rem;list-style:none;padding:0}ul.sums li{background:var(--back);border-radius:.5rem;padding:.5rem .9rem}
ul.sums b{font-size:1.3rem;margin-right:.3rem}
"""
_CLASSES = {
    "不符": "bad", "未达到": "bad", "未提及": "bad", "再次列入计划": "bad", "待核": "ask",
    "相符": "good", "已完成": "good", "有进展": "good",
}  # fmt: skip
_LEVELS = {"error": "错误", "warning": "警告", "info": "提示"}


def render(comparison: Comparison, report: Report, _draft: Source, _color: bool) -> str:
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    old, new = (year or name for year, name in zip(comparison.years, ("上年", "本年"), strict=True))
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="zh-CN"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>两年对照：{escape(comparison.new)}</title><style>{_STYLE}</style></head><body><main>",
            f"<h1>两年对照</h1><p class=lead>{escape(comparison.old)}（{escape(old)}）与 "
            f"{escape(comparison.new)}（{escape(new)}）</p>",
            _sums(comparison, report),
            "<h2>需要核对</h2>",
            _findings(report),
            "<h2>指标对照</h2>",
            _indicators(comparison, old, new),
            "<h2>上年打算落实情况</h2>",
            _promises(comparison),
            "</main></body></html>",
            "",
        )
    )


def _sums(comparison: Comparison, report: Report) -> str:
    both = sum(row.old is not None and row.new is not None for row in comparison.rows)
    wrong = sum(row.verdict == "不符" for row in comparison.rows)
    kept = sum(row.verdict in ("已完成", "有进展") for row in comparison.promises)
    cells = (
        (len(report.findings), "处需要核对"),
        (both, "个指标两年都有"),
        (wrong, "个增幅推算不符"),
        (f"{kept}/{len(comparison.promises)}", "项打算有结果"),
    )
    return "<ul class=sums>" + "".join(f"<li><b>{n}</b>{words}</li>" for n, words in cells) + "</ul>"


def _findings(report: Report) -> str:
    if not report.findings:
        return "<p>没有发现问题。</p>"
    return "<ol class=findings>" + "".join(map(_finding, report.findings)) + "</ol>"


def _finding(finding: Finding) -> str:
    kind = {"info": "ask"}.get(finding.severity.value, "bad")
    proof = "".join(
        f"<blockquote>{escape(e.source)} {escape(e.locator)}：{escape(e.text)}</blockquote>"
        for e in finding.evidence
    )
    place = f"第{finding.line}行" if finding.text else "文中没有"
    return (
        f'<li><span class="{kind}">{_LEVELS[finding.severity.value]} {escape(finding.rule)}</span> '
        f"{place}　{escape(finding.message)}{proof}</li>"
    )


def _indicators(comparison: Comparison, old: str, new: str) -> str:
    order = {"不符": 0, "待核": 1}
    rows = sorted(comparison.rows, key=lambda row: order.get(row.verdict, 2))
    head = "".join(
        f'<th scope="col">{escape(name)}</th>' for name in ("指标", old, new, "变化", "文中增幅", "结论")
    )
    return (
        f'<div class="scroll"><table><caption>变化由两年的数推算，按印出的位数留余地。</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(map(_row, rows))}</tbody></table></div>"
    )


def _row(row: ComparedRow) -> str:
    return (
        f'<tr><th scope="row">{escape(row.indicator)}</th>{_cell(row.old)}{_cell(row.new)}'
        f'<td class="n">{escape(row.change)}</td><td>{escape(row.claimed)}</td>{_verdict(row.verdict)}</tr>'
    )


def _cell(said: Said | None) -> str:
    if said is None:
        return '<td class="n">—</td>'
    return (
        f'<td class="n">{escape(said.text)}<details><summary>{escape(said.locator) or "原句"}</summary>'
        f"{escape(said.sentence)}</details></td>"
    )


def _verdict(word: str) -> str:
    return f'<td class="{_CLASSES.get(word, "")}">{escape(word)}</td>'


def _promises(comparison: Comparison) -> str:
    if not comparison.promises:
        return "<p>上年报告里没有可以核对的打算。</p>"
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("上年打算", "位置", "本年结果", "位置", "结论")
    )
    body = "".join(map(_promise, comparison.promises))
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _promise(row: PromiseRow) -> str:
    result = row.result
    told = escape(result.sentence) if result else "—"
    place = escape(result.locator) if result else ""
    return (
        f'<tr><th scope="row">{escape(row.promised.text)}</th><td>{escape(row.promised.locator)}</td>'
        f"<td>{told}</td><td>{place}</td>{_verdict(row.verdict)}</tr>"
    )
