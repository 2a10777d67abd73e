"""One writer for each format: rendered rows in, a file in the making out.

A writer takes the snapshot, the file, a function that is told of rows, and a counter of alterations; it returns the members of an
archive that could not be made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from types import MappingProxyType

from shannon_core.errors import ShannonError
from shannon_core.export.snapshot import RowsWritten, Snapshot
from shannon_core.export.writers.archive import csv_contents, write_archive, zip_contents
from shannon_core.export.writers.json import json_chunks
from shannon_core.export.writers.jsonl import jsonl_chunks
from shannon_core.export.writers.parquet import write_parquet
from shannon_core.export.writers.row_bytes import Chunks, gzipped
from shannon_core.files.atomic_file import AtomicFile
from shannon_core.request.export_request import ExportFormat
from shannon_core.request.output_files import csv_tables

Failures = list[tuple[str, ShannonError]]
Writer = Callable[[Snapshot, AtomicFile, RowsWritten, "Counter[str]"], Failures]


def _json(snapshot: Snapshot, file: AtomicFile, on_rows: RowsWritten, altered: Counter[str]) -> Failures:
    return _stream(json_chunks(snapshot, on_rows), file)


def _jsonl(snapshot: Snapshot, file: AtomicFile, on_rows: RowsWritten, altered: Counter[str]) -> Failures:
    return _stream(jsonl_chunks(snapshot, on_rows), file)


def _csv(snapshot: Snapshot, file: AtomicFile, on_rows: RowsWritten, altered: Counter[str]) -> Failures:
    tables = csv_contents(file.path.stem, snapshot, on_rows, altered)
    if len(csv_tables(snapshot.request.contents)) > 1:
        return write_archive(snapshot, file, tables, altered)
    for table in tables:
        _stream(table.chunks, file)
    return []


def _parquet(snapshot: Snapshot, file: AtomicFile, on_rows: RowsWritten, altered: Counter[str]) -> Failures:
    write_parquet(snapshot, file, on_rows)
    return []


def _excel(snapshot: Snapshot, file: AtomicFile, on_rows: RowsWritten, altered: Counter[str]) -> Failures:
    from shannon_core.export.writers.excel import write_excel

    write_excel(snapshot, file, on_rows, altered)
    return []


def _zip(snapshot: Snapshot, file: AtomicFile, on_rows: RowsWritten, altered: Counter[str]) -> Failures:
    return write_archive(snapshot, file, zip_contents(snapshot, on_rows, altered), altered)


def _stream(chunks: Chunks, file: AtomicFile) -> Failures:
    with closing(chunks):
        for chunk in gzipped(chunks) if file.path.name.endswith(".gz") else chunks:
            file.write(chunk)
    return []


WRITERS: MappingProxyType[ExportFormat, Writer] = MappingProxyType(
    {
        ExportFormat.JSON: _json,
        ExportFormat.CSV: _csv,
        ExportFormat.JSONL: _jsonl,
        ExportFormat.PARQUET: _parquet,
        ExportFormat.EXCEL: _excel,
        ExportFormat.ZIP: _zip,
    }
)
