"""The data files: each says where its words come from, and holds no word twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from gov_writer import lexicon

DATA = Path(lexicon.__file__).parent / "data"


@pytest.mark.parametrize("path", sorted(DATA.glob("*.tsv")), ids=lambda path: path.stem)
def test_a_table_names_its_source(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# source:") and len(first) > 15
    assert lexicon.rows(path.stem)


@pytest.mark.parametrize(
    "name", ["synonyms", "generic_words", "planned", "handed_in", "table_heads", "unit_kin"]
)
def test_no_entry_stands_twice(name: str) -> None:
    entries = lexicon.words(name)
    assert len(entries) == len(set(entries))
