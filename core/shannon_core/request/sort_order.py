"""In which order events are looked at. Files are always in the order of time."""

from __future__ import annotations

from dataclasses import dataclass

from shannon_core.errors import RequestError
from shannon_core.event_columns import COLUMNS

SORTED_ROWS = 10_000
"""Sorted by another column than time, so many rows can be looked at: the first ones of ten million are found at once,
all of them are not."""

SORTABLE = tuple(column.name for column in COLUMNS if column.is_public and not column.is_json)


@dataclass(frozen=True, slots=True)
class Order:
    """By one column; nulls come last either way, and equal values are in the order of time."""

    column: str = "timestamp"
    descending: bool = False

    def __post_init__(self) -> None:
        if self.column not in SORTABLE:
            raise RequestError("sort_column_unknown", column=self.column, columns=SORTABLE)

    @property
    def is_by_time(self) -> bool:
        """Whether every row can be looked at."""
        return self.column == "timestamp"


BY_TIME = Order()
"""The order of every export."""
