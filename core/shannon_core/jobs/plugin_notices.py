"""Notices about entry points of installed packages that cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shannon_core.files.path_text import printable
from shannon_core.jobs.progress import Notice
from shannon_core.messages.texts import Values
from shannon_core.plugins import Registry


def plugin_notices(registry: Registry[Any]) -> Iterator[Notice]:
    """A warning for each problem that the registry has met so far."""
    for problem in registry.problems():
        package, reason = printable(problem.package), printable(problem.reason)
        if problem.id:
            values: Values = {"entry": printable(problem.id), "package": package, "reason": reason}
            yield Notice("entry_point_broken", values)
        else:
            yield Notice("entry_points_unreadable", {"package": package, "reason": reason})
