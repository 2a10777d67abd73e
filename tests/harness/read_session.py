"""Reading, asking and exporting through a session, as both front ends do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.jobs import events_of
from harness.workbench import EVENTS_ONLY
from shannon_core.jobs.progress import FileWritten, Finished, ProgressEvent
from shannon_core.request.export_request import ExportRequest
from shannon_core.request.selection import Selection
from shannon_core.session import Session


class ReadSession:
    """An open session over sources that were read; ``events`` are those of the reading."""

    def __init__(self, session: Session, events: list[ProgressEvent]) -> None:
        self.session = session
        self.events = events

    @classmethod
    async def of(cls, *sources: Path | str) -> ReadSession:
        """Read these sources into a store that is not kept; close ``session`` afterwards."""
        session = await Session.open(tuple(str(source) for source in sources), keep=False)
        return cls(session, await events_of(session.read()))

    async def rows(self, selection: Selection | None = None) -> list[dict[str, Any]]:
        """All rows of the preview."""
        return (await self.session.preview(selection or Selection(), 0, 100_000)).to_pylist()

    async def export(self, target: Path, wanted: str, **changes: Any) -> Path:
        """The file that an export of all events wrote; ``changes`` are fields of the request."""
        request = ExportRequest(self.session.sources, str(target), (wanted,), contents=EVENTS_ONLY)
        events = await events_of(self.session.export(replace(request, **changes)))
        assert isinstance(events[-1], Finished), events[-1]
        return next(Path(item.path) for item in events if isinstance(item, FileWritten))
