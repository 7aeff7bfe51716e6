"""One job, done: what it depends on, whether it must be done again, and its result as bytes."""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import gov_writer
from gov_writer import pipeline
from gov_writer.batch import storage
from gov_writer.batch.job import Job, JobKind, Outcome, Status
from gov_writer.domain import Brief, EngineChoice, Report
from gov_writer.errors import GovWriterError, os_reason
from gov_writer.ingest import read_brief
from gov_writer.ingest.sources import expand
from gov_writer.settings import CheckSettings, EngineSettings
from gov_writer.settings.files import settings_for

#: Makes a job's page.
Show = Callable[[], str | bytes]
#: A draft of a batch may wait longer for its turn under a shared rate than one that a person waits for.
DRAFT_DEADLINE_S = 800.0


def execute(
    job: Job,
    known_key: str,
    *,
    settings: CheckSettings | None = None,
    base: CheckSettings | None = None,
    engine: EngineSettings | None = None,
    pages: bool = False,
) -> Outcome:
    """Do a job, unless the journal's key says that its result would be the same.

    settings: what the call selects and ignores, on top of the settings of the draft's folder.
    base: these folder settings, where they were found on another machine; None looks for them here.
    engine: how a model is asked, instead of gov-writer.toml's.  pages: make a page for a person, too.
    Never raises: whatever goes wrong is the outcome's error.
    """
    began = time.perf_counter()
    try:
        with _scratch(job) as folder:
            here = job if folder is None else _fetched(job, folder)
            chosen = combined(base or folder_settings(job), settings)
            key = key_of(here, chosen)
            if key == known_key:
                return Outcome(name=job.name, status=Status.DONE, key=key, unchanged=True)
            outcome, show = _done(here, chosen, engine)
            if pages and any(outcome.findings.values()):
                outcome = replace(outcome, page=_bytes(show()))
        return replace(outcome, name=job.name, key=key, seconds=time.perf_counter() - began)
    except GovWriterError as error:
        why = str(error)
    except MemoryError:
        why = "内存不足，无法处理该文件。\n编号 BATCH-111"
    except Exception as error:  # the last line of defence: one broken job must not end the batch
        why = f"处理时出现意外错误（{type(error).__name__}：{error}）。\n请把该文件交给技术人员。\n编号 BATCH-112"
    return Outcome(name=job.name, status=Status.FAILED, error=why, seconds=time.perf_counter() - began)


@contextmanager
def _scratch(job: Job) -> Iterator[Path | None]:
    """A folder for what has to be fetched; None, and no work, where everything is on this machine."""
    named = (*job.inputs, *job.against, job.brief or "", job.themes or "")
    if not any(storage.is_address(path) for path in named):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="gov-writer-") as folder:
        yield Path(folder)


def _done(job: Job, settings: CheckSettings, engine: EngineSettings | None) -> tuple[Outcome, Show]:
    """The outcome, and what makes its page."""
    match job.kind:
        case JobKind.CHECK:
            return _check(job, settings)
        case JobKind.DRAFT:
            return _draft(job, engine)
        case _:
            return _across(job, replace(settings, select=settings.select or ("REC",)))


def folder_settings(job: Job) -> CheckSettings:
    """What gov-writer.toml beside or above the draft says; the defaults for drafts and for addresses."""
    if job.kind is JobKind.DRAFT or "://" in job.inputs[0]:
        return CheckSettings()
    return settings_for(job.inputs[0])


def combined(base: CheckSettings, call: CheckSettings | None) -> CheckSettings:
    """The folder's settings with the call's selection on top, as ``gov-writer check`` has it."""
    if call is None:
        return base
    return replace(base, select=call.select or base.select, ignore=(*base.ignore, *call.ignore))


def dependencies(job: Job) -> tuple[tuple[str, ...], str]:
    """The files that the result depends on, and what else the brief says (themes, title, engine)."""
    files = [*expand(job.inputs), *expand(job.against)]
    said = ""
    briefs = [p for p in (job.brief, *job.inputs) if p and p.lower().endswith((".yaml", ".yml"))]
    for path in briefs:
        brief = read_brief(path)
        files += [path, *brief.sources, *brief.examples]
        said += _brief_key(brief)
    if job.themes:
        files.append(job.themes)
    return tuple(dict.fromkeys(files)), said


def _brief_key(brief: Brief) -> str:
    return repr(replace(brief, path=None, sources=(), examples=()))


def key_of(job: Job, settings: CheckSettings) -> str:
    """The hash of all that the result depends on: contents, the job's words, settings, rules, version."""
    files, said = dependencies(job)
    parts: list[Any] = [
        gov_writer.__version__,
        _rules_key(),
        repr(settings),
        said,
        job.kind,
        job.period,
        job.engine,
        [Path(path).name for path in (*job.inputs, *job.against)],
    ]
    parts += [_digest(path) for path in files]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _digest(path: str) -> str:
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise GovWriterError(
            f"无法读取“{path}”：{'文件不存在' if isinstance(error, FileNotFoundError) else os_reason(error)}。",
            where=path,
            hint="请检查路径和权限。",
            code="BATCH-113",
        ) from error


@cache
def _rules_key() -> str:
    """Changes with the program's own code and data, so that an upgrade is never answered from the journal."""
    digest = hashlib.sha256()
    root = Path(gov_writer.__file__).parent
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".tsv", ".yaml") and not path.name.endswith(".cases.yaml"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _fetched(job: Job, folder: Path) -> Job:
    """The job with addresses such as s3://… brought to this machine; local paths stay as they are."""

    def local(path: str) -> str:
        if not storage.is_address(path):
            return path
        name = hashlib.sha256(path.encode()).hexdigest()[:12]
        return storage.fetched(path, folder / name / Path(path).name)

    return job.relocated(local)


def _check(job: Job, settings: CheckSettings) -> tuple[Outcome, Show]:
    case = pipeline.prepare(
        job.inputs[0],
        job.against,
        brief=job.brief,
        themes=job.themes,
        period=job.period,
        settings=settings,
    )
    report = pipeline.examine(case)
    show = partial(pipeline.show, case, report)
    return _counted(report, ".json", _bytes(show("json"))), partial(show, "html")


def _across(job: Job, settings: CheckSettings) -> tuple[Outcome, Show]:
    """A total against its parts, or this year's report against last year's: findings and tables as JSON."""
    from gov_writer import across

    if job.kind is JobKind.COMPARE:
        case = across.compare(job.against[0], job.inputs[0], period=job.period, settings=settings)
        report = pipeline.examine(case)
        show = partial(across.show_comparison, case, report)
        return _counted(report, ".json", _bytes(show("json"))), partial(show, "html")
    case = across.reconcile(job.inputs[0], job.against, period=job.period, settings=settings)
    report = pipeline.examine(case)
    outcome = _counted(report, ".json", across.show_matrix(case, report).encode())
    return outcome, partial(pipeline.show, case, report, "html")


def choice_of(job: Job) -> EngineChoice | None:
    """The engine that a job's draft asks for; None for what is no draft.  Raises what reading the brief raises."""
    if job.kind is not JobKind.DRAFT:
        return None
    briefs = [p for p in (job.brief, *job.inputs[:1]) if p and p.lower().endswith((".yaml", ".yml"))]
    choice = read_brief(briefs[0]).engine if briefs else EngineChoice()
    return replace(choice, name=job.engine) if job.engine else choice


def _draft(job: Job, engine: EngineSettings | None) -> tuple[Outcome, Show]:
    """A draft as .docx; its own check gives the counts, what was left out is no fault of the job."""
    wanted = pipeline.request(job.inputs, brief=job.brief, themes=job.themes)
    choice = replace(wanted.brief.engine, name=job.engine) if job.engine else wanted.brief.engine
    writer = pipeline.writer_for(choice, deadline_s=DRAFT_DEADLINE_S, settings=engine)
    drafted = pipeline.draft(wanted, writer=writer)
    content, _ = pipeline.render(drafted, "docx")
    case = pipeline.own_case(drafted)
    report = pipeline.examine(case)
    return _counted(report, ".docx", content), partial(pipeline.show, case, report, "html")


def _bytes(shown: str | bytes) -> bytes:
    return shown.encode() if isinstance(shown, str) else shown


def _counted(report: Report, suffix: str, content: bytes) -> Outcome:
    return Outcome(
        name="",
        status=Status.DONE,
        suffix=suffix,
        content=content,
        findings=Counter(str(f.severity) for f in report.findings),
        rules=Counter(f.rule for f in report.findings),
        figures=report.coverage.figures,
        supported=report.coverage.figures_supported,
    )
