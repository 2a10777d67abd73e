"""The registry of tables: every key and measure says all that files, reports and the window ask, and a recount knows
it."""

from zoneinfo import ZoneInfo

import pytest

from harness.recount import OTHER_KEYS, measures, time_keys
from shannon_core.event_columns import EVENT_COLUMNS
from shannon_core.export.writers.excel_sheets import NUMBER_FORMATS
from shannon_core.report.model import FIGURES
from shannon_core.request.contents import DEFAULT_AGGREGATIONS, AggregationType, Contents
from shannon_core.request.filter_fields import FILTER_FIELDS
from shannon_core.request.measures import MEASURES, Measure
from shannon_core.request.table_keys import AGGREGATIONS, TableKey
from shannon_core.tables.rollups import ROLLUPS, Need

every_key = pytest.mark.parametrize("key", AGGREGATIONS.values(), ids=lambda key: key.aggregation)
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.id)
OWN_COLUMNS = {"hour", "shift", "session", "project", "tokens"}
"""What rollups have beside the columns of the events."""


def test_that_the_aggregations_of_0_1_are_there_and_by_model() -> None:
    assert list(AGGREGATIONS)[: len(AggregationType)] == list(AggregationType)
    assert "by_model" in AGGREGATIONS
    assert set(DEFAULT_AGGREGATIONS) <= set(AGGREGATIONS)
    assert Contents(aggregations=("by_model", AggregationType.DAILY)).aggregations == ("by_model", "daily")


@every_key
def test_that_an_independent_recount_knows_the_key(key: TableKey) -> None:
    name, _ = {**time_keys(ZoneInfo("UTC")), **OTHER_KEYS}[key.aggregation]
    assert name == key.column


@every_key
def test_that_a_key_is_a_span_of_time_or_a_column_to_filter_by(key: TableKey) -> None:
    assert (key.field == "") == key.is_time == (key.about is not None)
    assert key.is_time or key.field in FILTER_FIELDS
    assert set(key.reads) <= OWN_COLUMNS | set(EVENT_COLUMNS)


@every_key
def test_that_each_column_of_a_table_has_a_title_and_a_heading_of_its_own(key: TableKey) -> None:
    for names in (key.column_names, [c.title for c in key.columns], [c.heading for c in key.columns]):
        assert all(names)
        assert len(set(names)) == len(names)


@every_key
def test_that_excel_has_a_format_for_each_unit_but_texts_and_uses(key: TableKey) -> None:
    assert {column.unit for column in key.columns} - {"text", "uses"} <= NUMBER_FORMATS.keys()


@every_measure
def test_that_a_measure_is_computed_in_one_way_and_recounted(measure: Measure) -> None:
    assert [bool(measure.sql), bool(measure.distinct), measure.quantile is not None].count(True) == 1
    assert not measure.bases or measure.sql
    assert set(measure.reads) <= OWN_COLUMNS | set(EVENT_COLUMNS)
    assert measure.id in measures([])


@every_measure
def test_that_reports_spell_the_measures_that_they_show(measure: Measure) -> None:
    assert not measure.in_report or measure.unit in FIGURES


def test_that_no_two_measures_keep_different_sums_under_one_name() -> None:
    bases = [base for measure in MEASURES.values() for base in measure.bases]
    assert len({name for name, _ in bases}) == len(bases)


def needs(key: TableKey) -> list[Need]:
    """What the rows of the aggregation by a key ask of rollups."""
    different = [measure.distinct for measure in MEASURES.values() if measure.distinct]
    met = [Need((*key.reads, column), not_null=(column, *key.reads)) for column in different]
    return [Need(key.reads, is_measured=True), *met]


@pytest.mark.parametrize("aggregation", AggregationType)
def test_that_no_aggregation_of_0_1_needs_a_scan_of_its_own(aggregation: str) -> None:
    for need in needs(AGGREGATIONS[aggregation]):
        assert any(rollup.covers(need) for rollup in ROLLUPS.values())


@every_key
def test_that_a_rollup_made_for_a_question_answers_it(key: TableKey) -> None:
    assert all(need.rollup().covers(need) for need in needs(key))


def test_that_a_rollup_without_some_events_serves_only_questions_that_leave_them_out() -> None:
    of_users = ROLLUPS["hour_users"]
    assert of_users.covers(Need(("hour", "shift", "user_id"), not_null=("user_id",)))
    assert not of_users.covers(Need(("hour", "shift", "user_id")))
    assert not of_users.covers(Need(("hour", "shift", "tool_name"), not_null=("user_id",)))
