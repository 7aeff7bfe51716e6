"""Clients that check drafts against a real server on loopback, beside the bare checker in the same run.

    python eval/service/load.py [--seconds 60] [--clients 50] [--streams 200] [--accounts]

Server and clients share this machine's cores.  Each client sends one request after the other; nothing goes
anywhere but to the server that this script starts on 127.0.0.1, and it stops after --seconds at the latest.
Exit code 1 when a request failed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[2]))
from eval.service.served import served

LINE = "今年{area}累计排查安全隐患{a}处，整改{b}处；走访群众{c}户，办结诉求{d}件，新建口袋公园{e}个。"
AREAS = [f"第{n}网格片区" for n in range(1, 200)]


def text(characters: int, shift: int) -> str:
    """A report of at least so many characters; with a shift every tenth paragraph differs from shift 0."""
    lines, size, number = ["东岭街道2025年工作总结", "", "一、工作完成情况", ""], 0, 0
    while size < characters:
        off = shift if number % 10 == 0 else 0
        values = {"a": 310 + number * 7 + off, "b": 300 + number * 7, "c": 1200 + number * 13}
        line = LINE.format(area=AREAS[number % 199], **values, d=80 + number * 3, e=2 + number)
        lines += [line, ""]
        size += len(line)
        number += 1
    return "\n".join(lines)


def bare(body: dict[str, object], rounds: int) -> list[float]:
    """Seconds of the same check in this process, without HTTP."""
    from gov_writer.service import jobs
    from gov_writer.service.bodies import CheckBody, Upload

    parsed = CheckBody.model_validate(body)
    uploads = {"draft": [Upload(parsed.draft.name, parsed.draft.text.encode())]}
    uploads["against"] = [Upload(one.name, one.text.encode()) for one in parsed.against]
    jobs.check_text(parsed, uploads, None)
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        jobs.check_text(parsed, uploads, None)
        taken.append(time.perf_counter() - began)
    return taken


def at(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


async def load(
    address: str, body: bytes, tokens: list[str], seconds: float
) -> tuple[list[float], Counter[str], list[float]]:
    """Seconds of each check, how often each answer came, and seconds of the event loop's own answers meanwhile.

    tokens: one for each client; "" for none.
    """
    taken: list[float] = []
    probed: list[float] = []
    answers: Counter[str] = Counter()
    end = time.monotonic() + seconds

    async def client(http: httpx.AsyncClient, token: str) -> None:
        headers = {"content-type": "application/json"} | (
            {"authorization": f"Bearer {token}"} if token else {}
        )
        while time.monotonic() < end:
            began = time.perf_counter()
            try:
                answer = await http.post("/v1/check", content=body, headers=headers)
                answers[str(answer.status_code)] += 1
            except httpx.HTTPError as error:
                answers[type(error).__name__] += 1
            taken.append(time.perf_counter() - began)

    async def probe(http: httpx.AsyncClient) -> None:
        while time.monotonic() < end:
            began = time.perf_counter()
            await http.get("/static/app.css")
            probed.append(time.perf_counter() - began)
            await asyncio.sleep(0.1)

    limits = httpx.Limits(max_connections=len(tokens) + 1)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits, trust_env=False) as http:
        await asyncio.gather(probe(http), *(client(http, token) for token in tokens))
    return taken, answers, probed


async def streams(address: str, number: int, notes: str, token: str) -> tuple[int, float]:
    """Event streams opened at once on one draft: how many ended properly, and after how many seconds."""
    began = time.perf_counter()
    limits = httpx.Limits(max_connections=number + 1)
    headers = {"authorization": f"Bearer {token}"} if token else {}
    async with httpx.AsyncClient(
        base_url=address, timeout=90, limits=limits, trust_env=False, headers=headers
    ) as http:
        sources = {"sources": [{"name": "notes.md", "text": notes}], "brief": {"period": 2025}}
        url = (await http.post("/v1/drafts", json=sources)).json()["url"]

        async def follow() -> bool:
            try:
                return "event: end" in (await http.get(f"{url}/events")).text
            except httpx.HTTPError:
                return False

        ended = await asyncio.gather(*(follow() for _ in range(number)))
    return sum(ended), time.perf_counter() - began


def accounts(folder: Path, number: int) -> list[str]:
    """A token of each of so many clerks, straight in the server's database."""
    from gov_writer.service.accounts import Accounts
    from gov_writer.service.config import ServiceSettings
    from gov_writer.service.people import Role

    database = ServiceSettings(folder=folder).database_of()
    database.migrate()
    people = Accounts(database)
    made = []
    for n in range(number):
        password = f"correct-horse-battery-{n}"
        people.add(f"clerk{n:03d}", password, role=Role.CLERK, unit=f"街道{n % 10}")
        _, who = people.login(f"clerk{n:03d}", password)
        made.append(people.add_token(who, "load")[1])
    database.close()
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--streams", type=int, default=200)
    parser.add_argument("--processes", type=int, default=2, help="of the server; 0: threads")
    parser.add_argument("--characters", type=int, default=5000)
    parser.add_argument("--accounts", action="store_true", help="each client has an account and its token")
    chosen = parser.parse_args()
    if chosen.seconds > 300 or chosen.clients > 500 or chosen.streams > 1000:
        parser.error("at most 300 seconds, 500 clients, 1000 streams")
    notes = text(chosen.characters, 0)
    draft = {"name": "draft.md", "text": text(chosen.characters, 11)}
    body: dict[str, object] = {
        "draft": draft,
        "against": [{"name": "notes.md", "text": notes}],
        "period": "2025",
    }
    one = at(bare(body, 5), 0.5)
    sent = json.dumps(body).encode()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        tokens = accounts(folder, chosen.clients) if chosen.accounts else [""] * chosen.clients
        with served("--processes", str(chosen.processes), folder=folder) as address:
            asyncio.run(load(address, sent, tokens[:2], 2))
            began = time.perf_counter()
            taken, answers, probed = asyncio.run(load(address, sent, tokens, chosen.seconds))
            took = time.perf_counter() - began
            ended, waited = asyncio.run(streams(address, chosen.streams, notes, tokens[0]))
    print(f"bare checker, one draft of {chosen.characters} characters: {one * 1000:.0f} ms")
    wrong = sum(answers.values()) - answers["200"]
    print(
        f"{chosen.clients} clients, {took:.0f} s: {len(taken)} checks, errors {wrong}, answers {dict(answers)}"
    )
    print(
        f"p50 {at(taken, 0.5) * 1000:.0f} ms, p95 {at(taken, 0.95) * 1000:.0f} ms, {len(taken) / took:.1f}/s"
    )
    print(f"throughput / bare checker on one core: {len(taken) / took * one:.2f}")
    print(
        f"a small file meanwhile: p50 {at(probed, 0.5) * 1000:.0f} ms, p95 {at(probed, 0.95) * 1000:.0f} ms"
    )
    print(f"{chosen.streams} event streams: {ended} ended properly, {waited:.1f} s")
    return 0 if set(answers) == {"200"} and ended == chosen.streams else 1


if __name__ == "__main__":
    sys.exit(main())
