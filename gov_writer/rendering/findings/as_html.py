"""One page for a person: the draft with its findings and figures marked, the source beside it on click.

Self-contained: no request leaves the page (a content policy forbids it), style and script are inline, and
everything that comes from a file is escaped.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from importlib.resources import files

from gov_writer.domain import Evidence, Finding, Ledger, Link, Report, Severity, Source

_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


def render(report: Report, draft: Source, _against: Ledger | None, _color: bool) -> str:
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="zh-CN">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>核对结果：{escape(report.path)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            _header(report),
            '<main id="page">',
            f'<article id="draft" lang="zh-CN">{_marked(report, draft.text)}</article>',
            f'<aside id="side">{_cards(report)}<div id="proof" hidden></div></aside>',
            "</main>",
            f'<script type="application/json" id="links">{_links(report)}</script>',
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        )
    )


def _asset(name: str) -> str:
    return files("gov_writer.rendering.findings").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _header(report: Report) -> str:
    counts = {s: sum(f.severity is s for f in report.findings) for s in Severity}
    boxes = "".join(
        f'<label><input type="checkbox" class="by-severity" value="{s.value}" checked>{_NAMES[s]} {n}</label>'
        for s, n in counts.items()
    )
    rules = sorted({(f.rule, f.name) for f in report.findings})
    options = "".join(f'<option value="{escape(c)}">{escape(c)} {escape(n)}</option>' for c, n in rules)
    coverage = report.coverage
    lines = [f"数据表述 {coverage.figures} 处，有材料支持 {coverage.figures_supported} 处"]
    if coverage.facts:
        lines.append(f"材料事实 {coverage.facts} 条，已用 {coverage.facts_used} 条")
    if coverage.themes:
        lines.append(f"必备主题 {coverage.themes} 个，已落实 {coverage.themes_met} 个")
    return (
        f"<header><h1>核对结果：{escape(report.path)}</h1><p>{'；'.join(lines)}。</p>"
        f'<nav>{boxes}<label>规则 <select id="by-rule"><option value="">全部</option>{options}'
        "</select></label></nav></header>"
    )


def _marked(report: Report, text: str) -> str:
    """The text with marks; where findings overlap, the pieces carry all of them."""
    cuts = {0, len(text)}
    for finding in report.findings:
        cuts |= {finding.start, finding.end}
    for item in report.links:
        cuts |= {item.start, item.end}
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    opening: dict[int, list[int]] = {}
    empty: dict[int, list[int]] = {}
    for n, finding in enumerate(report.findings):
        (opening if finding.end > finding.start else empty).setdefault(finding.start, []).append(n)
    links = {item.start: n for n, item in enumerate(report.links)}
    parts: list[str] = []
    active: list[int] = []
    link = -1
    for at, stop in zip(edges, [*edges[1:], len(text)], strict=True):
        parts += [_gap(report.findings[n], n) for n in empty.get(at, ())]
        active = [n for n in active if report.findings[n].end > at] + opening.get(at, [])
        link = links.get(at, link)
        if link >= 0 and report.links[link].end <= at:
            link = -1
        if at < stop:
            parts.append(_piece(report, escape(text[at:stop]), active, link))
    return "".join(parts)


def _piece(report: Report, shown: str, active: list[int], link: int) -> str:
    if active:
        worst = max((report.findings[n] for n in active), key=lambda f: f.severity.rank)
        ids = " ".join(map(str, active))
        return f'<mark class="{worst.severity.value}" data-findings="{ids}" tabindex="0">{shown}</mark>'
    if link >= 0:
        return f'<span class="figure" data-link="{link}" tabindex="0">{shown}</span>'
    return shown


def _gap(finding: Finding, n: int) -> str:
    return (
        f'<mark class="gap {finding.severity.value}" data-findings="{n}" tabindex="0" '
        f'title="{escape(finding.message)}">⎀</mark>'
    )


def _cards(report: Report) -> str:
    if not report.findings:
        return "<p>没有发现问题。</p>"
    return "".join(_card(finding, n) for n, finding in enumerate(report.findings))


def _card(finding: Finding, n: int) -> str:
    proof = "".join(f"<blockquote>{_quote(e)}</blockquote>" for e in finding.evidence)
    right = f'<p class="right">应为：{escape(finding.expected)}</p>' if finding.expected else ""
    return (
        f'<section class="card {finding.severity.value}" id="finding-{n}" '
        f'data-severity="{finding.severity.value}" data-rule="{escape(finding.rule)}" tabindex="0">'
        f"<h2>{_NAMES[finding.severity]} {escape(finding.rule)} 第{finding.line}行</h2>"
        f"<p>{escape(finding.message)}</p>{right}{proof}</section>"
    )


def _quote(evidence: Evidence) -> str:
    return f"<cite>{escape(evidence.source)} {escape(evidence.locator)}</cite>{escape(evidence.text)}"


def _links(report: Report) -> str:
    """What supports each figure, as JSON that can't close its script element."""
    data = [_link(link) for link in report.links]
    text = json.dumps(data, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _link(link: Link) -> dict[str, object]:
    proof = [{"source": e.source, "locator": e.locator, "text": e.text} for e in link.evidence]
    return {"formula": link.formula, "evidence": proof}
