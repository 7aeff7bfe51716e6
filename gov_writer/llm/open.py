"""From what was asked for (options, brief, gov-writer.toml, environment) to an engine that can be asked."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from gov_writer.domain import EngineChoice
from gov_writer.errors import GovWriterError
from gov_writer.llm.ask import Engine, unlogged
from gov_writer.llm.collector import Collector
from gov_writer.llm.openai_engine import OpenAIEngine, Sent
from gov_writer.settings import EngineSettings


def open_engine(choice: EngineChoice, *, settings: EngineSettings, sent: Sent = unlogged) -> Engine:
    """The engine of ``choice``; what the choice leaves out comes from ``settings``, then from the environment.

    sent: told every HTTP request just before it goes out.
    Raises GovWriterError: LLM-101 unknown engine, LLM-102 a package is missing, LLM-103 no key, LLM-104 no model,
    LLM-105 a bad address, LLM-106 no such model file, LLM-107 a key that can't be used.
    """
    if choice.name == "openai":
        return _openai(choice, settings, sent)
    if choice.name == "local":
        return _local(choice, settings, sent)
    raise GovWriterError(
        f"没有名为“{choice.name}”的引擎。", hint="可用的引擎：builtin、openai、local。", code="LLM-101"
    )


def endpoint_of(choice: EngineChoice, settings: EngineSettings) -> str:
    """The address that questions would go to."""
    return (choice.base_url or settings.base_url or os.environ.get("OPENAI_BASE_URL") or "").strip()


def account(choice: EngineChoice, settings: EngineSettings) -> tuple[str, str]:
    """The address and the key that questions would be asked with.

    Raises GovWriterError: LLM-103 without a key, LLM-107 with one that no request can carry.
    """
    return endpoint_of(choice, settings).rstrip("/"), _key(settings)


def _key(settings: EngineSettings) -> str:
    key = (settings.api_key or os.environ.get("OPENAI_API_KEY") or "").strip()
    if key and not (key.isascii() and key.isprintable()):
        raise GovWriterError(
            "密钥里有换行、汉字或别的不能用的字符。",
            where="环境变量 OPENAI_API_KEY。",
            hint="请重新复制密钥：只有一行字母、数字和短横线，前后不带引号。",
            code="LLM-107",
        )
    if not key:
        raise GovWriterError(
            "没有密钥，无法使用 openai 引擎。",
            hint="请设置环境变量 OPENAI_API_KEY；接口不验密钥时（如本机服务），可以设为 none。",
            code="LLM-103",
        )
    return key


def trusted(endpoint: str, settings: EngineSettings) -> bool:
    """Whether the settings name this endpoint, by address, host:port or host."""
    try:
        parts = urlsplit(endpoint)
    except ValueError:
        return False
    names = {endpoint.rstrip("/"), parts.netloc.rpartition("@")[2], parts.hostname or ""} - {""}
    return any(name.rstrip("/") in names for name in settings.trusted)


def _openai(choice: EngineChoice, settings: EngineSettings, sent: Sent) -> Engine:
    for package in ("openai", "langchain_openai"):
        if find_spec(package) is None:
            raise GovWriterError(
                f"缺少组件 {package}，无法使用 openai 引擎。",
                hint="请运行 pip install gov-writer 重新安装；或改用 --engine builtin。",
                code="LLM-102",
            )
    base_url = endpoint_of(choice, settings)
    if not base_url:
        raise GovWriterError(
            "没有指明接口地址，无法使用 openai 引擎。",
            hint="请加 --base-url（或设置 OPENAI_BASE_URL、任务书 engine.base_url），如 https://api.openai.com/v1。",
            code="LLM-105",
        )
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise GovWriterError(
            f"接口地址“{base_url}”不是网址。",
            hint="请写成 http://主机:端口/v1 的样子（--base-url、任务书 engine.base_url 或 OPENAI_BASE_URL）。",
            code="LLM-105",
        )
    key = _key(settings)
    model = choice.model or settings.model or os.environ.get("OPENAI_MODEL") or ""
    if not model:
        raise GovWriterError(
            "没有指明模型。", hint="请加 --model 名称（或在任务书 engine.model 中写明）。", code="LLM-104"
        )
    if settings.collect is not None:
        return Collector(
            endpoint=base_url, model=model, temperature=settings.temperature, asked=Path(settings.collect)
        )
    return OpenAIEngine(base_url=base_url, model=model, api_key=key, settings=settings, sent=sent)


def _local(choice: EngineChoice, settings: EngineSettings, sent: Sent) -> Engine:
    if find_spec("xllamacpp") is None:
        raise GovWriterError(
            "缺少本机模型的组件 xllamacpp。",
            hint='请运行 pip install "gov-writer[local]"；或改用 --engine builtin。',
            code="LLM-102",
        )
    from gov_writer.llm.local_engine import LocalEngine

    given = choice.model or settings.model
    if not given:
        raise GovWriterError(
            "没有指明模型文件。", hint="请加 --model 路径（一个 .gguf 文件）。", code="LLM-104"
        )
    path = Path(given).expanduser()
    try:
        with path.open("rb") as file:
            whole = file.read(4) == b"GGUF"
    except OSError:
        whole = False
    if not whole:
        raise GovWriterError(
            "模型文件不存在，或不是 GGUF 文件。",
            where=str(path),
            hint="请核对 --model 的路径。",
            code="LLM-106",
        )
    return LocalEngine(path.resolve(), settings=settings, sent=sent)
