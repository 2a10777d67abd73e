"""The aggregations once more, slowly, in plain Python: what the fast ones are held against."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from operator import mul
from typing import Any
from zoneinfo import ZoneInfo

Event = dict[str, Any]
Row = dict[str, Any]
LIST_PRICES = {"claude-opus-4-5-20251101": (5, 25, 6.25, 0.5), "gpt-5": (1.25, 10, 1.25, 0.125)}
"""US dollars per million tokens of input, output, cache writes and cache reads, as the vendors publish them."""


def instant(event: Event) -> datetime:
    return datetime.fromisoformat(event["timestamp"]).astimezone(UTC)


def fields(event: Event) -> Row:
    """The typed fields of an event by events.md §1, for well-typed data."""
    kind, data = event["type"], event["data"]
    row: Row = dict.fromkeys(
        ("tool", "agent", "error", "duration", "success", "tokens", "own_project", "model", "cost")
    )
    row |= dict.fromkeys(("input", "output", "cache_creation", "cache_read"))
    if kind in ("session_start", "session_end", "token_usage"):
        row["model"] = data.get("model")
    if kind == "tool_use":
        row |= {
            "tool": data.get("tool_name"),
            "duration": data.get("duration_ms"),
            "success": data.get("success"),
        }
    elif kind == "agent_execution":
        row |= {
            "agent": data.get("agent_id"),
            "duration": data.get("duration_ms"),
            "success": data.get("success"),
        }
    elif kind == "error_occurred":
        row |= {"error": data.get("error_type"), "success": False}
    elif kind in ("session_start", "session_end"):
        seconds = data.get("duration_seconds")
        row |= {"duration": None if seconds is None else seconds * 1000, "tokens": data.get("token_count")}
        row |= {"own_project": data.get("project_path"), "success": data.get("success")}
    elif kind == "token_usage":
        row |= {
            name: data.get(f"{name}_tokens") for name in ("input", "output", "cache_creation", "cache_read")
        }
        parts = [
            row[name] for name in ("input", "output", "cache_creation", "cache_read") if row[name] is not None
        ]
        row["tokens"] = data.get("total_tokens", sum(parts) if parts else None)
        row["cost"] = data["cost_usd"] if "cost_usd" in data else computed_cost(row, data.get("model"))
    return row


def computed_cost(row: Row, model: str | None) -> float | None:
    """Tokens times list prices, where both are known."""
    prices = LIST_PRICES.get(model or "")
    if prices is None or row["input"] is None or row["output"] is None:
        return None
    tokens = (row[name] or 0 for name in ("input", "output", "cache_creation", "cache_read"))
    return sum(map(mul, tokens, prices)) / 1e6


def prepared(events: list[Event]) -> list[Row]:
    """All events with their fields, their project, and their tokens counted once."""
    ordered = sorted(enumerate(events), key=lambda item: (instant(item[1]), item[0]))
    rows = [{**fields(event), "event": event, "at": instant(event)} for _, event in ordered]
    projects: dict[str, str] = {}
    for row in rows:
        session = row["event"]["session_id"]
        if session is not None and row["own_project"] is not None:
            projects.setdefault(session, row["own_project"])
    metered = {row["event"]["session_id"] for row in rows if row["event"]["type"] == "token_usage"}
    for row in rows:
        event = row["event"]
        row["project"] = row["own_project"] or projects.get(event["session_id"])
        if event["type"] in ("session_start", "session_end") and event["session_id"] in metered - {None}:
            row["tokens"] = None
    return rows


def percentile(values: list[float], share: float) -> float | None:
    """Hyndman and Fan's type 7."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def measures(rows: list[Row]) -> Row:
    durations = [float(row["duration"]) for row in rows if row["duration"] is not None]
    success = sum(row["success"] is True for row in rows)
    failure = sum(row["success"] is False for row in rows)
    costs = [row["cost"] for row in rows if row["cost"] is not None]
    times = [row["at"] for row in rows]
    total = math.fsum(durations)
    return {
        "metrics_count": len(rows),
        "sessions": len({row["event"]["session_id"] for row in rows} - {None}),
        "users": len({row["event"]["user_id"] for row in rows} - {None}),
        "errors": sum(row["event"]["type"] == "error_occurred" for row in rows),
        "success": success,
        "failure": failure,
        "success_rate": success / (success + failure) if success + failure else None,
        "total_duration_ms": total,
        "avg_duration_ms": total / len(durations) if durations else None,
        "min_duration_ms": min(durations, default=None),
        "max_duration_ms": max(durations, default=None),
        "p50_duration_ms": percentile(durations, 0.5),
        "p95_duration_ms": percentile(durations, 0.95),
        "p99_duration_ms": percentile(durations, 0.99),
        "tokens": sum(row["tokens"] or 0 for row in rows),
        **{
            f"{name}_tokens": sum(row[name] or 0 for row in rows)
            for name in ("input", "output", "cache_creation", "cache_read")
        },
        "cost_usd": math.fsum(costs) if costs else None,
        "first_seen": min(times).isoformat() if times else None,
        "last_seen": max(times).isoformat() if times else None,
    }


def priced_tokens(rows: list[Row]) -> int:
    """The tokens of events whose cost is known."""
    return sum(row["tokens"] or 0 for row in rows if row["cost"] is not None)


def day_start(day: datetime, zone: ZoneInfo) -> str:
    """The first instant of a local day, with its offset."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC).astimezone(zone).isoformat()


def time_keys(zone: ZoneInfo) -> dict[str, tuple[str, Callable[[Row], Any]]]:
    def wall(row: Row) -> datetime:
        return row["at"].astimezone(zone)

    def hour(row: Row) -> str:
        local = wall(row)
        elapsed = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        return (row["at"] - elapsed).astimezone(zone).isoformat()

    return {
        "hourly": ("timestamp", hour),
        "daily": ("timestamp", lambda row: day_start(wall(row), zone)),
        "weekly": (
            "week_start",
            lambda row: day_start(wall(row).replace(tzinfo=None) - timedelta(days=wall(row).weekday()), zone),
        ),
        "monthly": ("month", lambda row: day_start(wall(row).replace(day=1), zone)),
    }


OTHER_KEYS: dict[str, tuple[str, Callable[[Row], Any]]] = {
    "by_session": ("session_id", lambda row: row["event"]["session_id"]),
    "by_user": ("user_id", lambda row: row["event"]["user_id"]),
    "by_tool": ("tool", lambda row: row["tool"]),
    "by_agent": ("agent", lambda row: row["agent"]),
    "by_project": ("project_path", lambda row: row["project"]),
    "by_model": ("model", lambda row: row["model"]),
}


def series(rows: Iterable[Row], wanted: str, zone_name: str) -> list[Row]:
    """The rows of one aggregation, in its order."""
    name, key_of = {**time_keys(ZoneInfo(zone_name)), **OTHER_KEYS}[wanted]
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(key_of(row), []).append(row)
    if wanted in ("by_tool", "by_agent"):
        groups.pop(None, None)
    result = []
    for key, members in groups.items():
        shown = {name: key, **measures(members)}
        if wanted == "by_session":
            first, last = min(row["at"] for row in members), max(row["at"] for row in members)
            shown |= {"start_time": first.isoformat(), "end_time": last.isoformat()}
            shown["duration_seconds"] = (last - first).total_seconds()
        if wanted in ("by_session", "by_user", "by_project"):
            shown["tool_uses"] = dict(Counter(row["tool"] for row in members if row["tool"] is not None))
        result.append(shown)
    if wanted in OTHER_KEYS:
        return sorted(result, key=lambda row: (-row["metrics_count"], row[name] is None, row[name] or ""))
    return sorted(result, key=lambda row: datetime.fromisoformat(row[name]))
