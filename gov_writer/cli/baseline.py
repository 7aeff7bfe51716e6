"""The baseline: findings that are known already. They are marked, and never hide a new one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from gov_writer.cli.output import write_result
from gov_writer.domain import Report
from gov_writer.errors import GovWriterError, os_reason


def marked(report: Report, file: str) -> Report:
    """The report with the findings that the baseline lists marked as known.  Raises CALL-140, -141."""
    known = _fingerprints(Path(file))
    findings = tuple(replace(f, known=True) if f.fingerprint in known else f for f in report.findings)
    return replace(report, findings=findings)


def write(reports: Iterable[Report], file: str) -> int:
    """Write all findings of the reports as the new baseline, sorted; how many they are."""
    entries = {
        f.fingerprint: {"fingerprint": f.fingerprint, "rule": f.rule, "path": report.path, "text": f.text}
        for report in reports
        for f in report.findings
    }
    listed = sorted(entries.values(), key=lambda e: (e["path"], e["rule"], e["fingerprint"]))
    body = json.dumps({"version": 1, "findings": listed}, ensure_ascii=False, indent=1)
    write_result(body + "\n", file)
    return len(listed)


def _fingerprints(file: Path) -> frozenset[str]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return frozenset(str(entry["fingerprint"]) for entry in data["findings"])
    except OSError as error:
        raise GovWriterError(
            f"基线文件“{file}”读不出：{'文件不存在' if isinstance(error, FileNotFoundError) else os_reason(error)}。",
            hint=f"先用 gov-writer check … --write-baseline {file} 生成。",
            code="CALL-140",
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise GovWriterError(
            f"基线文件“{file}”的内容不对。",
            hint=f"请用 gov-writer check … --write-baseline {file} 重新生成。",
            code="CALL-141",
        ) from None
