"""The example format: tab-separated values (IANA text/tab-separated-values), which have no quotes."""

from collections import Counter
from pathlib import Path

from shannon_core.export.snapshot import RowsWritten, Snapshot
from shannon_core.export.writers.row_bytes import Chunks, count_alterations, lines_of
from shannon_core.request.format_specs import FileKind, FormatSpec

TSV = FormatSpec(
    id="tsv",
    title="TSV",
    file=FileKind(".tsv", "shannon_plugin_example.tsv:tsv_chunks", gzip=True),
    reader="shannon_plugin_example.tsv:tsv_ids",
    note="Events only, without data.",
    options=("compress",),
)
_COLUMNS = ("id", "iso_instant(timestamp)", "type", "session_id", "user_id")
_SEPARATORS = r"'[\t\r\n]'"


def tsv_chunks(snapshot: Snapshot, on_rows: RowsWritten, altered: Counter[str]) -> Chunks:
    """A header and a line for each event; separators inside a text become spaces, and are counted."""
    yield b"id\ttimestamp\ttype\tsession_id\tuser_id\n"
    fields = (f"regexp_replace(coalesce({name}, ''), {_SEPARATORS}, ' ', 'g')" for name in _COLUMNS)
    line = f"concat({', chr(9), '.join(fields)}, chr(10)) AS line"
    changed = " + ".join(f"coalesce(regexp_matches({name}, {_SEPARATORS})::INTEGER, 0)" for name in _COLUMNS)
    for batch in snapshot.rows(f"{line}, {changed} AS separator", on_rows):
        count_alterations(batch, altered)
        yield lines_of(batch)


def tsv_ids(path: Path) -> list[str]:
    """The ids of the events in a file that was written."""
    _head, *rows = path.read_text(encoding="utf-8").split("\n")[:-1]
    return [row.split("\t")[0] for row in rows]
