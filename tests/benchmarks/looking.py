"""Looks at a folder that has been read, as the window does; prints milliseconds as a line of JSON: ``python looking.py
FOLDER``."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from shannon_core.request.contents import AggregationType
from shannon_core.request.filter_fields import FILTER_FIELDS
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.time_range import TimeRange
from shannon_core.session import Session

PAGE = 256
AGGREGATIONS = 3
_NARROWINGS = (
    *(EventFilter("tool_name", (tool,)) for tool in ("Bash", "Read", "Edit", "mcp__github__search")),
    *(EventFilter("type", (kind,)) for kind in ("token_usage", "error_occurred", "session_start")),
    *(EventFilter("user_id", (f"user_{number:03d}",)) for number in (3, 17, 28)),
    *(EventFilter("success", (outcome,)) for outcome in ("true", "false", "unknown")),
    EventFilter("model", ("claude-opus-4-5",)),
    EventFilter("project_path", ("/home/user_007/src/project",)),
    EventFilter("tool_name", ("Bash",), negated=True),
)
_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def selections() -> list[Selection]:
    """What a person narrows down to, one after the other: every filter over all time and over three spans."""
    spans = [
        TimeRange(_BEGIN + timedelta(days=first), _BEGIN + timedelta(days=last))
        for first, last in ((170, 180), (60, 90), (0, 120))
    ]
    return [Selection(span, (item,)) for item in _NARROWINGS for span in (TimeRange(), *spans)]


async def milliseconds(work: Callable[[], Awaitable[object]]) -> float:
    """How long the answer took."""
    started = time.perf_counter()
    await work()
    return 1000 * (time.perf_counter() - started)


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


async def look(folder: str) -> dict[str, float]:
    """Every figure of this process."""
    session = await Session.open((folder,))
    await session.read().wait()
    events = (await session.totals(Selection())).events
    asked = selections()
    previews = [await milliseconds(lambda s=s: session.preview(s, 0, PAGE, brief=True)) for s in asked]
    totals = [await milliseconds(lambda s=s: session.totals(s)) for s in asked]
    facets = [
        await milliseconds(lambda s=s, f=f: session.facets(s, f, limit=200))
        for s in asked[::4]
        for f in FILTER_FIELDS
    ]
    await session.preview(Selection(), 0, PAGE, brief=True)
    rows = [events * part // 61 for part in (7, 45, 13, 59, 2, 31, 38, 22, 53, 17, 1, 60, 29, 11, 41)]
    scrolled = [
        await milliseconds(lambda row=row: session.preview(Selection(), row, PAGE, brief=True))
        for row in rows
    ]
    nine = [
        await milliseconds(lambda: session.aggregations(Selection(), AggregationType))
        for _ in range(AGGREGATIONS)
    ]
    await session.close()
    return {
        "preview": p95(previews),
        "totals": p95(totals),
        "facets": p95(facets),
        "scroll": p95(scrolled),
        "aggregations": statistics.median(nine),
        "events": events,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(look(sys.argv[1]))))
