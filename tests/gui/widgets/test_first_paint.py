"""When a window is seen for the first time."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shannon_gui.widgets.first_paint import FirstPaint


def test_that_the_first_paint_is_told_once(qtbot: QtBot) -> None:
    widget, notified = QWidget(), list[None]()
    qtbot.addWidget(widget)
    FirstPaint(widget).happened.connect(lambda: notified.append(None))
    qtbot.wait(20)
    assert not notified
    widget.show()
    qtbot.waitUntil(lambda: bool(notified))
    for _ in range(3):
        widget.repaint()
        qtbot.wait(5)
    assert len(notified) == 1
