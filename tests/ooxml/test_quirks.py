"""What offices' files hold is read as a person reads it, and every character leads back to its run."""

from __future__ import annotations

import itertools
import random

import pytest

from gov_writer.ooxml.document import open_document
from tests.ooxml.quirks import QUIRKS, document, package
from tests.ooxml.test_offsets import characters


@pytest.mark.parametrize("name", QUIRKS)
def test_text(name: str) -> None:
    read = open_document(document(name), "稿.docx")
    assert read.text == QUIRKS[name][2]
    characters(read)


def test_hidden_text_is_reported() -> None:
    hidden = open_document(document("hidden text"), "稿.docx").hidden
    assert [stretch.piece.text for stretch in hidden] == ["隐藏12处", "又8处"]


@pytest.mark.parametrize("seed", range(30))
def test_all_in_one(seed: int) -> None:
    """Bodies in any order: the text of each stays what it is."""
    rng = random.Random(seed)
    names = [name for name, (_, parts, _) in QUIRKS.items() if not parts and "Word" not in name]
    chosen = rng.sample(names, rng.randint(2, len(names)))
    read = open_document(package("".join(QUIRKS[name][0] for name in chosen)), "稿.docx")
    assert read.text == "\n".join(itertools.chain.from_iterable(QUIRKS[name][2:] for name in chosen))
    characters(read)
