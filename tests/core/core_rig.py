"""What the tests of the core share: making events, reading folders, writing exports, all in this thread."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pytest

from shannon_core.errors import ShannonError, SourceError
from shannon_core.event_schema import NOTES
from shannon_core.export.run import export
from shannon_core.ingest.refresh import refresh
from shannon_core.jobs.control import Control
from shannon_core.jobs.progress import FileWritten, Notice, ProgressEvent, SourcesRead
from shannon_core.pricing.price_table import PriceTable
from shannon_core.query.statements import EXPORT_ORDER
from shannon_core.rendering.macros import define_rendering_macros
from shannon_core.request.export_request import Contents, Encoding, ExportFormat, ExportRequest
from shannon_core.request.output_files import plan_output
from shannon_core.request.selection import Selection
from shannon_core.sources.macros import define_source_macros
from shannon_core.store.database import Store

NOBODY = 65534
EVENTS_ONLY = Contents(raw_events=True, aggregations=(), reports=())
ALL_FORMATS = tuple(ExportFormat)
MINUTE = "2026-01-02T03:04:{:02d}Z"


def event(number: int = 1, type: str = "tool_use", **members: Any) -> dict[str, Any]:  # noqa: A002 – the member's name
    """A whole event; ``members`` replace or add."""
    return {"id": f"e{number}", "timestamp": MINUTE.format(number % 60), "type": type, **members}


def line(number: int = 1, **members: Any) -> bytes:
    """An event as a line of a log, without its line end."""
    return json.dumps(event(number, **members), ensure_ascii=False).encode("utf-8", "surrogatepass")


def lines(numbers: Iterable[int]) -> bytes:
    """Events as a whole log."""
    return b"".join(line(number) + b"\n" for number in numbers)


def write_log(folder: Path, content: bytes, name: str = "log.jsonl") -> Path:
    """A log file of this content, in a folder that need not be there."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


def write_events(folder: Path, events: Iterable[Mapping[str, Any]], name: str = "log.jsonl") -> Path:
    """A log file of these events."""
    content = b"".join(json.dumps(item, ensure_ascii=False).encode() + b"\n" for item in events)
    return write_log(folder, content, name)


@contextmanager
def as_nobody() -> Iterator[None]:
    """The rights of a person without any, for the time of the block; root may do everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def let_others_in(folder: Path) -> None:
    """Let people without rights reach a folder of pytest's, which are private to whoever runs the tests."""
    for item in (folder, *folder.parents):
        if item.stat().st_uid == os.getuid() and item.stat().st_mode & 0o005 != 0o005:
            item.chmod(item.stat().st_mode | 0o055)


@dataclass(frozen=True)
class FileCounts:
    """What the store noted of one file."""

    lines: int
    understood: int
    rejected: int
    pending: int
    problem: str


@dataclass(frozen=True)
class Reading:
    """What became of some sources. ``summary`` is None where there was not a single event."""

    events: list[dict[str, Any]]
    rejects: list[tuple[int, str]]
    files: dict[str, FileCounts]
    notices: list[str]
    summary: SourcesRead | None

    @property
    def ids(self) -> list[str]:
        """The ids of the events, in the order of every export."""
        return [item["id"] for item in self.events]

    @property
    def reasons(self) -> list[str]:
        """Why lines were rejected, in the order of the lines."""
        return [reason for _, reason in self.rejects]

    @property
    def problems(self) -> list[str]:
        """What was wrong with files."""
        return [counts.problem for counts in self.files.values() if counts.problem]

    def of(self, identifier: str) -> dict[str, Any]:
        """The event of that id."""
        (found,) = [item for item in self.events if item["id"] == identifier]
        return found


def notes_of(item: Mapping[str, Any]) -> set[str]:
    """The names of what was altered while this event was read."""
    return {name for name, bit in NOTES.items() if item["notes"] & bit}


@dataclass
class Recorder:
    """Remembers what a job said; ``control`` is what the work gets."""

    events: list[ProgressEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.control = Control(self.events.append)

    def of(self, kind: type[ProgressEvent]) -> list[Any]:
        """The events of that kind."""
        return [item for item in self.events if isinstance(item, kind)]


class Workbench:
    """A store with one connection, worked on in this thread."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.connection = store.connection()
        self.sources: tuple[str, ...] = ()
        define_source_macros(self.connection)
        define_rendering_macros(self.connection)

    @classmethod
    @contextmanager
    def open(cls, *sources: Path | str, keep: bool = False) -> Iterator[Self]:
        """A workbench that is tidied up afterwards."""
        store = Store.open([str(source) for source in sources], keep=keep)
        try:
            workbench = cls(store)
            yield workbench
            workbench.connection.close()
        finally:
            store.close()

    def read(self, *sources: Path | str) -> Reading:
        """Make the store hold these sources, and tell what it holds."""
        self.sources = tuple(str(source) for source in sources)
        recorder = Recorder()
        summary = None
        try:
            summary = refresh(self.connection, self.sources, recorder.control, PriceTable.load())
        except SourceError as error:
            if "There are no events" not in error.title:
                raise
        return Reading(
            self.rows(f"SELECT * FROM events ORDER BY {EXPORT_ORDER}"),
            self.connection.sql("SELECT line, reason FROM rejects ORDER BY path, line").fetchall(),
            self._files(),
            [notice.text for notice in recorder.of(Notice)],
            summary,
        )

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a query as dictionaries."""
        return self.connection.sql(sql).to_arrow_table().to_pylist()

    def _files(self) -> dict[str, FileCounts]:
        rows = self.rows(
            "SELECT *, (SELECT count(*) FROM rejects AS r WHERE r.path = files.path) AS rejected"
            " FROM files ORDER BY path"
        )
        return {
            row["path"]: FileCounts(
                *(row[name] for name in ("lines", "understood", "rejected", "pending", "problem"))
            )
            for row in rows
        }

    def export(
        self,
        target: Path,
        *formats: ExportFormat,
        selection: Selection | None = None,
        contents: Contents = EVENTS_ONLY,
        recorder: Recorder | None = None,
        overwrite: bool = True,
        **encoding: Any,
    ) -> list[Path]:
        """Export what was read last; the files that were written."""
        request = ExportRequest(
            sources=self.sources,
            target=str(target),
            formats=formats,
            selection=selection or Selection(),
            contents=contents,
            encoding=Encoding(**encoding),
            overwrite=overwrite,
        )
        recorder = recorder or Recorder()
        finished = export(self.connection, plan_output(request), recorder.control)
        return [Path(path) for path in finished.paths]


def altered(recorder: Recorder) -> dict[str, int]:
    """The alterations of writing of the one file that was written."""
    (written,) = recorder.of(FileWritten)
    return dict(written.altered)


def refusal(kind: type[ShannonError], work: Callable[[], object]) -> ShannonError:
    """The error that the work ends with, without its traceback, which would keep a half-read result open."""
    try:
        work()
    except kind as error:
        return error.with_traceback(None)
    pytest.fail(f"no {kind.__name__}")


def needs_root() -> pytest.MarkDecorator:
    """For tests that take rights away or mount a small disk."""
    return pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def table_ids(cases: Sequence[tuple[Any, ...]]) -> list[str]:
    """The first column of a table of cases, as their names."""
    return [str(case[0]) for case in cases]
