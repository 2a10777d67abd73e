"""Past exports: when, what, and the outcome of each, so that one can be repeated."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from shannon_core.jobs.progress import Cancelled, Failed, Finished, Terminal
from shannon_core.request.export_request import ExportRequest
from shannon_gui.storage.json_file import JsonFile

HISTORY_VERSION = 1
MOST = 100
"""Entries that are kept; older ones are dropped."""
Outcome = Literal["finished", "errors", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class PastExport:
    """One export.

    ``at`` has a zone; ``paths`` are the files that were complete; ``problem`` says why others were not.
    """

    at: datetime
    request: ExportRequest
    outcome: Outcome
    events: int
    paths: tuple[str, ...]
    problem: str = ""

    @classmethod
    def of(
        cls, at: datetime, request: ExportRequest, end: Terminal, events: int, paths: tuple[str, ...]
    ) -> PastExport:
        """An entry for the export that ended with this event."""
        match end:
            case Finished(failures=failures):
                return cls(at, request, "errors" if failures else "finished", events, paths)
            case Cancelled():
                return cls(at, request, "cancelled", events, paths)
            case Failed():
                return cls(at, request, "failed", events, paths, end.title)


class History(QObject):
    """The entries, newest first, at most MOST."""

    changed = Signal()

    def __init__(self, kept: JsonFile) -> None:
        super().__init__()
        self._kept = kept
        self._past: tuple[PastExport, ...] = ()
        kept.load(self._read)

    def all(self) -> tuple[PastExport, ...]:
        """All entries, newest first."""
        return self._past

    def add(self, export: PastExport) -> None:
        """Add an entry, and drop the oldest beyond MOST."""
        self._set((export, *self._past)[:MOST])

    def clear(self) -> None:
        """Remove all entries."""
        self._set(())

    def _set(self, past: tuple[PastExport, ...]) -> None:
        self._past = past
        exports = [
            {
                "at": item.at.isoformat(),
                "outcome": item.outcome,
                "events": item.events,
                "paths": list(item.paths),
                "problem": item.problem,
                "request": json.loads(item.request.to_json()),
            }
            for item in past
        ]
        self._kept.save({"shannon_history": HISTORY_VERSION, "exports": exports})
        self.changed.emit()

    def _read(self, plain: Any) -> None:
        if plain["shannon_history"] != HISTORY_VERSION:
            raise ValueError("a history of another version")
        self._past = tuple(
            PastExport(
                datetime.fromisoformat(item["at"]),
                ExportRequest.from_json(json.dumps(item["request"])),
                item["outcome"],
                int(item["events"]),
                tuple(str(path) for path in item["paths"]),
                str(item["problem"]),
            )
            for item in plain["exports"]
        )
