"""The vocabulary stays frozen."""

import dataclasses

import pytest

from gov_writer import domain


@pytest.mark.parametrize("name", [n for n in domain.__all__ if dataclasses.is_dataclass(getattr(domain, n))])
def test_domain_objects_are_frozen(name: str) -> None:
    assert getattr(domain, name).__dataclass_params__.frozen


def test_a_genre_is_known_wherever_one_is_chosen_or_written() -> None:
    from gov_writer import lexicon
    from gov_writer.ingest import brief_of
    from gov_writer.llm.prompts import load
    from gov_writer.outline.composition import genres
    from gov_writer.service.write_pages import GENRES

    names = {genre for genre, _ in lexicon.rows("genre_names")}
    for genre in domain.Genre:
        assert brief_of({"genre": genre.value}, sources=("a.md",)).genre is genre
        assert genre.value in names
        assert genre.value in genres()["genres"]
        assert genre.value in GENRES
        assert load(f"voice_{genre.value}.v1")
