"""Run the selected rules over a case and put the report together."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.suppression import apart, directives, unanswered, without_effect
from gov_writer.domain import BlockKind, Coverage, Finding, Report
from gov_writer.errors import GovWriterError
from gov_writer.settings import CheckSettings


def all_rules() -> tuple[type[Rule], ...]:
    """Every rule, in the order of the contract's table."""
    from gov_writer.checking.rules import every_rule

    return every_rule()


def refuse_unknown(codes: Iterable[str], *, groups: bool = True) -> None:
    """Raise CALL-122 for a code that is no rule's, nor, with ``groups``, how the codes of some rules begin."""
    from gov_writer.checking.rules import rules_like

    for code in codes:
        known = [rule.code for rule in rules_like(code)]
        if not code or not (any(name.startswith(code) for name in known) if groups else code in known):
            raise GovWriterError(
                f"没有规则{'或规则组' if groups else ''}“{code}”。",
                where="写在 select、ignore 或 severity 里（选项，或 gov-writer.toml 的 [check]）。",
                hint="用 gov-writer rules 查看全部规则。",
                code="CALL-122",
            )


def run(case: Case) -> Report:
    """Check a draft.  Findings come in text order; of one place, the graver first.

    Raises GovWriterError CALL-122 where the settings name a rule that there is not.
    """
    from gov_writer.checking.rules import called_for

    refuse_unknown((*case.settings.select, *case.settings.ignore))
    refuse_unknown(case.settings.severities, groups=False)

    findings = [f for rule in called_for(case) for f in rule().check(case)]
    findings = _without_echoes(findings, case)
    findings = [_with_office_severity(f, case.settings) for f in findings]
    findings.sort(key=lambda f: (f.start, -f.severity.rank, f.rule, f.end))
    notes = directives(case.draft)
    findings, suppressed = apart(list(_number_repeats(findings)), notes)
    findings, answered = unanswered(findings, case.draft.answers)
    return Report(
        path=case.draft.path,
        characters=case.draft.characters,
        findings=tuple(findings),
        coverage=_coverage(case),
        links=case.rulings.links() if case.rulings is not None else (),
        suppressed=(*suppressed, *answered),
        warnings=(*(note.complaint for note in notes if note.complaint), *without_effect(case.draft)),
    )


def _coverage(case: Case) -> Coverage:
    """Both ways; without sources nothing is supported, and there are no facts."""
    themes, met = len(case.themes), case.theme_states.met if case.themes else 0
    if case.rulings is not None:
        return case.rulings.told.coverage(themes, met)
    figures = sum(claim.counted for claim in case.claims.facts)
    return Coverage(
        figures=figures, figures_supported=0, facts=0, facts_used=0, themes=themes, themes_met=met
    )


#: What speaks of a figure as a person's, as secret or as no day at all says more than that no source has it.
_SAYS_MORE = ("PRV801", "PRV802", "PRV803", "PRV804", "PRV805", "DAT301", "DAT303", "ENT702", "THM403")
#: What a date's or period's source says of it says more than that it lies outside the report's period.
_OF_TIMES = ("DAT304", "DAT305", "DAT307")
_SAYS_LESS = ("FIG101", "FIG110", "FIG111", "ENT701")


def _without_echoes(findings: Sequence[Finding], case: Case) -> list[Finding]:
    """What is reported under FIG is not reported again under ARI: drop ARI on a sentence whose figures FIG corrects.

    A figure without a source beside a sum that is wrong is told as both; one in a telephone number as that alone.
    """
    text = case.text
    spans = sorted((f.start, f.end) for f in findings if f.rule.startswith("FIG") and f.start < f.end)
    starts = [start for start, _ in spans]
    more = [(f.start, f.end) for f in findings if f.rule in _SAYS_MORE]

    titles = [(b.start, b.end) for b in case.draft.blocks if b.kind is BlockKind.HEADING]
    stale = [f for f in findings if f.rule == "DAT307" and _within(f, titles)]
    findings = [
        f
        for f in findings
        if f.rule != "FIG110" or not any(s.start < f.end and f.start < s.end for s in stale)
    ]
    dates = [(f.start, f.end) for f in findings if f.rule in ("FIG110", "FIG109")]
    dates += [(f.start, f.end) for f in stale]
    dates += case.rulings.misdated if case.rulings is not None else ()
    quoted = [f.expected for f in findings if f.rule == "THM403" and f.expected]

    def echo(finding: Finding) -> bool:
        if finding.rule == "THM401":  # the theme is there, only misquoted
            return any(words in theme for words in quoted for theme in _wordings(case, finding))
        if finding.rule in _SAYS_LESS:
            closed = finding.end - text.endswith(("”", "’", "」"), finding.start, finding.end)
            return any(start <= finding.start and closed <= end for start, end in more)
        if finding.rule in _OF_TIMES and finding not in stale:
            return any(start < finding.end and finding.start < end for start, end in dates)
        if not finding.rule.startswith("ARI"):
            return False
        begin = max(text.rfind(mark, 0, finding.start) for mark in "。\n") + 1
        at = bisect_right(starts, max(finding.start, finding.end - 1)) - 1
        return at >= 0 and (spans[at][1] > finding.start or spans[at][0] >= begin)

    return [finding for finding in findings if not echo(finding)]


def _within(finding: Finding, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= finding.start and finding.end <= end for start, end in spans)


def _wordings(case: Case, finding: Finding) -> tuple[str, ...]:
    """The wordings of the theme that a finding names."""
    return next(((t.name, *t.any) for t in case.themes if f"“{t.name}”" in finding.message), ())


def _with_office_severity(finding: Finding, settings: CheckSettings) -> Finding:
    """The office's severity for the rule; a finding that its rule had lowered stays as much lower."""
    severity = settings.severities.get(finding.rule)
    if severity is None:
        return finding
    default = next((rule.severity for rule in all_rules() if rule.code == finding.rule), finding.severity)
    if finding.severity.rank < default.rank:
        severity = severity.lowered()
    return replace(finding, severity=severity)


def _number_repeats(findings: Iterable[Finding]) -> Iterable[Finding]:
    """The same words in the same line twice are two findings: give the second its own fingerprint."""
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.fingerprint] += 1
        nth = seen[finding.fingerprint]
        if nth > 1:
            seed = f"{finding.fingerprint}/{nth}"
            finding = replace(finding, fingerprint=hashlib.sha256(seed.encode()).hexdigest()[:16])
        yield finding
