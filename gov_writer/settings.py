"""What an office may set, with the reason for each default beside it.

Settings are plain frozen values, passed as arguments, never a global. ``settings_file.py``-style
readers (``gov-writer.toml``, ``pyproject.toml``) live where the command line is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gov_writer.domain import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """How to check.

    select, ignore: rule codes or groups ("FIG", "ARI203"); an empty select means all.
    severities: what the office changed, by code.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
