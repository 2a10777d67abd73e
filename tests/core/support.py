"""Small helpers of the core's tests: logs on the disk, and exports of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from shannon_core.jobs.progress import Failed, FileWritten, Finished, ProgressEvent, Terminal
from shannon_core.request.export_request import Contents, Encoding, ExportFormat, ExportRequest
from shannon_core.request.selection import Selection
from shannon_core.session import Session

EVENTS_ONLY = Contents(aggregations=(), reports=())


def event(number: int = 1, **members: Any) -> dict[str, Any]:
    """A valid event; members replace or add to it."""
    plain: dict[str, Any] = {
        "id": f"e{number}",
        "timestamp": f"2026-03-01T10:00:{number % 60:02}+00:00",
        "type": "tool_use",
        "session_id": "s1",
        "user_id": "u1",
        "data": {"tool_name": "Bash", "duration_ms": 12.5, "success": True},
        "metadata": {},
    }
    return {**plain, **members}


def write_log(
    folder: Path, lines: Iterable[dict[str, Any] | str | bytes], name: str = "metrics_1.jsonl"
) -> Path:
    """A log file with these lines, each ended by LF."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    raw = [
        line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode()
        for line in lines
    ]
    path.write_bytes(b"".join(line + b"\n" for line in raw))
    return path


async def events_of(job: Any) -> list[ProgressEvent]:
    """Everything that a job says."""
    return [event async for event in job]


class Reading:
    """An open session over a folder that was read."""

    def __init__(self, session: Session, said: list[ProgressEvent]) -> None:
        self.session = session
        self.said = said

    @classmethod
    async def of(cls, *sources: Path) -> Reading:
        session = await Session.open(tuple(str(source) for source in sources), keep=False)
        return cls(session, await events_of(session.read()))

    async def rows(self, selection: Selection | None = None) -> list[dict[str, Any]]:
        """All rows of the preview."""
        return (await self.session.preview(selection or Selection(), 0, 100_000)).to_pylist()

    async def reasons(self) -> dict[int, str]:
        """The reason of each rejected line, by its number."""
        return {row["line"]: row["reason"] for row in (await self.session.rejects()).to_pylist()}

    async def export(self, target: Path, wanted: ExportFormat, **changes: Any) -> Path:
        """The file that an export of everything wrote."""
        request = ExportRequest(
            self.session.sources, str(target), (wanted,), contents=EVENTS_ONLY, encoding=Encoding()
        )
        said = await events_of(self.session.export(replace(request, **changes)))
        assert isinstance(said[-1], Finished), said[-1]
        return next(Path(item.path) for item in said if isinstance(item, FileWritten))


def terminal_of(said: list[ProgressEvent]) -> Terminal:
    """The one event that ended a stream."""
    ends = [item for item in said if isinstance(item, Terminal)]
    assert len(ends) == 1
    assert said[-1] is ends[0]
    return ends[0]


__all__ = ["EVENTS_ONLY", "Failed", "Reading", "event", "events_of", "terminal_of", "write_log"]
