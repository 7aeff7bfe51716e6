"""One rate and one budget for all processes."""

from __future__ import annotations

import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from gov_writer.llm.ask import Fault
from gov_writer.llm.limits import Bucket, Limits


class _Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_requests_are_spread(tmp_path: Path) -> None:
    clock = _Clock()
    limits = Limits(tmp_path / "l.sqlite", Bucket(requests_per_minute=60), clock=clock)
    assert [limits.reserve(1) for _ in range(3)] == [0.0, 1.0, 2.0]
    clock.now += 10
    assert limits.reserve(1) == 0.0, "unused time is not saved up"


def test_tokens_are_spread_and_put_right(tmp_path: Path) -> None:
    limits = Limits(tmp_path / "l.sqlite", Bucket(tokens_per_minute=600), clock=_Clock())
    assert limits.reserve(100) == 0.0
    assert limits.reserve(100) == pytest.approx(10.0)
    limits.settle(100, 0)
    assert limits.reserve(100) == pytest.approx(10.0)


def test_the_budget_ends_it(tmp_path: Path) -> None:
    limits = Limits(tmp_path / "l.sqlite", Bucket(budget=1000))
    limits.reserve(900)
    limits.settle(900, 700)
    limits.reserve(300)
    with pytest.raises(Fault) as caught:
        limits.reserve(1)
    assert caught.value.fatal and limits.spending().tokens == 1000


def test_everybody_holds_when_the_endpoint_says_so(tmp_path: Path) -> None:
    clock = _Clock()
    one, two = (Limits(tmp_path / "l.sqlite", Bucket(), clock=clock) for _ in range(2))
    one.hold(7)
    assert two.reserve(1) == 7.0


def test_a_transaction_that_is_cut_off_changes_nothing(tmp_path: Path) -> None:
    limits = Limits(tmp_path / "l.sqlite", Bucket(budget=1000))
    db = sqlite3.connect(tmp_path / "l.sqlite", isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    db.execute("UPDATE state SET spent = 999")
    db.close()  # as a killed process leaves it
    limits.reserve(1000)


def _ask(path: str, count: int) -> None:
    limits = Limits(path, Bucket(requests_per_minute=600))
    for _ in range(count):
        limits.reserve(5)


def test_processes_share(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    path = str(tmp_path / "l.sqlite")
    workers = [context.Process(target=_ask, args=(path, 25)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    limits = Limits(path, Bucket(requests_per_minute=600))
    assert (limits.spending().requests, limits.spending().tokens) == (75, 375)
    assert limits.reserve(1) > 3.0, "75 places at ten a second, less what it took to start"
