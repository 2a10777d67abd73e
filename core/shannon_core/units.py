"""What a value is measured in. Excel, the window and the report each say how a value of a unit looks."""

from __future__ import annotations

from typing import Literal, get_args

Unit = Literal[
    "text", "instant", "outcome", "count", "tokens", "milliseconds", "seconds", "dollars", "share", "uses"
]
"""``count`` is of events, sessions, lines …; ``dollars`` are US dollars; a ``share`` is a fraction of 1; an ``outcome``
true, false or unknown; ``uses`` are counts by name."""
UNITS: tuple[Unit, ...] = get_args(Unit)
