"""Writes one file of any format: loads the writer of the format's entry, and writes its bytes to the open file.

The types here are the signatures of an entry's code, in packages too. ``Snapshot.rows`` gives the rows; a writer
reports them through ``RowsWritten`` and counts values that it altered in the counter, by reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import cast

from shannon_core.errors import ShannonError
from shannon_core.export.snapshot import RowsWritten, Snapshot
from shannon_core.export.writers.row_bytes import Chunks, gzipped
from shannon_core.files.atomic_file import AtomicFile
from shannon_core.plugins import load
from shannon_core.request.format_specs import FormatSpec

Failures = list[tuple[str, ShannonError]]
"""The members of an archive that could not be written, each with its error."""
StreamWriter = Callable[[Snapshot, RowsWritten, "Counter[str]"], Chunks]
FileWriter = Callable[[Snapshot, AtomicFile, RowsWritten, "Counter[str]"], Failures]
Verifier = Callable[[Path, Snapshot], None]
"""Reads the complete file before it is renamed to its target; TargetError where it is not valid."""


def write_file(
    spec: FormatSpec, snapshot: Snapshot, file: AtomicFile, on_rows: RowsWritten, altered: Counter[str]
) -> Failures:
    """Write the snapshot to the open file in this format; a file whose name ends in ``.gz`` is compressed.

    Gives the members of an archive that failed; TargetError where the file itself cannot be written.
    """
    kind = spec.kind_for(snapshot.request.contents)
    if kind.verifier:
        verify = cast("Verifier", load(kind.verifier))
        file.verify = lambda part: verify(part, snapshot)
    if kind.output == "file":
        return cast("FileWriter", load(kind.writer))(snapshot, file, on_rows, altered)
    with closing(cast("StreamWriter", load(kind.writer))(snapshot, on_rows, altered)) as chunks:
        for chunk in gzipped(chunks) if file.path.name.endswith(".gz") else chunks:
            file.write(chunk)
    return []
