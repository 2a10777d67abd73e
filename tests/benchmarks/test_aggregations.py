"""All nine aggregations over a million events, beside Polars over the same events in Parquet.

    python -m pytest tests/benchmarks -m bench -s

Prints seconds and their ratio; it asserts only that both counted the same events.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from shannon_core.progress import Finished
from shannon_core.request import AggregationType, Contents, ExportFormat, ExportRequest, Selection
from shannon_core.session import Session

EVENTS = 1_000_000
RUNS = 3
TYPES = {
    "tool_use": 45,
    "token_usage": 25,
    "performance": 10,
    "agent_execution": 10,
    "error_occurred": 5,
    "session_start": 5,
}
_SHARES = [name for name, share in TYPES.items() for _ in range(share)]
LINES = f"""COPY (
    SELECT 'e' || i AS id,
        strftime(TIMESTAMP '2026-01-01' + to_milliseconds(i * 15_000), '%Y-%m-%dT%H:%M:%S.%f+00:00') AS timestamp,
        {_SHARES}[1 + (hash(i) % 100)::BIGINT] AS type,
        's' || (i // 400) AS session_id,
        'u' || hash(i, 1) % 40 AS user_id,
        {{'tool_name': 'tool' || hash(i, 2) % 12, 'agent_id': 'a' || hash(i, 3) % 25, 'duration_ms': hash(i, 4) % 100_000 / 7,
          'success': hash(i, 5) % 10 > 0, 'total_tokens': hash(i, 6) % 5_000, 'project_path': '/p' || hash(i, 7) % 40}} AS data,
        {{}}::JSON AS metadata
    FROM range({EVENTS}) AS t(i)) TO '$FILE' (FORMAT json)"""
KEYS = {
    "hourly": pl.col("timestamp").dt.truncate("1h"),
    "daily": pl.col("timestamp").dt.truncate("1d"),
    "weekly": pl.col("timestamp").dt.truncate("1w"),
    "monthly": pl.col("timestamp").dt.truncate("1mo"),
    "by_session": pl.col("session_id"),
    "by_user": pl.col("user_id"),
    "by_tool": pl.col("tool_name"),
    "by_agent": pl.col("agent_id"),
    "by_project": pl.col("project_path"),
}
MEASURES = [
    pl.len().alias("events"),
    *(pl.col(name).n_unique().alias(f"{name}s") for name in ("session_id", "user_id")),
    (pl.col("type") == "error_occurred").sum().alias("errors"),
    *(
        pl.col(name).sum().alias(name)
        for name in ("success", "token_count", "input_tokens", "output_tokens", "cost_usd")
    ),
    *(getattr(pl.col("duration_ms"), name)().alias(name) for name in ("sum", "mean", "min", "max")),
    *(pl.col("duration_ms").quantile(share, "linear").alias(f"p{share}") for share in (0.5, 0.95, 0.99)),
    pl.col("timestamp").min().alias("first"),
    pl.col("timestamp").max().alias("last"),
]


def rival(parquet: Path) -> int:
    """The nine groupings as an expert would write them, the totals of the daily one."""
    frames = [pl.scan_parquet(parquet).group_by(key.alias("key")).agg(MEASURES) for key in KEYS.values()]
    return int(pl.collect_all(frames)[1]["events"].sum())


def median_seconds(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


@pytest.mark.bench
@pytest.mark.timeout(600)
async def test_the_nine_aggregations_beside_polars(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "metrics_1.jsonl"
    log.parent.mkdir()
    duckdb.sql(LINES.replace("$FILE", str(log)))
    session = await Session.open((str(log),), keep=False)
    await session.read().wait()
    request = ExportRequest(
        session.sources,
        str(tmp_path / "all.parquet"),
        (ExportFormat.PARQUET,),
        contents=Contents(True, (), ()),
    )
    assert isinstance(await session.export(request).wait(), Finished)
    ours = []
    for _ in range(RUNS):
        started = time.perf_counter()
        results = await session.aggregations(Selection(), AggregationType)
        ours.append(time.perf_counter() - started)
    theirs = median_seconds(lambda: rival(tmp_path / "all.parquet"))
    assert results[AggregationType.DAILY].totals["metrics_count"] == EVENTS == rival(tmp_path / "all.parquet")
    mine = statistics.median(ours)
    print(
        f"\nnine aggregations, {EVENTS:,} events: {mine:.2f} s; Polars {theirs:.2f} s; ratio {mine / theirs:.2f}"
    )
    await session.close()
