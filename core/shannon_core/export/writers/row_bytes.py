"""Bytes of rendered rows: from Arrow's text columns to the file without a Python object per row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator

import pyarrow as pa
import pyarrow.compute as pc
from isal import isal_zlib

Chunks = Generator[bytes | memoryview, None, None]
"""The bytes of a file in chunks; the consumer closes the generator, because rows may be prefetched (Snapshot.rows)."""
GZIP_LEVEL = 2
"""ISA-L's levels are 0 to 3: on lines of events, 3 takes two and a half times as long for 3 % fewer bytes."""
_GZIP_HEADER = 31
"""zlib's ``wbits`` for a window of 32 KiB with the header of gzip."""


def lines_of(batch: pa.RecordBatch) -> memoryview:
    """The texts of the first column, concatenated, in UTF-8."""
    column = batch.column(0)
    if not pa.types.is_string(column.type):
        column = column.cast(pa.string())
    _, offsets, values = column.buffers()
    if not len(column) or offsets is None or values is None:
        return memoryview(b"")
    ends = memoryview(offsets).cast("i")
    return memoryview(values)[ends[column.offset] : ends[column.offset + len(column)]]


def count_alterations(batch: pa.RecordBatch, counter: Counter[str]) -> None:
    """Add the sums of the columns after the first, which count alterations, to ``counter``."""
    for name, column in zip(batch.schema.names[1:], batch.columns[1:], strict=True):
        counter[name] += pc.sum(column).as_py() or 0


def gzipped(chunks: Chunks) -> Iterator[bytes]:
    """The chunks as one gzip member without a name or a time, so that equal input gives equal bytes."""
    compressor = isal_zlib.compressobj(GZIP_LEVEL, isal_zlib.DEFLATED, _GZIP_HEADER)
    for chunk in chunks:
        yield compressor.compress(chunk)
    yield compressor.flush()
