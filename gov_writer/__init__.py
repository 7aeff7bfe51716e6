"""gov_writer: first drafts of Chinese sub-district work reports, every figure traced and checked.

The Python interface is ``check``, ``draft``, ``facts``, ``reconcile`` and ``compare`` (see ``gov_writer.api``):

    import gov_writer

    report = gov_writer.check("report.docx", ["notes.md", "indicators.xlsx"], period="2025")
    for finding in report.findings:
        print(finding.rule, finding.line, finding.message)

Nothing is loaded before it is asked for.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from gov_writer.api import Compared, Reconciled, Text, Written, check, compare, draft, facts, reconcile

_LAZY = ("Compared", "Reconciled", "Text", "Written", "check", "compare", "draft", "facts", "reconcile")

__all__ = ["Compared", "Reconciled", "Text", "Written", "check", "compare", "draft", "facts", "reconcile"]


class _Callable(ModuleType):
    """The stage ``gov_writer.facts``, which is also the verb ``gov_writer.facts(…)``."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        return import_module("gov_writer.api").facts(*args, **options)


class _Package(ModuleType):
    """This package: its verbs come when they are asked for."""

    def __getattr__(self, name: str) -> Any:
        if name == "facts":
            return import_module("gov_writer.facts")
        if name in _LAZY:
            return getattr(import_module("gov_writer.api"), name)
        raise AttributeError(f"module 'gov_writer' has no attribute {name!r}")

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "facts" and type(value) is ModuleType:  # set by the import system
            value.__class__ = _Callable
        super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *_LAZY})


sys.modules[__name__].__class__ = _Package
