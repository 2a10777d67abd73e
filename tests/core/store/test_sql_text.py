"""SQL as text."""

from datetime import datetime

import duckdb
import pytest

from shannon_core.store.sql_text import constant_macro


@pytest.mark.parametrize(
    "value", [0, 2**53, "", "it's \\ ＝", [9, 65309], datetime.fromisoformat("2026-01-02T03:04:05.000006")]
)
def test_that_sql_has_the_value_of_python(value: object) -> None:
    with duckdb.connect() as connection:
        connection.execute(constant_macro("limit_of_ours", value))
        assert connection.sql("SELECT limit_of_ours()").fetchall() == [(value,)]
