"""The log below the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shannon_gui.panels.export.log import LogPanel

LEFT = Qt.MouseButton.LeftButton


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
