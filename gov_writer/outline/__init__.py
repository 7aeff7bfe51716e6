"""Brief + ledger + examples -> outline: what to write, in which order, and what is left out and why."""

from gov_writer.outline.plan import plan

__all__ = ["plan"]
