"""The values that a filter field has, with their counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One real value of a field and how many events have it; None for events without one."""

    value: str | None
    count: int
