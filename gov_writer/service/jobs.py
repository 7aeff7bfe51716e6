"""What the routes ask for, in terms of the pipeline."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from gov_writer import checking, facts, ingest, pipeline
from gov_writer.errors import GovWriterError
from gov_writer.rendering.ledger import render_ledger
from gov_writer.service.bodies import CheckBody, FactsBody, Upload
from gov_writer.service.reading import sources
from gov_writer.service.runner import Say, Work


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


def check_text(body: CheckBody, uploads: Mapping[str, list[Upload]], as_of: date | None) -> str | bytes:
    """The check JSON of the contract."""
    case = _case(body, uploads, as_of)
    return pipeline.show(case, pipeline.examine(case), "json")


def check_report(body: CheckBody, uploads: Mapping[str, list[Upload]]) -> tuple[dict[str, Any], str]:
    """The same as data, with the draft's text as it was read, for the page."""
    case = _case(body, uploads, None)
    return json.loads(pipeline.show(case, pipeline.examine(case), "json")), case.text


def _case(body: CheckBody, uploads: Mapping[str, list[Upload]], as_of: date | None) -> checking.Case:
    if not uploads["draft"]:
        raise GovWriterError("没有要核对的文稿。", where="draft", hint="请上传 draft。", code="CALL-422")
    (draft,) = sources(uploads["draft"][:1], prefix="D")
    return pipeline.case_of(
        draft,
        sources(uploads.get("against", ())),
        examples=sources(uploads.get("examples", ()), prefix="E"),
        themes=ingest.themes_of([theme.model_dump() for theme in body.themes]) if body.themes else (),
        period=body.period,
        as_of=as_of,
    )


def facts_text(body: FactsBody, uploads: Mapping[str, list[Upload]], as_of: date | None) -> bytes | str:
    """The facts JSON of the contract."""
    ledger = facts.extract(sources(uploads["sources"]), as_of=as_of)
    return render_ledger(ledger, "json", labels=body.all)


def _batch(
    fields: dict[str, Any], uploads: dict[str, list[Upload]], say: Say
) -> tuple[dict[str, Any], dict[str, bytes]]:
    against = sources(uploads.get("against", ()))
    themes = ingest.themes_of(fields["themes"]) if fields["themes"] else ()
    files: dict[str, bytes] = {}
    results: list[dict[str, Any]] = []
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
            case = pipeline.case_of(draft, against, themes=themes, period=fields["period"])
            report = pipeline.examine(case)
            files[f"{number}.json"] = _bytes(pipeline.show(case, report, "json"))
            findings |= Counter(str(finding.severity) for finding in report.findings)
            result["output"] = f"{number}.json"
        except GovWriterError as error:
            result |= {"status": "failed", "error": str(error)}
        results.append({**result, "findings": findings})
        say("job", {"done": number, "total": len(uploads["drafts"]), "name": upload.name})
    lines = (json.dumps(result, ensure_ascii=False) + "\n" for result in results)
    files["results.jsonl"] = "".join(lines).encode()
    return {"results": results}, files


def _bytes(shown: str | bytes) -> bytes:
    return shown.encode() if isinstance(shown, str) else shown


def _draft(
    fields: dict[str, Any], uploads: dict[str, list[Upload]], say: Say
) -> tuple[dict[str, Any], dict[str, bytes]]:
    material = sources(uploads["sources"])
    words = dict(fields["brief"])
    if fields["themes"]:
        words["themes"] = fields["themes"]
    brief = ingest.brief_of(words, sources=tuple(source.path for source in material))
    examples = sources(uploads.get("examples", ()), prefix="E")
    # the endpoint is the service's own: a client that could name one could reach into the intranet
    choice = replace(brief.engine, name=fields["engine"], base_url=None)
    wanted = pipeline.Request(brief=replace(brief, engine=choice), sources=material, examples=examples)
    drafted = pipeline.draft(wanted, writer=pipeline.writer_for(choice))
    for section in drafted.draft.sections:
        state = "退回 builtin" if section.fell_back else "完成"
        say("section", {"heading": section.heading, "engine": section.engine, "state": state})
    word, trace = pipeline.render(drafted, "docx")
    markdown, _ = pipeline.render(drafted, "md")
    text = drafted.draft.text
    result = {
        "sections": trace["sections"],
        "text": text,
        "trace": trace,
        "check": _own_check(text, drafted),
        "warnings": list(drafted.warnings),
    }
    return result, {"draft.docx": word, "draft.md": markdown}


def _own_check(text: str, drafted: pipeline.Drafted) -> dict[str, Any]:
    """What ``check`` says of the draft against its sources."""
    brief = drafted.outline.brief
    draft = ingest.from_text("draft.txt", text, id="D")
    case = pipeline.case_of(
        draft, drafted.ledger.sources, themes=brief.themes, period=brief.period, as_of=brief.as_of
    )
    shown: dict[str, Any] = json.loads(pipeline.show(case, pipeline.examine(case), "json"))
    return shown


WORK: dict[str, Work] = {"batch": _batch, "draft": _draft}
