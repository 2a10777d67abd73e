"""The charts of a report as bars and texts with their positions; the template draws them as SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from shannon_core.report.number_format import count, money, rounded
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_core.tables.result import AggregationResult

RANKED = 12
"""Bars of a ranking, and rows of a short list: they fit beside each other on a page."""
CHART_WIDTH, CHART_HEIGHT = 720, 96
CHART_TOP = 20
"""Space above the columns for the value of the highest, in the units of the chart."""
BAR_LEFT, BAR_WIDTH, BAR_STEP = 156, 120, 22
_TICKS = 5
"""Labels below a time axis: dates of 16 characters do not touch each other."""
_SOLID = 4.0
"""Narrower columns have no gap between them: gaps below a pixel would flicker."""


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
class Tick:
    """A text below a time axis; ``anchor`` is SVG's ``text-anchor``: the part of the text that is at ``x``."""

    label: str
    x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with a title. ``ticks`` and ``highest`` belong to a chart over time."""

    title: str
    note: str
    bars: tuple[Bar, ...]
    height: int
    ticks: tuple[Tick, ...] = ()
    highest: str = ""


def time_charts(result: AggregationResult) -> Iterator[Chart]:
    """Charts of events, tokens and errors over time; none without rows, or where the aggregation is not over time."""
    if AGGREGATIONS[result.type].is_time and result.rows:
        for title, name in (
            ("Events over time", "metrics_count"),
            ("Tokens over time", "tokens"),
            ("Errors over time", "errors"),
        ):
            yield _columns_chart(result, title, name)


def _columns_chart(result: AggregationResult, title: str, name: str) -> Chart:
    """Columns at their position in time, so that days without events are gaps; none where all of them are 0."""
    highest = max(row[name] for row in result.rows)
    key = AGGREGATIONS[result.type].column
    starts = [datetime.fromisoformat(row[key]).timestamp() for row in result.rows]
    step = min((after - before for before, after in pairwise(starts)), default=1.0)
    scale = CHART_WIDTH / (starts[-1] - starts[0] + step)
    places = [round((start - starts[0]) * scale, 2) for start in starts]
    width = min(step * scale, 60)
    width = round(width * 0.8 if width >= _SOLID else width + 0.3, 2)
    bars = []
    for x, row in zip(places, result.rows, strict=True):
        if row[name]:
            height = max(1.0, round(CHART_HEIGHT * row[name] / highest, 1))
            label = f"{key_text(result, row[key])}: {count(row[name])}"
            y = round(CHART_TOP + CHART_HEIGHT - height, 1)
            bars.append(Bar(label, "", x, y, width, height, "danger" if name == "errors" else "accent"))
    ticks = tuple(_ticks(places, [_tick(result.type, row[key]) for row in result.rows], width))
    note = f"{result.type}, {result.timezone}"
    return Chart(title, note, tuple(bars), CHART_TOP + CHART_HEIGHT + 24, ticks, rounded(highest))


def _ticks(places: Sequence[float], labels: Sequence[str], width: float) -> Iterator[Tick]:
    """Labels of the columns nearest to evenly spread positions, each column once."""
    wanted = [CHART_WIDTH * number / (_TICKS - 1) for number in range(_TICKS)]
    chosen = {min(range(len(places)), key=lambda place: abs(places[place] - x)) for x in wanted}
    last = -math.inf
    for place in sorted(chosen):
        if places[place] - last >= CHART_WIDTH / (2 * _TICKS):
            last = places[place]
            if last < CHART_WIDTH / (2 * _TICKS):
                yield Tick(labels[place], last, "start")
            elif last > CHART_WIDTH * (1 - 1 / (2 * _TICKS)):
                yield Tick(labels[place], CHART_WIDTH, "end")
            else:
                yield Tick(labels[place], round(last + width / 2, 2), "middle")


def _tick(kind: str, key: str) -> str:
    bucket = AGGREGATIONS[kind].bucket
    if bucket == "hour":
        return key[5:16].replace("T", " ")
    return key[:7] if bucket == "month" else key[:10]


def rank_charts(result: AggregationResult) -> Iterator[Chart]:
    """Charts of the tools, errors and models with the largest values."""
    yield _bars_chart("Tools by uses", {name: row["count"] for name, row in result.tools.items()}, count)
    yield _bars_chart("Errors by type", result.errors, count, "danger")
    costs = {name: row["cost_usd"] for name, row in result.models.items() if row["cost_usd"]}
    yield _bars_chart("Cost by model", costs, money)
    tokens = {name: row["tokens"] for name, row in result.models.items() if row["tokens"]}
    yield _bars_chart("Tokens by model", tokens, rounded)


def _bars_chart(
    title: str, values: Mapping[str, float], spell: Callable[[float], str], kind: str = "accent"
) -> Chart:
    ranked = sorted(values.items(), key=lambda item: -item[1])[:RANKED]
    highest = max((value for _, value in ranked), default=0) or 1
    bars = tuple(
        Bar(
            name,
            spell(value),
            BAR_LEFT,
            place * BAR_STEP,
            max(1.0, round(BAR_WIDTH * value / highest, 1)),
            14,
            kind,
        )
        for place, (name, value) in enumerate(ranked)
    )
    note = f"the first {RANKED} of {len(values)}" if len(values) > RANKED else ""
    return Chart(title, note, bars, BAR_STEP * len(bars))


def key_text(result: AggregationResult, key: str | None) -> str:
    """The key of a row as text; the start of a day without its time."""
    if key is None:
        return "(none)"
    return key.removesuffix("T00:00:00" + key[19:]) if AGGREGATIONS[result.type].is_time else key
