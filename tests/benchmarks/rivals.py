"""What others would type for the same work, each run as a process of its own: ``python rivals.py NAME FOLDER TARGET``.

They get what they need to be fast: the names and types of all members, all cores, all memory. None of them names what
it could not read, makes its file durable or reads it again.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from made_events import DATA_KEYS

_COLUMNS = """columns = {
        id: 'VARCHAR', timestamp: 'TIMESTAMP', type: 'VARCHAR', session_id: 'VARCHAR', user_id: 'VARCHAR',
        data: 'JSON', metadata: 'JSON'
    }, format = 'newline_delimited', filename = TRUE"""
_TYPED = f"""SELECT id, timestamp, type, session_id, user_id, data, metadata,
    CASE WHEN type = 'tool_use' THEN data ->> '$.tool_name' END AS tool_name,
    TRY_CAST(data ->> '$.duration_ms' AS DOUBLE) AS duration_ms, TRY_CAST(data ->> '$.success' AS BOOLEAN) AS success,
    coalesce(
        TRY_CAST(data ->> '$.total_tokens' AS BIGINT), TRY_CAST(data ->> '$.token_count' AS BIGINT)
    ) AS token_count,
    data ->> '$.project_path' AS project_path, data ->> '$.model' AS model, data ->> '$.agent_id' AS agent_id,
    data ->> '$.command_name' AS command_name, data ->> '$.error_type' AS error_type,
    data ->> '$.operation' AS operation,
    TRY_CAST(data ->> '$.prompt_tokens' AS BIGINT) AS input_tokens,
    TRY_CAST(data ->> '$.completion_tokens' AS BIGINT) AS output_tokens,
    TRY_CAST(data ->> '$.cache_creation_tokens' AS BIGINT) AS cache_creation_tokens,
    TRY_CAST(data ->> '$.cache_read_tokens' AS BIGINT) AS cache_read_tokens,
    TRY_CAST(data ->> '$.cost_usd' AS DOUBLE) AS cost_usd,
    'shannon' AS source, filename AS source_file
    FROM read_json($logs, {_COLUMNS})"""
_KEYED = ", ".join(f"data ->> '$.{key}' AS {key}" for key in DATA_KEYS if key != "type")
_IN_ORDER = "ORDER BY timestamp, filename"
SHEET = [
    "ID",
    "Timestamp",
    "Type",
    "Session ID",
    "User ID",
    "Tool Name",
    "Duration (ms)",
    "Success",
    "Tokens",
    "Data",
]


def duckdb_table(logs: Path, target: Path) -> None:
    """CREATE TABLE AS over read_json, the columns of the store, into a file."""
    import duckdb

    with duckdb.connect(str(target)) as connection:
        connection.execute(f"CREATE TABLE events AS {_TYPED.replace('$logs', _pattern(logs))}")


def duckdb_jsonl(logs: Path, target: Path) -> None:
    """COPY … TO JSON lines."""
    members = "id, timestamp, type, session_id, user_id, data, metadata"
    _copy(f"SELECT {members} FROM read_json({_pattern(logs)}, {_COLUMNS}) {_IN_ORDER}", target, "json")


def duckdb_csv(logs: Path, target: Path) -> None:
    """COPY … TO CSV, the columns of our CSV."""
    members = f"id, timestamp, type, session_id, user_id, {_KEYED}"
    _copy(f"SELECT {members} FROM read_json({_pattern(logs)}, {_COLUMNS}) {_IN_ORDER}", target, "csv")


def duckdb_parquet(logs: Path, target: Path) -> None:
    """COPY … TO Parquet, the columns of our Parquet."""
    typed = _TYPED.replace("$logs", _pattern(logs))
    _copy(f"SELECT * FROM ({typed}) ORDER BY timestamp, source_file", target, "parquet")


def _copy(query: str, target: Path, kind: str) -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{target}' (FORMAT {kind})")


def _pattern(logs: Path) -> str:
    return f"'{logs}/metrics/*.jsonl'"


def polars_parquet(logs: Path, target: Path) -> None:
    """Polars: read_ndjson, sort, write_parquet."""
    _polars_frame(logs).write_parquet(target)


def polars_jsonl(logs: Path, target: Path) -> None:
    """Polars: read_ndjson, sort, write_ndjson."""
    _polars_frame(logs).write_ndjson(target)


def polars_csv(logs: Path, target: Path) -> None:
    """Polars: read_ndjson, sort, write_csv with the members of data as columns."""
    import polars as pl

    frame = _polars_frame(logs).with_columns(pl.col("data").struct.rename_fields(_UNIQUE))
    frame = frame.unnest("data").with_columns(pl.col("data.matched").cast(pl.List(pl.String)).list.join(" "))
    frame.write_csv(target)


_UNIQUE = [f"data.{key}" for key in DATA_KEYS]


def _polars_frame(logs: Path) -> Any:
    import polars as pl

    texts = dict.fromkeys(DATA_KEYS, pl.String()) | {"success": pl.Boolean(), "matched": pl.List(pl.Int64())}
    numbers = ("duration_ms", "duration_seconds")
    counts = [key for key in DATA_KEYS if key.endswith(("_tokens", "_size", "_count", "_changed"))]
    texts |= dict.fromkeys(numbers, pl.Float64()) | dict.fromkeys(counts, pl.Int64())
    schema = {name: pl.String() for name in ("id", "timestamp", "type", "session_id", "user_id")}
    schema |= {"data": pl.Struct(texts)}  # without metadata: Polars keeps no objects that are empty
    files = sorted((logs / "metrics").glob("*.jsonl"))
    frame = pl.concat([pl.read_ndjson(file, schema=schema) for file in files])
    return frame.with_columns(pl.col("timestamp").str.to_datetime(time_zone="UTC")).sort("timestamp")


def pyarrow_parquet(logs: Path, target: Path) -> None:
    """pyarrow: read_json, sort_by, write_table."""
    import pyarrow as pa
    import pyarrow.json
    import pyarrow.parquet as pq

    files = sorted((logs / "metrics").glob("*.jsonl"))
    whole = pa.concat_tables([pa.json.read_json(file) for file in files], promote_options="permissive")
    pq.write_table(whole.drop_columns(["metadata"]).sort_by("timestamp"), target)


def openpyxl_sheet(logs: Path, target: Path) -> None:
    """openpyxl in write-only mode."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Metrics")
    sheet.append(SHEET)
    for row in _sheet_rows(logs):
        sheet.append(row)
    workbook.save(target)


def xlsxwriter_sheet(logs: Path, target: Path) -> None:
    """XlsxWriter with constant_memory."""
    import xlsxwriter

    workbook = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    sheet = workbook.add_worksheet("Metrics")
    instant = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss.000"})
    sheet.write_row(0, 0, SHEET)
    for number, row in enumerate(_sheet_rows(logs), 1):
        for column, value in enumerate(row):
            if column == 1:
                sheet.write_datetime(number, column, value, instant)
            elif value is not None:
                sheet.write(number, column, value)
    workbook.close()


def _sheet_rows(logs: Path) -> Iterator[list[Any]]:
    for event in sorted(_events(logs), key=lambda event: event["timestamp"]):
        data = event["data"]
        moment = datetime.fromisoformat(event["timestamp"]).replace(tzinfo=None)
        own = [event["id"], moment, event["type"], event["session_id"], event["user_id"]]
        fields = [data.get(key) for key in ("tool_name", "duration_ms", "success")]
        tokens = data.get("total_tokens", data.get("token_count"))
        yield [*own, *fields, tokens, json.dumps(data, ensure_ascii=False)]


def plain_python(logs: Path, target: Path) -> None:
    """A plain exporter: every line an object, sorted in memory, written as JSON and as CSV."""
    events = sorted(_events(logs), key=lambda event: event["timestamp"])
    with target.open("w", encoding="utf-8") as file:
        json.dump({"metrics": events}, file, indent=2)
    keys = sorted({key for event in events for key in event["data"]})
    with target.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "timestamp", "type", "session_id", "user_id", *keys])
        for event in events:
            own = [event[name] for name in ("id", "timestamp", "type", "session_id", "user_id")]
            writer.writerow([*own, *(event["data"].get(key) for key in keys)])


def _events(logs: Path) -> Iterator[dict[str, Any]]:
    for path in sorted((logs / "metrics").glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def polars_aggregations(_logs: Path, parquet: Path) -> None:
    """The nine groupings over our Parquet file, as an expert would write them; prints their seconds alone."""
    import time

    import polars as pl

    times = {f"1{unit}": pl.col("timestamp").dt.truncate(f"1{unit}") for unit in ("h", "d", "w", "mo")}
    columns = ("session_id", "user_id", "tool_name", "agent_id", "project_path")
    keys = [*times.values(), *map(pl.col, columns)]
    sums = ("success", "token_count", "input_tokens", "output_tokens", "cost_usd")
    measures = [
        pl.len().alias("events"),
        *(pl.col(name).n_unique().alias(f"{name}s") for name in ("session_id", "user_id")),
        (pl.col("type") == "error_occurred").sum().alias("errors"),
        *(pl.col(name).sum().alias(name) for name in sums),
        *(getattr(pl.col("duration_ms"), name)().alias(name) for name in ("sum", "mean", "min", "max")),
        *(pl.col("duration_ms").quantile(share, "linear").alias(f"p{share}") for share in (0.5, 0.95, 0.99)),
        pl.col("timestamp").min().alias("first"),
        pl.col("timestamp").max().alias("last"),
    ]
    started = time.perf_counter()
    frames = pl.collect_all(
        [pl.scan_parquet(parquet).group_by(key.alias("key")).agg(measures) for key in keys]
    )
    seconds = time.perf_counter() - started
    print(json.dumps({"aggregations": seconds, "events": int(frames[1]["events"].sum())}))


RIVALS: dict[str, Callable[[Path, Path], None]] = {
    rival.__name__: rival
    for rival in (
        *(duckdb_table, duckdb_jsonl, duckdb_csv, duckdb_parquet, polars_jsonl, polars_csv, polars_parquet),
        *(pyarrow_parquet, openpyxl_sheet, xlsxwriter_sheet, plain_python, polars_aggregations),
    )
}

if __name__ == "__main__":
    RIVALS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
