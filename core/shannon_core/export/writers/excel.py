"""Excel: openpyxl makes the workbook, its styles and small sheets; the rows of events are rendered in bulk (outputs.md
§5).

openpyxl writes each bulk sheet with its header and one placeholder row that carries the formats; the rows of the events
take that row's place while the sheet is packed into the workbook.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from shannon_core.event_columns import SHEET_COLUMNS
from shannon_core.export.file_writing import Failures
from shannon_core.export.snapshot import RowsWritten, Snapshot
from shannon_core.export.writers.excel_sheets import (
    NUMBER_FORMATS,
    add_aggregation,
    add_summary,
    head,
)
from shannon_core.export.writers.row_bytes import count_alterations, lines_of
from shannon_core.export.writers.zip_writer import ZipWriter
from shannon_core.files.atomic_file import AtomicFile
from shannon_core.rendering.cells import has_style, sheet_cell, sheet_row
from shannon_core.request.format_specs import SHEET_ROWS

_LAST_COLUMN = get_column_letter(len(SHEET_COLUMNS))
_PLACEHOLDER = re.compile(rb'<row r="2".*?</row>', re.DOTALL)
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"\s*/>')
_SAVED_AT = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_STYLE = re.compile(rb's="(\d+)"')
_FIXED_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 – openpyxl takes naive times; fixed, so that equal input gives equal bytes


def sheets_needed(events: int) -> int:
    """The number of Metrics sheets that ``events`` events fill, at least 1."""
    return max(1, -(-events // SHEET_ROWS))


def write_excel(
    snapshot: Snapshot, file: AtomicFile, on_rows: RowsWritten, altered: Counter[str]
) -> Failures:
    """Write a workbook; ``altered`` counts altered values, by reason. No member fails alone: the list is empty."""
    raw = snapshot.request.contents.raw_events
    members = _members(_workbook(snapshot, altered))
    bulk = {
        f"xl/worksheets/sheet{number}.xml"
        for number in range(1, 2 + (sheets_needed(snapshot.events) if raw else 0))
    }
    archive = ZipWriter(file)
    for name, content in members.items():
        if name not in bulk:
            with archive.member(name) as write:
                write(content)
    if raw:
        _write_events(snapshot, archive, members, on_rows, altered)
    _write_metadata(snapshot, archive, members, altered)
    archive.finish()
    return []


def _workbook(snapshot: Snapshot, altered: Counter[str]) -> bytes:
    workbook = Workbook()
    workbook.properties.created = workbook.properties.modified = _FIXED_TIME
    metadata = workbook.active
    assert isinstance(metadata, Worksheet)
    metadata.title = "Metadata"
    head(metadata, {"Field": 24, "Value": 80})
    metadata.append(["", ""])
    if snapshot.request.contents.raw_events:
        for number in range(sheets_needed(snapshot.events)):
            _metrics_sheet(workbook, number, snapshot)
    add_summary(workbook, snapshot.overview, altered)
    for result in snapshot.aggregations.values():
        add_aggregation(workbook, result, altered)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _metrics_sheet(workbook: Workbook, number: int, snapshot: Snapshot) -> None:
    sheet = workbook.create_sheet("Metrics" if number == 0 else f"Metrics ({number + 1})")
    zone = snapshot.request.selection.time_range.timezone
    headings = {
        f"{own.heading} ({zone})" if column.unit == "instant" else own.heading: own.width
        for column, own in SHEET_COLUMNS
    }
    head(sheet, headings)
    sheet.append([""] * len(SHEET_COLUMNS))
    for number_of, (column, _) in enumerate(SHEET_COLUMNS, 1):
        if has_style(column):
            sheet.cell(2, number_of).number_format = NUMBER_FORMATS[column.unit]
    rows = min(SHEET_ROWS, snapshot.events - number * SHEET_ROWS)
    sheet.auto_filter.ref = f"A1:{_LAST_COLUMN}{rows + 1}"


def _members(workbook: bytes) -> dict[str, bytes]:
    """The parts of the workbook, the content types first: programs recognise a workbook by them."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        names = sorted(archive.namelist(), key=lambda name: name != "[Content_Types].xml")
        members = {name: archive.read(name) for name in names}
    # openpyxl stamps the time of saving
    members["docProps/core.xml"] = _SAVED_AT.sub(
        rb"\g<1>" + _FIXED_TIME.isoformat().encode() + b"Z", members["docProps/core.xml"]
    )
    return members


@dataclass(frozen=True, slots=True)
class _Frame:
    """The XML of a sheet before and after its rows, and the formats of its placeholder row."""

    before: bytes
    after: bytes
    styles: tuple[int, ...]

    @classmethod
    def of(cls, sheet: bytes, last_cell: str) -> _Frame:
        sheet = _DIMENSION.sub(f'<dimension ref="A1:{last_cell}"/>'.encode(), sheet)
        placeholder = _PLACEHOLDER.search(sheet)
        assert placeholder is not None, "the sheet was made with a placeholder row"
        styles = tuple(int(index) for index in _STYLE.findall(placeholder[0]))
        return cls(sheet[: placeholder.start()], sheet[placeholder.end() :], styles)


def _write_events(
    snapshot: Snapshot,
    archive: ZipWriter,
    members: dict[str, bytes],
    on_rows: RowsWritten,
    altered: Counter[str],
) -> None:
    zone = snapshot.request.selection.time_range.timezone
    styles = _Frame.of(members["xl/worksheets/sheet2.xml"], f"{_LAST_COLUMN}2").styles
    with closing(snapshot.rows(sheet_row(zone, styles), on_rows)) as batches:
        feed = _Feed(batches)
        for number in range(sheets_needed(snapshot.events)):
            name = f"xl/worksheets/sheet{number + 2}.xml"
            wanted = min(SHEET_ROWS, snapshot.events - number * SHEET_ROWS)
            frame = _Frame.of(members[name], f"{_LAST_COLUMN}{wanted + 1}")
            with archive.member(name) as write:
                write(frame.before)
                for batch in feed.take(wanted):
                    count_alterations(batch, altered)
                    write(lines_of(batch))
                write(frame.after)


def _write_metadata(
    snapshot: Snapshot, archive: ZipWriter, members: dict[str, bytes], altered: Counter[str]
) -> None:
    name = "xl/worksheets/sheet1.xml"
    metadata = snapshot.metadata(dict(+altered))
    frame = _Frame.of(members[name], f"B{len(metadata) + 1}")
    with archive.member(name) as write:
        write(frame.before)
        for field, value in metadata.items():
            shown = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
            write(f"<row>{sheet_cell(field)}{sheet_cell(shown)}</row>".encode())
        write(frame.after)


class _Feed:
    """Splits batches into portions of an exact number of rows."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self._rest: pa.RecordBatch | None = None

    def take(self, rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the next ``rows`` rows, or as many as remain."""
        while rows > 0:
            batch = self._rest if self._rest is not None else next(self._batches, None)
            if batch is None:
                return
            self._rest = batch.slice(rows) if batch.num_rows > rows else None
            yield batch.slice(0, rows)
            rows -= batch.num_rows
