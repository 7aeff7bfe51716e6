"""The vocabulary stays frozen."""

import dataclasses

import pytest

from gov_writer import domain


@pytest.mark.parametrize("name", [n for n in domain.__all__ if dataclasses.is_dataclass(getattr(domain, n))])
def test_domain_objects_are_frozen(name: str) -> None:
    assert getattr(domain, name).__dataclass_params__.frozen
