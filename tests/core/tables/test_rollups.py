"""Rollups keep sessions with equal hashes apart, find words once, and leave nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import duckdb
import pytest

from shannon_core.errors import JobCancelled
from shannon_core.rendering.macros import define_rendering_macros
from shannon_core.request.selection import Selection
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_core.store.tables import STORE_TABLES
from shannon_core.tables.compute import aggregate
from shannon_core.tables.result import Row

START = datetime(2026, 3, 1, 10)  # noqa: DTZ001 – UTC, as the store has it
TEMPORARY = "SELECT table_name FROM duckdb_tables() WHERE temporary"


@pytest.fixture
def store() -> Iterator[duckdb.DuckDBPyConnection]:
    """Sixty events of three sessions and of none, by the minute."""
    connection = duckdb.connect()
    connection.execute(STORE_TABLES)
    define_rendering_macros(connection)
    connection.executemany(
        "INSERT INTO events BY NAME SELECT ? AS id, ?::TIMESTAMP AS timestamp, 'tool_use' AS type, ? AS session_id,"
        " 'Bash' AS tool_name, ?::DOUBLE AS duration_ms, ? AS data",
        [
            [
                f"e{number}",
                START + timedelta(minutes=number),
                (None, "s1", "s2", "s3")[number % 4],
                number,
                f'{{"n":{number}}}',
            ]
            for number in range(60)
        ],
    )
    connection.execute(
        "INSERT INTO sessions VALUES ('s1', '/a', false), ('s2', '/b', false), ('s3', NULL, true)"
    )
    yield connection
    connection.close()


def rows_of(
    store: duckdb.DuckDBPyConnection, selection: Selection | None = None
) -> dict[str, tuple[Row, ...]]:
    found = aggregate(store, selection or Selection(), AGGREGATIONS)
    return {str(kind): result.rows for kind, result in found.items()}


def test_that_sessions_with_equal_hashes_are_counted_separately(store: duckdb.DuckDBPyConnection) -> None:
    before = rows_of(store)
    store.execute("CREATE TEMP MACRO hash(x) AS 1::UBIGINT")
    assert rows_of(store) == before
    assert {row["session_id"]: row["metrics_count"] for row in before["by_session"]} == dict.fromkeys(
        ("s1", "s2", "s3", None), 15
    )
    assert before["daily"][0]["sessions"] == 3


def test_that_a_search_covers_all_events(store: duckdb.DuckDBPyConnection) -> None:
    found = rows_of(store, Selection(text='"n":7'))
    assert [row["metrics_count"] for row in found["daily"]] == [1]
    assert [row["session_id"] for row in found["by_session"]] == ["s3"]
    assert found["by_tool"][0]["p50_duration_ms"] == 7


@pytest.mark.parametrize("text", ["", "n"])
def test_that_no_temporary_table_is_left_behind(store: duckdb.DuckDBPyConnection, text: str) -> None:
    rows_of(store, Selection(text=text))
    assert store.execute(TEMPORARY).fetchall() == []


def test_that_abandoned_rollups_leave_no_table_behind(store: duckdb.DuckDBPyConnection) -> None:
    asked = 0

    def give_up_at_the_tenth() -> None:
        nonlocal asked
        asked += 1
        if asked == 10:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        aggregate(store, Selection(), AGGREGATIONS, give_up_at_the_tenth)
    assert store.execute(TEMPORARY).fetchall() == []
