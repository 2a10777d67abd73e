"""The order of events in a preview. Files are always in the order of time."""

from __future__ import annotations

from dataclasses import dataclass

from shannon_core.errors import RequestError
from shannon_core.event_columns import COLUMNS

SORTED_ROWS = 10_000
"""Rows of a preview by another column than time: DuckDB finds the first of ten million quickly, but does not sort
all."""

SORTABLE = tuple(column.name for column in COLUMNS if column.is_public and not column.is_json)


@dataclass(frozen=True, slots=True)
class Order:
    """An order by one column; nulls are last in both directions, and equal values are in the order of time."""

    column: str = "timestamp"
    descending: bool = False

    def __post_init__(self) -> None:
        if self.column not in SORTABLE:
            raise RequestError("sort_column_unknown", column=self.column, columns=SORTABLE)

    @property
    def is_by_time(self) -> bool:
        """Whether it is by time: then a preview has every row."""
        return self.column == "timestamp"


BY_TIME = Order()
"""The order of every export."""
