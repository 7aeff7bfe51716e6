"""What a batch is made of: jobs, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any


class JobKind(StrEnum):
    CHECK = "check"
    DRAFT = "draft"
    RECONCILE = "reconcile"  # the total, against its parts
    COMPARE = "compare"  # this year's report, against last year's


class Status(StrEnum):
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One row of a manifest.  Paths are absolute or fsspec addresses.

    name: unique in its batch; the output file is named after it.
    inputs: the draft to check (exactly one), the brief or sources to draft from, a total, this year's report.
    against: sources, the parts of the total, last year's report.
    """

    name: str
    kind: JobKind
    inputs: tuple[str, ...]
    against: tuple[str, ...] = ()
    brief: str | None = None
    themes: str | None = None
    period: str | None = None
    engine: str | None = None

    def relocated(self, place: Callable[[str], str]) -> Job:
        """The same job with its files where ``place`` says each of them is."""
        return replace(
            self,
            inputs=tuple(map(place, self.inputs)),
            against=tuple(map(place, self.against)),
            brief=place(self.brief) if self.brief else None,
            themes=place(self.themes) if self.themes else None,
        )

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Job:
        return cls(
            name=record["name"],
            kind=JobKind(record["kind"]),
            inputs=tuple(record["inputs"]),
            against=tuple(record.get("against") or ()),
            brief=record.get("brief"),
            themes=record.get("themes"),
            period=record.get("period"),
            engine=record.get("engine"),
        )


#: A job with the key of its last good result, "" where there is none.
Task = tuple[Job, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a job.

    key: the hash of all that the result depends on; "" when it could not be computed.
    suffix, content: the output file's ending and bytes, None for a failed job.
    page: the text with its findings marked, as HTML for a person; None where there are none or nobody wants it.
    findings: how many of each severity; rules: how many by rule code; figures, supported: coverage.
    seconds: time spent on the job alone.
    """

    name: str
    status: Status
    key: str = ""
    suffix: str = ".json"
    content: bytes | None = None
    page: bytes | None = None
    error: str | None = None
    findings: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[str, int] = field(default_factory=dict)
    figures: int = 0
    supported: int = 0
    seconds: float = 0.0
    unchanged: bool = False  # the journal already has this key: nothing was done


#: Does a task: a module-level function or a ``partial`` of one, for it is pickled.
Execute = Callable[[Job, str], Outcome]
