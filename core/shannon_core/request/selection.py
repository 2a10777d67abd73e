"""The selection of events: a time range, filters and words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shannon_core.errors import RequestError
from shannon_core.request.filter_fields import FILTER_FIELDS
from shannon_core.request.time_range import TimeRange


@dataclass(frozen=True, slots=True)
class EventFilter:
    """One field that must be (or with ``negated`` must not be) one of ``values``.

    A null never equals a value, so that a negated filter keeps it. ``success`` takes true, false and unknown.
    """

    field: str
    values: tuple[str, ...]
    negated: bool = False

    def __post_init__(self) -> None:
        if self.field not in FILTER_FIELDS:
            raise RequestError("filter_field_unknown", field=self.field, fields=tuple(FILTER_FIELDS))
        object.__setattr__(self, "values", tuple(dict.fromkeys(self.values)))
        known = [value.id for value in FILTER_FIELDS[self.field].values]
        if known and not set(self.values) <= set(known):
            raise RequestError("outcome_unknown", values=self.values, outcomes=tuple(known))


@dataclass(frozen=True, slots=True)
class Selection:
    """Selects events by a time range, filters that must all hold, and words that ``data`` contains, ignoring case."""

    time_range: TimeRange = field(default_factory=TimeRange)
    filters: tuple[EventFilter, ...] = ()
    text: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "filters", tuple(item for item in self.filters if item.values))

    def filters_metadata(self) -> dict[str, Any]:
        """The filters for the metadata of exports: ``{field: [values]}``, negated ones under ``!field``."""
        metadata: dict[str, Any] = {}
        for item in self.filters:
            metadata.setdefault(f"!{item.field}" if item.negated else item.field, []).extend(item.values)
        if self.text:
            metadata["text"] = self.text
        return metadata
