"""What the routes ask for, in terms of the pipeline."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gov_writer import across, checking, ingest, pipeline
from gov_writer.domain import Amendment, Brief, Draft, DraftBlockKind, Ledger, Report, Source
from gov_writer.errors import GovWriterError
from gov_writer.facts import extract
from gov_writer.rendering.ledger import render_ledger
from gov_writer.service import documents, drafted
from gov_writer.service.bodies import CheckBody, FactsBody, Upload
from gov_writer.service.hands import Tell
from gov_writer.service.reading import sources
from gov_writer.service.runner import Done, Say
from gov_writer.service.workbook import workbook
from gov_writer.settings import CheckSettings

#: After how many more characters of a model's answer the page is told.
_HEARD = 40


def ready() -> None:
    """Nothing: a process that was asked for it has read what the work needs."""


def rule_list() -> list[dict[str, Any]]:
    """Every rule as plain data."""
    return [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": str(rule.severity),
            "title": rule.title,
            "why": rule.why,
            "bad": rule.bad,
            "good": rule.good,
            "authority": {"document": rule.authority.document, "clause": rule.authority.clause},
        }
        for rule in checking.all_rules()
    ]


def check_text(
    body: CheckBody,
    uploads: Mapping[str, list[Upload]],
    as_of: date | None,
    office: CheckSettings | None = None,
) -> str | bytes:
    """The check JSON of the contract.  office: how the unit checks; None is as the project ships."""
    case = _case(body, uploads, as_of, office)
    return pipeline.show(case, pipeline.examine(case), "json")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A check for the page: the case, what was found in it, and the same as the contract's JSON."""

    case: checking.Case
    report: Report
    data: dict[str, Any]


def reviewed(
    body: CheckBody, uploads: Mapping[str, list[Upload]], office: CheckSettings | None = None
) -> Reviewed:
    """Check for the page."""
    case = _case(body, uploads, None, office)
    report = pipeline.examine(case)
    return Reviewed(case, report, json.loads(pipeline.show(case, report, "json")))


def _case(
    body: CheckBody, uploads: Mapping[str, list[Upload]], as_of: date | None, office: CheckSettings | None
) -> checking.Case:
    if not uploads["draft"]:
        raise GovWriterError("没有要核对的文稿。", where="draft", hint="请上传 draft。", code="CALL-422")
    (draft,) = sources(uploads["draft"][:1], prefix="D", with_layout=True)
    words = {**body.brief, **({"themes": []} if body.themes else {})}  # the request's own replace the brief's
    brief = ingest.brief_of(words, sources_elsewhere=True)
    return pipeline.case_of(
        draft,
        sources(uploads.get("against", ())),
        examples=sources(uploads.get("examples", ()), prefix="E"),
        themes=ingest.themes_of([theme.model_dump() for theme in body.themes])
        if body.themes
        else brief.themes,
        named=brief.named,
        period=body.period if body.period is not None else brief.period,
        as_of=as_of if as_of is not None else brief.as_of,
        settings=office,
    )


def facts_text(body: FactsBody, uploads: Mapping[str, list[Upload]], as_of: date | None) -> bytes | str:
    """The facts JSON of the contract."""
    ledger = extract(sources(uploads["sources"]), as_of=as_of)
    return render_ledger(ledger, "json", labels=body.all)


def _batch(
    fields: dict[str, Any], uploads: dict[str, list[Upload]], office: CheckSettings, say: Say
) -> tuple[dict[str, Any], dict[str, bytes]]:
    against = sources(uploads.get("against", ()))
    themes = ingest.themes_of(fields["themes"]) if fields["themes"] else ()
    files: dict[str, bytes] = {}
    results: list[dict[str, Any]] = []
    found: list[tuple[str, Report]] = []
    rules: dict[str, Counter[str]] = defaultdict(Counter)
    pages: dict[int, dict[str, Any]] = {}
    for number, upload in enumerate(uploads["drafts"], 1):
        result: dict[str, Any] = {
            "name": upload.name,
            "job": "check",
            "status": "done",
            "output": None,
            "error": None,
        }
        findings = {"error": 0, "warning": 0, "info": 0}
        try:
            (draft,) = sources([upload], prefix="D")
            case = pipeline.case_of(draft, against, themes=themes, period=fields["period"], settings=office)
            report = pipeline.examine(case)
            files[f"{number}.json"] = _bytes(pipeline.show(case, report, "json"))
            findings |= Counter(str(finding.severity) for finding in report.findings)
            found.append((upload.name, report))
            for one in report.findings:
                rules[one.rule][str(one.severity)] += 1
            pages[number] = _glance(report)
            result["output"] = f"{number}.json"
        except GovWriterError as error:
            result |= {"status": "failed", "error": str(error)}
        results.append({**result, "findings": findings})
        say("job", {"done": number, "total": len(uploads["drafts"]), "name": upload.name})
    lines = (json.dumps(result, ensure_ascii=False) + "\n" for result in results)
    files["results.jsonl"] = "".join(lines).encode()
    files["results.xlsx"] = workbook(results, found)
    told: dict[str, Any] = {"results": results, "pages": pages, "by_rule": rules}
    told["skipped"] = fields.get("skipped", [])
    if uploads.get("total"):
        told["reconciliation"], table = _reconciled(uploads, fields["period"])
        files |= table
    return told, files


def _glance(report: Report) -> dict[str, Any]:
    """What a line of the page's table says of a report beside its counts."""
    often = Counter(finding.rule for finding in report.findings)
    covered = report.coverage
    return {
        "given": bool(covered.facts),
        "figures": covered.figures,
        "supported": covered.figures_supported,
        "rules": [code for code, _ in often.most_common(3)],
    }


def _reconciled(
    uploads: Mapping[str, list[Upload]], period: str | None
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The district's total against the reports that could be read, as data and as a workbook."""
    parts: list[Source] = []
    for upload in uploads["drafts"]:
        try:
            parts += sources([upload], first=len(parts) + 1)
        except GovWriterError:
            continue
    try:
        (total,) = sources(uploads["total"], prefix="D")
        case = pipeline.case_of(total, parts=parts, period=period, settings=across.RECONCILING)
        report = pipeline.examine(case)
        table = across.table(case)
    except GovWriterError as error:
        return {"error": error.as_dict()}, {}
    rows = [
        {
            "indicator": row.indicator,
            "unit": row.unit,
            "total": row.total,
            "summed": row.summed,
            "verdict": row.verdict,
            "cells": [
                None if cell is None else {"text": cell.text, "told": f"{cell.locator}：{cell.sentence}"}
                for cell in row.cells
            ],
        }
        for row in table.rows
    ]
    data = json.loads(pipeline.show(case, report, "json"))
    told = {"parts": table.parts, "rows": rows, "findings": data["findings"], "total": total.path}
    return told, {"reconcile.xlsx": across.matrix(case)}


def _bytes(shown: str | bytes) -> bytes:
    return shown.encode() if isinstance(shown, str) else shown


def brief_of(fields: Mapping[str, Any], names: tuple[str, ...]) -> Brief:
    """A draft's brief with the request's themes.  names: of the sources.  Raises GovWriterError BRIEF-nnn."""
    words = {**fields["brief"], **({"themes": fields["themes"]} if fields["themes"] else {})}
    return ingest.brief_of(words, sources=names)


def wanted(
    fields: Mapping[str, Any], uploads: Mapping[str, list[Upload]], amendments: Sequence[Amendment] = ()
) -> pipeline.Request:
    """What a draft is to be made from.  Raises GovWriterError for what can't be read or is no brief."""
    material = sources(uploads["sources"])
    brief = brief_of(fields, tuple(source.path for source in material))
    # the endpoint and the model's file are the service's own: a client that could name one could reach into the
    # intranet or have any file of the server opened
    choice = replace(brief.engine, name=fields["engine"], base_url=None)
    if choice.name == "local":
        choice = replace(choice, model=None)
    return pipeline.Request(
        brief=replace(brief, engine=choice),
        sources=material,
        examples=sources(uploads.get("examples", ()), prefix="E"),
        amendments=tuple(amendments),
    )


def _draft(
    fields: dict[str, Any], uploads: dict[str, list[Upload]], office: CheckSettings, say: Say
) -> tuple[dict[str, Any], dict[str, bytes]]:
    asked = wanted(fields, uploads, [Amendment(**one) for one in fields.get("amendments", ())])
    choice = asked.brief.engine
    headings: list[str] = []

    def planned(names: Sequence[str]) -> None:
        headings[:] = names
        say("outline", {"headings": list(names)})

    heard: dict[int, int] = {}
    grown: dict[int, str] = {}
    told: set[str] = set()

    def watch(number: int, state: str, size: int) -> None:
        if number >= len(headings):
            return
        news = {"heading": headings[number], "engine": choice.name, "state": state}
        if not size:  # a step, not a character
            heard.pop(number, None)
            say("section", {**news, "heard": 0})
        elif size >= heard.get(number, 0) + _HEARD:
            heard[number] = size
            growth = {"unverified": grown[number]} if grown.get(number) else {}
            say("section", {**news, "heard": size, **growth})

    def come() -> None:
        for heading, text in writer.finished() if writer is not None else ():
            if heading not in told:
                told.add(heading)
                news = {"heading": heading, "engine": choice.name, "state": "写好", "heard": 0}
                say("section", {**news, "text": text})

    say("reading", {"sources": len(asked.sources)})
    writer = pipeline.writer_for(choice, watch=watch)
    if writer is not None:
        writer.on_headings, writer.on_section, writer.on_growth = planned, come, grown.__setitem__
    done = pipeline.draft(asked, writer=writer)
    if not headings:
        planned([section.heading for section in done.draft.sections])
    for section in done.draft.sections:
        state = "退回 builtin" if section.fell_back else "完成"
        news = {"heading": section.heading, "engine": section.engine, "state": state, "heard": 0}
        say("section", {**news, "text": _section_text(done.draft, section.heading)})
    word, trace = pipeline.render(done, "docx")
    markdown, _ = pipeline.render(done, "md")
    text = done.draft.text
    result = {
        "sections": trace["sections"],
        "text": text,
        "trace": trace,
        "check": _own_check(done, office),
        "lines": _lines(done.ledger),
        "warnings": list(done.warnings),
        "blocks": drafted.dump(done.draft),
    }
    name, version = documents.version_file(text, by=fields.get("by", ""), why="起草")
    return result, {"draft.docx": word, "draft.md": markdown, name: version}


def _section_text(draft: Draft, heading: str) -> str:
    """What stands under a heading, up to the next one."""
    found: list[str] = []
    inside = False
    for block in draft.blocks:
        if block.kind is DraftBlockKind.HEADING:
            inside = block.text == heading
        elif inside:
            found.append(block.text)
    return "\n".join(found)


def _lines(ledger: Ledger) -> dict[str, dict[str, str]]:
    """For each fact the sentence that it stands in and its place, for the page."""
    found = {}
    for fact in ledger.facts:
        source = ledger.source(fact.source)
        start, end = fact.sentence
        line = " ".join(source.text[start : min(end, start + 200)].split())
        found[fact.id] = {"source": source.path, "locator": fact.locator, "line": line}
    return found


def _own_check(done: pipeline.Drafted, office: CheckSettings) -> dict[str, Any]:
    """What ``check`` says of the draft against its sources."""
    case = replace(pipeline.own_case(done), settings=office)
    shown: dict[str, Any] = json.loads(pipeline.show(case, pipeline.examine(case), "json"))
    return shown


def do(
    kind: str,
    fields: dict[str, Any],
    uploads: dict[str, list[Upload]],
    office: CheckSettings,
    *,
    tell: Tell,
) -> Done:
    """Do a queued job; ``tell`` gets the name and data of each step."""
    return _WORK[kind](fields, uploads, office, lambda name, data: tell((name, data)))


_WORK = {"batch": _batch, "draft": _draft}
