"""The units of values. Excel, the window and the report each format a value by its unit."""

from __future__ import annotations

from typing import Literal, get_args

Unit = Literal[
    "text", "instant", "outcome", "count", "tokens", "milliseconds", "seconds", "dollars", "share", "uses"
]
"""``count`` is of events, sessions, lines …; ``dollars`` are US dollars; a ``share`` is a fraction of 1; an ``outcome``
true, false or unknown; ``uses`` are counts by name."""
UNITS: tuple[Unit, ...] = get_args(Unit)
