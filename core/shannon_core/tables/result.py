"""The result of an aggregation: totals, breakdowns and rows, and their dictionary in the form of 0.1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AggregationResult:
    """Totals, breakdowns and rows of one aggregation. Durations are milliseconds, costs US dollars, instants ISO 8601.

    ``rows`` have the columns of events.md §4 in its order: the key, MEASURES, and what the aggregation adds. ``totals``
    also have the number of tokens with a cost (``priced_tokens``). ``models`` (tokens and cost of each) is for reports;
    the dictionary of 0.1 does not have it.
    """

    type: str
    start_time: datetime | None
    end_time: datetime | None
    timezone: str
    totals: Row
    by_type: dict[str, int]
    tools: dict[str, Row]
    agents: dict[str, Row]
    errors: dict[str, int]
    models: dict[str, Row]
    rows: tuple[Row, ...]

    @property
    def priced_share(self) -> float | None:
        """The fraction of the tokens whose cost is known, 0 to 1; None without tokens."""
        tokens = self.totals["tokens"]
        return self.totals["priced_tokens"] / tokens if tokens else None

    def to_dict(self) -> dict[str, Any]:
        """The result as a dictionary in the form of 0.1, ready for JSON."""
        total = self.totals
        sessions = total["sessions"]
        return {
            "type": str(self.type),
            "start_time": self.start_time and self.start_time.isoformat(),
            "end_time": self.end_time and self.end_time.isoformat(),
            "total_metrics": total["metrics_count"],
            "total_sessions": sessions,
            "total_users": total["users"],
            "total_errors": total["errors"],
            "duration_stats": {
                f"{name}_ms": total[f"{name}_duration_ms"]
                for name in ("total", "avg", "min", "max", "p50", "p95", "p99")
            },
            "token_stats": {
                "total": total["tokens"],
                "avg_per_session": total["tokens"] / sessions if sessions else None,
                **{
                    name: total[f"{name}_tokens"]
                    for name in ("input", "output", "cache_creation", "cache_read")
                },
                "cost_usd": total["cost_usd"],
                "priced": total["priced_tokens"],
                "priced_share": self.priced_share,
            },
            "success_metrics": {
                "success_count": total["success"],
                "failure_count": total["failure"],
                "success_rate": total["success_rate"],
            },
            "breakdowns": {
                "by_type": self.by_type,
                "tools": self.tools,
                "agents": self.agents,
                "errors": self.errors,
            },
            "time_series": list(self.rows),
        }
