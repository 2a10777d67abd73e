"""Buffers lines until one statement parses them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from shannon_core.sources.line_parser import NUMBERED_LINES
from shannon_core.sources.line_reader import LINE_BATCH_ROWS, LINE_SCHEMA, LineBlock

WIDE_LINE_BYTES = 64 << 10
WIDE_LINE_FACTOR = 6
"""Bytes of memory per byte of a line longer than WIDE_LINE_BYTES, about: each member read from it is a copy, and DuckDB
keeps uncommitted rows in memory."""
ROW_BYTES = 256
"""Bytes of memory of a line at least: an event takes space however short its line is."""
FEW_ROWS = 256
FEW_BYTES = 64 << 10
"""Batches of up to so few rows and bytes are joined; for larger ones the copy costs more than a part-filled vector."""


class LineBuffer:
    """Lines of several files; ``memory_bytes`` estimates the memory that parsing them takes.

    Small batches of consecutive files are joined: DuckDB takes as long for a few rows as for a full vector.
    """

    def __init__(self) -> None:
        self.memory_bytes = 0
        self._batches: list[pa.RecordBatch] = []
        self._few: list[pa.RecordBatch] = []
        self._few_rows = 0
        self._numbers: list[int] = []
        self._rows: list[int] = []

    def add(self, block: LineBlock, number: int) -> None:
        """Buffer the lines of this block of a file."""
        rows = 0
        for batch in block.batches:
            self._put(batch)
            rows += batch.num_rows
        self._numbers.append(number)
        self._rows.append(rows)
        self.memory_bytes += _memory_bytes(block.size, rows)

    def _put(self, batch: pa.RecordBatch) -> None:
        are_many = batch.num_rows > FEW_ROWS or batch.nbytes > FEW_BYTES
        if are_many or self._few_rows + batch.num_rows > LINE_BATCH_ROWS:
            self._join()
        if are_many:
            self._batches.append(batch)
        else:
            self._few.append(batch)
            self._few_rows += batch.num_rows

    def _join(self) -> None:
        if self._few:
            few = pa.Table.from_batches(self._few).combine_chunks()
            self._batches += few.to_batches()
        self._few, self._few_rows = [], 0

    def table(self) -> pa.Table:
        """All buffered lines, as NUMBERED_LINES."""
        self._join()
        numbers = np.repeat(np.array(self._numbers, np.int32), self._rows)
        lines = pa.Table.from_batches(self._batches, schema=LINE_SCHEMA)
        return lines.append_column(NUMBERED_LINES.field("file_no"), pa.array(numbers))


def _memory_bytes(size: int, rows: int) -> int:
    """Estimates the memory of a block of ``rows`` lines of ``size`` bytes in all while it is parsed."""
    is_wide = size > WIDE_LINE_BYTES * rows
    return max(size * (WIDE_LINE_FACTOR if is_wide else 1), rows * ROW_BYTES)
