"""Runs an export: one plan, one snapshot of the store, each file in turn, written atomically."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Literal

import duckdb

from shannon_core.errors import TargetError
from shannon_core.export.file_writing import write_file
from shannon_core.export.preflight import require_room
from shannon_core.export.pseudonyms import renamed
from shannon_core.export.snapshot import Snapshot
from shannon_core.files import abandoned_parts
from shannon_core.files.atomic_file import AtomicFile
from shannon_core.jobs.control import Control
from shannon_core.jobs.progress import ExportStarted, FileFailed, FileProgress, FileWritten, Finished, Notice
from shannon_core.request.format_specs import FormatSpec
from shannon_core.request.output_files import OutputFile, OutputPlan


def export(connection: duckdb.DuckDBPyConnection, plan: OutputPlan, control: Control) -> Finished:
    """Write every file of the plan from the store as it is now.

    TargetError before anything is written where a file exists already or the free space is too small. A file that fails
    does not stop the others; TargetError where all of them fail. JobCancelled keeps the files that were completed.
    """
    started = time.monotonic()
    for part in abandoned_parts.remove_abandoned():
        control.emit(Notice("part_removed", {"path": str(part)}))
    plan.require_absent()
    require_room(connection, plan, control)
    request = plan.request
    renaming = renamed(connection, request) if request.encoding.anonymize else nullcontext((request, ""))
    with renaming as (asked, words):
        snapshot = Snapshot.take(connection, asked, control, words)
        control.emit(ExportStarted(snapshot.events, tuple(map(str, plan.paths))))
        written, failures = _write_all(snapshot, plan.files)
    return Finished(tuple(written), snapshot.events, time.monotonic() - started, failures)


def _write_all(snapshot: Snapshot, files: tuple[OutputFile, ...]) -> tuple[list[str], int]:
    """Write the files; the paths of those that were written, and the number of failures."""
    written, failures = [], 0
    for file in files:
        try:
            failures += _write(snapshot, file.spec, file.path)
            written.append(str(file.path))
        except TargetError as error:
            if len(files) == 1:
                raise
            failures += 1
            snapshot.control.emit(FileFailed(file.spec.id, str(file.path), error.code, error.values))
    if not written:
        raise TargetError("files_failed")
    return written, failures


def _write(snapshot: Snapshot, spec: FormatSpec, path: Path) -> int:
    """Write one file and report it; the number of its members that failed."""
    started = time.monotonic()
    altered: Counter[str] = Counter()
    emit = snapshot.control.emit
    progress = _RowProgress(snapshot, spec, path)
    with AtomicFile(path, overwrite=snapshot.request.overwrite, check=snapshot.control.check) as file:
        file.on_verify = lambda: emit(progress.at("verifying"))
        failed = write_file(spec, snapshot, file, progress.add, altered)
        emit(progress.at("finishing"))
    if file.sync_error:
        emit(Notice("name_not_durable", {"path": str(path), "reason": file.sync_error}))
    for name, problem in failed:
        emit(FileFailed(spec.id, f"{path}: {name}", problem.code, problem.values))
    rows = snapshot.events if snapshot.request.contents.raw_events else 0
    seconds = time.monotonic() - started
    emit(FileWritten(spec.id, str(path), rows, file.size, seconds, dict(+altered)))
    return len(failed)


class _RowProgress:
    """Counts the rows of one file and reports them."""

    def __init__(self, snapshot: Snapshot, spec: FormatSpec, path: Path) -> None:
        self._control = snapshot.control
        self._format = spec.id
        self._path = str(path)
        self._done = 0
        self._total = snapshot.events * spec.passes if snapshot.request.contents.raw_events else 0

    def add(self, rows: int) -> None:
        """Count further rows that were written."""
        self._done += rows
        self._control.emit(self.at("writing" if self._done < self._total else "finishing"))

    def at(self, stage: Literal["writing", "finishing", "verifying"]) -> FileProgress:
        """The progress as an event."""
        return FileProgress(self._format, self._path, self._done, self._total, stage)
