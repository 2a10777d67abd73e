"""The registry of filter fields: every entry asks for a column, in SQL that can be run, and has a place of its own."""

import duckdb
import pytest

from shannon_core.event_columns import EVENT_COLUMNS
from shannon_core.query import statements
from shannon_core.request.filter_fields import FILTER_FIELDS, FilterField
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.store.tables import STORE_TABLES

every_field = pytest.mark.parametrize("field", FILTER_FIELDS.values(), ids=lambda field: field.id)


@every_field
def test_that_each_field_asks_for_a_column_of_the_events(field: FilterField) -> None:
    assert field.id in EVENT_COLUMNS


@every_field
def test_that_what_a_field_offers_is_what_it_finds(field: FilterField) -> None:
    """Each value among the facets selects as many events as its count says, and its negation the others."""
    connection = duckdb.connect()
    connection.execute(STORE_TABLES)
    connection.execute(
        """INSERT INTO events BY NAME
        SELECT 's' || range % 3 AS session_id, 'u' || range % 2 AS user_id, 't' || range % 4 AS type,
        'x' AS source, CASE WHEN range % 5 > 0 THEN 'n' || range % 5 END AS tool_name, 'a' || range % 2 AS agent_id,
        CASE WHEN range % 7 = 0 THEN '/own' END AS project_path, 'm' || range % 3 AS model,
        CASE range % 3 WHEN 0 THEN true WHEN 1 THEN false END AS success FROM range(60)"""
    )
    connection.execute("INSERT INTO sessions VALUES ('s0', '/zero', false), ('s1', NULL, false)")
    offered = statements.facets(Selection(), field.id, "", 100)
    values = connection.execute(offered.sql, list(offered.parameters)).fetchall()
    assert sum(count for _, count in values) == 60
    for value, count in values:
        if value is not None:
            for negated, expected in ((False, count), (True, 60 - count)):
                where = statements.condition(Selection(filters=(EventFilter(field.id, (value,), negated),)))
                found = connection.execute(
                    f"SELECT count(*) FROM events WHERE {where.sql}", list(where.parameters)
                )
                assert found.fetchall() == [(expected,)]


def test_that_options_and_places_are_taken_once() -> None:
    for taken in ("option", "place"):
        values = [getattr(field, taken) for field in FILTER_FIELDS.values()]
        assert len(values) == len(set(values))


def test_that_fields_of_few_values_offer_all_of_them() -> None:
    assert [value.id for value in FILTER_FIELDS["success"].values] == ["true", "false", "unknown"]
    assert all(not field.values for field in FILTER_FIELDS.values() if field.id != "success")
