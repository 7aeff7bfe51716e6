"""What reading a report costs, beside a bare scan and the peers, all in one run: ``eval/scan_speed.py [FOLDER]``.

(a) a bare scan with one digit regex and one date regex; (b) ``facts.scan``; (c) JioNLP and recognizers-text
where installed (``.lock/peers.txt``), on a sample of each report. Prints ratios: (b)/(a) is to be 6 at most,
(c)/(b) 8 for JioNLP and 200 for recognizers-text at least (its models for what a scan reads: numbers, percentages,
dates, money, dimensions), ten times the text 11 times the time at most.
Processor time, the best of several rounds. Default folder: ../shared/reports.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from gov_writer.facts import scan

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "reports"
SAMPLE = 400  # characters of each report that the peers read
DIGITS = re.compile(
    r"(?:约|近|超|超过|逾)?[0-9零一二两三四五六七八九十百千万亿]+(?:[.,．][0-9]+)*(?:[万亿千百十]+)?[多余]?"
    r"(?:平方公里|平方米|公里|人次|万元|亿元|个百分点|[个名户家处件起场宗条张份支台辆座栋套间项次人元米吨亩%％])?"
)
DATES = re.compile(
    r"(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{4}年|[0-9]{1,2}日|今年|去年|明年|上半年|下半年|全年|目前"
)


def best(work: Callable[[], object], rounds: int = 5) -> float:
    """Seconds of processor time that the quickest of several rounds took."""
    took = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        took.append(time.process_time() - begin)
    return min(took)


def bare(texts: list[str]) -> None:
    for text in texts:
        for pattern in (DIGITS, DATES):
            for match in pattern.finditer(text):
                match.group()


def ours(texts: list[str]) -> None:
    for text in texts:
        scan(text, as_of=date(2024, 12, 31))


def peers() -> dict[str, Callable[[list[str]], None]]:
    """The peers that are installed."""
    found: dict[str, Callable[[list[str]], None]] = {}
    try:
        import jionlp  # type: ignore[import-not-found]

        found["jionlp"] = lambda texts: (
            [jionlp.ner.extract_time(t) and jionlp.ner.extract_money(t) for t in texts] and None
        )
    except Exception as error:
        print(f"jionlp: not measured ({type(error).__name__})")
    try:
        from recognizers_date_time import DateTimeRecognizer  # type: ignore[import-not-found]
        from recognizers_number import NumberRecognizer  # type: ignore[import-not-found]
        from recognizers_number_with_unit import NumberWithUnitRecognizer  # type: ignore[import-not-found]
        from recognizers_text import Culture  # type: ignore[import-not-found]

        numbers, units = NumberRecognizer(Culture.Chinese), NumberWithUnitRecognizer(Culture.Chinese)
        number = numbers.get_number_model()
        models = [
            number,
            numbers.get_percentage_model(),
            DateTimeRecognizer(Culture.Chinese).get_datetime_model(),
            units.get_currency_model(),
            units.get_dimension_model(),
        ]
        found["recognizers, numbers only"] = lambda texts: [number.parse(t) for t in texts] and None
        found["recognizers-text"] = lambda texts: [m.parse(t) for m in models for t in texts] and None
    except Exception as error:
        print(f"recognizers-text: not measured ({type(error).__name__})")
    return found


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    if not texts:
        print(f"{folder}: no .txt files")
        return 2
    size = sum(map(len, texts))
    bare(texts), ours(texts)
    a, b = best(lambda: bare(texts)), best(lambda: ours(texts))
    print(f"{len(texts)} reports, {size} characters")
    print(f"(a) bare scan      {a / size * 1e6:.3f} ms per 1,000 characters")
    print(
        f"(b) facts.scan     {b / size * 1e6:.3f} ms per 1,000 characters, {b / a:.2f} times (a)   (bar: 6)"
    )
    one = texts[0][:20_000]
    ten = one * 10
    growth = best(lambda: ours([ten]), 3) / best(lambda: ours([one]), 5)
    print(f"    ten times the text: {growth:.2f} times the time   (bar: 11)")
    sample = [text[:SAMPLE] for text in texts]
    own = best(lambda: ours(sample))
    for name, work in peers().items():
        work(sample[:1])
        took = best(lambda work=work: work(sample), 1)
        print(f"(c) {name:26} {took / own:.1f} times (b)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
