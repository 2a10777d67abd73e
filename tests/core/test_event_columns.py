"""The registry of columns: every entry says all that its readers ask, and they say the same as the entry."""

import re
from pathlib import Path

import duckdb
import pytest

from shannon_core.column_spec import Column
from shannon_core.event_columns import COLUMNS, LINE_MEMBERS, SHEET_COLUMNS
from shannon_core.event_notes import NOTE_BIT_MACRO, NOTES
from shannon_core.event_schema import EVENT_SCHEMA
from shannon_core.export.hazards import CSV_CELLS, SHEETS
from shannon_core.rendering.csv_dialects import PLAIN_TEXTS

CORE = Path(__file__).parents[2] / "core"
every_column = pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)


def test_that_the_relation_holds_the_columns_of_0_1_in_their_order() -> None:
    assert [column.name for column in COLUMNS] == [
        *("id", "timestamp", "type", "session_id", "user_id", "data", "metadata"),
        *("tool_name", "duration_ms", "success", "token_count", "project_path", "model", "agent_id"),
        *("command_name", "error_type", "operation", "input_tokens", "output_tokens"),
        *("cache_creation_tokens", "cache_read_tokens", "cost_usd", "source", "source_file", "source_line"),
        *("extra", "notes"),
    ]
    assert LINE_MEMBERS == ("id", "timestamp", "type", "session_id", "user_id", "data", "metadata")


@every_column
def test_that_each_column_has_the_unit_of_its_type(column: Column) -> None:
    by_type = {
        "VARCHAR": ("text",),
        "TIMESTAMP": ("instant",),
        "BOOLEAN": ("outcome",),
        "BIGINT": ("count", "tokens"),
        "INTEGER": ("count",),
        "DOUBLE": ("milliseconds", "dollars"),
    }
    assert column.unit in by_type[column.sql_type]


@every_column
def test_that_names_are_looked_for_in_every_text_that_may_hold_one(column: Column) -> None:
    """Ids, types, tools, models and kinds of logs are the tools' own words; every other text may name a person."""
    if column.personal == "none":
        own_words = ("id", "type", "tool_name", "model", "source")
        assert column.unit != "text" or column.name in own_words
    else:
        assert column.unit == "text"
    assert (column.personal == "json") == column.is_json


@every_column
def test_that_hazards_of_cells_are_counted_for_every_column_that_may_have_them(column: Column) -> None:
    """Long texts and big integers of sheets, formulas of a CSV.

    Times are looked at by their instant, JSON by its members.
    """
    in_sheet = column in [shown for shown, _ in SHEET_COLUMNS]
    assert (f"sheet_too_long({column.name})" in SHEETS.columns) == (in_sheet and column.is_json)
    assert (f"abs({column.name})" in SHEETS.columns) == (in_sheet and column.unit in ("count", "tokens"))
    assert (f"is_formula({column.name})" in CSV_CELLS.columns) == (column.name in PLAIN_TEXTS)


def test_that_parquet_and_previews_have_the_public_columns() -> None:
    assert EVENT_SCHEMA.names == [column.name for column in COLUMNS if column.is_public]
    assert [field.name for field in EVENT_SCHEMA if not field.nullable] == ["id", "timestamp", "type"]


def test_that_places_on_the_screen_are_taken_once() -> None:
    places = [column.screen.place for column in COLUMNS if column.screen]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("name", NOTES)
def test_that_sql_knows_the_bit_of_each_note(name: str) -> None:
    connection = duckdb.connect()
    connection.execute(NOTE_BIT_MACRO)
    assert connection.execute(f"SELECT note_bit('{name}')").fetchall() == [(NOTES[name],)]


def test_that_scripts_name_only_notes_that_there_are() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in CORE.rglob("*.sql"))
    used = set(re.findall(r"note_bit\('(\w+)'\)", scripts))
    assert used
    assert used <= NOTES.keys()


def test_that_the_planner_makes_a_number_of_a_note() -> None:
    connection = duckdb.connect()
    connection.execute(NOTE_BIT_MACRO)
    plan = connection.execute("EXPLAIN SELECT note_bit('type_mismatch') | range FROM range(9)").fetchall()[0][
        1
    ]
    assert "CASE" not in plan
