"""For a person at a terminal: each finding with its sentence, the words at fault marked, the source below."""

from __future__ import annotations

from gov_writer.domain import Finding, Ledger, Report, Severity, Source

_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_CONTEXT = 36


def render(report: Report, draft: Source, _against: Ledger | None, color: bool) -> str:
    parts = [_finding(finding, report.path, draft.text, color) for finding in report.findings]
    parts.append(_summary(report))
    return "\n".join(parts) + "\n"


def _paint(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color else text


def _finding(finding: Finding, path: str, text: str, color: bool) -> str:
    head = f"{_plain(path)}:{finding.line}:{finding.column} "
    head += _paint(f"{_NAMES[finding.severity]} {finding.rule}", _COLORS[finding.severity], color)
    if finding.known:
        head += "（已知）"
    lines = [f"{head} {_plain(finding.message)}", f"    {_marked(finding, text, color)}"]
    lines += [f"    依据 {_plain(e.source)} {e.locator}：{_plain(e.text)}" for e in finding.evidence]
    return "\n".join(lines)


def _marked(finding: Finding, text: str, color: bool) -> str:
    """The words around the finding; 【】 mark them where there is no colour, 【】 alone what is missing."""
    begin = max(text.rfind("\n", 0, finding.start) + 1, finding.start - _CONTEXT)
    stop = text.find("\n", finding.end)
    stop = min(len(text) if stop < 0 else stop, finding.end + _CONTEXT)
    before, after = _plain(text[begin : finding.start]), _plain(text[finding.end : stop])
    words = _plain(text[finding.start : finding.end])
    if len(words) > 3 * _CONTEXT:
        words = f"{words[:_CONTEXT]}……{words[-_CONTEXT:]}"
    marked = _paint(words, f"1;4;{_COLORS[finding.severity]}", True) if color and words else f"【{words}】"
    return f"{before.lstrip()}{marked}{after.rstrip()}"


def _plain(text: str) -> str:
    """One line, no control characters: a draft must not steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _summary(report: Report) -> str:
    counts = {s: sum(f.severity is s for f in report.findings) for s in Severity}
    coverage = report.coverage
    lines = [
        "、".join(f"{_NAMES[s]} {n}" for s, n in counts.items()) if report.findings else "没有发现问题。"
    ]
    if coverage.facts:
        lines.append(
            f"数据表述 {coverage.figures} 处，有材料支持 {coverage.figures_supported} 处；"
            f"材料事实 {coverage.facts} 条，已用 {coverage.facts_used} 条。"
        )
    if coverage.themes:
        lines.append(f"必备主题 {coverage.themes} 个，已落实 {coverage.themes_met} 个。")
    return "\n".join(lines)
