"""What an office may set, with the reason for each default beside it.

Settings are plain frozen values, passed as arguments, never a global. ``settings.files`` reads them from
``gov-writer.toml`` or ``pyproject.toml`` and from an office's word lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gov_writer.domain import Severity, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedExpression:
    """An office's own fixed expression.  also: wordings that are right too; wrong: known misquotations."""

    text: str
    source: str = "本单位固定提法"
    also: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """How to check.

    select, ignore: rule codes or groups ("FIG", "ARI203"); an empty select means all.
    severities: what the office changed, by code.
    fixed_expressions: the office's, beside the list that ships with the project.
    terms: words that are right as they stand (project names, coinages): no drift, no confusable.
    confusables: ``(wrong, right)`` pairs of the office.
    synonyms: the office's names for one indicator, ``(name, other names)``.
    themes: the office's required themes, for drafts whose brief and call name none.
    baseline: path of the baseline file, None for none.  fail_on: from which severity on a check fails.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    fixed_expressions: tuple[FixedExpression, ...] = ()
    terms: tuple[str, ...] = ()
    confusables: tuple[tuple[str, str], ...] = ()
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    themes: tuple[Theme, ...] = ()
    baseline: str | None = None
    fail_on: str | None = None

    def allows(self, code: str) -> bool:
        """Whether a rule is to be run."""
        chosen = not self.select or any(code.startswith(prefix) for prefix in self.select)
        return chosen and not any(code.startswith(prefix) for prefix in self.ignore)

    def allows_group(self, prefix: str) -> bool:
        """Whether any rule of a group may be run."""
        chosen = not self.select or any(
            code.startswith(prefix) or prefix.startswith(code) for code in self.select
        )
        return chosen and not any(prefix.startswith(code) for code in self.ignore)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """How to ask a model.  Times in seconds, sizes in characters unless said otherwise.

    trusted: endpoints (host or host:port) that may see personal data as it is; none by default, because
    an endpoint on this machine may still keep logs that others read.
    base_url, model, api_key: None means "take it from the brief or the environment".
    temperature: low, since the wording is checked against the notes word by word.
    concurrency: sections asked for at once; four keeps most rate limits and a small server busy.
    request_seconds: the longest that one answer may take; drafts end at the deadline in any case.
    retries: repeats after a network fault (429, 5xx, cut connection, empty answer) per question.
    repairs: rounds in which refused sentences are asked for again.
    arrange: ask first in which order to tell a section's notes.  polish: ask at last for better ties between the
    sentences; both cost one question more per section.
    requests_per_minute, tokens_per_minute, token_budget: None is unlimited; all processes of a batch keep them
    together (a token that is sent counts like one that is received).  batch_poll_seconds: between first looks at a
    batch endpoint.  collect: ask nobody, answer from the cache and write questions to this file (``--batch-api``).
    limits: the file in which processes share rate and budget; a batch sets it.  max_answer: characters after which an answer is cut off.
    max_bytes: bytes of one response after which the connection is closed.
    cache: answers are kept on disk, so that a rerun pays only for what changed.
    threads: of a local model; None is one per core.
    price_in, price_out: per million tokens, in any currency; None hides the cost.
    """

    trusted: tuple[str, ...] = ()
    base_url: str | None = None
    model: str | None = None
    api_key: str | None = field(default=None, repr=False)
    temperature: float = 0.2
    concurrency: int = 4
    request_seconds: float = 180.0
    retries: int = 4
    repairs: int = 1
    arrange: bool = False
    polish: bool = False
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    token_budget: int | None = None
    batch_poll_seconds: float = 5.0
    collect: str | None = None
    limits: str | None = None
    max_answer: int = 6000
    max_bytes: int = 4_000_000
    cache: bool = True
    cache_dir: str | None = None
    threads: int | None = None
    price_in: float | None = None
    price_out: float | None = None
