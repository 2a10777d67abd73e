"""ZIP: all contents with a manifest (outputs.md §6); and the archive of a CSV export with several tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import duckdb

from shannon_core.errors import TargetError
from shannon_core.export.file_writing import Failures
from shannon_core.export.snapshot import RowsWritten, Snapshot
from shannon_core.export.writers.csv import csv_chunks, table_chunks
from shannon_core.export.writers.json import json_chunks
from shannon_core.export.writers.jsonl import jsonl_chunks
from shannon_core.export.writers.row_bytes import Chunks
from shannon_core.export.writers.zip_writer import ZipWriter
from shannon_core.files.atomic_file import AtomicFile
from shannon_core.request.contents import ReportFormat
from shannon_core.request.report_specs import REPORTS
from shannon_core.store.database import is_failure

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Content:
    """A member to write: its name, and a generator of its bytes."""

    name: str
    chunks: Chunks


def write_zip(snapshot: Snapshot, file: AtomicFile, on_rows: RowsWritten, altered: Counter[str]) -> Failures:
    """Write a ZIP export; the members that failed."""
    return write_archive(snapshot, file, zip_contents(snapshot, on_rows, altered), altered)


def write_csv_archive(
    snapshot: Snapshot, file: AtomicFile, on_rows: RowsWritten, altered: Counter[str]
) -> Failures:
    """Write a CSV export of several tables; the members that failed."""
    return write_archive(snapshot, file, csv_contents(file.path.stem, snapshot, on_rows, altered), altered)


def zip_contents(snapshot: Snapshot, on_rows: RowsWritten, altered: Counter[str]) -> Iterator[Content]:
    """The members of a ZIP export."""
    yield Content("data.json", json_chunks(snapshot, on_rows, altered))
    yield from csv_contents("data", snapshot, on_rows, altered)
    if snapshot.request.contents.raw_events:
        yield Content("data.jsonl", jsonl_chunks(snapshot, on_rows, altered))
    for item in snapshot.request.contents.reports:
        yield Content(f"reports/report_{item}{REPORTS[item].suffix}", _report(snapshot, item))


def csv_contents(
    stem: str, snapshot: Snapshot, on_rows: RowsWritten, altered: Counter[str]
) -> Iterator[Content]:
    """The tables of a CSV export."""
    if snapshot.request.contents.raw_events:
        yield Content(f"{stem}_metrics.csv", csv_chunks(snapshot, on_rows, altered))
    for item in snapshot.request.contents.aggregations:
        yield Content(f"{stem}_{item}.csv", _table(snapshot, item, altered))


def _table(snapshot: Snapshot, item: str, altered: Counter[str]) -> Chunks:
    """Compute the aggregation when it is written, so that a failure is this member's own."""
    yield from table_chunks(snapshot.aggregations[item], snapshot.request.encoding, altered)


def _report(snapshot: Snapshot, item: ReportFormat) -> Chunks:
    yield snapshot.report(item).content.encode()


def write_archive(
    snapshot: Snapshot, file: AtomicFile, contents: Iterable[Content], altered: Counter[str]
) -> Failures:
    """Write the members and the manifest; a member that fails is left out and returned with its error.

    An error of the disk fails the whole archive, and so does a cancel.
    """
    archive = ZipWriter(file)
    failures: Failures = []
    for content in contents:
        try:
            with archive.member(content.name) as write, closing(content.chunks):
                for chunk in content.chunks:
                    write(chunk)
        except (duckdb.Error, ValueError) as error:
            snapshot.control.check()
            if isinstance(error, duckdb.Error) and not is_failure(error):
                raise  # a wrong statement is a bug, and no member can be trusted
            failures.append((content.name, _member_error(content.name, error)))
    if failures and not archive.members:
        raise TargetError("archive_empty", **failures[0][1].values)
    with archive.member(MANIFEST) as write:
        write(
            json.dumps(_manifest(snapshot, archive, failures, altered), ensure_ascii=False, indent=2).encode()
            + b"\n"
        )
    archive.finish()
    return failures


def _member_error(name: str, error: Exception) -> TargetError:
    return TargetError("member_failed", member=name, reason=str(error).partition("\n")[0])


def _manifest(
    snapshot: Snapshot, archive: ZipWriter, failures: Failures, altered: Counter[str]
) -> dict[str, Any]:
    return {
        **snapshot.metadata(dict(+altered)),
        "files": [
            {"name": member.name, "bytes": member.size, "sha256": member.sha256} for member in archive.members
        ],
        "failures": [{"name": name, "error": str(error)} for name, error in failures],
    }
