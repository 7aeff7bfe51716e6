"""Of texts that wait behind each other only the newest is checked."""

from __future__ import annotations

import threading

from gov_writer.service.latest import Latest


def test_what_waited_is_let_go_but_the_newest() -> None:
    latest, entered, leave = Latest(), threading.Event(), threading.Event()
    done: list[tuple[int, bool]] = []

    def first() -> None:
        with latest.turn("a") as newest:
            entered.set()
            leave.wait(5)
            done.append((0, newest))

    def later(number: int) -> None:
        with latest.turn("a") as newest:
            done.append((number, newest))

    threads = [threading.Thread(target=first)]
    threads[0].start()
    entered.wait(5)
    for number in (1, 2, 3):
        threads.append(threading.Thread(target=later, args=(number,)))
        threads[-1].start()
    while latest._texts["a"][1][0] < 4:
        pass
    with latest.turn("b") as other, latest.turn("") as nameless:
        assert other
        assert nameless
    leave.set()
    for thread in threads:
        thread.join(5)
    assert [newest for _, newest in done].count(True) == 2  # the first, and the newest
    assert done[0] == (0, True)
