"""What an office changed about the rules: kept for each unit, used by every check of that unit."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from gov_writer import checking
from gov_writer.domain import Severity
from gov_writer.errors import GovWriterError
from gov_writer.service.database import Database, note
from gov_writer.service.people import Who
from gov_writer.service.tables import RuleRow, UnitRow
from gov_writer.settings import CheckSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetting:
    """One rule as an office has it.  severity: None is the rule's own."""

    enabled: bool = True
    severity: Severity | None = None


class Office:
    """The rule settings of all units.  Raises GovWriterError HTTP-503 when the database is away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rules(self, unit: str) -> dict[str, RuleSetting]:
        """What this unit (an id) changed, by the rule's code."""
        with self._database.session() as session:
            rows = session.scalars(select(RuleRow).where(RuleRow.unit == unit).order_by(RuleRow.rule))
            return {
                row.rule: RuleSetting(
                    enabled=row.enabled, severity=Severity(row.severity) if row.severity else None
                )
                for row in rows
            }

    def settings(self, unit: str) -> CheckSettings:
        """How this unit checks."""
        rules = self.rules(unit)
        return CheckSettings(
            ignore=tuple(code for code, rule in rules.items() if not rule.enabled),
            severities={code: rule.severity for code, rule in rules.items() if rule.severity},
        )

    def change(self, unit: str, code: str, setting: RuleSetting, *, by: Who) -> None:
        """Set a rule of a unit; a setting that changes nothing is forgotten."""
        rule = next((rule for rule in checking.all_rules() if rule.code == code), None)
        if rule is None:
            raise GovWriterError(f"没有规则“{code[:16]}”。", hint="规则见 /v1/rules。", code="HTTP-404")
        severity = None if setting.severity is rule.severity else setting.severity
        with self._database.session(by) as session:
            row = session.get(RuleRow, (unit, code))
            if row is None:
                row = RuleRow(unit=unit, rule=code)
                session.add(row)
            row.enabled, row.severity = setting.enabled, severity.value if severity else None
            if row.enabled and row.severity is None:
                session.flush()
                session.delete(row)
            details = {"unit": unit, "enabled": row.enabled, "severity": row.severity}
            note(session, "rule.change", f"rule:{code}", **details)

    def unit(self, name: str) -> str:
        """The id of a unit by its name or id.  Raises GovWriterError HTTP-404."""
        with self._database.session() as session:
            found = session.scalar(select(UnitRow.id).where((UnitRow.name == name) | (UnitRow.id == name)))
        if found is None:
            raise GovWriterError(f"没有单位“{name[:100]}”。", hint="单位见 /v1/units。", code="HTTP-404")
        return found

    def name(self, unit: str) -> str:
        """What a unit is called; "" for one that is unknown."""
        with self._database.session() as session:
            return session.scalar(select(UnitRow.name).where(UnitRow.id == unit)) or ""
