"""How much checking costs beside reading, whether it grows linearly, and how fast the command starts.

    .venv/bin/python eval/check_speed.py

Three ratios, all measured in this run; exits 1 when one is beyond its aim (issue 4, point 7):
checking 5,000 characters against 100 facts / reading both texts' figures (at most 5),
ten times the text and facts / once (at most 12), and
``gov-writer check x.md`` / ``python -c "import typer"`` (at most 4).
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from gov_writer import facts, ingest, pipeline

_PLACES = [
    "东岭",
    "西塘",
    "南桥",
    "北苑",
    "柳溪",
    "云台",
    "松林",
    "石门",
    "河湾",
    "杨庄",
    "梅园",
    "竹海",
    "临江",
    "望山",
    "清泉",
    "新民",
    "和平",
    "向阳",
    "青石",
    "白塔",
]
_NOTE = (
    "- {place}社区排查安全隐患{a}处，整改完成{b}处",
    "- {place}社区走访困难群众{c}户，发放补助{d}万元",
    "- {place}社区举办宣讲活动{e}场，参加居民{f}人次",
)
_PROSE = (
    "{place}社区坚持问题导向，组织力量开展拉网式检查，全年共排查各类安全隐患{a}处，已完成整改{b}处，辖区安全形势总体平稳；"
    "聚焦急难愁盼，干部上门走访困难群众{c}户，累计发放补助资金{d}万元，切实把关怀送到群众身边；"
    "丰富文化生活，先后举办宣讲活动{e}场，吸引居民{f}人次参加，营造了良好氛围。"
    "社区党组织充分发挥战斗堡垒作用，把服务延伸到楼栋、把力量下沉到一线，推动矛盾化解在基层、问题解决在当地。"
    "下一步，社区将继续完善网格服务机制，健全问题发现、流转、处置、反馈闭环，推动各项工作落到实处。\n"
)


def texts(times: int) -> tuple[str, str]:
    """Notes of about 100 facts and a report of about 5,000 characters, ``times`` over."""
    notes, prose = [], []
    for n in range(17 * times):
        figures = {
            "place": _PLACES[n % 20] + ("" if n < 20 else f"第{n // 20}"),
            "a": 117 + 31 * n,
            "b": 104 + 29 * n,
            "c": 38 + 7 * n,
            "d": f"{2.4 + 1.3 * n:.1f}",
            "e": 12 + n,
            "f": 806 + 97 * n,
        }
        notes += [line.format(**figures) for line in _NOTE]
        prose.append(_PROSE.format(**figures))
    return "\n".join(notes) + "\n", "".join(prose)


def best(action: Callable[[], object], rounds: int) -> float:
    """Processor seconds, child processes included, of the fastest of several runs.

    Not by the clock: what else the machine does must not change a ratio.
    """
    times = []
    for _ in range(rounds):
        start = _used()
        action()
        times.append(_used() - start)
    return min(times)


def _used() -> float:
    """Processor seconds of this process and of its finished children, to the microsecond."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


class _Sample:
    """Notes and report, ``times`` over, with the quickest reading and the quickest whole check of them so far."""

    def __init__(self, times: int) -> None:
        notes, prose = texts(times)
        self.source, self.draft = (
            ingest.from_text("notes.md", notes),
            ingest.from_text("draft.md", prose, id="D"),
        )
        case = pipeline.case_of(self.draft, (self.source,), period="2025")
        told = sum(f.counted for f in case.against.facts) if case.against else 0
        print(f"{len(prose)} characters, {sum(f.counted for f in case.claims.facts)} figures, {told} facts")
        self.reading = self.whole = float("inf")

    def measure(self) -> None:
        self.reading = min(self.reading, best(self._read, 1))
        self.whole = min(self.whole, best(self._check, 1))

    def _read(self) -> None:
        facts.extract((self.source,))
        facts.extract((self.draft,))

    def _check(self) -> None:
        pipeline.examine(pipeline.case_of(self.draft, (self.source,), period="2025"))


def _check_and_read() -> tuple[_Sample, _Sample]:
    """Once and ten times the texts, measured by turns and equally often, so that a busy machine slows all."""
    one, ten = _Sample(1), _Sample(10)
    for _ in range(8):
        one.measure()
        ten.measure()
    return one, ten


def _start() -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "x.md"
        draft.write_text("# 工作总结\n\n全年走访企业132家。\n", encoding="utf-8")
        command = [str(Path(sys.executable).with_name("gov-writer")), "check", str(draft)]
        typer = [sys.executable, "-c", "import typer"]
        took = [
            (
                best(lambda: subprocess.run(command, check=False, capture_output=True), 1),
                best(lambda: subprocess.run(typer, check=True), 1),
            )
            for _ in range(8)
        ]
    return min(check for check, _ in took), min(typer_ for _, typer_ in took)


def main() -> int:
    one, ten = _check_and_read()
    start, typer = _start()
    ratios = (
        ("checking / reading both texts' figures", (one.whole - one.reading) / one.reading, 5.0),
        (
            "ten times both / once, reading included",
            ten.whole / one.whole,
            12.0,
        ),
        ("gov-writer check x.md / import typer", start / typer, 4.0),
    )
    for name, ratio, aim in ratios:
        print(f"{name}: {ratio:.2f} (at most {aim:g})")
    return int(any(ratio > aim for _, ratio, aim in ratios))


if __name__ == "__main__":
    raise SystemExit(main())
