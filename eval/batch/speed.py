"""Throughput of ``gov-writer batch`` against the in-process checker, measured in one run.

    python eval/batch/speed.py [--jobs 10000] [--workers 2]

Prints jobs per second of one checker in this process, of the batch (start-up, reading and writing
included), the batch's share of (checker × workers), the same share by processor time (what it would be if
nothing else ran), and the parent's peak memory. The parent's memory
must not depend on the number of jobs: run it with 1000 and 10000.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from gov_writer.batch.job import Job, JobKind
from gov_writer.batch.work import execute

TOPICS = [
    ("安全生产", "排查安全隐患{a}处，整改{b}处，开展消防演练{c}场，检查企业{d}家次。"),
    ("民生服务", "城镇新增就业{a}人，走访困难群众{b}户，发放慰问金{c}元，适老化改造{d}户。"),
    ("基层治理", "化解矛盾纠纷{a}起，受理信访事项{b}件，办理热线工单{c}件，开展志愿服务{d}场。"),
    ("城市管理", "清理占道经营{a}处，新增停车位{b}个，清运垃圾{c}吨，补种绿化{d}平方米。"),
    ("项目建设", "引进企业{a}家，走访企业{b}家次，开工项目{c}个，收集企业诉求{d}件。"),
]
FILLER = "街道坚持把工作抓实抓细，明确责任分工，定期调度会商，对照清单逐项推进，确保各项任务落到实处，群众满意度稳步提升。"


def report(number: int) -> tuple[str, str]:
    """A report of about 3,000 characters with 60 figures, and the notes that it is checked against."""
    paragraphs, notes = [], []
    for n in range(15):
        topic, words = TOPICS[n % 5]
        values = {key: 100 + (number * 7 + n * 31 + k * 13) % 890 for k, key in enumerate("abcd")}
        sentence = f"第{n + 1}网格" + words.format(**values)
        notes.append(f"- {sentence}")
        paragraphs.append(f"{topic}方面，{sentence}{FILLER * 2}")
    return "# 东岭街道2025年工作总结\n\n" + "\n\n".join(paragraphs) + "\n", "\n".join(notes) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = folder / "manifest.jsonl"
        with manifest.open("w", encoding="utf-8") as lines:
            for number in range(options.jobs):
                draft, notes = report(number)
                (folder / f"d{number}.md").write_text(draft, encoding="utf-8")
                (folder / f"n{number}.md").write_text(notes, encoding="utf-8")
                row = {"job": "check", "input": f"d{number}.md", "against": f"n{number}.md"}
                lines.write(json.dumps(row) + "\n")
        alone, own = _alone(folder, min(200, options.jobs))
        command = [sys.executable, "-m", "gov_writer", "batch", str(manifest), "-o", str(folder / "out")]
        command += ["--workers", str(options.workers), "--fail-on", "never"]
        began = time.perf_counter()
        run = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        peak = _peak(run)
        together = options.jobs / (time.perf_counter() - began)
        if run.returncode:
            raise SystemExit(f"batch ended with {run.returncode}")
        again, more = _alone(folder, min(200, options.jobs))
        alone, own = max(alone, again), min(own, more)
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"one checker in process   {alone:8.1f} jobs/s")
    print(f"batch, {options.workers} workers         {together:8.1f} jobs/s  ({options.jobs} jobs)")
    print(f"share of checker × {options.workers}     {together / alone / options.workers:8.2f}  (bar 0.80)")
    print(f"  by processor time      {own * options.jobs / (spent.ru_utime + spent.ru_stime):8.2f}")
    print(f"parent's peak memory     {peak:8.0f} MB      (bar 300)")


def _alone(folder: Path, count: int) -> tuple[float, float]:
    """Checks per second of this process, and processor seconds of one; asked before and after the batch, the better
    counts."""
    jobs = [
        Job(
            name=str(n),
            kind=JobKind.CHECK,
            inputs=(str(folder / f"d{n}.md"),),
            against=(str(folder / f"n{n}.md"),),
        )
        for n in range(count)
    ]
    execute(jobs[0], "")
    began, used = time.perf_counter(), time.process_time()
    for job in jobs:
        execute(job, "")
    return count / (time.perf_counter() - began), (time.process_time() - used) / count


def _peak(run: subprocess.Popen[bytes]) -> float:
    """Peak memory of the process in MB, asked while it runs."""
    peak = 0
    while run.poll() is None:
        try:
            for line in Path(f"/proc/{run.pid}/status").read_text().splitlines():
                if line.startswith("VmHWM"):
                    peak = max(peak, int(line.split()[1]))
        except OSError:
            break
        time.sleep(0.2)
    run.wait()
    return peak / 1024


if __name__ == "__main__":
    main()
