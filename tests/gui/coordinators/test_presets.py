"""Presets in the window: saved, chosen, renamed, put in order."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from harness.fakes import FakeSession, some_request
from harness.window import PromptAsker, finish_export, shown_dialog
from shannon_core.request.export_request import (
    Encoding,
    ExportFormat,
)
from shannon_core.request.selection import EventFilter
from shannon_gui import eventloop
from shannon_gui.controllers.ports import OpenSession
from shannon_gui.dialogs.preset_dialogs import ManagePresetsDialog, SavePresetDialog
from shannon_gui.panels.filters.event_filters import Choice
from shannon_gui.panels.filters.export_formats import FormatChoice
from shannon_gui.storage.json_file import JsonFile
from shannon_gui.storage.presets import Preset, Presets
from shannon_gui.storage.settings import Settings
from shannon_gui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
EXCEL, CSV = ExportFormat.EXCEL, ExportFormat.CSV
REQUEST = some_request()


class TestPresets:
    def choose(self, window: MainWindow) -> None:
        form = window.panels.form
        form.formats.set_value(FormatChoice((EXCEL,), Encoding()))
        form.time.choose("week")
        form.filters.add_choice(Choice("tool_name", "Bash"))

    def save(self, window: MainWindow, qtbot: QtBot, name: str, target: str = "") -> None:
        window.export_coordinator.menu.save_preset()
        asking = shown_dialog(window, SavePresetDialog)
        assert isinstance(asking, SavePresetDialog)
        asking.set_value(name, target=target)
        qtbot.mouseClick(asking.save_button(), LEFT)

    def test_that_a_monday_report_is_three_clicks(
        self, window: MainWindow, session: FakeSession, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
    ) -> None:
        self.choose(window)
        self.save(window, qtbot, "Monday", str(tmp_path / "usage-{date}"))
        form = window.panels.form
        form.clear_selection()
        form.formats.set_value(FormatChoice((CSV,), Encoding(csv_bom=True)))
        assert window.panels.export_bar.button().text() == "&Export…"

        menu = window.export_coordinator.menu.menu
        qtbot.mouseClick(window.panels.export_bar.more_button(), LEFT)  # one
        qtbot.waitUntil(menu.isVisible)
        first = menu.actions()[0]
        assert first.text() == "Monday"
        qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(first).center())  # two
        assert window.panels.export_bar.button().text() == "&Export"
        qtbot.mouseClick(window.panels.export_bar.button(), LEFT)  # three

        asked = session.exports[0][0]
        assert asker.asked == []
        assert asked.formats == (EXCEL,)
        assert asked.selection.filters == (EventFilter("tool_name", ("Bash",)),)
        assert asked.selection.time_range.start is not None
        assert Path(asked.target).name == f"usage-{datetime.now().astimezone():%Y-%m-%d}"
        finish_export(window, session, qtbot)

    def test_that_the_place_of_a_preset_counts_while_the_choices_are_its_own(
        self, window: MainWindow, tmp_path: Path, qtbot: QtBot
    ) -> None:
        self.choose(window)
        self.save(window, qtbot, "Monday", str(tmp_path / "usage-{date}"))
        assert window.export_flow.current_preset() is not None
        assert not window.export_flow.plan().asks
        window.panels.form.formats.box(CSV).click()
        assert window.export_flow.current_preset() is None
        assert window.export_flow.plan().asks

    def test_that_a_standing_file_of_a_preset_is_replaced_only_when_agreed(
        self, window: MainWindow, session: FakeSession, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
    ) -> None:
        self.choose(window)
        self.save(window, qtbot, "Monday", str(tmp_path / "usage"))
        (tmp_path / "usage.xlsx").write_text("precious")
        qtbot.mouseClick(window.panels.export_bar.button(), LEFT)
        assert asker.replacing == [["usage.xlsx"]]
        assert session.exports == []
        asker.overwrite = True
        qtbot.mouseClick(window.panels.export_bar.button(), LEFT)
        assert session.exports[0][0].overwrite
        finish_export(window, session, qtbot)

    def test_that_a_number_key_chooses_a_preset(self, window: MainWindow, qtbot: QtBot) -> None:
        self.choose(window)
        self.save(window, qtbot, "Monday")
        window.panels.form.clear_selection()
        window.activateWindow()
        qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        assert window.panels.form.time.quick() == "week"

    def test_that_a_preset_of_a_taken_name_says_that_it_replaces(
        self, window: MainWindow, qtbot: QtBot
    ) -> None:
        self.save(window, qtbot, "Monday")
        window.export_coordinator.menu.save_preset()
        asking = shown_dialog(window, SavePresetDialog)
        assert isinstance(asking, SavePresetDialog)
        assert not asking.save_button().isEnabled()
        asking.set_value("Monday")
        assert asking.problem() == "A preset of this name is replaced."
        asking.set_value("Monday", target="/not/there/usage")
        assert asking.problem() == "There is no such folder."
        for name, problem in (("..", "Enter a file name."), ("a:b", "A file name cannot hold")):
            asking.set_value("Monday", target=f"/{name}")
            assert asking.problem().startswith(problem)
        asking.reject()

    def test_that_presets_are_put_in_order(self, window: MainWindow, qtbot: QtBot) -> None:
        presets = window.export_coordinator.presets
        for name in ("one", "two"):
            self.save(window, qtbot, name)
        window.export_coordinator.menu.manage_presets()
        managing = shown_dialog(window, ManagePresetsDialog)
        assert isinstance(managing, ManagePresetsDialog)
        qtbot.mouseClick(managing.default_button(), LEFT)
        assert presets.default is not None
        assert presets.default.name == "one"
        managing.list_widget().item(0).setText("zero")
        assert managing.names() == ["two", "zero"]
        managing.list_widget().item(0).setText("zero")
        assert managing.names() == ["two", "zero"]
        managing.list_widget().setCurrentRow(1)
        qtbot.mouseClick(managing.delete_button(), LEFT)
        assert list(presets.all()) == ["two"]
        assert presets.default is None
        managing.accept()

    def test_that_a_new_window_begins_with_the_default(
        self,
        make_main_window: Callable[[OpenSession], MainWindow],
        loop: QEventLoop,
        settings: Settings,
        qtbot: QtBot,
    ) -> None:
        presets = Presets(JsonFile(settings.folder / "presets.json", eventloop.spawn))
        presets.put(Preset("Monday", REQUEST, "today"))
        presets.set_default("Monday")
        qtbot.waitUntil(eventloop.is_idle)

        async def open_session(_sources: tuple[str, ...]) -> FakeSession:
            return FakeSession()

        form = make_main_window(open_session).panels.form
        assert (form.formats.value().formats, form.time.quick()) == ((CSV, EXCEL), "today")
        assert form.filters.value().filters == REQUEST.selection.filters
