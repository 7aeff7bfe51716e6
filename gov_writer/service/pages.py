"""The pages that need nothing but themselves: the empty check, the rules; and where their files are."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gov_writer.service import jobs
from gov_writer.service.forms import shown

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
async def rules_page() -> Response:
    """Each rule with why, bad, good and its authority."""
    rules = jobs.rule_list()
    codes = {key: [rule["code"] for rule in rules if rule["code"].startswith(key)] for key in GROUPS}
    return shown("rules.html", here="/rules", rules=rules, groups=GROUPS, codes=codes)
