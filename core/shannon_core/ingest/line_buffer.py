"""The lines that wait to be parsed by one statement."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from shannon_core.sources.line_parser import NUMBERED_LINES
from shannon_core.sources.line_reader import BATCH_ROWS, LINE_SCHEMA, LineBlock

WIDE_LINE_BYTES = 64 << 10
WIDE_LINE_WEIGHT = 6
"""Each member that is taken out of a line is a copy, and the engine keeps what is not committed in memory."""
ROW_BYTES = 256
"""The least weight of a line: an event takes room however short its line is."""
FEW_ROWS = 256
FEW_BYTES = 64 << 10
"""More of either are not worth a copy."""


class LineBuffer:
    """Lines of several files; ``weight`` is about the bytes of memory that they take while they are parsed.

    A few lines of one file go with those of the next: the engine takes as long for a few rows as for a vector of them.
    """

    def __init__(self) -> None:
        self.weight = 0
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
        self.weight += _weight(block.size, rows)

    def _put(self, batch: pa.RecordBatch) -> None:
        are_many = batch.num_rows > FEW_ROWS or batch.nbytes > FEW_BYTES
        if are_many or self._few_rows + batch.num_rows > BATCH_ROWS:
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
        """All of them, as NUMBERED_LINES."""
        self._join()
        numbers = np.repeat(np.array(self._numbers, np.int32), self._rows)
        lines = pa.Table.from_batches(self._batches, schema=LINE_SCHEMA)
        return lines.append_column(NUMBERED_LINES.field("file_no"), pa.array(numbers))


def _weight(size: int, rows: int) -> int:
    """The bytes of the lines, but long ones count for what they take while they are parsed, and short ones for their
    row."""
    is_wide = size > WIDE_LINE_BYTES * rows
    return max(size * (WIDE_LINE_WEIGHT if is_wide else 1), rows * ROW_BYTES)
