"""Ten journeys of a person through the real window over the real core, from the first look to the files.

Files are verified by readers that are not ours. What each part does in every case is in the tests beside this one.
"""

import csv
import errno
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from harness.window import WAIT, PromptAsker
from shannon_core.jobs.progress import Cancelled, Failed, Finished
from shannon_core.request.contents import Contents
from shannon_core.request.export_request import Encoding, ExportFormat
from shannon_core.session import Session
from shannon_gui import eventloop
from shannon_gui.controllers.ports import OpenSession
from shannon_gui.dialogs.history_dialog import HistoryDialog
from shannon_gui.dialogs.preset_dialogs import SavePresetDialog
from shannon_gui.dialogs.rejects_dialog import RejectsDialog
from shannon_gui.panels.filters.export_formats import FormatChoice
from shannon_gui.state import Phase
from shannon_gui.storage.settings import Settings
from shannon_gui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
SIX = {f"usage.{suffix}" for suffix in ("csv", "json", "jsonl", "parquet", "xlsx", "zip")}


class Person:
    """Does with mouse and keyboard what a person does, and waits to see it happen."""

    def __init__(self, window: MainWindow, asker: PromptAsker, out: Path, qtbot: QtBot) -> None:
        self.window = window
        self.panels = window.panels
        self.asker = asker
        self.out = out
        self.qtbot = qtbot
        asker.target = str(out / "usage")

    def wait(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=WAIT)

    def open_sample(self) -> None:
        self.qtbot.mouseClick(self.panels.empty.sample_button(), LEFT)
        self.wait(lambda: self.panels.preview.overall() is not None)

    def events(self) -> int:
        totals = self.panels.preview.value()
        return totals.events if totals is not None else -1

    def choose(self, *formats: ExportFormat) -> None:
        """Events in these formats and nothing beside them."""
        self.panels.form.formats.set_value(FormatChoice(formats, Encoding()))
        self.panels.form.contents.set_value(Contents(aggregations=(), reports=()))

    def type_filter(self, field: str, value: str) -> None:
        before = self.events()
        control = self.panels.form.filters.field(field)
        self.qtbot.keyClicks(control, value)
        self.qtbot.keyClick(control, Qt.Key.Key_Return)
        self.wait(lambda: self.events() not in (before, -1))

    def start_export(self) -> None:
        self.qtbot.keyClick(self.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        self.wait(lambda: self.window.state().phase is Phase.EXPORTING or self.panels.message.isVisible())

    def export(self) -> list[Path]:
        self.start_export()
        self.wait(lambda: self.window.state().phase is Phase.READY and self.panels.message.isVisible())
        return sorted(self.out.iterdir())

    def dialog(self, kind: type[QDialog]) -> QDialog:
        self.wait(lambda: bool(self.window.findChildren(kind)))
        return self.window.findChildren(kind)[0]


@pytest.fixture
def person(real_window: MainWindow, asker: PromptAsker, out: Path, qtbot: QtBot) -> Person:
    return Person(real_window, asker, out, qtbot)


def test_that_the_first_start_shows_the_logs_of_this_computer_and_opens_them_with_a_click(
    home: Path, make_main_window: Callable[[OpenSession], MainWindow], qtbot: QtBot
) -> None:
    folder = home / ".shannon-mcp" / "metrics"
    folder.mkdir(parents=True)
    event = {
        "id": "1",
        "timestamp": "2026-10-01T00:00:00Z",
        "type": "tool_use",
        "session_id": "s",
        "data": {},
    }
    (folder / "metrics_20261001_000000.jsonl").write_text(json.dumps(event) + "\n")
    try:
        window = make_main_window(lambda sources: Session.open(sources, keep=False))
        empty = window.panels.empty
        qtbot.waitUntil(lambda: empty.heading() == "Logs on this computer", timeout=WAIT)
        assert empty.found_list().ticked() == (str(folder),)
        qtbot.mouseClick(empty.open_button(), LEFT)
        qtbot.waitUntil(lambda: window.panels.preview.overall() == 1, timeout=WAIT)
        assert window.panels.sources.value() == (str(folder),)
    finally:
        (folder / "metrics_20261001_000000.jsonl").unlink()
        folder.rmdir()


def test_that_the_sample_shows_its_content_without_a_question(person: Person) -> None:
    person.open_sample()
    panels = person.panels
    assert panels.preview.figures().startswith(f"{person.events():,} events · ")
    assert "tokens" in panels.preview.figures()
    person.wait(lambda: not panels.export_bar.is_estimating())
    assert panels.export_bar.button().isEnabled()
    for tab in (panels.aggregations, panels.charts, panels.report):
        panels.tabs.setCurrentWidget(tab)
    person.wait(lambda: bool(panels.report.text()))


def test_that_a_filtered_export_of_one_format_holds_exactly_the_preview(person: Person) -> None:
    person.open_sample()
    person.type_filter("tool_name", "Bash")
    person.choose(ExportFormat.EXCEL)
    promised = person.events()
    (path,) = person.export()
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Metrics").to_python()
    assert len(rows) - 1 == promised
    assert {row[rows[0].index("Tool Name")] for row in rows[1:]} == {"Bash"}
    assert person.panels.message.level() == "success"


def test_that_one_click_writes_all_formats_and_they_agree(person: Person) -> None:
    person.open_sample()
    person.type_filter("type", "error_occurred")
    person.choose(*ExportFormat)
    paths = {path.suffix: path for path in person.export()}
    assert {path.name for path in paths.values()} == SIX
    ids = [json.loads(line)["id"] for line in paths[".jsonl"].read_text().splitlines()[1:]]
    assert len(ids) == person.events()
    assert [event["id"] for event in json.loads(paths[".json"].read_bytes())["metrics"]] == ids
    assert [row["id"] for row in csv.DictReader(io.StringIO(paths[".csv"].read_text(), newline=""))] == ids
    assert polars.read_parquet(paths[".parquet"])["id"].to_list() == ids
    sheet = CalamineWorkbook.from_path(paths[".xlsx"]).get_sheet_by_name("Metrics").to_python()
    assert [row[0] for row in sheet[1:]] == ids
    with zipfile.ZipFile(paths[".zip"]) as archive:
        assert [event["id"] for event in json.loads(archive.read("data.json"))["metrics"]] == ids


def test_that_escape_cancels_an_export_and_leaves_no_partial_file(person: Person) -> None:
    person.open_sample()
    person.choose(*ExportFormat)
    person.start_export()
    person.qtbot.keyClick(person.window, Qt.Key.Key_Escape)
    person.wait(lambda: person.window.state().phase is Phase.READY)
    outcome = person.window.state().outcome
    assert isinstance(outcome, Cancelled)
    assert {str(path) for path in person.out.iterdir()} == set(outcome.paths)
    assert person.panels.message.text().startswith("The export was cancelled.")


def test_that_a_full_disk_is_named_with_a_remedy_and_the_old_file_stays(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.open_sample()
    person.choose(ExportFormat.JSON)
    old = person.out / "usage.json"
    old.write_text("precious")
    person.asker.overwrite = True
    write = os.write

    def refuse(fd: int, data: bytes) -> int:
        if Path(f"/proc/self/fd/{fd}").readlink().suffix == ".part":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(fd, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refuse)
        assert person.export() == [old]
    assert isinstance(person.window.state().outcome, Failed)
    assert old.read_text() == "precious"
    assert person.panels.message.level() == "danger"
    assert "There is no room to write" in person.panels.message.text()
    assert "Free some space" in person.panels.message.text()
    person.export()
    assert isinstance(person.window.state().outcome, Finished)
    assert len(json.loads(old.read_bytes())["metrics"]) == person.events()


def test_that_rejected_lines_lead_from_their_count_to_the_line_and_into_a_csv(person: Person) -> None:
    person.open_sample()
    person.qtbot.mouseClick(person.panels.preview.rejects_button(), LEFT)
    dialog = person.dialog(RejectsDialog)
    assert isinstance(dialog, RejectsDialog)
    assert dialog.model().rowCount() == int(person.panels.preview.rejects_button().text().split()[0]) > 0
    person.asker.target = str(person.out / "rejects.csv")
    person.qtbot.mouseClick(dialog.save_button(), LEFT)
    person.wait(lambda: (person.out / "rejects.csv").exists())
    rows = list(csv.DictReader(io.StringIO((person.out / "rejects.csv").read_text(), newline="")))
    assert len(rows) == dialog.model().rowCount()
    dialog.close()


def test_that_a_preset_repeats_a_report_with_one_click(
    person: Person, make_main_window: Callable[[OpenSession], MainWindow]
) -> None:
    person.open_sample()
    person.type_filter("tool_name", "Edit")
    person.choose(ExportFormat.PARQUET)
    chosen = person.events()
    person.window.export_coordinator.menu.save_preset()
    dialog = person.dialog(SavePresetDialog)
    assert isinstance(dialog, SavePresetDialog)
    dialog.set_value("Monday", target=str(person.out / "monday"), default=True)
    person.qtbot.mouseClick(dialog.save_button(), LEFT)
    person.wait(lambda: person.window.export_coordinator.presets.default is not None and eventloop.is_idle())

    again = Person(
        make_main_window(lambda sources: Session.open(sources, keep=False)),
        person.asker,
        person.out,
        person.qtbot,
    )
    again.open_sample()
    again.wait(lambda: again.events() == chosen)
    again.asker.target = "not asked for"
    (path,) = again.export()
    assert path.name == "monday.parquet"
    assert set(polars.read_parquet(path)["tool_name"]) == {"Edit"}


def test_that_the_history_repeats_an_export_with_a_click(person: Person) -> None:
    person.open_sample()
    person.type_filter("type", "error_occurred")
    person.choose(ExportFormat.JSONL)
    (path,) = person.export()
    first = path.read_text().splitlines()[1:]
    path.unlink()
    person.panels.form.clear_selection()
    person.choose(ExportFormat.CSV)
    person.window.export_coordinator.menu.show_history()
    dialog = person.dialog(HistoryDialog)
    assert isinstance(dialog, HistoryDialog)
    assert dialog.model().rowCount() >= 1
    person.qtbot.mouseClick(dialog.again_button(), LEFT)
    person.wait(lambda: path.exists() and person.window.state().phase is Phase.READY)
    assert path.read_text().splitlines()[1:] == first


def test_that_closing_during_an_export_asks_and_follows_the_answer(
    person: Person, settings: Settings
) -> None:
    person.open_sample()
    person.choose(*ExportFormat)
    person.start_export()
    person.window.close()
    question = person.window.export_flow.question()
    assert question is not None
    assert person.window.isVisible()
    person.qtbot.mouseClick(question.defaultButton(), LEFT)  # keep exporting
    person.wait(lambda: person.window.state().phase is Phase.READY)
    assert {path.name for path in person.out.iterdir()} == SIX
    person.window.close()
    assert not person.window.isVisible()
    assert settings.last_folder == str(person.out)
