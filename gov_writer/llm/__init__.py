"""Access to models.  The only importer of the vendors' packages, and only inside functions."""

from gov_writer.llm.ask import Answer, Engine, Fault, Heard, Request
from gov_writer.llm.desk import Desk, Spent
from gov_writer.llm.egress import EgressLog
from gov_writer.llm.open import open_engine
from gov_writer.llm.prompts import Prompt
from gov_writer.llm.prompts import load as load_prompt

__all__ = [
    "Answer",
    "Desk",
    "EgressLog",
    "Engine",
    "Fault",
    "Heard",
    "Prompt",
    "Request",
    "Spent",
    "load_prompt",
    "open_engine",
]
