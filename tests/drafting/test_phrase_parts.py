"""A long section is asked for in parts side by side, what takes longest first; the result does not depend on who is first."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from gov_writer.domain import Genre, Section, Statement
from gov_writer.drafting.phrase import Manner, Phraser
from gov_writer.llm import Answer, Desk, Heard, Request
from gov_writer.settings import EngineSettings
from tests.llm.lies import honest, notes


class Engine:
    """Says the notes again.  order: the notes of each question as they came; most: questions at once.

    together: no answer before so many questions wait at once (five seconds at most).
    """

    name = model = endpoint = "openai"

    def __init__(self, slow: str = "", together: int = 1) -> None:
        self.order: list[str] = []
        self.now = self.most = 0
        self.slow, self.together = slow, together

    async def complete(self, request: Request, *, seconds: float, heard: Heard) -> Answer:
        import asyncio

        lines = notes([{"content": request.user}])
        self.order.append(lines[0])
        self.now += 1
        self.most = max(self.most, self.now)
        for _ in range(500):
            if self.most >= self.together:
                break
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.15 if self.slow and self.slow in lines[0] else 0.05)
        self.now -= 1
        text = honest(lines, "")
        heard(len(text), text)
        return Answer(text=text)

    def warm(self) -> None: ...

    async def close(self) -> None: ...


def section(heading: str, count: int) -> Section:
    told = tuple(
        Statement(
            text=f"{heading}第{'一二三四五六七八九十'[n % 10]}组开展巡查走访并做好登记{'甲乙丙'[n // 10]}"
        )
        for n in range(count)
    )
    return Section(heading=heading, level=2, statements=told)


def write(engine: Engine, tmp: Path, concurrency: int) -> tuple[list[str], list[tuple[int, str, int]]]:
    settings = EngineSettings(cache=False, concurrency=concurrency, cache_dir=str(tmp))
    desk = Desk(engine, settings=settings, deadline=time.monotonic() + 20)
    seen: list[tuple[int, str, int]] = []
    lock = threading.Lock()

    def watch(number: int, state: str, size: int) -> None:
        with lock:
            seen.append((number, state, size))

    wanted = [(section("城管", 2), "（一）城管"), (section("民政", 30), "（二）民政")]
    try:
        found = Phraser(desk, Manner(report="总结", genre=Genre.ANNUAL_SUMMARY), watch=watch).run(wanted)
    finally:
        desk.close()
    assert not any(prose.trace.fell_back for prose in found)
    assert [prose.trace.attempts for prose in found] == [1, 3]
    return ["\n".join(b.text for b in prose.paragraphs) for prose in found], seen


def test_parts_are_asked_side_by_side_the_longest_first(tmp_path: Path) -> None:
    engine = Engine(together=4)
    write(engine, tmp_path, 4)
    assert engine.most == 4
    one = Engine()
    write(one, tmp_path, 1)
    assert [line[:4] for line in one.order] == ["民政第一", "民政第五", "城管第一", "民政第九"]


def test_who_answers_first_changes_nothing(tmp_path: Path) -> None:
    first, _ = write(Engine(slow="第一"), tmp_path, 4)
    other, _ = write(Engine(slow="第五"), tmp_path, 4)
    assert first == other


def test_the_characters_of_all_parts_are_told(tmp_path: Path) -> None:
    texts, seen = write(Engine(), tmp_path, 4)
    assert max(size for number, _, size in seen if number == 1) >= len(texts[1].replace("\n", "")) - 60
    assert [state for number, state, _ in seen if number == 1][-1] == "完成"
