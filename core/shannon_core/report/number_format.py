"""Figures of a report as text: grouped, rounded, with units; an unknown figure is a dash, never 0."""

from __future__ import annotations

import math

NOTHING = "–"


def count(value: float | None) -> str:
    """A whole number with grouping."""
    return NOTHING if value is None else f"{value:,.0f}"


def rounded(value: float) -> str:
    """A large number in three significant figures, exact below ten thousand."""
    for unit, name in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")):
        if value >= max(unit, 1e4):
            return f"{value / unit:.3g} {name}" if value / unit < 999.5 else f"{value / unit:,.0f} {name}"
    return count(value)


def share(value: float | None) -> str:
    """A ratio (0 to 1) in per cent."""
    return NOTHING if value is None else f"{value:.1%}"


def part(value: float | None) -> str:
    """A ratio (0 to 1) in per cent, rounded down: 100 % only where it is 1."""
    return NOTHING if value is None else f"{math.floor(value * 1000 + 1e-9) / 10:.1f}%"


def money(value: float | None) -> str:
    """US dollars; an unknown amount is a dash."""
    return NOTHING if value is None else f"${value:,.2f}"


def duration(milliseconds: float | None) -> str:
    """A duration in milliseconds as text, in the unit that fits."""
    if milliseconds is None:
        return NOTHING
    if milliseconds < 1000:
        return f"{milliseconds:.3g} ms" if milliseconds < 10 else f"{milliseconds:.0f} ms"
    seconds = milliseconds / 1000
    if seconds < 60:
        return f"{seconds:.2f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes < 60 else f"{minutes // 60:,} h {minutes % 60:02} min"
