"""The measures of tables: one entry for each with its unit, its titles, and its SQL.

Tables are computed from rollups: small tables of groups, each from one scan of the events. ``bases`` are the aggregates
that a rollup has of each group; ``sql`` computes the measure from them for any union of groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from shannon_core.translation import translatable
from shannon_core.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column of a table: ``title`` in the window and in reports, ``heading`` in Excel, ``id`` in other files."""

    id: str
    title: str
    heading: str
    unit: Unit
    on_screen: bool = False
    """Whether the window shows it by default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(TableColumn):
    """One measure.

    It is computed by ``sql``, as the number of different values of ``distinct``, or as a ``quantile``.
    """

    bases: tuple[tuple[str, str], ...] = ()
    """Names and SQL aggregates over the events of a group; other measures may use them too."""
    reads: tuple[str, ...] = ()
    """The columns of the events that the bases read."""
    sql: str = ""
    """The aggregate over groups."""
    distinct: str = ""
    quantile: float | None = None
    """The quantile of ``duration_ms``, exact, interpolated between neighbours (Hyndman–Fan type 7)."""
    adds_up: bool = False
    """Whether the rows of a table add up to the total, provided that each event is in one row."""
    in_report: bool = False
    """Whether the rows of a report show it."""
    has_bar: bool = False
    """Whether the window draws a bar behind it."""


def _count(condition: str) -> str:
    return f"count(*) FILTER (WHERE {condition})"


def _tokens(name: str, title: str, heading: str, *, is_main: bool = False) -> Measure:
    return Measure(
        id=name,
        title=title,
        heading=heading,
        unit="tokens",
        bases=((name, f"sum({name})"),),
        reads=(name,),
        sql=f"coalesce(sum({name}), 0)::HUGEINT",
        adds_up=True,
        on_screen=is_main,
        in_report=is_main,
        has_bar=is_main,
    )


def _quantile(name: str, title: str, quantile: float, *, in_report: bool = False) -> Measure:
    return Measure(
        id=f"{name}_duration_ms",
        title=title,
        heading=f"{name.capitalize()} duration (ms)",
        unit="milliseconds",
        quantile=quantile,
        on_screen=in_report,
        in_report=in_report,
    )


# fsum compensates rounding, so that a total does not depend on the order of a million additions
_MEASURES = (
    Measure(
        id="metrics_count",
        title=translatable("Events"),
        heading="Metrics count",
        unit="count",
        bases=(("events", "count(*)"),),
        sql="coalesce(sum(events), 0)::BIGINT",
        adds_up=True,
        in_report=True,
        has_bar=True,
        on_screen=True,
    ),
    Measure(
        id="sessions",
        title=translatable("Sessions"),
        heading="Sessions",
        unit="count",
        distinct="session",
        in_report=True,
        on_screen=True,
    ),
    Measure(
        id="users",
        title=translatable("Users"),
        heading="Users",
        unit="count",
        distinct="user_id",
        in_report=True,
        on_screen=True,
    ),
    Measure(
        id="errors",
        title=translatable("Errors"),
        heading="Errors",
        unit="count",
        bases=(("errors", _count("type = 'error_occurred'")),),
        reads=("type",),
        sql="coalesce(sum(errors), 0)::BIGINT",
        adds_up=True,
        in_report=True,
        has_bar=True,
        on_screen=True,
    ),
    Measure(
        id="success",
        title=translatable("Succeeded"),
        heading="Success",
        unit="count",
        bases=(("success", _count("success")),),
        reads=("success",),
        sql="coalesce(sum(success), 0)::BIGINT",
        adds_up=True,
    ),
    Measure(
        id="failure",
        title=translatable("Failed"),
        heading="Failure",
        unit="count",
        bases=(("failure", _count("NOT success")),),
        reads=("success",),
        sql="coalesce(sum(failure), 0)::BIGINT",
        adds_up=True,
    ),
    Measure(
        id="success_rate",
        title=translatable("Success rate"),
        heading="Success rate",
        unit="share",
        sql="sum(success) / nullif(sum(success) + sum(failure), 0)",
        in_report=True,
        on_screen=True,
    ),
    Measure(
        id="total_duration_ms",
        title=translatable("Total time"),
        heading="Total duration (ms)",
        unit="milliseconds",
        bases=(("duration_ms", "fsum(duration_ms)"),),
        reads=("duration_ms",),
        sql="coalesce(fsum(duration_ms), 0)",
        adds_up=True,
        has_bar=True,
        on_screen=True,
    ),
    Measure(
        id="avg_duration_ms",
        title=translatable("Average"),
        heading="Avg duration (ms)",
        unit="milliseconds",
        bases=(("timed", "count(duration_ms)"),),
        sql="fsum(duration_ms) / nullif(sum(timed), 0)",
        in_report=True,
        on_screen=True,
    ),
    Measure(
        id="min_duration_ms",
        title=translatable("Shortest"),
        heading="Min duration (ms)",
        unit="milliseconds",
        bases=(("min_duration_ms", "min(duration_ms)"),),
        sql="min(min_duration_ms)",
    ),
    Measure(
        id="max_duration_ms",
        title=translatable("Longest"),
        heading="Max duration (ms)",
        unit="milliseconds",
        bases=(("max_duration_ms", "max(duration_ms)"),),
        sql="max(max_duration_ms)",
    ),
    _quantile("p50", translatable("Median"), 0.5),
    _quantile("p95", translatable("95 %"), 0.95, in_report=True),
    _quantile("p99", translatable("99 %"), 0.99),
    _tokens("tokens", translatable("Tokens"), "Tokens", is_main=True),
    _tokens("input_tokens", translatable("Input"), "Input tokens"),
    _tokens("output_tokens", translatable("Output"), "Output tokens"),
    _tokens("cache_creation_tokens", translatable("Cache writes"), "Cache creation tokens"),
    _tokens("cache_read_tokens", translatable("Cache reads"), "Cache read tokens"),
    Measure(
        id="cost_usd",
        title=translatable("Cost"),
        heading="Cost (USD)",
        unit="dollars",
        bases=(
            ("cost_usd", "fsum(cost_usd)"),
            ("priced_tokens", "sum(tokens) FILTER (WHERE cost_usd IS NOT NULL)"),
        ),
        reads=("cost_usd", "tokens"),
        sql="fsum(cost_usd)",
        adds_up=True,
        in_report=True,
        has_bar=True,
        on_screen=True,
    ),
    Measure(
        id="first_seen",
        title=translatable("First (UTC)"),
        heading="First seen",
        unit="instant",
        bases=(("first_seen", "min(timestamp)"),),
        reads=("timestamp",),
        sql="min(first_seen)",
    ),
    Measure(
        id="last_seen",
        title=translatable("Last (UTC)"),
        heading="Last seen",
        unit="instant",
        bases=(("last_seen", "max(timestamp)"),),
        reads=("timestamp",),
        sql="max(last_seen)",
        on_screen=True,
    ),
)
MEASURES = MappingProxyType({measure.id: measure for measure in _MEASURES})
"""By id, in the order of a row. ``tokens`` is the events' ``token_count``."""

START_AND_END = (
    TableColumn(id="start_time", title=translatable("Start (UTC)"), heading="Start time", unit="instant"),
    TableColumn(id="end_time", title=translatable("End (UTC)"), heading="End time", unit="instant"),
    TableColumn(
        id="duration_seconds",
        title=translatable("Span"),
        heading="Duration seconds",
        unit="seconds",
        on_screen=True,
    ),
)
"""Further columns of the rows of sessions."""
TOOL_USES = TableColumn(id="tool_uses", title=translatable("Tools"), heading="Tool uses", unit="uses")
"""The number of uses of each tool, the most used first."""
