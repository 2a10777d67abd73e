"""A choice among all IANA time zones, found by typing any part of a name."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QListView, QWidget

from shannon_gui.widgets.wheel_guard import WheelGuard


@cache
def zone_names() -> tuple[str, ...]:
    """All zones with a place in their names, and UTC."""
    return (
        "UTC",
        *sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")),
    )


class ZoneCombo(QComboBox):
    """An editable box; what is not a zone goes back to the last one that was."""

    zone_changed = Signal(str)

    def __init__(self, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._build_ui()
        self._connect()

    def _build_ui(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        names = list(dict.fromkeys((self._zone, *zone_names())))
        self.addItems(names)
        completer = QCompleter(names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = QListView()
        popup.setProperty("role", "popup")
        completer.setPopup(popup)
        self.setCompleter(completer)
        self.setCurrentText(self._zone)
        WheelGuard(self)

    def _connect(self) -> None:
        self.activated.connect(self._on_settled)
        line = self.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._on_settled)

    def zone(self) -> str:
        """The IANA name."""
        return self._zone

    def set_zone(self, zone: str) -> None:
        """Choose this zone; ``zone_changed`` follows where it is another one."""
        if self.findText(zone) < 0:
            self.insertItem(0, zone)
        self.setCurrentText(zone)
        self._on_settled()

    def _on_settled(self, _index: int = 0) -> None:
        found = self.findText(self.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        if found < 0:
            self.setCurrentText(self._zone)
        elif self.itemText(found) != self._zone:
            self._zone = self.itemText(found)
            self.setCurrentIndex(found)
            self.zone_changed.emit(self._zone)
