"""What the draft command shows while an engine with a model writes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import typer

from gov_writer.settings import EngineSettings

if TYPE_CHECKING:
    from gov_writer.llm import Spent


class Progress:
    """Per section: waiting, writing (with the characters so far), checking, done, fell back.

    A table that is drawn anew in a terminal; elsewhere, and with ``quiet``, one line per finished section.
    """

    def __init__(self, *, quiet: bool) -> None:
        self.headings: Sequence[str] = ()
        self._states: dict[int, tuple[str, int]] = {}
        self._live: Any = None
        self._began = time.monotonic()
        #: what was spent so far, as a line
        self.spent: Callable[[], str] = str
        self._fancy = not quiet and sys.stderr.isatty()

    def __enter__(self) -> Progress:
        if self._fancy:
            from rich.console import Console
            from rich.live import Live

            self._live = Live(
                get_renderable=self._table, console=Console(stderr=True), refresh_per_second=4, transient=True
            )
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def take(self, headings: Sequence[str]) -> None:
        """The headings of the sections, before the first is asked for."""
        self.headings = headings

    def watch(self, number: int, state: str, size: int) -> None:
        """Section ``number`` (from 0) is in ``state``, ``size`` characters have come in."""
        before = self._states.get(number, ("", 0))[0]
        self._states[number] = (state, size)
        if not self._fancy and state != before and state in ("完成", "部分自写", "自写"):
            typer.echo(f"{self._heading(number)}：{_PLAIN[state]}", err=True)

    def _heading(self, number: int) -> str:
        return self.headings[number] if number < len(self.headings) else f"第{number + 1}节"

    def _table(self) -> Any:
        from rich.table import Table

        table = Table(box=None, show_header=False, title=f"起草中 {time.monotonic() - self._began:.0f} 秒")
        table.caption = self.spent()
        for number in sorted(self._states):
            state, size = self._states[number]
            table.add_row(self._heading(number), _PLAIN.get(state, state), f"{size} 字" if size else "")
        return table


_PLAIN = {"完成": "已写成", "部分自写": "已写成（部分由内置引擎写）", "自写": "由内置引擎写成"}


def cost_line(spent: Spent, settings: EngineSettings) -> str:
    """What the model took: requests, tokens, and the cost where the settings tell prices."""
    about = "约" if spent.estimated else ""
    line = (
        f"模型：{spent.questions} 次问答（缓存 {spent.cached} 次），{spent.requests} 次请求，"
        f"输入{about} {spent.tokens_in} 词元，输出{about} {spent.tokens_out} 词元"
    )
    if settings.price_in is not None and settings.price_out is not None:
        cost = (spent.tokens_in * settings.price_in + spent.tokens_out * settings.price_out) / 1_000_000
        line += f"，费用{about} {cost:.4f}"
    return line + "。"
