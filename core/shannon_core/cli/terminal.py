"""Output of the command line: progress on stderr, answers on stdout.

Nothing from the logs reaches a terminal unescaped.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from shannon_core.errors import ShannonError
from shannon_core.event_columns import TERMINAL_COLUMNS
from shannon_core.files.path_text import printable
from shannon_core.jobs.progress import (
    Cancelled,
    ExportStarted,
    Failed,
    FileFailed,
    FileProgress,
    FileWritten,
    Finished,
    Notice,
    ProgressEvent,
    ReadingProgress,
    SourcesRead,
    as_json_line,
)
from shannon_core.messages.errors import ERRORS
from shannon_core.request.time_range import in_zone

if TYPE_CHECKING:
    import pyarrow as pa

    from shannon_core.query.totals import Totals
    from shannon_core.sources.log_locations import FoundFolder
    from shannon_core.tables.result import AggregationResult

_LIVE_SECONDS = 0.1
"""Seconds between two drawings of the live line: fluent to the eye, and little to print over a slow connection."""
_WIDEST_CELL = 40
"""Characters of a cell of a preview: a few columns fit side by side."""
_FOLDER_COLUMNS = ("Kind", "Folder", "Files", "Size", "Last change")


class Reporter:
    """Shows progress events in the mode of ``--progress``, and keeps the exit code of the outcome."""

    def __init__(self, mode: str) -> None:
        self.exit_code = 0
        self.rejected = 0
        self._mode = ("live" if sys.stderr.isatty() else "plain") if mode == "auto" else mode
        self._drawn = 0.0
        self._kept: list[str] = []

    def show(self, event: ProgressEvent) -> None:
        """Show one event in the mode of ``--progress``."""
        self._remember(event)
        if self._mode == "json":
            _tell(as_json_line(event) + "\n")
        elif isinstance(event, FileWritten):
            self._erase()
            print(_written(event), flush=True)
        elif isinstance(event, ReadingProgress | FileProgress):
            self._draw(event)
        elif self._mode != "none" or isinstance(event, Failed | FileFailed):
            self._say(event)

    def error(self, error: ShannonError) -> None:
        """Show an error that was raised outside a job."""
        self.show(Failed.of(error))

    def _remember(self, event: ProgressEvent) -> None:
        match event:
            case SourcesRead():
                self.rejected = event.rejected
            case FileWritten():
                self._kept.append(event.path)
            case Notice("rejects_saved"):
                self._kept.append(str(event.values["path"]))
            case Failed():
                self.exit_code = event.exit_code
            case Cancelled():
                self.exit_code = 130
            case Finished():
                self.exit_code = 1 if event.failures else 0
            case _:
                pass

    def _say(self, event: ProgressEvent) -> None:
        text = _sentence(event)
        if isinstance(event, Cancelled) or (
            isinstance(event, Failed) and ERRORS[event.code].kind == "target"
        ):
            text += f"\n{_kept(self._kept)}"
        if text:
            self._erase()
            _tell(text + "\n")

    def _draw(self, event: ReadingProgress | FileProgress) -> None:
        now = time.monotonic()
        if self._mode == "live" and now - self._drawn >= _LIVE_SECONDS:
            self._drawn = now
            width = shutil.get_terminal_size().columns - 1
            _tell(f"\r{_progress(event)[:width]:<{width}}")

    def _erase(self) -> None:
        if self._drawn:
            self._drawn = 0.0
            _tell(f"\r{'':<{shutil.get_terminal_size().columns - 1}}\r")


def _tell(text: str) -> None:
    """Print to stderr; a closed stderr must not stop the work."""
    with contextlib.suppress(OSError):
        print(text, end="", file=sys.stderr, flush=True)


def _progress(event: ReadingProgress | FileProgress) -> str:
    if isinstance(event, ReadingProgress):
        share = event.bytes_done / event.bytes_total if event.bytes_total else 1
        return f"Reading {share:4.0%}  {size(event.bytes_done)} of {size(event.bytes_total)}, {event.events:,} events"
    share = event.rows_done / event.rows_total if event.rows_total else 1
    return f"{event.format} {share:4.0%}  {event.stage} {event.path}"


def _sentence(event: ProgressEvent) -> str:
    match event:
        case SourcesRead():
            rejected = f", {event.rejected:,} lines could not be read" if event.rejected else ""
            pending = f", {event.pending:,} still being written" if event.pending else ""
            return (
                f"{event.events:,} events in {event.files:,} files{rejected}{pending} ({event.seconds:.1f} s)"
            )
        case ExportStarted():
            return f"Exporting {event.events:,} events"
        case Notice():
            return f"{event.level}: {event.text}"
        case FileFailed():
            return f"failed: {event.path}: {' '.join(filter(None, (event.title, event.message, event.hint)))}"
        case Failed():
            return "\n".join(filter(None, (f"error: {event.title}", event.message, event.hint)))
        case Cancelled():
            return "Cancelled."
        case Finished() if event.failures:
            return f"Finished with {event.failures} errors."
        case _:
            return ""


def _kept(paths: Sequence[str]) -> str:
    """A sentence with the files that are complete, or that none was changed."""
    return (
        f"Complete and kept: {', '.join(paths)}."
        if paths
        else "No file was left behind, and none was changed."
    )


def _written(event: FileWritten) -> str:
    altered = ", ".join(f"{count:,} × {reason}" for reason, count in event.altered.items())
    return f"{event.path}\t{event.rows} events\t{size(event.bytes)}" + (
        f"\taltered: {altered}" if altered else ""
    )


def size(count: float) -> str:
    """Bytes in decimal units, as disks are sold and file managers show them."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"


def print_count(totals: Totals) -> None:
    """The number of matching events."""
    print(totals.events)


def print_summary(totals: Totals, aggregations: list[AggregationResult]) -> None:
    """Print the totals as JSON, or the aggregations where some were requested."""
    answer: Any = {item.type: item.to_dict() for item in aggregations} if len(aggregations) > 1 else None
    if len(aggregations) == 1:
        answer = aggregations[0].to_dict()
    summary = {**asdict(totals), "priced_share": totals.priced_share}
    print(json.dumps(answer or summary, ensure_ascii=False, indent=2, default=datetime.isoformat))


def print_found_folders(as_json: bool) -> None:
    """The log folders of this computer: a table, or one JSON object a line."""
    from shannon_core.sources.log_locations import found_on_this_computer

    folders = list(found_on_this_computer())
    if not folders:
        _tell("No log folder of a known tool is on this computer. Any folder can be named.\n")
    elif as_json:
        for found in folders:
            print(json.dumps(_folder_record(found), ensure_ascii=False))
    else:
        lines = [_FOLDER_COLUMNS, *map(_folder_line, folders)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for kind, folder, *figures in lines:
            right = (figure.rjust(width) for figure, width in zip(figures, widths[2:], strict=True))
            print(_aligned((kind, folder, *right), widths))


def _folder_record(found: FoundFolder) -> dict[str, object]:
    newest = datetime.fromtimestamp(found.newest, UTC).isoformat()
    return {**asdict(found), "folder": str(found.folder), "newest": newest}


def _folder_line(found: FoundFolder) -> tuple[str, ...]:
    from shannon_core.sources.registry import SOURCES

    newest = datetime.fromtimestamp(found.newest, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    spec, folder = SOURCES.get(found.kind), printable(found.folder)
    return spec.title if spec else found.kind, folder, f"{found.files:,}", size(found.size), newest


def print_rows(rows: pa.Table, timezone: str) -> None:
    """The rows as a table; times are wall clock in the zone."""
    names = [column.name for column in TERMINAL_COLUMNS]
    head = [f"{c.name} ({timezone})" if c.unit == "instant" else c.name for c in TERMINAL_COLUMNS]
    lines = [head, *([_cell(row[name], timezone) for name in names] for row in rows.to_pylist())]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print(_aligned(line, widths))


def _aligned(cells: Iterable[str], widths: Iterable[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _cell(value: object, timezone: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return in_zone(value, timezone).strftime("%Y-%m-%d %H:%M:%S.%f")
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(value))
    return text if len(text) <= _WIDEST_CELL else text[: _WIDEST_CELL - 1] + "…"
