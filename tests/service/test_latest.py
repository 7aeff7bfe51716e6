"""Of texts that wait behind each other only the newest is checked."""

from __future__ import annotations

import asyncio

from gov_writer.service.latest import Latest


def test_what_waited_is_let_go_but_the_newest() -> None:
    latest, done = Latest(), list[tuple[int, bool]]()

    async def typed(number: int, leave: asyncio.Event) -> None:
        async with latest.turn("a") as newest:
            await leave.wait()
            done.append((number, newest))

    async def all_of_them() -> None:
        leave = asyncio.Event()
        tasks = []
        for number in range(4):
            tasks.append(asyncio.create_task(typed(number, leave)))
            await asyncio.sleep(0)
        async with latest.turn("b") as other, latest.turn("") as nameless:
            assert other
            assert nameless
        leave.set()
        await asyncio.gather(*tasks)

    asyncio.run(all_of_them())
    assert done == [(0, True), (1, False), (2, False), (3, True)]
