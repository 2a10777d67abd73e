"""The parts of the form: what is clicked and typed, and the value that it becomes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDate, QDateTime, QEvent, QPoint, QPointF, Qt, QTime
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QDateTimeEdit, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from harness.fakes import Recorder, some_totals
from shannon_core.query.facets import FacetValue
from shannon_core.query.histogram import Histogram
from shannon_core.request.export_request import (
    AggregationType,
    Contents,
    Encoding,
    ExportFormat,
    ReportFormat,
)
from shannon_core.request.selection import EventFilter
from shannon_core.request.time_range import TimeRange
from shannon_gui.panels.export.log import LogPanel
from shannon_gui.panels.filters.event_filters import Choice, EventFiltersPanel, FilterTerms
from shannon_gui.panels.filters.export_contents import ExportContentsPanel
from shannon_gui.panels.filters.export_formats import ExportFormatsPanel, FormatChoice
from shannon_gui.panels.filters.form_panel import FormPanel
from shannon_gui.panels.filters.time_range import TimeRangePanel

BERLIN = "Europe/Berlin"
LEFT = Qt.MouseButton.LeftButton


def edits(panel: TimeRangePanel) -> tuple[QDateTimeEdit, QDateTimeEdit]:
    return panel.start_edit(), panel.end_edit()


@pytest.fixture
def times(qtbot: QtBot) -> TimeRangePanel:
    panel = TimeRangePanel(BERLIN)
    qtbot.addWidget(panel)
    return panel


@pytest.fixture
def filters(qtbot: QtBot) -> TimeRangePanel:
    panel = EventFiltersPanel()
    qtbot.addWidget(panel)
    panel.show()
    return panel


@pytest.fixture
def formats(qtbot: QtBot) -> Iterator[ExportFormatsPanel]:
    panel = ExportFormatsPanel()
    qtbot.addWidget(panel)
    return panel


def tick(panel: ExportFormatsPanel, *wanted: ExportFormat) -> None:
    panel.set_value(FormatChoice(wanted, panel.value().encoding))


class TestTime:
    def test_that_everything_is_the_range_at_first(self, times: TimeRangePanel) -> None:
        assert times.value() == TimeRange(None, None, BERLIN)

    @pytest.mark.parametrize(("key", "days"), [("today", 0), ("week", 6), ("month", 29)])
    def test_that_a_quick_range_is_whole_days_up_to_the_end_of_today(
        self, times: TimeRangePanel, key: str, days: int
    ) -> None:
        times.choose(key)
        today = datetime.now(ZoneInfo(BERLIN)).date()
        assert times.value() == TimeRange.parse(str(today - timedelta(days=days)), str(today), BERLIN)

    def test_that_yesterday_and_the_last_month_are_whole_and_over(self, times: TimeRangePanel) -> None:
        today = datetime.now(ZoneInfo(BERLIN)).date()
        times.choose("yesterday")
        day = str(today - timedelta(days=1))
        assert times.value() == TimeRange.parse(day, day, BERLIN)
        times.choose("last_month")
        last = today.replace(day=1) - timedelta(days=1)
        assert times.value() == TimeRange.parse(str(last.replace(day=1)), str(last), BERLIN)

    def test_that_a_day_of_the_calendar_begins_at_midnight_and_ends_with_its_last_minute(
        self, times: TimeRangePanel
    ) -> None:
        times.show_extent_of(some_totals())  # the open sides show 01:00
        times.start_box().click()
        times.end_box().click()
        for edit, day in zip(edits(times), (QDate(2026, 1, 5), QDate(2026, 1, 7)), strict=True):
            edit.calendarWidget().clicked.emit(day)
        assert times.value() == TimeRange.parse("2026-01-05", "2026-01-07", BERLIN)

    def test_that_the_histogram_shows_the_range_that_is_typed(self, times: TimeRangePanel) -> None:
        day = 86_400_000_000
        start = 1_767_222_000_000_000  # 2026-01-01 in Berlin
        edges = tuple(start + number * day for number in range(31))
        times.show_histogram(Histogram(edges, (3,) * 30))
        assert times.histogram().description(2) == "2026-01-03\n3 events"
        times.histogram().range_chosen.emit(edges[2], edges[5])
        assert times.value() == TimeRange.parse("2026-01-03", "2026-01-05", BERLIN)
        times.show_histogram(Histogram())
        assert times.histogram().isHidden()

    def test_that_the_month_begins_on_its_first_day(self, times: TimeRangePanel) -> None:
        times.choose("this_month")
        today = datetime.now(ZoneInfo(BERLIN)).date()
        assert times.value() == TimeRange.parse(str(today.replace(day=1)), str(today), BERLIN)

    @pytest.mark.parametrize("text", ["2026-10-25", "2026-03-29", "2026-02-28"])
    def test_that_a_day_is_whole_on_days_when_the_clock_changes_too(
        self, times: TimeRangePanel, text: str
    ) -> None:
        day = TimeRange.parse(text, text, BERLIN)
        times.set_value(day)
        assert times.value() == day

    def test_that_a_date_picked_as_end_means_its_end(self, times: TimeRangePanel) -> None:
        times.set_value(TimeRange.parse("2026-10-01", "2026-10-02", BERLIN))
        edits(times)[1].setDate(QDate(2026, 10, 25))  # what the calendar does
        assert times.value() == TimeRange.parse("2026-10-01", "2026-10-25", BERLIN)

    def test_that_an_hour_that_happens_twice_is_taken_whole(self, times: TimeRangePanel) -> None:
        start, end = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
        times.set_value(TimeRange(start, end, BERLIN))  # 02:30 summer time to 02:30 winter time
        found = times.value()
        assert found is not None
        assert (found.start, found.end) == (start, end + timedelta(seconds=59, microseconds=999_999))

    def test_that_a_wrong_range_is_said_at_the_field_and_is_no_value(self, times: TimeRangePanel) -> None:
        times.set_value(TimeRange.parse("2026-10-01", "2026-10-02", BERLIN))
        edits(times)[1].setDate(QDate(2026, 9, 1))
        assert times.value() is None
        assert times.problem() == "From is later than To."
        assert edits(times)[1].property("problem") is True
        edits(times)[1].setDate(QDate(2026, 10, 1))
        assert times.problem() == ""

    def test_that_an_open_side_shows_where_the_data_begins_or_ends(self, times: TimeRangePanel) -> None:
        times.show_extent_of(some_totals())
        start, end = edits(times)
        assert start.dateTime().toString("yyyy-MM-dd HH:mm") == "2026-01-01 01:00"
        assert end.dateTime().toString("yyyy-MM-dd HH:mm") == "2026-01-31 01:00"
        assert not start.isEnabled()
        assert times.value() == TimeRange(None, None, BERLIN)

    def test_that_ticking_a_side_closes_it_where_the_data_begins(self, times: TimeRangePanel) -> None:
        times.show_extent_of(some_totals())
        changed = Recorder(times.changed)
        times.start_box().click()
        found = times.value()
        assert found is not None
        assert found.start == datetime(2026, 1, 1, tzinfo=UTC)
        assert len(changed.heard) == 1

    def test_that_another_zone_keeps_the_wall_clock(self, times: TimeRangePanel) -> None:
        times.set_value(TimeRange.parse("2026-10-01", "2026-10-02", BERLIN))
        times.set_zone("Asia/Tokyo")
        assert times.value() == TimeRange.parse("2026-10-01", "2026-10-02", "Asia/Tokyo")

    def test_that_what_is_no_zone_goes_back(self, times: TimeRangePanel, qtbot: QtBot) -> None:
        combo = times.zone_box()
        combo.setCurrentText("Middle-earth/Shire")
        combo.lineEdit().editingFinished.emit()
        assert (combo.currentText(), times.zone()) == (BERLIN, BERLIN)

    def test_that_the_wheel_over_a_field_without_focus_changes_nothing(self, times: TimeRangePanel) -> None:
        times.set_value(TimeRange.parse("2026-10-01", "2026-10-02", BERLIN))
        field, before = edits(times)[0], edits(times)[0].dateTime()
        wheel = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, 120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(field, wheel)
        assert field.dateTime() == before
        assert wheel.type() == QEvent.Type.Wheel

    def test_that_a_field_takes_any_wall_clock(self, times: TimeRangePanel) -> None:
        times.start_box().click()
        skipped = QDateTime(QDate(2026, 3, 29), QTime(2, 30), edits(times)[0].timeZone())
        edits(times)[0].setDateTime(skipped)  # does not exist in Berlin: the clock goes from 02:00 to 03:00
        assert edits(times)[0].time() == QTime(2, 30)


class TestFilters:
    def test_that_values_of_a_field_join_and_fields_stay_apart(self, filters: EventFiltersPanel) -> None:
        for choice in (
            Choice("tool_name", "Bash"),
            Choice("type", "tool_use"),
            Choice("tool_name", "Read", True),
        ):
            filters.add_choice(choice)
        filters.add_choice(Choice("tool_name", "Edit"))
        assert set(filters.value().filters) == {
            EventFilter("tool_name", ("Bash", "Edit")),
            EventFilter("tool_name", ("Read",), negated=True),
            EventFilter("type", ("tool_use",)),
        }

    def test_that_filters_survive_a_round_trip(self, filters: EventFiltersPanel) -> None:
        wanted = (EventFilter("model", ("a", "b")), EventFilter("success", ("false",), negated=True))
        filters.set_value(FilterTerms(wanted, "disk full"))
        assert filters.value() == FilterTerms(wanted, "disk full")

    def test_that_a_chip_turns_around_when_clicked_and_goes_with_its_cross(
        self, filters: EventFiltersPanel, qtbot: QtBot
    ) -> None:
        filters.add_choice(Choice("tool_name", "Bash"))
        qtbot.mouseClick(filters.chips()[0].text_button(), LEFT)
        assert filters.choices() == (Choice("tool_name", "Bash", negated=True),)
        qtbot.mouseClick(filters.chips()[0].remove_button(), LEFT)
        assert filters.choices() == ()

    def test_that_clear_all_is_there_only_where_something_can_be_cleared(
        self, filters: EventFiltersPanel, qtbot: QtBot
    ) -> None:
        assert not filters.clear_button().isVisible()
        filters.text_field().setText("x")
        filters.add_choice(Choice("type", "tool_use"))
        qtbot.mouseClick(filters.clear_button(), LEFT)
        assert filters.value() == FilterTerms()
        assert not filters.clear_button().isVisible()

    def test_that_typing_searches_and_enter_takes_the_best_value(
        self, filters: EventFiltersPanel, qtbot: QtBot
    ) -> None:
        searched = Recorder(filters.searched)
        field = filters.field("tool_name")
        qtbot.keyClicks(field, "ba")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        filters.show_values("tool_name", [FacetValue("Bash", 7), FacetValue("Bat", 1)])
        qtbot.waitUntil(lambda: field.text() == "")
        assert searched.heard == [("tool_name", "b"), ("tool_name", "ba"), ("tool_name", "ba")]
        assert filters.choices() == (Choice("tool_name", "Bash"),)

    def test_that_an_exclamation_mark_takes_the_value_negated(
        self, filters: EventFiltersPanel, qtbot: QtBot
    ) -> None:
        field = filters.field("tool_name")
        qtbot.keyClicks(field, "!ba")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        filters.show_values("tool_name", [FacetValue("Bash", 7)])
        qtbot.waitUntil(lambda: field.text() == "")
        assert filters.choices() == (Choice("tool_name", "Bash", negated=True),)

    def test_that_control_and_enter_take_the_value_negated(
        self, filters: EventFiltersPanel, qtbot: QtBot
    ) -> None:
        field = filters.field("tool_name")
        qtbot.keyClicks(field, "ba")
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        filters.show_values("tool_name", [FacetValue("Bash", 7)])
        qtbot.waitUntil(lambda: field.text() == "")
        assert filters.choices() == (Choice("tool_name", "Bash", negated=True),)

    def test_that_a_value_that_is_taken_again_goes(self, filters: EventFiltersPanel, qtbot: QtBot) -> None:
        field = filters.field("tool_name")
        for expected in ((Choice("tool_name", "Bash"),), ()):
            qtbot.keyClicks(field, "ba")
            qtbot.keyClick(field, Qt.Key.Key_Return)
            filters.show_values("tool_name", [FacetValue("Bash", 7)])
            qtbot.waitUntil(lambda: field.text() == "")
            assert filters.choices() == expected

    def test_that_not_beside_a_value_takes_it_negated(self, filters: EventFiltersPanel, qtbot: QtBot) -> None:
        field = filters.field("tool_name")
        with qtbot.waitExposed(filters):
            filters.activateWindow()
        field.setFocus()
        qtbot.mouseClick(field, LEFT)
        filters.show_values("tool_name", [FacetValue("Bash", 7), FacetValue("Read", 1)])
        popup = field.completer().popup()
        qtbot.waitUntil(popup.isVisible)
        row = popup.visualRect(popup.model().index(1, 0))
        qtbot.mouseClick(popup.viewport(), LEFT, pos=QPoint(row.right() - 10, row.center().y()))
        qtbot.waitUntil(lambda: field.text() == "")
        assert filters.choices() == (Choice("tool_name", "Read", negated=True),)

    def test_that_rare_fields_appear_when_they_are_wanted_or_used(
        self, filters: EventFiltersPanel, qtbot: QtBot
    ) -> None:
        assert filters.field("type").isVisible()
        assert not filters.field("agent_id").isVisible()
        qtbot.mouseClick(filters.more_button(), LEFT)
        assert filters.field("agent_id").isVisible()
        filters.show_more(False)
        filters.add_choice(Choice("agent_id", "a1"))
        assert filters.field("agent_id").isVisible()
        filters.show_more(False)
        assert filters.field("agent_id").isVisible()

    def test_that_typed_words_are_said_once(self, filters: EventFiltersPanel, qtbot: QtBot) -> None:
        changed = Recorder(filters.changed)
        qtbot.keyClicks(filters.text_field(), "disk")
        assert filters.text() == "disk"
        qtbot.waitUntil(lambda: len(changed.heard) == 1)
        qtbot.keyClicks(filters.text_field(), " full")
        filters.add_choice(Choice("type", "tool_use"))
        qtbot.wait(300)
        assert len(changed.heard) == 2

    def test_that_enter_without_a_match_takes_nothing(self, filters: EventFiltersPanel, qtbot: QtBot) -> None:
        field = filters.field("tool_name")
        qtbot.keyClicks(field, "xyz")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        filters.show_values("tool_name", [])
        assert filters.choices() == ()
        assert field.text() == "xyz"

    def test_that_the_list_offers_values_and_a_click_takes_one(
        self, filters: EventFiltersPanel, qtbot: QtBot
    ) -> None:
        field = filters.field("tool_name")
        with qtbot.waitExposed(filters):
            filters.activateWindow()
        field.setFocus()
        qtbot.mouseClick(field, LEFT)
        filters.show_values("tool_name", [FacetValue("Bash", 7), FacetValue("Read", 1)])
        popup = field.completer().popup()
        qtbot.waitUntil(popup.isVisible)
        second = popup.visualRect(popup.model().index(1, 0)).center()
        qtbot.mouseClick(popup.viewport(), LEFT, pos=second)
        qtbot.waitUntil(lambda: field.text() == "")
        assert filters.choices() == (Choice("tool_name", "Read"),)

    def test_that_a_value_with_markup_is_shown_as_it_is(self, filters: EventFiltersPanel) -> None:
        filters.add_choice(Choice("tool_name", "<b>&x</b>"))
        chip = filters.chips()[0]
        assert chip.text_button().text() == "Tool: <b>&&x</b>"
        assert "&lt;b&gt;" in chip.text_button().toolTip()


class TestFormats:
    def test_that_ticked_formats_are_the_value(self, formats: ExportFormatsPanel) -> None:
        for item in (ExportFormat.ZIP, ExportFormat.CSV):
            formats.box(item).click()
        assert formats.value().formats == (ExportFormat.JSON, ExportFormat.CSV, ExportFormat.ZIP)

    def test_that_compress_is_off_with_a_reason_for_what_is_compressed_already(
        self, formats: ExportFormatsPanel
    ) -> None:
        formats.option("compress").setChecked(True)
        tick(formats, ExportFormat.EXCEL, ExportFormat.ZIP)
        assert not formats.option("compress").isEnabled()
        assert (
            "Off: it concerns only these formats: JSON, CSV, JSONL, Parquet."
            in formats.option("compress").toolTip()
        )
        assert not formats.value().encoding.compress
        tick(formats, ExportFormat.EXCEL, ExportFormat.JSON)
        assert formats.option("compress").isEnabled()

    def test_that_the_guard_is_on_at_first_and_off_where_no_csv_is_written(
        self, formats: ExportFormatsPanel
    ) -> None:
        assert formats.value().encoding == Encoding(compress=False, formula_guard=True)
        assert not formats.option("formula_guard").isEnabled()
        formats.box(ExportFormat.CSV).click()
        assert formats.option("formula_guard").isEnabled()

    def test_that_every_format_but_json_says_in_its_tooltip_what_to_know(
        self, formats: ExportFormatsPanel
    ) -> None:
        told = {item for item in ExportFormat if formats.box(item).toolTip()}
        assert told == set(ExportFormat) - {ExportFormat.JSON}

    def test_that_a_chosen_format_says_what_it_leaves_out_of_the_contents(
        self, formats: ExportFormatsPanel
    ) -> None:
        assert formats.limits() == ""
        tick(formats, *ExportFormat)
        assert formats.limits() == "JSONL, Parquet: events only · CSV, Excel: no reports"
        formats.show_contents(Contents(reports=()))
        assert formats.limits() == "JSONL, Parquet: events only"
        formats.show_contents(Contents(aggregations=(), reports=()))
        assert formats.limits() == ""

    def test_that_the_options_of_csv_are_part_of_the_encoding(
        self, formats: ExportFormatsPanel, qtbot: QtBot
    ) -> None:
        assert not formats.options_button("CSV").isEnabled()
        tick(formats, ExportFormat.CSV)
        changed = Recorder(formats.changed)
        formats.option("csv_bom").click()
        formats.option("csv_line_end").setCurrentIndex(1)
        assert formats.value().encoding == Encoding(csv_bom=True, csv_line_end="\n")
        assert len(changed.heard) == 2
        formats.set_value(FormatChoice((ExportFormat.CSV,), Encoding()))
        assert formats.value().encoding == Encoding()

    def test_that_pseudonyms_are_part_of_the_encoding(self, formats: ExportFormatsPanel) -> None:
        changed = Recorder(formats.changed)
        formats.option("anonymize").click()
        assert formats.value().encoding == Encoding(anonymize=True)
        assert len(changed.heard) == 1
        formats.set_value(FormatChoice((ExportFormat.CSV,), Encoding(anonymize=True)))
        assert formats.option("anonymize").isChecked()

    def test_that_the_choice_of_contents_stays_in_sight_when_a_line_comes_above_it(
        self, qtbot: QtBot
    ) -> None:
        form = FormPanel("UTC")
        qtbot.addWidget(form)
        form.resize(form.width(), 900)
        form.show()
        tick(form.formats, *ExportFormat)

        assert form.formats.limits()
        area = form.findChildren(QScrollArea)[-1]
        qtbot.waitUntil(lambda: area.height() == area.sizeHint().height())
        assert area.isAncestorOf(form.contents)


class TestContents:
    @pytest.fixture
    def contents(self, qtbot: QtBot) -> ExportContentsPanel:
        panel = ExportContentsPanel()
        qtbot.addWidget(panel)
        panel.show()
        return panel

    def test_that_the_choice_is_said_in_one_line(self, contents: ExportContentsPanel) -> None:
        assert contents.text() == "Contents: events, 3 aggregations, 2 reports"
        contents.set_value(Contents(False, (AggregationType.DAILY,), ()))
        assert contents.text() == "Contents: 1 aggregation"

    def test_that_all_or_none_are_one_change(self, contents: ExportContentsPanel, qtbot: QtBot) -> None:
        changed = Recorder(contents.changed)
        contents.button().click()
        links = {
            link.accessibleName(): link
            for link in contents.button().popup().findChildren(QPushButton)
            if link.accessibleName()
        }
        qtbot.mouseClick(links["Aggregations: All"], LEFT)
        assert contents.value().aggregations == tuple(AggregationType)
        qtbot.mouseClick(links["Reports: None"], LEFT)
        qtbot.mouseClick(links["Reports: None"], LEFT)
        assert contents.value().reports == ()
        assert len(changed.heard) == 2
        contents.button().popup().close()

    def test_that_the_keyboard_opens_and_closes_the_choices(
        self, contents: ExportContentsPanel, qtbot: QtBot
    ) -> None:
        qtbot.keyClick(contents.button(), Qt.Key.Key_Space)
        popup = contents.button().popup()
        assert popup.isVisible()
        qtbot.keyClick(contents.raw_box(), Qt.Key.Key_Space)
        assert contents.text() == "Contents: 3 aggregations, 2 reports"
        qtbot.keyClick(popup, Qt.Key.Key_Escape)
        assert not popup.isVisible()


def test_that_contents_survive_a_round_trip(qtbot: QtBot) -> None:
    panel = ExportContentsPanel()
    qtbot.addWidget(panel)
    assert set(panel.value().aggregations) == set(Contents().aggregations)
    assert panel.value().reports == Contents().reports
    wanted = Contents(False, (AggregationType.HOURLY, AggregationType.BY_PROJECT), (ReportFormat.HTML,))
    panel.set_value(wanted)
    assert panel.value() == wanted
    changed = Recorder(panel.changed)
    panel.raw_box().click()
    assert panel.value().raw_events
    assert len(changed.heard) == 1


def test_that_the_log_copies_the_lines_that_are_shown(qtbot: QtBot) -> None:
    panel = LogPanel()
    qtbot.addWidget(panel)
    panel.add("info", "Reading")
    panel.add("danger", "Broken")
    panel.level_box().setCurrentIndex(2)
    qtbot.mouseClick(panel.copy_button(), LEFT)
    copied = QApplication.clipboard().text()
    assert copied.endswith("Error    Broken")
    assert "Reading" not in copied
