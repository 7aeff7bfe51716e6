"""What reading a report costs, beside a bare scan and the peers, all in one run: ``eval/scan_speed.py [FOLDER]``.

(a) a bare scan with one digit regex and one date regex; (b) ``facts.scan``, and ``facts.extract``, which binds;
(c) JioNLP and recognizers-text where installed (``.lock/peers.txt``), on every fourth report as it is, since a report
is what there is to read, and, for comparison, on the first 400 characters of each: what recognizers-text needs for a
character grows with the text around it. Of recognizers-text all Chinese models for what a scan reads: numbers, ordinals,
percentages, dates, money, dimensions, ages, temperatures.
Prints ratios: (b)/(a) is to be 6 at most, with binding twice that, (c)/(b) 8 for JioNLP and 200 for recognizers-text at
least, ten times the text 11 times the time at most; and the memory held after all files and after ten times as many.
Processor time, the best of several rounds taken by turns. Default folder: ../shared/reports.
"""

from __future__ import annotations

import logging
import re
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from gov_writer.facts import extract, scan
from gov_writer.ingest import from_text

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "reports"
SAMPLE = 400  # characters of each report in the second comparison with the peers
EVERY = 4  # of so many reports one is read whole by the peers, which need a minute for all
DIGITS = re.compile(
    r"(?:约|近|超|超过|逾)?[0-9零一二两三四五六七八九十百千万亿]+(?:[.,．][0-9]+)*(?:[万亿千百十]+)?[多余]?"
    r"(?:平方公里|平方米|公里|人次|万元|亿元|个百分点|[个名户家处件起场宗条张份支台辆座栋套间项次人元米吨亩%％])?"
)
DATES = re.compile(
    r"(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{4}年|[0-9]{1,2}日|今年|去年|明年|上半年|下半年|全年|目前"
)


def best(*work: Callable[[], object], rounds: int = 5) -> list[float]:
    """Seconds of processor time that the quickest round of each took; by turns, so that a busy machine slows all."""
    took = [float("inf")] * len(work)
    for _ in range(rounds):
        for number, one in enumerate(work):
            begin = time.process_time()
            one()
            took[number] = min(took[number], time.process_time() - begin)
    return took


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

        logging.disable(logging.ERROR)  # it logs what it can't read
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
            numbers.get_ordinal_model(),
            numbers.get_percentage_model(),
            DateTimeRecognizer(Culture.Chinese).get_datetime_model(),
            units.get_currency_model(),
            units.get_dimension_model(),
            units.get_age_model(),
            units.get_temperature_model(),
        ]
        found["recognizers, numbers only"] = lambda texts: [number.parse(t) for t in texts] and None
        found["recognizers-text"] = lambda texts: [m.parse(t) for m in models for t in texts] and None
    except Exception as error:
        print(f"recognizers-text: not measured ({type(error).__name__})")
    return found


def held(texts: list[str], times: int) -> float:
    """Megabytes that the process holds after all files were read so many times more, each as a file of its own."""
    for number in range(times):
        for place, text in enumerate(texts):
            extract((from_text(f"{number}-{place}.txt", f"{text}\n{number}"),), as_of=date(2024, 12, 31))
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    if not texts:
        print(f"{folder}: no .txt files")
        return 2
    size = sum(map(len, texts))
    sources = [from_text(f"{number}.txt", text) for number, text in enumerate(texts)]
    a, b, bound = best(
        lambda: bare(texts),
        lambda: ours(texts),
        lambda: [extract((source,), as_of=date(2024, 12, 31)) for source in sources],
    )
    print(f"{len(texts)} reports, {size} characters")
    print(f"(a) bare scan      {a / size * 1e6:.3f} ms per 1,000 characters")
    print(
        f"(b) facts.scan     {b / size * 1e6:.3f} ms per 1,000 characters, {b / a:.2f} times (a)   (bar: 6)"
    )
    print(f"    facts.extract  {bound / a:.2f} times (a)   (bar: 12), {bound / b:.2f} times (b)")
    one = texts[0][:20_000]
    once, ten = best(lambda: ours([one]), lambda: ours([one * 10]))
    print(f"    ten times the text: {ten / once:.2f} times the time   (bar: 11)")
    once_held, ten_held = held(texts, 1), held(texts, 9)
    print(
        f"    ten times the files: {ten_held / once_held:.2f} times the memory, {ten_held:.0f} MB   (bar: 1.1)"
    )
    found = peers()
    for what, read in (
        (f"every {EVERY}th report, whole", texts[::EVERY]),
        (f"the first {SAMPLE} characters of each", [text[:SAMPLE] for text in texts]),
    ):
        if found:
            print(f"(c) {what}: {sum(map(len, read))} characters")
        for name, work in found.items():
            work([read[0][:SAMPLE]])
            took, own = (
                best(lambda work=work, read=read: work(read), rounds=1)[0],
                best(lambda read=read: ours(read))[0],
            )  # type: ignore[misc]
            print(f"    {name:26} {took / own:.1f} times (b)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
