"""What a report says, before it is written in any format: sections of tables, headline figures and charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise, starmap
from typing import Any

from shannon_core.aggregate import AGGREGATIONS, AggregationResult
from shannon_core.figures import count, duration, money, rounded, share
from shannon_core.timeranges import in_zone

RANKED = 12
_TIMES = {
    "total": "Total",
    "avg": "Average",
    "min": "Shortest",
    "max": "Longest",
    "p50": "Median",
    "p95": "95th percentile",
    "p99": "99th percentile",
}
CHART_WIDTH, CHART_HEIGHT, BAR_WIDTH = 720, 120, 400


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a section."""

    title: str
    number: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """A table with a title; cells are texts, ready to be escaped."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def cells(self, row: Sequence[str]) -> Iterator[tuple[Column, str]]:
        """The cells of a row, each with its column."""
        return zip(self.columns, row, strict=True)

    def aligned(self) -> Iterator[str]:
        """The table as lines of text with aligned columns."""
        lines = [[column.title for column in self.columns], *self.rows]
        widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
        for line in lines:
            cells = zip(self.columns, line, widths, strict=True)
            yield "  ".join(text.rjust(w) if c.number else text.ljust(w) for c, text, w in cells).rstrip()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, in the chart's own units."""

    label: str
    value: str
    x: float
    y: float
    width: float
    height: float
    kind: str = "accent"


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with a title; ``first`` and ``last`` name the ends of a time axis."""

    title: str
    note: str
    bars: tuple[Bar, ...]
    height: int
    first: str = ""
    last: str = ""
    highest: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report says."""

    title: str
    period: str
    headline: tuple[tuple[str, str], ...]
    time_charts: tuple[Chart, ...]
    rank_charts: tuple[Chart, ...]
    sections: tuple[Section, ...]
    footer: tuple[str, ...]


def report_of(result: AggregationResult, record: Mapping[str, Any]) -> Report:
    """The report over an aggregation; ``record`` is what an export says of itself."""
    return Report(
        title="Usage report",
        period=_period(result),
        headline=tuple(_headline(result)),
        time_charts=tuple(_time_charts(result)),
        rank_charts=tuple(chart for chart in _rank_charts(result) if chart.bars),
        sections=tuple(_sections(result)),
        footer=tuple(_footer(record)),
    )


def _period(result: AggregationResult) -> str:
    total = result.totals
    ends = (result.start_time or total["first_seen"], result.end_time or total["last_seen"])
    if None in ends:
        return f"No events. Days and hours are those of {result.timezone}."
    start, end = (_wall_clock(moment, result.timezone) for moment in ends)
    return f"{start} to {end}, days and hours of {result.timezone}"


def _wall_clock(moment: datetime | str, timezone: str) -> str:
    instant = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return f"{in_zone(instant, timezone):%Y-%m-%d %H:%M}"


def _headline(result: AggregationResult) -> Iterator[tuple[str, str]]:
    total = result.totals
    yield "Events", count(total["metrics_count"])
    yield "Sessions", count(total["sessions"])
    yield "Users", count(total["users"])
    yield "Tokens", rounded(total["tokens"])
    yield "Cost", money(total["cost_usd"])
    yield "Success rate", share(total["success_rate"])
    yield "Errors", count(total["errors"])


def _sections(result: AggregationResult) -> Iterator[Section]:
    total = result.to_dict()
    times, tokens, success = total["duration_stats"], total["token_stats"], total["success_metrics"]
    yield _facts(
        "Summary",
        ("Events", count(total["total_metrics"])),
        ("Sessions", count(total["total_sessions"])),
        ("Users", count(total["total_users"])),
        ("Errors", count(total["total_errors"])),
        ("Succeeded", count(success["success_count"])),
        ("Failed", count(success["failure_count"])),
        ("Success rate", share(success["success_rate"])),
    )
    yield _facts(
        "Token usage",
        ("All tokens", count(tokens["total"])),
        ("Per session", count(tokens["avg_per_session"])),
        ("Input", count(tokens["input"])),
        ("Output", count(tokens["output"])),
        ("Cache writes", count(tokens["cache_creation"])),
        ("Cache reads", count(tokens["cache_read"])),
        ("Cost", money(tokens["cost_usd"])),
    )
    yield _facts("Performance", *((name, duration(times[f"{key}_ms"])) for key, name in _TIMES.items()))
    yield _counts("Events by type", "Type", result.by_type)
    yield _usage("Tools", "Tool", result.tools)
    yield _usage("Agents", "Agent", result.agents)
    yield _counts("Errors by type", "Error", result.errors)
    yield _series(result)


def _facts(title: str, *facts: tuple[str, str]) -> Section:
    return Section(title, (Column("Figure", number=False), Column("Value")), facts)


def _counts(title: str, name: str, counts: dict[str, int]) -> Section:
    rows = tuple((key, count(value)) for key, value in counts.items())
    return Section(title, (Column(name, number=False), Column("Events")), rows)


def _usage(title: str, name: str, usage: dict[str, dict[str, Any]]) -> Section:
    def row(key: str, fared: dict[str, Any]) -> tuple[str, ...]:
        judged = fared["success"] + fared["failure"]
        rate = share(fared["success"] / judged if judged else None)
        times = (duration(fared["total_duration_ms"]), duration(fared["avg_duration_ms"]))
        return (
            key,
            *(count(fared[part]) for part in ("count", "success", "failure", "unknown")),
            rate,
            *times,
        )

    titles = ("Uses", "Succeeded", "Failed", "Unknown", "Success rate", "Total time", "Average")
    columns = (Column(name, number=False), *map(Column, titles))
    return Section(title, columns, tuple(starmap(row, usage.items())))


def _series(result: AggregationResult) -> Section:
    key = AGGREGATIONS[result.type].key_name
    shown = {
        "Events": ("metrics_count", count),
        "Sessions": ("sessions", count),
        "Users": ("users", count),
        "Errors": ("errors", count),
        "Success rate": ("success_rate", share),
        "Average": ("avg_duration_ms", duration),
        "95 %": ("p95_duration_ms", duration),
        "Tokens": ("tokens", count),
        "Cost": ("cost_usd", money),
    }
    rows = tuple(
        (_key(result, row[key]), *(spell(row[name]) for name, spell in shown.values())) for row in result.rows
    )
    title = key.replace("_", " ").capitalize()
    return Section("Time series", (Column(title, number=False), *map(Column, shown)), rows)


def _key(result: AggregationResult, key: str | None) -> str:
    if key is None:
        return "(none)"
    return key.removesuffix("T00:00:00" + key[19:]) if AGGREGATIONS[result.type].is_time_series else key


def _time_charts(result: AggregationResult) -> Iterator[Chart]:
    if AGGREGATIONS[result.type].is_time_series and result.rows:
        for title, name in (
            ("Events over time", "metrics_count"),
            ("Tokens over time", "tokens"),
            ("Errors over time", "errors"),
        ):
            yield _columns_chart(result, title, name)


def _columns_chart(result: AggregationResult, title: str, name: str) -> Chart:
    """Columns at their place in time, so that days without events are gaps."""
    key = AGGREGATIONS[result.type].key_name
    highest = max(row[name] for row in result.rows)
    starts = [datetime.fromisoformat(row[key]).timestamp() for row in result.rows]
    step = min((after - before for before, after in pairwise(starts)), default=1.0)
    scale = CHART_WIDTH / (starts[-1] - starts[0] + step)
    bars = []
    for start, row in zip(starts, result.rows, strict=True):
        height = round(CHART_HEIGHT * row[name] / highest, 1) if highest else 0
        label = f"{_key(result, row[key])}: {count(row[name])}"
        kind = "danger" if name == "errors" else "accent"
        x, width = round((start - starts[0]) * scale, 2), round(min(step * scale * 0.8, 48), 2)
        bars.append(Bar(label, "", x, round(150 - height, 1), width, height, kind))
    first, last = (_key(result, result.rows[place][key]) for place in (0, -1))
    return Chart(title, f"{result.type}, {result.timezone}", tuple(bars), 180, first, last, count(highest))


def _rank_charts(result: AggregationResult) -> Iterator[Chart]:
    yield _bars_chart("Tools by uses", {name: row["count"] for name, row in result.tools.items()}, count)
    yield _bars_chart("Errors by type", result.errors, count, "danger")
    costs = {name: row["cost_usd"] for name, row in result.models.items() if row["cost_usd"]}
    yield _bars_chart("Cost by model", costs, money)
    yield _bars_chart(
        "Tokens by model",
        {name: row["tokens"] for name, row in result.models.items() if row["tokens"]},
        count,
    )


def _bars_chart(title: str, values: Mapping[str, float], spell: Any, kind: str = "accent") -> Chart:
    ranked = sorted(values.items(), key=lambda item: -item[1])[:RANKED]
    highest = max((value for _, value in ranked), default=0) or 1
    bars = tuple(
        Bar(name, spell(value), 0, place * 24, round(BAR_WIDTH * value / highest, 1), 16, kind)
        for place, (name, value) in enumerate(ranked)
    )
    note = f"the first {RANKED} of {len(values)}" if len(values) > RANKED else ""
    return Chart(title, note, bars, 24 * len(bars))


def _footer(record: Mapping[str, Any]) -> Iterator[str]:
    if record.get("filters"):
        yield f"Filters: {'; '.join(f'{name} = {value}' for name, value in record['filters'].items())}."
    if "exported_at" in record:
        yield f"Written {record['exported_at']} from {', '.join(record['sources'])}."
        yield f"{record['rejected_lines']:,} lines could not be read, {record['pending_lines']:,} were still being written."
