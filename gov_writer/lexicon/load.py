"""Reading the data files.  Whoever adds one adds its source to its first line."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/NAME.tsv`` as tuples of columns, white space stripped."""
    text = (_DATA / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#") and not line.isspace()]
    return tuple([tuple([column.strip() for column in line.split("\t")]) for line in lines])


@cache
def words(name: str) -> tuple[str, ...]:
    """The first column of ``data/NAME.tsv``."""
    return tuple(row[0] for row in rows(name))


def counts(name: str) -> dict[str, int]:
    """Word and count of each row of ``data/NAME.tsv``, for lists too long for ``rows``; not kept."""
    text = (_DATA / f"{name}.tsv").read_text(encoding="utf-8")
    pairs = (line.partition("\t") for line in text.split("\n") if line and not line.startswith("#"))
    return {word: int(count) for word, _, count in pairs}


@cache
def structure(name: str) -> Any:
    """The content of ``data/NAME.yaml``; whoever calls this knows its shape."""
    import yaml

    text = (_DATA / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
