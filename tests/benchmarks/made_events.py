"""Folders of events to measure with: the same bytes for the same number, about 300 an event, made as fast as the disk
takes them.

Types, members and their frequencies are those of a person's real use: mostly tools and tokens, 180 days, forty users,
sessions of some four hundred events, lines nearly but not quite in the order of time.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

DAYS = 180
EVENTS_PER_FILE = 100_000
DATA_KEYS = (
    *("agent_id", "checkpoint_id", "command_name", "completion_tokens", "duration_ms", "duration_seconds"),
    *("error_message", "error_type", "files_changed", "hook", "input_size", "matched", "model", "operation"),
    *("output_size", "project_path", "prompt_tokens", "stack_trace", "success", "task", "token_count"),
    *("tool_name", "total_tokens"),
)
"""All members that ``data`` has in some event, sorted."""

_MACROS = Path(__file__).with_suffix(".sql")
_AS_THEY_ARE = r"(FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01')"


def make_events(folder: Path, events: int) -> Path:
    """Write ``count`` events below the folder, one file for each EVENTS_PER_FILE but at least ten; the folder."""
    logs = folder / "metrics"
    logs.mkdir(parents=True)
    per_file = min(EVENTS_PER_FILE, -(-events // 10))
    step = DAYS * 86_400_000_000 / events
    with duckdb.connect() as connection:
        connection.execute(_MACROS.read_text(encoding="utf-8"))
        for number, first in enumerate(range(0, events, per_file)):
            path = str(logs / f"metrics_{number:04d}.jsonl").replace("'", "''")
            lines = f"FROM lines({first}, {min(first + per_file, events)}, {events}, {step})"
            connection.execute(f"COPY ({lines}) TO '{path}' {_AS_THEY_ARE}")
    return folder
