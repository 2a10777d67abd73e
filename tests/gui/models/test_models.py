"""The table of the preview, the log, and the values of a filter, under Qt's model tester."""

from datetime import datetime

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from harness.fakes import Recorder, some_rows
from shannon_core.query.facets import FacetValue
from shannon_core.request.sort_order import SORTED_ROWS, Order
from shannon_gui.dialogs.rejects_dialog import RejectsModel
from shannon_gui.models.columns import COLUMNS
from shannon_gui.models.facet_values import COUNT_ROLE, TAKEN_ROLE, FacetModel
from shannon_gui.models.log import LogFilter, LogLine, LogModel
from shannon_gui.models.preview_table import BAR_LENGTH_ROLE, MAX_ROWS, PAGES_KEPT, PLACEHOLDER, PreviewTable
from shannon_gui.text.formatting import DASH

PAGE = 10
NAMES = [column.name for column in COLUMNS]
NOON = datetime(2026, 1, 1, 12).astimezone()


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    """Aborts the process on the first broken rule of Qt's models."""
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def table(events: int) -> PreviewTable:
    model = PreviewTable(PAGE, "Europe/Berlin")
    model.show_selection(events)
    return model


def shown(model: PreviewTable, row: int, name: str, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return model.data(model.index(row, NAMES.index(name)), role)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.lists(
        st.one_of(
            st.integers(0, 50),
            st.tuples(st.integers(0, 6), st.integers(0, PAGE)),
            st.builds(Order, st.sampled_from(("timestamp", "duration_ms")), st.booleans()),
            st.sampled_from(("UTC", "Asia/Tokyo")),
        ),
        max_size=20,
    )
)
def test_that_the_table_keeps_qts_rules_whatever_comes_in_which_order(
    qapp: QApplication, steps: list
) -> None:
    model = PreviewTable(PAGE)
    tester = watched(model)
    for step in steps:
        if isinstance(step, int):
            model.show_selection(step)
        elif isinstance(step, Order):
            model.show_selection(40, step)
        elif isinstance(step, str):
            model.set_zone(step)
        else:
            number, rows = step
            model.add_page(number, some_rows(number * PAGE, rows))
    assert tester.model() is model


def test_that_a_sort_shows_its_first_rows_and_its_direction() -> None:
    model = PreviewTable(PAGE, "UTC")
    model.show_selection(10**7, Order("duration_ms", descending=True))
    assert model.rowCount() == SORTED_ROWS
    titles = [model.headerData(number, Qt.Orientation.Horizontal) for number in range(4)]
    assert titles == ["Time (UTC)", "Type", "Tool", "Duration ↓"]
    model.show_selection(10**7, Order(descending=True))
    assert model.rowCount() == 10**7


def test_that_bars_say_what_is_large_beside_what_was_loaded() -> None:
    model = PreviewTable(PAGE, "UTC")
    model.show_selection(1000)
    model.add_page(0, some_rows(0, PAGE))
    assert shown(model, 0, "duration_ms", BAR_LENGTH_ROLE) is None
    assert shown(model, 9, "duration_ms", BAR_LENGTH_ROLE) == 1.0
    model.add_page(99, some_rows(990, PAGE))
    smaller = shown(model, 9, "duration_ms", BAR_LENGTH_ROLE)
    assert isinstance(smaller, float)
    assert 0.2 < smaller < 0.25  # the cube root of 9/999
    assert shown(model, 9, "token_count", BAR_LENGTH_ROLE) is None
    assert shown(model, 9, "type", BAR_LENGTH_ROLE) is None


def test_that_the_key_of_a_row_names_its_event() -> None:
    model = table(1000)
    assert model.key(3) is None
    model.add_page(0, some_rows(0, PAGE))
    assert model.key(3) == (1_767_225_603_000_000, "/logs/a.jsonl", 4, "event-3")


def test_that_a_page_is_requested_once_when_it_becomes_visible() -> None:
    model = table(1000)
    needed = Recorder(model.page_needed)
    assert [shown(model, 25, name) for name in NAMES] == [PLACEHOLDER] + [None] * (len(NAMES) - 1)
    assert shown(model, 27, "id") is None
    assert needed.heard == [2]


def test_that_a_dropped_page_is_asked_for_again() -> None:
    model = table(1000)
    needed = Recorder(model.page_needed)
    shown(model, 25, "id")
    model.drop_page(2)
    shown(model, 25, "id")
    assert needed.heard == [2, 2]


def test_that_a_page_fills_its_rows() -> None:
    model = table(1000)
    model.add_page(2, some_rows(20, PAGE))
    assert shown(model, 25, "id") == "event-25"
    assert shown(model, 25, "timestamp") == "2026-01-01 01:00:25.000"
    assert shown(model, 25, "duration_ms") == "25 ms"
    assert shown(model, 25, "success") == "failed"
    assert shown(model, 25, "session_id") == DASH


def test_that_numbers_stand_at_the_right() -> None:
    model = table(10)
    sides = {name: shown(model, 0, name, Qt.ItemDataRole.TextAlignmentRole) for name in NAMES}
    right = {name for name, side in sides.items() if side & int(Qt.AlignmentFlag.AlignRight)}
    tokens = {"input_tokens", "output_tokens", "cache_creation_tokens", "cache_read_tokens", "token_count"}
    assert right == {"duration_ms", "cost_usd", "source_line", *tokens}


def test_that_the_heading_of_times_names_their_zone() -> None:
    model = table(0)
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Time (Europe/Berlin) ↑"
    model.set_zone("Asia/Tokyo")
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Time (Asia/Tokyo) ↑"


def test_that_a_change_of_zone_moves_the_clock() -> None:
    model = table(10)
    model.add_page(0, some_rows(0, PAGE))
    model.set_zone("Asia/Tokyo")
    assert shown(model, 0, "timestamp") == "2026-01-01 09:00:00.000"


def test_that_old_pages_give_way_and_come_back() -> None:
    model = table(PAGE * (PAGES_KEPT + 1))
    for number in range(PAGES_KEPT + 1):
        model.add_page(number, some_rows(number * PAGE, PAGE))
    needed = Recorder(model.page_needed)
    assert shown(model, 0, "id") is None
    assert needed.heard == [0]
    assert shown(model, PAGE, "id") == f"event-{PAGE}"


def test_that_rows_beyond_qts_pixels_are_left_to_the_export() -> None:
    assert table(10**12).rowCount() == MAX_ROWS
    assert MAX_ROWS * 24 < 2**31


def test_that_a_page_after_the_end_is_ignored() -> None:
    model = table(5)
    model.add_page(3, some_rows(30, PAGE))
    model.add_page(0, some_rows(0, PAGE))
    assert model.rowCount() == 5
    assert shown(model, 4, "id") == "event-4"


def test_that_a_tooltip_gives_the_exact_value() -> None:
    model = table(10)
    model.add_page(0, some_rows(0, PAGE))
    assert "7.0 ms" in str(shown(model, 7, "duration_ms", Qt.ItemDataRole.ToolTipRole))
    assert shown(model, 7, "session_id", Qt.ItemDataRole.ToolTipRole) is None


def test_that_null_is_quiet() -> None:
    model = table(10)
    model.add_page(0, some_rows(0, PAGE))
    assert shown(model, 0, "session_id", Qt.ItemDataRole.ForegroundRole) is not None
    assert shown(model, 0, "type", Qt.ItemDataRole.ForegroundRole) is None


def test_that_redrawing_covers_every_row() -> None:
    model = table(1000)
    changed = Recorder(model.dataChanged)
    model.redraw()
    first, last, *_ = changed.heard[0]
    assert (first.row(), last.row()) == (0, 999)


def test_that_the_log_keeps_the_newest_lines() -> None:
    model = LogModel(most=10)
    tester = watched(model)
    for start in (0, 7, 30):
        for number in range(start, start + 7):
            model.append(LogLine(NOON, "info", f"line {number}"))
        model.flush()
    assert [model.line(row).text for row in range(model.rowCount())] == [
        f"line {number}" for number in (11, 12, 13, *range(30, 37))
    ]
    assert tester.model() is model


def test_that_a_flood_of_lines_is_one_insertion(qapp: QApplication) -> None:
    model = LogModel()
    inserted = Recorder(model.rowsInserted)
    for number in range(1000):
        model.append(LogLine(NOON, "info", str(number)))
    model.flush()
    assert len(inserted.heard) == 1
    assert model.rowCount() == 1000


def test_that_the_log_is_filtered_by_level_and_words(qapp: QApplication) -> None:
    model, view = LogModel(), LogFilter()
    view.setSourceModel(model)
    tester = watched(view)
    for level, text in (("info", "Reading"), ("warning", "Odd"), ("danger", "Broken"), ("success", "Done")):
        model.append(LogLine(NOON, level, text))
    model.flush()
    assert view.rowCount() == 4
    view.set_level("warning")
    assert [view.index(row, 1).data() for row in range(view.rowCount())] == ["Odd", "Broken"]
    view.set_words(" bro ")
    assert [view.index(row, 1).data() for row in range(view.rowCount())] == ["Broken"]
    assert tester.model() is view


def test_that_a_copied_line_names_its_level_in_words() -> None:
    assert LogLine(NOON, "danger", "Broken").as_text() == "12:00:00  Error    Broken"


def test_that_values_come_with_their_counts_and_without_null(qapp: QApplication) -> None:
    model = FacetModel("success")
    tester = watched(model)
    model.set_values([FacetValue("true", 12_345), FacetValue(None, 3), FacetValue("false", 2)])
    texts = [(model.index(row).data(), model.index(row).data(COUNT_ROLE)) for row in range(model.rowCount())]
    assert texts == [("succeeded", "12,345"), ("failed", "2")]
    assert (model.value_at(1), model.value_at(2)) == ("false", None)
    assert tester.model() is model


def test_that_values_that_are_taken_are_marked(qapp: QApplication) -> None:
    model = FacetModel("tool_name")
    tester = watched(model)
    model.set_taken({"Bash": False})
    model.set_values([FacetValue("Bash", 2), FacetValue("Read", 1)])
    model.set_taken({"Read": True})
    assert [model.index(row).data(TAKEN_ROLE) for row in range(2)] == [None, True]
    assert tester.model() is model


def test_that_rejected_lines_are_copied_as_a_table(qapp: QApplication) -> None:
    rejects = {"path": ["/logs/a.jsonl"], "line": [12_345], "reason": ["bad_json"], "excerpt": ["{\t\n<b>"]}
    model = RejectsModel(pa.table(rejects))
    tester = watched(model)
    assert [model.index(0, column).data() for column in range(4)] == [
        "a.jsonl",
        "12,345",
        "Not JSON",
        "{ <b>",
    ]
    assert model.as_text().splitlines()[1] == "/logs/a.jsonl\t12345\tbad_json\t{ <b>"
    assert tester.model() is model
