"""Engine ``openai``: any endpoint that speaks ``{base-url}/chat/completions``, through LangChain."""

from __future__ import annotations

import asyncio
import atexit
import gc
import re
import threading
import time
import warnings
from collections.abc import Callable
from contextvars import ContextVar
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from gov_writer.llm import ahead, wire
from gov_writer.llm.ahead import Ahead
from gov_writer.llm.ask import Answer, Fault, Heard, Request
from gov_writer.llm.events import uncounted
from gov_writer.settings import EngineSettings

#: Sent: (address, body, label) of each request, for the egress log.
Sent = Callable[[str, bytes, str], None]
_label: ContextVar[str] = ContextVar("label", default="")
#: told how many more characters were thought aloud for the question that this task asks
_thought: ContextVar[Callable[[int], None]] = ContextVar("thought", default=uncounted)
#: Models that the library gives their orders as a developer's, not the system's.
_DEVELOPED = re.compile(r"o\d")
#: Words in an error that no repeat can mend, whatever its status is.
_FATAL = (
    "insufficient_quota",
    "model_not_found",
    "does not exist",
    "invalid_api_key",
    "account_deactivated",
    "arrearage",
)
_STATUS = {
    401: "接口不接受密钥（401），请检查 OPENAI_API_KEY 是否正确、是否过期",
    402: "账户余额不足（402）",
    403: "没有使用该模型的权限（403）",
    404: "接口地址或模型名称不对（404）",
}


def _told_thought(more: int) -> None:
    _thought.get()(more)


def vendor() -> tuple[Any, Any]:
    """The chat model's class, and what keeps its questions from a tracing service; the first call takes a second.

    Cycles among the half a million objects that it makes are not looked for, neither meanwhile (a fifth of the time)
    nor at the end of the process (a third of a second): they stay to the end in any case.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        from langchain_openai import ChatOpenAI
        from langsmith import tracing_context
    finally:
        if looked:
            gc.enable()
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
    # what an endpoint sends that fits no model is judged here, and nothing for a clerk's eyes
    warnings.filterwarnings("ignore", message="Pydantic serializer", category=UserWarning)
    return ChatOpenAI, tracing_context


class OpenAIEngine:
    """Speaks to one endpoint with one model.  Use it inside one event loop."""

    name = "openai"

    def __init__(
        self, *, base_url: str, model: str, api_key: str, settings: EngineSettings, sent: Sent
    ) -> None:
        self.endpoint, self.model = base_url.rstrip("/"), model
        self._settings, self._sent, self._key = settings, sent, api_key
        self._chat: Any = None
        self._http: Any = None
        self._untraced: Any = None
        self._connecting, self._making = threading.Lock(), threading.Lock()
        #: whether questions are sent before the library is loaded
        self._goes_ahead = ahead.as_told()
        #: whether it is OpenAI's own, which counts what a stream used only when asked to
        self._original = urlsplit(base_url).hostname == "api.openai.com"
        #: parameters that the endpoint turned down once and is not sent again
        self._without: set[str] = set()

    async def complete(self, request: Request, *, seconds: float, heard: Heard) -> Answer:
        """One answer, one HTTP request (two where the endpoint turns down a parameter).  Raises Fault."""
        _label.set(request.label)
        early = None
        began = time.monotonic()
        try:
            try:
                await asyncio.to_thread(self.warm)
                if self._goes_ahead and self._chat is None:
                    early = Ahead(
                        self._http, f"{self.endpoint}/chat/completions", self._key, self._body(request)
                    )
                await asyncio.to_thread(self._model)
            except Exception as error:
                raise _unusable(error) from error
            if early is None:
                began = time.monotonic()
            return await self._answered(request, began, seconds, heard)
        finally:
            if early is not None and await early.dropped():
                self._goes_ahead = False

    async def _answered(self, request: Request, began: float, seconds: float, heard: Heard) -> Answer:
        try:
            async with asyncio.timeout(seconds):
                for _ in range(3):
                    try:
                        return await self._once(request, began, heard)
                    except Fault:
                        raise
                    except Exception as error:
                        dropped = self._turned_down(error)
                        if dropped is None:
                            raise fault_of(error) from error
                        self._without.add(dropped)
                raise Fault("接口不接受请求的参数")
        except TimeoutError:
            raise Fault(f"接口在 {seconds:.0f} 秒内没有答完", again=True) from None

    async def _once(self, request: Request, began: float, heard: Heard) -> Answer:
        parts: list[str] = []
        size, thoughts, usage, finished = 0, 0, None, ""
        limit = self._settings.max_answer

        def thought(more: int) -> None:
            nonlocal thoughts
            thoughts += more
            heard(size + thoughts, "".join(parts))

        _thought.set(thought)
        messages = [("system", request.system), ("human", request.user)]
        model = self._made()
        with self._untraced(enabled=False):  # no tracing service gets it, whatever the environment says
            stream = model.astream(messages, **self._parameters(request))
            try:
                async for chunk in stream:
                    content = wire.text_of(chunk.content)
                    parts.append(content)
                    size += len(content)
                    usage = chunk.usage_metadata or usage
                    finished = chunk.response_metadata.get("finish_reason") or finished
                    heard(size + thoughts, "".join(parts))
                    if size > limit:
                        break
            finally:
                await stream.aclose()
        text = "".join(parts)
        if not text.strip():
            raise Fault("接口的回答是空的", again=True)
        if not finished and size <= limit:
            raise Fault("接口的回答中途断开", again=True)
        return _answer(
            text, usage, request, time.monotonic() - began, cut=size > limit or finished == "length"
        )

    def _parameters(self, request: Request) -> dict[str, Any]:
        given: dict[str, Any] = {"temperature": self._settings.temperature}
        if request.max_tokens is not None:
            # The name that every compatible server knows; OpenAI's own newer models want the other.
            name = "max_completion_tokens" if self._original else "max_tokens"
            given["extra_body"] = {name: request.max_tokens}
        if "temperature" in self._without:
            given["temperature"] = None
        if "max_tokens" in self._without:
            given.pop("extra_body", None)
        return given

    def _body(self, request: Request) -> dict[str, Any]:
        """What the library sends for ``request``."""
        told = self._parameters(request)
        limit = told.pop("extra_body", {})
        messages = [
            {"content": request.system, "role": "developer" if _DEVELOPED.match(self.model) else "system"},
            {"content": request.user, "role": "user"},
        ]
        counted = {"stream_options": {"include_usage": True}} if self._original else {}
        return {"model": self.model, "stream": True, "messages": messages, **told, **limit, **counted}

    def _turned_down(self, error: Exception) -> str | None:
        import openai

        if not isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError):
            return None
        told = str(error)
        for name, words in (
            ("temperature", ("temperature",)),
            ("max_tokens", ("max_tokens", "max_completion_tokens")),
        ):
            if name not in self._without and any(word in told for word in words):
                return name
        return None

    def warm(self) -> None:
        """Make the HTTP client, and load the vendor's library if no question can go out before."""
        with self._connecting:
            if self._http is None:
                self._http = wire.client(
                    base_url=self.endpoint,
                    max_bytes=self._settings.max_bytes,
                    sent=lambda url, body: self._sent(url, body, _label.get()),
                    seconds=self._settings.request_seconds,
                    thought=_told_thought,
                )
        if not self._goes_ahead:
            self._model()

    def _model(self) -> Any:
        with self._making:
            return self._made()

    def _made(self) -> Any:
        if self._chat is None:
            chat_model, self._untraced = vendor()
            settings = self._settings
            self._chat = chat_model(
                model=self.model,
                base_url=self.endpoint,
                api_key=self._key,
                max_retries=0,
                streaming=True,
                stream_usage=self._original,
                stream_chunk_timeout=None,
                timeout=settings.request_seconds,
                http_client=wire.nobody(),
                http_async_client=self._http,
                use_responses_api=False,
            )
        return self._chat

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.aclose()


def _unusable(error: Exception) -> Fault:
    why = f"连接接口的组件无法启用（{type(error).__name__}），请检查代理设置（HTTPS_PROXY、ALL_PROXY）"
    return Fault(why, fatal=True)


def _answer(text: str, usage: Any, request: Request, seconds: float, *, cut: bool) -> Answer:
    counted = isinstance(usage, dict) and isinstance(usage.get("output_tokens"), int)
    return Answer(
        text=text,
        # Chinese models take about 0.7 tokens for a character.
        tokens_in=int(usage["input_tokens"]) if counted else round(0.7 * len(request.system + request.user)),
        tokens_out=int(usage["output_tokens"]) if counted else round(0.7 * len(text)),
        estimated=not counted,
        seconds=seconds,
        cut=cut,
    )


def fault_of(error: BaseException) -> Fault:
    """What went wrong, in the desk's terms: whether to ask again, after how long, or never."""
    import openai

    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        if isinstance(at, Fault):
            return at
        seen.add(id(at))
        at = at.__cause__ or at.__context__
    if isinstance(error, openai.APIStatusError):
        return _status_fault(error)
    if isinstance(error, openai.APITimeoutError):
        return Fault("接口超时", again=True)
    if isinstance(error, openai.APIConnectionError):
        return Fault(f"连不上接口（{type(error.__cause__ or error).__name__}）", again=True)
    if isinstance(error, ValueError):  # JSON that is none
        return Fault("接口返回的内容无法解析", again=True)
    return Fault(f"接口的回答中途断开或有误（{type(error).__name__}）", again=True)


def _status_fault(error: Any) -> Fault:
    status = int(error.status_code)
    told = str(error).lower()
    if status in _STATUS or any(word in told for word in _FATAL):
        return Fault(_STATUS.get(status, f"接口拒绝请求（{status}）"), fatal=True)
    after = retry_after(error.response.headers)
    if status in (408, 409, 425, 429):
        return Fault(f"接口限流或繁忙（{status}）", again=True, after=after)
    if status >= 500:
        return Fault(f"接口出错（{status}）", again=True, after=after)
    if 300 <= status < 400:
        return Fault(f"接口要求转到别的地址（{status}），未照办；请核对地址", fatal=True)
    return Fault(f"接口拒绝请求（{status}）")


def retry_after(headers: Any) -> float | None:
    """Seconds that Retry-After asks for (a number or an HTTP date, RFC 9110 10.2.3), None if it is absent or unreadable."""
    told = str(headers.get("retry-after") or "").strip()
    if not told:
        return None
    try:
        return max(0.0, float(told)) if float(told) == float(told) else None
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
