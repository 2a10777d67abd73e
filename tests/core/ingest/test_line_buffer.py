"""Lines that wait for their statement keep their file and number, in batches that the engine likes."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shannon_core.ingest.line_buffer import (
    FEW_BYTES,
    FEW_ROWS,
    WIDE_LINE_BYTES,
    WIDE_LINE_FACTOR,
    LineBuffer,
)
from shannon_core.sources.line_reader import LINE_BATCH_ROWS, LINE_SCHEMA, LineBlock

SIZES = st.sampled_from([0, 1, 2, 7, FEW_ROWS - 1, FEW_ROWS, FEW_ROWS + 1, LINE_BATCH_ROWS])


def block_of(number: int, sizes: list[int]) -> LineBlock:
    """A block whose batches have these numbers of lines."""
    batches, first = [], 1
    for size in sizes:
        lines = [f"{number}:{line}" for line in range(first, first + size)]
        batches.append(
            pa.RecordBatch.from_arrays(
                [pa.array(lines, pa.string()), range(first, first + size)], schema=LINE_SCHEMA
            )
        )
        first += size
    return LineBlock(
        batches, sum(len(line) for batch in batches for line in batch.column("line").to_pylist())
    )


@given(st.lists(st.lists(SIZES, max_size=3), max_size=20))
def test_that_every_line_is_there_once_with_its_file_and_number(files: list[list[int]]) -> None:
    waiting = LineBuffer()
    for number, sizes in enumerate(files):
        waiting.add(block_of(number, sizes), number)
    found = waiting.table().to_pydict()
    assert found["line"] == [
        f"{number}:{line}" for number, sizes in enumerate(files) for line in range(1, sum(sizes) + 1)
    ]
    assert found["line"] == [
        f"{number}:{line}" for number, line in zip(found["file_no"], found["line_no"], strict=True)
    ]


def test_that_the_few_lines_of_many_files_come_in_few_batches() -> None:
    waiting = LineBuffer()
    for number in range(1_000):
        waiting.add(block_of(number, [10]), number)
    sizes = [len(chunk) for chunk in waiting.table()["line"].chunks]
    assert len(sizes) == 5
    assert max(sizes) <= LINE_BATCH_ROWS


def test_that_many_lines_are_not_copied() -> None:
    waiting = LineBuffer()
    block = block_of(1, [LINE_BATCH_ROWS])
    waiting.add(block, 1)
    (chunk,) = waiting.table()["line"].chunks
    assert chunk.buffers()[2].address == block.batches[0].column("line").buffers()[2].address


def test_that_a_few_long_lines_are_not_copied() -> None:
    waiting = LineBuffer()
    columns = {"line": ["x" * FEW_BYTES] * 2, "line_no": [1, 2]}
    batch = pa.RecordBatch.from_pydict(columns, schema=LINE_SCHEMA)
    waiting.add(LineBlock([batch], 2 * FEW_BYTES), 1)
    waiting.add(block_of(2, [3]), 2)
    long, short = waiting.table()["line"].chunks
    assert long.buffers()[2].address == batch.column("line").buffers()[2].address
    assert len(short) == 3


@pytest.mark.parametrize(
    ("size", "rows", "memory_bytes"),
    [
        (1_000, 1, 1_000),
        (1_000, 100, 100 * 256),
        (2 * WIDE_LINE_BYTES, 2, 2 * WIDE_LINE_BYTES),
        (2 * WIDE_LINE_BYTES + 1, 2, (2 * WIDE_LINE_BYTES + 1) * WIDE_LINE_FACTOR),
    ],
)
def test_that_the_weight_of_lines_is_the_memory_that_they_take(
    size: int, rows: int, memory_bytes: int
) -> None:
    waiting = LineBuffer()
    waiting.add(LineBlock(block_of(1, [rows]).batches, size), 1)
    assert waiting.memory_bytes == memory_bytes
