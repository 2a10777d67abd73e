"""When: quick ranges, a histogram to drag over, From and To, and the zone that they are meant in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTime, QTimeZone, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QCheckBox, QDateTimeEdit, QGridLayout, QWidget

from shannon_core.errors import RequestError
from shannon_core.request.time_range import TimeRange, in_zone, microseconds
from shannon_gui.text.core_messages import error_words
from shannon_gui.text.formatting import moment, plain_tooltip
from shannon_gui.text.i18n import counted
from shannon_gui.text.wall_clock import (
    first_instant,
    instant_of,
    last_instant,
    quick_days,
    show_moment,
    show_wall,
)
from shannon_gui.widgets.range_histogram import RangeHistogram
from shannon_gui.widgets.section import Section
from shannon_gui.widgets.segmented import Segmented
from shannon_gui.widgets.styled import plain_label, restyle
from shannon_gui.widgets.wheel_guard import WheelGuard
from shannon_gui.widgets.zone_combo import ZoneCombo

if TYPE_CHECKING:
    from shannon_core.query.histogram import Histogram
    from shannon_core.query.totals import Totals

EVERYTHING = "everything"
_NEARLY_A_DAY = timedelta(hours=22, minutes=59)
"""A day may have 23 hours."""


class TimeRangePanel(Section):
    """A range that is open on a side whose box is not ticked; there the field shows where the data begins or ends."""

    changed = Signal()

    def __init__(self, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Time"), parent)
        self._extent: tuple[datetime, datetime] | None = None
        self._quick = Segmented(
            {
                EVERYTHING: self.tr("Everything"),
                "today": self.tr("Today"),
                "yesterday": self.tr("Yesterday"),
                "week": self.tr("7 days"),
            },
            {
                "month": self.tr("30 days"),
                "this_month": self.tr("This month"),
                "last_month": self.tr("Last month"),
            },
        )
        self._histogram = RangeHistogram(self.tr("Events over time"))
        self._start_on, self._start = QCheckBox(self.tr("&From")), QDateTimeEdit()
        self._end_on, self._end = QCheckBox(self.tr("&To")), QDateTimeEdit()
        self._zone = ZoneCombo(zone)
        self._problem = plain_label(tone="danger", wrap=True)
        self._extent_note = plain_label(tone="muted", wrap=True)
        self._build_ui()
        self._connect()
        self._choose_days(EVERYTHING)

    def _build_ui(self) -> None:
        for edit, name in ((self._start, self.tr("From")), (self._end, self.tr("To"))):
            # wall clock: no rule of the system's zone applies
            edit.setTimeZone(QTimeZone(QTimeZone.Initialization.UTC))
            edit.setDisplayFormat("yyyy-MM-dd HH:mm")
            edit.setCalendarPopup(True)
            edit.setAccessibleName(name)
            _style_calendar(edit.calendarWidget())
            show_moment(edit, datetime.now(ZoneInfo(self.zone())).replace(hour=0, minute=0))
            WheelGuard(edit)
        self._start.setToolTip(plain_tooltip(self.tr("Events from this minute on, in the zone below.")))
        self._end.setToolTip(
            plain_tooltip(self.tr("Events up to the end of this minute; 23:59 includes the whole day."))
        )
        self._zone.setAccessibleName(self.tr("Time zone"))
        zone_label = plain_label(self.tr("Zone"))
        zone_label.setBuddy(self._zone)
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.setColumnMinimumWidth(0, 72)
        grid.setColumnStretch(1, 1)
        fields = {0: (self._start_on, self._start), 1: (self._end_on, self._end), 3: (zone_label, self._zone)}
        for row, (left, right) in fields.items():
            grid.addWidget(left, row, 0)
            grid.addWidget(right, row, 1)
        grid.addWidget(self._problem, 2, 1)
        for content in (self._quick, self._histogram, self._extent_note, grid):
            self.add(content)
        self._histogram.hide()
        self._problem.hide()
        self._extent_note.hide()

    def _connect(self) -> None:
        self._quick.chosen.connect(self.choose)
        for box in (self._start_on, self._end_on):
            box.clicked.connect(self._on_edited)
        for edit in (self._start, self._end):
            edit.dateTimeChanged.connect(self._on_edited)
        self._start.calendarWidget().clicked.connect(lambda day: show_wall(self._start, day, QTime(0, 0)))
        self._end.calendarWidget().clicked.connect(lambda day: show_wall(self._end, day, QTime(23, 59)))
        self._zone.zone_changed.connect(self._on_zone_changed)
        self._histogram.range_chosen.connect(self._on_range_dragged)
        self._histogram.everything_chosen.connect(lambda: self.choose(EVERYTHING))

    def value(self) -> TimeRange | None:
        """The range, or None while it is wrong."""
        try:
            return self.required()
        except RequestError:
            return None

    def required(self) -> TimeRange:
        """The range. RequestError while it is wrong."""
        zone = ZoneInfo(self.zone())
        start = first_instant(self._start.dateTime(), zone) if self._start_on.isChecked() else None
        end = last_instant(self._end.dateTime(), zone) if self._end_on.isChecked() else None
        if start is not None and end is not None and start > end:
            raise RequestError("range_reversed_in_form")
        return TimeRange(start, end, self.zone())

    def problem(self) -> str:
        """Why the range is wrong; empty where it is valid."""
        return self._problem.text()

    def zone(self) -> str:
        """The IANA name of the zone."""
        return self._zone.zone()

    def quick(self) -> str:
        """The key of the quick range that is chosen; empty where the range was picked by hand."""
        return self._quick.key() or ""

    def start_box(self) -> QCheckBox:
        """“From”: whether there is a start."""
        return self._start_on

    def end_box(self) -> QCheckBox:
        """“To”: whether there is an end."""
        return self._end_on

    def start_edit(self) -> QDateTimeEdit:
        """The start as wall clock."""
        return self._start

    def end_edit(self) -> QDateTimeEdit:
        """The end as wall clock."""
        return self._end

    def zone_box(self) -> ZoneCombo:
        """The choice of a zone."""
        return self._zone

    def set_zone(self, zone: str) -> None:
        """Choose this zone; the wall clock of From and To stays."""
        self._zone.set_zone(zone)

    def set_value(self, time_range: TimeRange) -> None:
        """Show this range, to the minute."""
        zone = ZoneInfo(time_range.timezone)
        self._zone.set_zone(time_range.timezone)
        self._set_side(self._start_on, self._start, time_range.start and time_range.start.astimezone(zone))
        self._set_side(self._end_on, self._end, time_range.end and time_range.end.astimezone(zone))
        self._on_edited()

    def choose(self, key: str) -> None:
        """Choose a quick range: everything, today, yesterday, week, month (30 days), this_month or last_month."""
        self._choose_days(key)
        self.changed.emit()

    def show_extent_of(self, overall: Totals) -> None:
        """Say where the data begins and ends."""
        first, last = overall.first, overall.last
        self._extent = (first, last) if first is not None and last is not None else None
        self._show_extent()

    def show_histogram(self, found: Histogram) -> None:
        """Show how the events that pass the filters are spread."""
        self._histogram.setVisible(len(found.counts) > 1)
        if found.counts:
            self._histogram.show_buckets(found.edges, found.counts, self._bucket_text)

    def histogram(self) -> RangeHistogram:
        """The bars over time."""
        return self._histogram

    def _bucket_text(self, start_us: int, end_us: int, count: int) -> str:
        zone = ZoneInfo(self.zone())
        start, last = (in_zone(instant_of(edge), zone.key) for edge in (start_us, end_us - 1))
        events = counted("time", "{n} event(s)", count)
        if last - start >= _NEARLY_A_DAY:
            days = dict.fromkeys(moment.strftime("%Y-%m-%d") for moment in (start, last))
            return f"{' – '.join(days)}\n{events}"
        return f"{start:%Y-%m-%d %H:%M} – {last:%H:%M}\n{events}"

    def _choose_days(self, key: str) -> None:
        if key == EVERYTHING:
            self._start_on.setChecked(False)
            self._end_on.setChecked(False)
        else:
            first, last = quick_days(key, datetime.now(ZoneInfo(self.zone())).date())
            self._set_side(self._start_on, self._start, datetime.combine(first, datetime.min.time()))
            self._set_side(self._end_on, self._end, datetime.combine(last, datetime.max.time()))
        self._quick.set_key(key)
        self._refresh()

    def _on_range_dragged(self, start_us: int, end_us: int) -> None:
        self.set_value(TimeRange(instant_of(start_us), instant_of(end_us - 1), self.zone()))

    def _on_edited(self) -> None:
        is_open = not (self._start_on.isChecked() or self._end_on.isChecked())
        self._quick.set_key(EVERYTHING if is_open else None)
        self._refresh()
        self.changed.emit()

    def _on_zone_changed(self) -> None:
        self._show_extent()
        self._on_edited()

    def _refresh(self) -> None:
        self._start.setEnabled(self._start_on.isChecked())
        self._end.setEnabled(self._end_on.isChecked())
        self._show_extent()
        try:
            self.required()
            problem = ""
        except RequestError as error:
            problem = str(error_words(error))
        self._show_range()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        for edit in (self._start, self._end):
            edit.setProperty("problem", bool(problem))
            restyle(edit)

    def _show_range(self) -> None:
        found = self.value()
        if found is not None:
            start, end = found.start, found.end
            self._histogram.show_range(
                None if start is None else microseconds(start), None if end is None else microseconds(end) + 1
            )

    def _show_extent(self) -> None:
        self._extent_note.setVisible(self._extent is not None)
        if self._extent is None:
            return
        zone = ZoneInfo(self.zone())
        first, last = self._extent
        said = self.tr("Events from {first} to {last}")
        self._extent_note.setText(said.format(first=moment(first, zone), last=moment(last, zone)))
        if not self._start_on.isChecked():
            show_moment(self._start, first.astimezone(zone))
        if not self._end_on.isChecked():
            show_moment(self._end, last.astimezone(zone))

    def _set_side(self, box: QCheckBox, edit: QDateTimeEdit, wall: datetime | None) -> None:
        box.setChecked(wall is not None)
        if wall is not None:
            show_moment(edit, wall)


def _style_calendar(calendar: QCalendarWidget) -> None:
    """One letter for each day, and weekends in the colour of other days."""
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, QTextCharFormat())
