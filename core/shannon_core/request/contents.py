"""The contents of an export: events, aggregations, reports, by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shannon_core.request.table_keys import aggregation_id


class AggregationType(StrEnum):
    """The aggregations of 0.1 (events.md §4); the ids of all are those of ``table_keys.AGGREGATIONS``."""

    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    BY_SESSION = "by_session"
    BY_USER = "by_user"
    BY_TOOL = "by_tool"
    BY_AGENT = "by_agent"
    BY_PROJECT = "by_project"


class ReportFormat(StrEnum):
    """The formats of a report, events.md §5."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    TEXT = "text"


DEFAULT_AGGREGATIONS: tuple[str, ...] = (
    AggregationType.DAILY,
    AggregationType.BY_TOOL,
    AggregationType.BY_SESSION,
)
DEFAULT_REPORTS = (ReportFormat.MARKDOWN, ReportFormat.JSON)


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of the files: events, aggregations and reports by id. An empty tuple means none."""

    raw_events: bool = True
    aggregations: tuple[str, ...] = DEFAULT_AGGREGATIONS
    reports: tuple[ReportFormat, ...] = DEFAULT_REPORTS

    def __post_init__(self) -> None:
        object.__setattr__(self, "aggregations", tuple(dict.fromkeys(map(aggregation_id, self.aggregations))))
        object.__setattr__(self, "reports", tuple(dict.fromkeys(ReportFormat(f) for f in self.reports)))
