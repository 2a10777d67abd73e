"""The relation ``events`` in Arrow: the types of its columns, and batches with them."""

from __future__ import annotations

import pyarrow as pa

from shannon_core.event_columns import COLUMNS

_ARROW_TYPES = {
    "VARCHAR": pa.string(),
    "TIMESTAMP": pa.timestamp("us", tz="UTC"),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "BIGINT": pa.int64(),
}


def arrow_schema(**columns: pa.DataType) -> pa.Schema:
    """A schema of these columns in this order."""
    return pa.schema(columns)


EVENT_SCHEMA = pa.schema(
    [
        pa.field(column.name, _ARROW_TYPES[column.sql_type], nullable=not column.is_required)
        for column in COLUMNS
        if column.is_public
    ]
)
"""The columns of a preview and of a Parquet file."""


def as_events(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch of the relation's columns with the schema of EVENT_SCHEMA: instants get their zone, UTC."""
    arrays = [
        column.cast(pa.timestamp("us")).view(field.type)
        if pa.types.is_timestamp(field.type)
        else column.cast(field.type)
        for column, field in zip(batch.columns, EVENT_SCHEMA, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=EVENT_SCHEMA)
