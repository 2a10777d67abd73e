"""The export as a command and as a job file, and the saved log."""

import json
import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from harness.fakes import FakeSession, some_request
from harness.window import PromptAsker
from shannon_core.cli.arguments import argument_parser, task_of
from shannon_core.request.export_request import (
    Encoding,
    ExportFormat,
    ExportRequest,
)
from shannon_gui import eventloop
from shannon_gui.panels.filters.event_filters import Choice
from shannon_gui.panels.filters.export_formats import FormatChoice
from shannon_gui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
EXCEL, CSV = ExportFormat.EXCEL, ExportFormat.CSV
REQUEST = some_request()


class TestJobs:
    def test_that_the_copied_command_does_the_same_export(self, window: MainWindow, qtbot: QtBot) -> None:
        window.panels.form.filters.add_choice(Choice("tool_name", "Bash", negated=True))
        window.activateWindow()
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(window, Qt.Key.Key_C, keys)
        words = shlex.split(QGuiApplication.clipboard().text())
        assert words[0] == "shannon-export"
        task = task_of(argument_parser().parse_args(words[1:]))
        assert task.request == window.export_flow.request()

    def test_that_a_job_is_saved_and_opened_again(
        self, window: MainWindow, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
    ) -> None:
        form, menu = window.panels.form, window.export_coordinator.menu
        form.formats.set_value(FormatChoice((CSV, EXCEL), Encoding(csv_bom=True)))
        form.filters.add_choice(Choice("type", "tool_use"))
        saved = window.export_flow.request()
        asker.target = asker.opened = str(tmp_path / "job.json")
        menu.save_job()
        qtbot.waitUntil(eventloop.is_idle)
        assert ExportRequest.from_json(Path(asker.target).read_text()) == saved
        form.clear_selection()
        form.formats.set_value(FormatChoice((), Encoding()))
        menu.open_job()
        qtbot.waitUntil(lambda: window.export_flow.request() == saved)

    def test_that_the_sources_of_a_job_are_opened(
        self, window: MainWindow, session: FakeSession, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
    ) -> None:
        other = tmp_path / "other"
        other.mkdir()
        job = tmp_path / "job.json"
        job.write_text(replace(REQUEST, sources=(str(other),)).to_json())
        asker.opened = str(job)
        window.export_coordinator.menu.open_job()
        qtbot.waitUntil(lambda: window.state().sources == (str(other),))
        assert window.panels.form.formats.value().formats == (CSV, EXCEL)

    @pytest.mark.parametrize("content", [None, "", "{}", json.dumps({"shannon_job": 1})])
    def test_that_what_is_no_job_is_said_and_changes_nothing(
        self, window: MainWindow, asker: PromptAsker, tmp_path: Path, content: str | None, qtbot: QtBot
    ) -> None:
        asker.opened = str(tmp_path / "job.json")
        if content is not None:
            Path(asker.opened).write_text(content)
        before = window.export_flow.request()
        window.export_coordinator.menu.open_job()
        qtbot.waitUntil(window.panels.message.isVisible)
        assert window.panels.message.level() == "danger"
        assert window.export_flow.request() == before

    def test_that_the_log_is_saved_whole(
        self, window: MainWindow, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
    ) -> None:
        asker.target = str(tmp_path / "log.txt")
        shown = window.panels.log.text()
        qtbot.mouseClick(window.panels.log.save_button(), LEFT)
        qtbot.waitUntil(eventloop.is_idle)
        assert (tmp_path / "log.txt").read_text() == shown + "\n"
