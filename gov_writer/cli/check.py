"""``gov-writer check``: a draft against its sources, and on its own."""

from __future__ import annotations

import sys
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from gov_writer.cli.options import FailOn, reached

if TYPE_CHECKING:
    from gov_writer.checking import Case
    from gov_writer.domain import Report
    from gov_writer.settings import CheckSettings


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    HTML = "html"
    DOCX = "docx"


class _Call(NamedTuple):
    """What the options say about every draft of the call."""

    against: list[str]
    brief: str | None
    themes: str | None
    period: str | None
    as_of: str | None
    select: list[str] | None
    ignore: list[str] | None
    baseline: str | None
    fix: bool


def check(
    drafts: Annotated[list[str], typer.Argument(metavar="DRAFT...", help="要核对的文稿；- 表示标准输入。")],
    *,
    against: Annotated[list[str] | None, typer.Option(help="材料文件，可多次给出。")] = None,
    brief: Annotated[str | None, typer.Option(help="任务书：补充材料、主题、报告期和范文。")] = None,
    themes: Annotated[str | None, typer.Option(help="必备主题文件，代替任务书里的主题。")] = None,
    period: Annotated[str | None, typer.Option(help="报告期，如 2025、2025H1、2025Q3、2025-03。")] = None,
    as_of: Annotated[str | None, typer.Option(help="基准日，如 2025-12-20；默认为报告期末。")] = None,
    form: Annotated[Form, typer.Option("--format", help="输出格式。")] = Form.TEXT,
    out: Annotated[str | None, typer.Option("-o", "--out", help="结果写入的文件；- 表示标准输出。")] = None,
    select: Annotated[list[str] | None, typer.Option(help="只用这些规则或组，如 FIG,ARI203。")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="不用这些规则或组。")] = None,
    baseline: Annotated[str | None, typer.Option(help="基线文件：其中的问题标为已知，不影响退出码。")] = None,
    write_baseline: Annotated[
        str | None, typer.Option("--write-baseline", help="把现有问题全部写成基线文件。")
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="直接改好标点一类稳妥的问题，从不改数据；改后再核对。")
    ] = False,
    fail_on: Annotated[
        FailOn | None, typer.Option(help="有这一级或更重的问题时退出码为 1；默认 error。")
    ] = None,
) -> None:
    """核对文稿：数据是否与材料一致、前后是否矛盾、主题是否落实、格式和用语是否规范。

    例：gov-writer check 初稿.md --against 材料.md --against 指标.xlsx --period 2025
    """
    from gov_writer.cli.output import protect, write_result
    from gov_writer.errors import GovWriterError

    inputs = [*drafts, *(against or ()), brief, themes]
    protect((out, write_baseline), inputs)
    call = _Call(list(against or ()), brief, themes, period, as_of, select, ignore, baseline, fix)
    if len(drafts) > 1 and form in (Form.HTML, Form.DOCX):
        raise GovWriterError(
            f"{form.value} 格式一次只能核对一份文稿。", hint="请逐份核对，或改用其他格式。", code="CALL-123"
        )
    results: list[tuple[Case, Report]] = []
    broken = 0
    for draft in drafts:
        try:
            results.append(_one(draft, call))
        except GovWriterError as error:
            if len(drafts) == 1:
                raise
            typer.echo(f"\n{error}" if broken else str(error), err=True)
            broken += 1
    if write_baseline is not None:
        from gov_writer.cli import baseline as known

        count = known.write([report for _, report in results], write_baseline)
        typer.echo(f"已把 {count} 个问题写入基线“{write_baseline}”。", err=True)
    elif results:
        color = form is Form.TEXT and out in (None, "-") and sys.stdout.isatty()
        write_result(_shown(results, form, color=color, many=len(drafts) > 1), out)
    if broken:
        raise typer.Exit(2)
    if write_baseline is None and any(_fails(case, report, fail_on) for case, report in results):
        raise typer.Exit(1)


def _one(draft: str, call: _Call) -> tuple[Case, Report]:
    """Check one draft: read, run, mend if asked, mark what is known."""
    from gov_writer import pipeline
    from gov_writer.cli.options import day

    settings = _settings(draft, call)

    def prepared() -> Case:
        return pipeline.prepare(
            draft,
            call.against,
            brief=call.brief,
            themes=call.themes,
            period=call.period,
            as_of=day(call.as_of),
            settings=settings,
        )

    case = prepared()
    report = pipeline.examine(case)
    if call.fix:
        from gov_writer.cli import fixing

        made = fixing.apply(case.draft, report.findings)
        typer.echo(f"“{draft}”改好了 {made} 处。", err=True)
        if made:
            case = prepared()
            report = pipeline.examine(case)
    known = call.baseline or settings.baseline
    if known is not None:
        from gov_writer.cli import baseline as baselines

        report = baselines.marked(report, known)
    _warn(case, report)
    return case, report


def _settings(draft: str, call: _Call) -> CheckSettings:
    """The files' settings with the options on top."""
    from gov_writer.cli.options import codes
    from gov_writer.settings.files import settings_for

    settings = settings_for(draft)
    if call.select:
        settings = replace(settings, select=codes(call.select))
    if call.ignore:
        settings = replace(settings, ignore=(*settings.ignore, *codes(call.ignore)))
    return settings


def _warn(case: Case, report: Report) -> None:
    """What the reader of the result must know goes to standard error."""
    from gov_writer.cli.output import remind, remind_of

    remind_of(case.draft, *(case.against.sources if case.against is not None else ()))
    for warning in report.warnings:
        remind(f"{report.path}：{warning}")
    if report.suppressed:
        remind(f"{report.path}：有 {len(report.suppressed)} 个问题按文中的注释忽略。")


def _shown(results: list[tuple[Case, Report]], form: Form, *, color: bool, many: bool) -> str | bytes:
    """The reports in one form.  many: several drafts were asked for, so JSON is a list whatever became of them."""
    from gov_writer import pipeline

    shown = [pipeline.show(case, report, form.value, color=color) for case, report in results]
    if not many:
        return shown[0]
    texts = [text for text in shown if isinstance(text, str)]
    if form in (Form.JSON, Form.SARIF):
        import json

        parts = [json.loads(text) for text in texts]
        if form is Form.SARIF:
            whole = {**parts[0], "runs": [run for part in parts for run in part["runs"]]}
            return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
        return json.dumps(parts, ensure_ascii=False, indent=2) + "\n"
    return "\n".join(texts)


def _fails(case: Case, report: Report, fail_on: FailOn | None) -> bool:
    return reached(report.findings, fail_on or FailOn(case.settings.fail_on or "error"))
