"""The range of time: quick ranges, typed ones, open sides and zones."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDate, QDateTime, QEvent, QPoint, QPointF, Qt, QTime
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QDateTimeEdit
from pytestqt.qtbot import QtBot

from harness.fakes import Recorder, some_totals
from shannon_core.query.histogram import Histogram
from shannon_core.request.time_range import TimeRange
from shannon_gui.panels.filters.time_range import TimeRangePanel

BERLIN = "Europe/Berlin"


def edits(panel: TimeRangePanel) -> tuple[QDateTimeEdit, QDateTimeEdit]:
    return panel.start_edit(), panel.end_edit()


@pytest.fixture
def times(qtbot: QtBot) -> TimeRangePanel:
    panel = TimeRangePanel(BERLIN)
    qtbot.addWidget(panel)
    return panel


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
