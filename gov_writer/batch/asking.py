"""``--batch-api``: all questions of a batch's drafts go to the endpoint as one file before the drafts are written.

Round by round: the drafts are made with an engine that asks nobody and writes down its questions; the endpoint's
batch interface answers them into a cache beside the results; the next round asks what follows from the answers
(repairs). When nothing new is asked, or the rounds are over, the drafts are written from the cache; what is
still unanswered is written by ``builtin``. Every step can be killed: answers, state and questions are on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from gov_writer.batch.job import Execute, Job, JobKind, Outcome, Task
from gov_writer.batch.journal import Journal
from gov_writer.batch.work import choice_of, execute
from gov_writer.domain import EngineChoice
from gov_writer.errors import GovWriterError
from gov_writer.settings import EngineSettings

Run = Callable[[Iterator[list[Task]], Execute], Iterator[Outcome]]
#: Questions, then repairs of what was refused.
ROUNDS = 2
_CHUNK = 4


def answered(
    journal: Journal, folder: Path, settings: EngineSettings, run: Run, say: Callable[[str], object]
) -> EngineSettings:
    """Have all questions answered; the settings with which the drafts are then written (they ask nobody).

    run: does tasks with some workers.  Raises GovWriterError LLM-12n when the endpoint can't do batches.
    """
    from gov_writer.llm.batch_api import BatchApi
    from gov_writer.llm.cache import Cache
    from gov_writer.llm.collector import questions
    from gov_writer.llm.open import account

    choice = _one_endpoint(journal, settings)
    place = folder / "batch-api"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = replace(settings, limits=None, cache=True, cache_dir=str(place / "answers"))
    cache = Cache(place / "answers")
    client: BatchApi | None = None
    left = 0
    for number in range(1, ROUNDS + settings.repairs):
        asked = place / f"questions-{number}.jsonl"
        asked.unlink(missing_ok=True)
        asking = replace(kept, collect=str(asked))
        for _ in run(_drafts(journal), partial(execute, engine=asking)):
            pass
        new = [one for one in questions(asked) if cache.get(one["id"]) is None]
        if not new:
            break
        say(f"批量接口第 {number} 轮：{len(new)} 个问题。")
        if client is None:
            url, key = account(choice, settings)
            poll_s = settings.batch_poll_seconds
            client = BatchApi(base_url=url, api_key=key, folder=place, cache=cache, poll_s=poll_s, say=say)
        left = client.answer(new)
    if left:
        say(f"批量接口有 {left} 个问题没有回答，相应段落由内置引擎写成。")
    return replace(kept, collect=str(place / "unanswered.jsonl"))


def _one_endpoint(journal: Journal, settings: EngineSettings) -> EngineChoice:
    """The drafts' engine.  Raises GovWriterError LLM-123 where their briefs name several endpoints: what one of them
    may see is not sent to another."""
    from gov_writer.llm.open import endpoint_of

    choices = (choice_of(job) for chunk in _drafts(journal) for job, _ in chunk)
    found = {endpoint_of(one, settings).rstrip("/"): one for one in choices if one is not None}
    if len(found) > 1:
        raise GovWriterError(
            f"这一批的任务书写了 {len(found)} 个不同的接口，批量接口一次只能用一个。",
            where="、".join(sorted(found))[:300],
            hint="请按接口分成几份清单，分别运行；或者不用 --batch-api。",
            code="LLM-123",
        )
    return next(iter(found.values()), EngineChoice(name="openai"))


def _drafts(journal: Journal) -> Iterator[list[Task]]:
    """The drafts with a model that are not done yet, whatever the journal knows of them."""
    for chunk in journal.wanted(_CHUNK):
        wanted = [(job, key) for job, key in chunk if job.kind is JobKind.DRAFT and _asks(job)]
        if wanted:
            yield wanted


def _asks(job: Job) -> bool:
    try:
        choice = choice_of(job)
    except GovWriterError:
        return False  # it fails again when its turn comes, and says why
    return choice is not None and choice.name == "openai"
