"""Writes OTLP JSON lines for tests, as the Collector's file exporter and as the tools themselves do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.log_files import write_log
from harness.readings import Reading
from harness.workbench import Workbench

SECOND = 1_000_000_000
START = 1_772_359_200 * SECOND
"""2026-03-01T10:00:00Z in nanoseconds."""
SECRET = "never in the store"
CLAUDE = {"session.id": "s1", "user.id": "hash", "app.version": "2.1.138"}
Json = dict[str, Any]

REQUEST: Json = {
    "model": "claude-opus-4-6",
    "input_tokens": 3,
    "output_tokens": 13,
    "cache_read_tokens": 5,
    "cache_creation_tokens": 100,
    "cost_usd": 0.25,
    "duration_ms": 2504,
    "request_id": "r1",
}


def attributes(values: Mapping[str, object]) -> list[Json]:
    """Attributes, each value under the name of its type; 64-bit integers as decimal strings."""
    named: list[Json] = []
    for key, value in values.items():
        kind = {bool: "boolValue", int: "intValue", float: "doubleValue"}.get(type(value), "stringValue")
        named.append({"key": key, "value": {kind: str(value) if kind == "intValue" else value}})
    return named


def record(name: str, at: float = 0, family: str = "claude_code", **values: object) -> Json:
    """A log record, ``at`` seconds after START. In names of attributes ``__`` means a dot."""
    common = (
        CLAUDE
        if family == "claude_code"
        else {"conversation.id": "s1"}
        if family == "codex"
        else {"session.id": "s1"}
    )
    named = {**common, "event.name": name, **{key.replace("__", "."): value for key, value in values.items()}}
    return {
        "timeUnixNano": str(START + int(at * SECOND)),
        "body": {"stringValue": f"{family}.{name}"},
        "attributes": attributes({key: value for key, value in named.items() if value is not None}),
    }


def logs(*records: Json, service: str = "claude-code", **resource: object) -> Json:
    """A batch of log records."""
    return {
        "resourceLogs": [
            {
                "resource": {"attributes": attributes({"service.name": service, **resource})},
                "scopeLogs": [{"scope": {}, "logRecords": list(records)}],
            }
        ]
    }


def point(value: float, at: float = 0, start: float = 0, **values: object) -> Json:
    """A point of a sum."""
    return {
        "attributes": attributes({**CLAUDE, "model": "claude-opus-4-6", **values}),
        "startTimeUnixNano": str(START + int(start * SECOND)),
        "timeUnixNano": str(START + int(at * SECOND)),
        "asDouble": value,
    }


def metric(name: str, *points: Json, temporality: object = 1) -> Json:
    """A batch with one sum."""
    data = {"aggregationTemporality": temporality, "isMonotonic": True, "dataPoints": list(points)}
    resource = {"attributes": attributes({"service.name": "claude-code"})}
    sums = [{"name": f"claude_code.{name}", "unit": "1", "sum": data}]
    return {"resourceMetrics": [{"resource": resource, "scopeMetrics": [{"scope": {}, "metrics": sums}]}]}


def read(bench: Workbench, folder: Path, *batches: Json) -> Reading:
    """What becomes of a file with these batches."""
    write_log(folder, batches)
    return bench.read(folder)
