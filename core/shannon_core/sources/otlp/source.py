"""."""

from __future__ import annotations

from shannon_core.sources.source_kinds import SourceKind, _names, _signs

OTLP = SourceKind(
    "otlp",
    "OpenTelemetry",
    __package__,
    _signs("resourceLogs", "resourceMetrics", "resourceSpans", "ts url body"),
    _names("logs log metrics metric spans"),
)
