"""Events as the Shannon MCP server logs them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from harness.log_files import as_lines, json_line

Event = dict[str, Any]
MINUTE = "2026-01-02T03:04:{:02d}Z"


def event(number: int = 1, type: str = "tool_use", **members: Any) -> Event:  # noqa: A002 – the member's name
    """An event with its required members only; ``members`` replace or add."""
    return {"id": f"e{number}", "timestamp": MINUTE.format(number % 60), "type": type, **members}


def full_event(number: int = 1, **members: Any) -> Event:
    """An event (the use of a tool) with all members that every event can have; ``members`` replace or add."""
    return {
        "id": f"e{number}",
        "timestamp": f"2026-03-01T10:00:{number % 60:02}+00:00",
        "type": "tool_use",
        "session_id": "s1",
        "user_id": "u1",
        "data": {"tool_name": "Bash", "duration_ms": 12.5, "success": True},
        "metadata": {},
        **members,
    }


def line(number: int = 1, **members: Any) -> bytes:
    """An event as a line of a log, without its line end."""
    return json_line(event(number, **members))


def lines(numbers: Iterable[int]) -> bytes:
    """Events as a whole log."""
    return as_lines(event(number) for number in numbers)
