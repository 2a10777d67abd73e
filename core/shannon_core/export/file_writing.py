"""Writes one file of any format: loads the writer that the format's entry names, and takes what it makes into the open
file.

The types here are what an entry's code has to look like, in a package as in this program. ``Snapshot.rows`` gives the
rows; a writer reports them through ``RowsWritten`` and counts values that it had to change in the counter, by reason.
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
"""The members of an archive that could not be made, each with the reason."""
StreamWriter = Callable[[Snapshot, RowsWritten, "Counter[str]"], Chunks]
FileWriter = Callable[[Snapshot, AtomicFile, RowsWritten, "Counter[str]"], Failures]
Verifier = Callable[[Path, Snapshot], None]
"""Reads the complete file before it gets its name; TargetError where it is not what it should be."""


def write_file(
    spec: FormatSpec, snapshot: Snapshot, file: AtomicFile, on_rows: RowsWritten, altered: Counter[str]
) -> Failures:
    """Write the snapshot into the open file in this format; a name that ends in ``.gz`` is compressed as a whole."""
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
