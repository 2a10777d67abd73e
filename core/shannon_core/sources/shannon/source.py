"""Shannon MCP: a line for each event (spec: events.md §1)."""

from __future__ import annotations

from shannon_core.event_columns import LINE_MEMBERS
from shannon_core.sources.registry import LogLocation, SourceSpec, any_of

SHANNON = SourceSpec(
    id="shannon",
    title="Shannon MCP",
    package=__package__,
    lines="events",
    signs=any_of("id timestamp type"),
    members=frozenset(LINE_MEMBERS),
    locations=(LogLocation(("~/.shannon-mcp",), ("analytics", "metrics")),),
    is_fallback=True,
    keeps_excerpts=True,
    fills_costs=True,
)
