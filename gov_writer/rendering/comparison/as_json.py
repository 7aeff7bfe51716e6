"""The JSON of ``check`` with one key more: ``comparison``."""

from __future__ import annotations

import json
from typing import Any

from gov_writer.domain import Comparison, Report, Said, Source
from gov_writer.rendering.findings.as_json import as_dict


def render(comparison: Comparison, report: Report, _draft: Source, _color: bool) -> str:
    data = {**as_dict(report), "comparison": tables(comparison)}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def tables(comparison: Comparison) -> dict[str, Any]:
    """Both tables; null where a report does not tell."""
    return {
        "old": comparison.old,
        "new": comparison.new,
        "years": list(comparison.years),
        "indicators": [
            {
                "indicator": row.indicator,
                "unit": row.unit,
                "old": _said(row.old),
                "new": _said(row.new),
                "change": row.change,
                "claimed": row.claimed,
                "verdict": row.verdict,
            }
            for row in comparison.rows
        ],
        "promises": [
            {"promised": _said(row.promised), "result": _said(row.result), "verdict": row.verdict}
            for row in comparison.promises
        ],
    }


def _said(said: Said | None) -> dict[str, str] | None:
    if said is None:
        return None
    return {
        "text": said.text,
        "sentence": said.sentence,
        "source": said.source,
        "locator": said.locator,
    }
