"""The dialog of rejected lines."""

from collections.abc import Iterator

import pyarrow as pa
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from harness.fakes import Recorder
from shannon_gui.dialogs.rejects_dialog import RejectsDialog

LEFT = Qt.MouseButton.LeftButton


class TestRejects:
    @pytest.fixture
    def dialog(self, qtbot: QtBot) -> Iterator[RejectsDialog]:
        rows = pa.table(
            {
                "path": ["/logs/a.gz", "/logs/b.jsonl"],
                "line": pa.array([None, 7], pa.int64()),
                "reason": ["ends in the middle", "bad_json"],
                "excerpt": ["", "<b>x"],
            }
        )
        dialog = RejectsDialog(rows, 5, 1, source="/logs")
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    def test_that_the_selected_lines_are_copied_or_else_all(self, dialog: RejectsDialog) -> None:
        dialog.copy()
        assert len(QGuiApplication.clipboard().text().splitlines()) == 3
        dialog.table().selectRow(1)
        dialog.copy()
        assert QGuiApplication.clipboard().text().splitlines()[1:] == ["/logs/b.jsonl\t7\tbad_json\t<b>x"]

    def test_that_the_folder_of_one_line_can_be_shown(self, dialog: RejectsDialog, qtbot: QtBot) -> None:
        wanted = Recorder(dialog.folder_requested)
        assert not dialog.reveal_button().isEnabled()
        dialog.table().selectRow(0)
        qtbot.mouseClick(dialog.reveal_button(), LEFT)
        assert wanted.heard == ["/logs/a.gz"]
