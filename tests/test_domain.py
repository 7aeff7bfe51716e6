"""The vocabulary stays frozen; periods and ledgers answer what their own fields tell."""

import dataclasses
from datetime import date

import pytest

from gov_writer import domain
from gov_writer.domain import Period
from gov_writer.facts import extract
from gov_writer.ingest import from_text


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


def _months(first: int, last: int) -> Period:
    return Period(text="", start=date(2031, first, 1), end=date(2031, last, 28))


def test_a_period_counts_both_its_ends() -> None:
    assert Period(text="7天", start=date(2031, 2, 26), end=date(2031, 3, 4)).days == 7
    assert Period(text="截至3月4日", start=None, end=date(2031, 3, 4)).days is None


def test_periods_apart_within_and_open() -> None:
    january, spring, july = _months(1, 1), _months(1, 3), _months(7, 7)
    assert january.within(spring) and january.part_of(spring) and not spring.within(january)
    assert spring.within(spring) and not spring.part_of(spring)
    assert spring.before(july) and spring.apart(july) and july.apart(spring) and not january.apart(spring)
    ahead = Period(text="7月起", start=july.start, end=None)
    assert spring.before(ahead) and not spring.apart(ahead) and not july.within(ahead)


def test_a_ledger_knows_the_neighbours_of_its_facts() -> None:
    ledger = extract((from_text("notes.md", "走访11户、22户、33户、44户。"),))
    first, *_, last = ledger.facts
    assert [f.text for f in ledger.near(ledger.facts[1], 1)] == ["11户", "22户", "33户"]
    assert ledger.before(first) == () and ledger.after(last) == ()
    assert [f.text for f in ledger.before(last, 2)] == ["22户", "33户"]
    assert ledger.after(first) == (ledger.fact("F2"),)
