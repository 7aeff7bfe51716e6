"""Reading the data files.  Whoever adds one adds its source to its first line."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/NAME.tsv`` as tuples of columns, white space stripped."""
    text = files("gov_writer.lexicon").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(column.strip() for column in line.split("\t")) for line in lines)


@cache
def words(name: str) -> tuple[str, ...]:
    """The first column of ``data/NAME.tsv``."""
    return tuple(row[0] for row in rows(name))


@cache
def structure(name: str) -> Any:
    """The content of ``data/NAME.yaml``; whoever calls this knows its shape."""
    import yaml

    text = files("gov_writer.lexicon").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
