"""The empty check, the rules with how an office has them; and where the pages' files are."""

from __future__ import annotations

from pathlib import Path

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from gov_writer.domain import Severity
from gov_writer.errors import GovWriterError
from gov_writer.service import jobs
from gov_writer.service.access import current
from gov_writer.service.forms import fault, shown, text_of
from gov_writer.service.office import Office, RuleSetting
from gov_writer.service.people import Right

STATIC = Path(__file__).parent / "static"
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
GROUPS = {
    "FIG": "数据与材料",
    "ARI": "文稿内的算术",
    "DAT": "日期和时期",
    "THM": "必备主题",
    "STR": "结构",
    "TXT": "文字",
    "ENT": "名称和提法",
    "PRV": "个人信息和密级",
    "FMT": "公文版式（GB/T 9704）",
    "REC": "汇总与对照",
}


@router.get("/")
async def check_page() -> Response:
    """An empty desk for a check."""
    return shown("check.html", here="/", checked=False, editable=True, text="", pieces=())


@router.get("/rules")
async def rules_page(request: Request, unit: str = "") -> Response:
    """Each rule with why, bad, good, its authority, and how the office has it.  unit: for administrators."""
    return await to_thread.run_sync(_rules, request, unit)


def _rules(request: Request, unit: str) -> HTMLResponse:
    office: Office = request.app.state.office
    who = current(request)
    may = who.may(Right.RULES)
    chosen = office.unit(unit) if unit and may else who.unit
    rules, changed = jobs.rule_list(), office.rules(chosen)
    units = request.app.state.accounts.units() if may else {}
    return shown(
        "rules.html",
        here="/rules",
        rules=rules,
        groups=GROUPS,
        codes={key: [rule["code"] for rule in rules if rule["code"].startswith(key)] for key in GROUPS},
        changed=changed,
        plain=RuleSetting(),
        may=may,
        unit=office.name(chosen),
        units=list(units.values()),
    )


@router.post("/page/rules/{code}")
async def change_rule(request: Request, code: str) -> Response:
    """Switch a rule for an office or change its severity; the answer is the rule's line again."""
    office: Office = request.app.state.office
    who = current(request)
    async with request.form(max_files=0, max_fields=10) as form:
        enabled, severity, unit = (
            bool(text_of(form, "enabled")),
            text_of(form, "severity"),
            text_of(form, "unit"),
        )

    def changed() -> HTMLResponse:
        chosen = office.unit(unit) if unit else who.unit
        setting = RuleSetting(
            enabled=enabled, severity=Severity(severity) if severity in _GRAVITIES else None
        )
        office.change(chosen, code, setting, by=who)
        rule = next(rule for rule in jobs.rule_list() if rule["code"] == code)
        setting = office.rules(chosen).get(code, RuleSetting())
        values = {"r": rule, "set": setting, "may": True, "unit": office.name(chosen), "saved": True}
        return shown("rule_setting.html", **values)

    try:
        return await to_thread.run_sync(changed)
    except GovWriterError as error:
        return fault(error)


_GRAVITIES = tuple(str(severity) for severity in Severity)
