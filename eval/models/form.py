"""How a report reads, in figures: neither a list nor hot air.  python -m eval.models.form FILE_OR_FOLDER..."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

#: Words that tie sentences together.
CONNECTORS = (
    "同时", "此外", "另外", "与此同时", "在此基础上", "其中", "并", "进一步", "一是", "二是", "三是", "首先", "其次", "从而", "通过",
    "围绕", "针对", "截至", "目前", "下一步",
)  # fmt: skip
#: Phrases that say nothing that could be checked.
EMPTY = (
    "取得显著成效", "取得明显成效", "取得新成效", "迈上新台阶", "高度重视", "凝心聚力", "奋力谱写", "新篇章", "踔厉奋发", "勇毅前行", "笃行不怠",
    "扎实推进", "有序推进", "稳步推进", "持续推进", "深入推进", "不断提升", "不断增强", "全面提升", "进一步提升", "切实增强", "有力保障",
    "坚实基础", "良好氛围", "强大合力", "再创佳绩", "更上一层楼", "显著提升", "显著提高", "有效提升", "得到提升", "得到有效",
)  # fmt: skip
_FIGURE = re.compile(
    r"\d|[一二三四五六七八九十百千万两][个名件次场处项户人年家支座条所]|第[一二三四五六七八九十]"
)


@dataclass(frozen=True, kw_only=True)
class Form:
    """sentence: median length in characters.  connectors, empty: per 1,000 characters.

    factual: share of sentences with a figure.  repeated: share of sentences that stand twice.  lines: share of
    short lines (under 20 characters that end without 。), the mark of a list.
    """

    characters: int
    sentence: float
    longest: int
    connectors: float
    factual: float
    empty: float
    repeated: float
    lines: float

    def line(self) -> str:
        return (
            f"{self.characters}字 句{self.sentence:.0f}/{self.longest} 连接{self.connectors:.1f}‰ 含数{self.factual:.0%}"
            f" 空话{self.empty:.1f}‰ 重复{self.repeated:.0%} 短行{self.lines:.0%}"
        )


def form_of(text: str) -> Form:
    rows = [line.strip() for line in text.splitlines() if line.strip()]
    prose = [row for row in rows if row[-1] in "。！？；" or len(row) > 40]
    found = [s.strip() for s in re.split("[。！？\n]", "\n".join(prose)) if len(s.strip()) > 3]
    size = len("".join(prose)) or 1
    return Form(
        characters=len("".join(rows)),
        sentence=median(map(len, found)) if found else 0,
        longest=max(map(len, found), default=0),
        connectors=1000 * sum("".join(prose).count(word) for word in CONNECTORS) / size,
        factual=mean(bool(_FIGURE.search(s)) for s in found) if found else 0,
        empty=1000 * sum("".join(prose).count(word) for word in EMPTY) / size,
        repeated=1 - len(set(found)) / len(found) if found else 0,
        lines=mean(len(row) < 20 and row[-1] not in "。！？；" for row in rows) if rows else 0,
    )


def main() -> None:
    for given in map(Path, sys.argv[1:]):
        files = sorted(given.glob("*.txt")) if given.is_dir() else [given]
        for file in files:
            print(f"{file.name[:40]:42}{form_of(file.read_text('utf-8')).line()}")


if __name__ == "__main__":
    main()
