"""OpenTelemetry traces, when an endpoint is set (``OTEL_EXPORTER_OTLP_ENDPOINT``) and the extra ``otel`` is installed.

A span per request and per job, with method, route, status and kind: no text, no file name, no id of a document.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from gov_writer.errors import GovWriterError

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")


class Traces:
    """Spans to the endpoint that the environment names; without one, nothing.

    Raises GovWriterError CALL-403 when an endpoint is named and the extra is missing.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._provider: Any = None
        if not any(environment.get(name) for name in _ENDPOINTS):
            return
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError as error:
            raise GovWriterError(
                f"设置了 OpenTelemetry 地址，但缺少组件 {error.name}。",
                hint="请安装：pip install 'gov-writer[service,otel]'，或去掉这个环境变量。",
                code="CALL-403",
            ) from error
        name = environment.get("OTEL_SERVICE_NAME", "gov_writer")
        self._provider = TracerProvider(resource=Resource.create({"service.name": name}))
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))

    @contextmanager
    def span(
        self, name: str, headers: Mapping[str, str] | None = None, **attributes: str | int
    ) -> Iterator[dict[str, Any]]:
        """A span around what is done; ``name`` and further attributes may be put into what it yields.

        headers: of a request; its ``traceparent`` is the span's parent.
        """
        told: dict[str, Any] = {}
        if self._provider is None:
            yield told
            return
        from opentelemetry.trace import SpanKind
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        parent = TraceContextTextMapPropagator().extract(dict(headers)) if headers else None
        kind = SpanKind.SERVER if headers is not None else SpanKind.INTERNAL
        tracer = self._provider.get_tracer("gov_writer.service")
        with tracer.start_as_current_span(
            name, context=parent, kind=kind, attributes=attributes, record_exception=False
        ) as span:
            try:
                yield told
            finally:
                span.update_name(told.pop("name", name))
                span.set_attributes(told)

    def stop(self) -> None:
        """Send what waits."""
        if self._provider is not None:
            self._provider.shutdown()
