"""The content of a report, independent of its format: sections of tables, headline figures and charts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import starmap
from typing import Any

from shannon_core.report.charts import RANKED, Chart, key_text, rank_charts, time_charts
from shannon_core.report.number_format import count, duration, money, part, rounded, share
from shannon_core.request.measures import MEASURES
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_core.request.time_range import in_zone
from shannon_core.tables.result import AggregationResult
from shannon_core.units import Unit

_TIMES = {
    "total": "Total",
    "avg": "Average",
    "min": "Shortest",
    "max": "Longest",
    "p50": "Median",
    "p95": "95th percentile",
    "p99": "99th percentile",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a section; ``number`` aligns it to the right."""

    title: str
    number: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """A table with a title; cells are texts, ready to be escaped."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    is_facts: bool = False
    """Names and values, shown without column headings."""

    @property
    def is_list(self) -> bool:
        """Whether it is a short list of counts, which fits beside another one."""
        return not self.is_facts and len(self.columns) == 2 and len(self.rows) <= RANKED

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
class Report:
    """The content of a report, as texts ready to be escaped."""

    title: str
    period: str
    filters: str
    headline: tuple[tuple[str, str], ...]
    time_charts: tuple[Chart, ...]
    rank_charts: tuple[Chart, ...]
    sections: tuple[Section, ...]
    footer: tuple[str, ...]


def report_of(result: AggregationResult, metadata: Mapping[str, Any]) -> Report:
    """The report over an aggregation; ``metadata`` are those of its export (outputs.md §0), or only its filters."""
    return Report(
        title="Usage report",
        period=_period(result),
        filters=_filters(metadata.get("filters") or {}),
        headline=tuple(_headline(result)),
        time_charts=tuple(chart for chart in time_charts(result) if chart.bars),
        rank_charts=tuple(chart for chart in rank_charts(result) if chart.bars),
        sections=tuple(_sections(result)),
        footer=(*_unknown_costs(result), *_footer(metadata)),
    )


def _period(result: AggregationResult) -> str:
    total = result.totals
    ends = (result.start_time or total["first_seen"], result.end_time or total["last_seen"])
    if None in ends:
        return f"No events. Days and hours are those of {result.timezone}."
    start, end = (_wall_clock(moment, result.timezone) for moment in ends)
    return f"{start} to {end}, days and hours of {result.timezone}"


def _filters(metadata: Mapping[str, Any]) -> str:
    terms = []
    for name, values in metadata.items():
        wanted = ", ".join(values) if isinstance(values, list | tuple) else str(values)
        terms.append(f"{name.removeprefix('!')} {'is not' if name.startswith('!') else 'is'} {wanted}")
    return f"Only events whose {'; '.join(terms)}" if terms else ""


def _wall_clock(moment: datetime | str, timezone: str) -> str:
    instant = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return f"{in_zone(instant, timezone):%Y-%m-%d %H:%M}"


def _headline(result: AggregationResult) -> Iterator[tuple[str, str]]:
    total = result.totals
    yield "Events", count(total["metrics_count"])
    yield "Sessions", count(total["sessions"])
    yield "Users", count(total["users"])
    yield "Tokens", rounded(total["tokens"])
    whole = result.priced_share in (None, 1) or total["cost_usd"] is None
    yield "Cost" if whole else f"Cost of {part(result.priced_share)} of tokens", money(total["cost_usd"])
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
        ("Tokens with a known cost", part(tokens["priced_share"])),
    )
    yield _facts("Performance", *((name, duration(times[f"{key}_ms"])) for key, name in _TIMES.items()))
    yield _counts("Events by type", "Type", result.by_type)
    yield _usage("Tools", "Tool", result.tools)
    yield _usage("Agents", "Agent", result.agents)
    yield _counts("Errors by type", "Error", result.errors)
    yield _series(result)


def _facts(title: str, *facts: tuple[str, str]) -> Section:
    return Section(title, (Column("Figure", number=False), Column("Value")), facts, is_facts=True)


def _counts(title: str, name: str, counts: dict[str, int]) -> Section:
    rows = tuple((key, count(value)) for key, value in counts.items())
    return Section(title, (Column(name, number=False), Column("Events")), rows)


def _usage(title: str, name: str, usage: dict[str, dict[str, Any]]) -> Section:
    def row(key: str, outcomes: dict[str, Any]) -> tuple[str, ...]:
        decided = outcomes["success"] + outcomes["failure"]
        rate = share(outcomes["success"] / decided if decided else None)
        times = (duration(outcomes["total_duration_ms"]), duration(outcomes["avg_duration_ms"]))
        return (
            key,
            *(count(outcomes[part]) for part in ("count", "success", "failure", "unknown")),
            rate,
            *times,
        )

    titles = ("Uses", "Succeeded", "Failed", "Unknown", "Success rate", "Total time", "Average")
    columns = (Column(name, number=False), *map(Column, titles))
    return Section(title, columns, tuple(starmap(row, usage.items())))


FIGURES: dict[Unit, Callable[[Any], str]] = {
    "count": count,
    "tokens": count,
    "share": share,
    "milliseconds": duration,
    "dollars": money,
}
"""The number format of each unit in the rows of a report."""


def _series(result: AggregationResult) -> Section:
    key = AGGREGATIONS[result.type]
    shown = [measure for measure in MEASURES.values() if measure.in_report]
    rows = tuple(
        (key_text(result, row[key.column]), *(FIGURES[item.unit](row[item.id]) for item in shown))
        for row in result.rows
    )
    columns = (Column(key.column_heading, number=False), *(Column(item.title) for item in shown))
    return Section("Time series", columns, rows)


def _unknown_costs(result: AggregationResult) -> Iterator[str]:
    names = [name for name, row in result.models.items() if row["tokens"] and row["cost_usd"] is None]
    more = f" and {len(names) - RANKED:,} more" if len(names) > RANKED else ""
    if names:
        yield f"Not in the cost, because no cost is known: {', '.join(names[:RANKED])}{more}."


def _footer(metadata: Mapping[str, Any]) -> Iterator[str]:
    if "exported_at" in metadata:
        yield f"Written {metadata['exported_at']} from {', '.join(metadata['sources'])}."
        rejected, pending = metadata["rejected_lines"], metadata["pending_lines"]
        yield f"{rejected:,} lines could not be read, {pending:,} were still being written."
