"""OpenTelemetry: logs, metrics and spans of Claude Code, Codex and Gemini as OTLP JSON lines (spec: sources.md §2)."""

from __future__ import annotations

from shannon_core.sources.registry import SourceSpec, any_of, names

OTLP = SourceSpec(
    id="otlp",
    title="OpenTelemetry",
    package=__package__,
    lines="records",
    signs=any_of("resourceLogs", "resourceMetrics", "resourceSpans", "ts url body"),
    records=names("logs log metrics metric spans"),
    macros=("macros",),
    spans_lines=True,
)
