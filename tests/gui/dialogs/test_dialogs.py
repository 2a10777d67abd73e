"""Where to save: the dialog for several files, and the settings that remember."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from harness.fakes import Recorder
from shannon_core.request.contents import Contents
from shannon_core.request.export_request import Encoding, ExportFormat, ExportRequest
from shannon_core.request.output_files import OutputPlan, plan_output
from shannon_gui.dialogs.file_dialogs import FileDialogs
from shannon_gui.dialogs.save_dialog import SaveDialog
from shannon_gui.storage.settings import DEFAULT_STEM, Settings

LEFT = Qt.MouseButton.LeftButton
BOTH = (ExportFormat.JSON, ExportFormat.PARQUET)


def request(tmp_path: Path, *formats: ExportFormat, **more: object) -> ExportRequest:
    return ExportRequest(("/logs",), str(tmp_path / "usage"), formats, **more)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def save_dialog(parent: QWidget, asked: ExportRequest) -> SaveDialog:
    other = str(Path(asked.target).with_name("other"))
    dialog = SaveDialog(plan_output(asked), lambda _parent, _start, chosen: chosen(other), parent)
    dialog.open()
    return dialog


def test_that_several_files_get_a_folder_and_a_name(parent: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = save_dialog(parent, request(tmp_path, *BOTH))
    agreed = Recorder(dialog.agreed)
    dialog.set_target(str(tmp_path), "november")
    qtbot.mouseClick(dialog.save_button(), LEFT)
    assert [plan.request for plan in agreed.heard] == [
        replace(request(tmp_path, *BOTH), target=str(tmp_path / "november"))
    ]


def test_that_the_folder_is_asked_for_by_the_collaborator_that_asks_about_files(
    parent: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "other").mkdir()
    dialog = save_dialog(parent, request(tmp_path, *BOTH))
    (choose,) = [item for item in dialog.findChildren(QPushButton) if item.text() == "&Choose…"]
    qtbot.mouseClick(choose, LEFT)
    assert dialog.value().request.target == str(tmp_path / "other" / "usage")


def test_that_replacing_is_asked_with_the_names_before_it_is_agreed(
    parent: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "usage.json").write_text("old")
    dialog = save_dialog(parent, request(tmp_path, *BOTH))
    agreed = Recorder(dialog.agreed)
    assert dialog.problem() == "Already there, and will be replaced: usage.json"
    assert dialog.save_button().text() == "&Replace and export"
    qtbot.mouseClick(dialog.save_button(), LEFT)
    assert agreed.heard[0].request.overwrite


@pytest.mark.parametrize("name", ["", "..", "a/b", "a:b", "a\0b"])
def test_that_a_name_that_is_none_cannot_be_saved(parent: QWidget, tmp_path: Path, name: str) -> None:
    dialog = save_dialog(parent, request(tmp_path, *BOTH))
    dialog.set_target(str(tmp_path), name)
    assert dialog.problem()
    assert not dialog.save_button().isEnabled()


def test_that_a_folder_that_is_not_there_is_said(parent: QWidget, tmp_path: Path) -> None:
    dialog = save_dialog(parent, request(tmp_path, *BOTH))
    dialog.set_target(str(tmp_path / "gone"), "usage")
    assert dialog.problem() == "There is no such folder."


@pytest.mark.parametrize(
    ("wanted", "encoding", "contents", "name"),
    [
        (ExportFormat.PARQUET, Encoding(), Contents(), "usage.parquet"),
        (ExportFormat.JSONL, Encoding(compress=True), Contents(), "usage.jsonl.gz"),
        (ExportFormat.CSV, Encoding(), Contents(), "usage.zip"),
        (ExportFormat.CSV, Encoding(), Contents(aggregations=(), reports=()), "usage.csv"),
    ],
)
def test_that_one_file_is_proposed_with_its_ending(
    parent: QWidget, tmp_path: Path, wanted: ExportFormat, encoding: Encoding, contents: Contents, name: str
) -> None:
    FileDialogs().ask_target(
        parent,
        plan_output(request(tmp_path, wanted, encoding=encoding, contents=contents)),
        lambda _plan: None,
    )
    (dialog,) = parent.findChildren(QFileDialog)
    assert dialog.selectedFiles() == [str(tmp_path / name)]
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    dialog.close()


def test_that_a_file_dialog_that_asked_about_replacing_asks_no_second_time(
    parent: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "usage.json").write_text("old")
    answers: list[OutputPlan] = []
    FileDialogs().ask_target(parent, plan_output(request(tmp_path, ExportFormat.JSON)), answers.append)
    (dialog,) = parent.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "usage.json"))
    assert [(plan.request.target, plan.request.overwrite) for plan in answers] == [
        (str(tmp_path / "usage.json"), True)
    ]
    dialog.close()


def test_that_a_name_which_gets_an_ending_asks_about_the_file_that_it_then_means(
    parent: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "usage.json").write_text("old")
    answers: list[OutputPlan] = []
    FileDialogs().ask_target(parent, plan_output(request(tmp_path, ExportFormat.JSON)), answers.append)
    (dialog,) = parent.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "usage"))
    (box,) = parent.findChildren(QMessageBox)
    assert answers == []
    assert box.informativeText() == "usage.json"
    qtbot.mouseClick(box.buttons()[0], LEFT)
    assert answers[0].request.overwrite
    dialog.close()


def test_that_settings_begin_with_a_name_and_a_folder(settings: Settings) -> None:
    assert settings.last_stem == DEFAULT_STEM
    assert Path(settings.last_folder).is_absolute()
    assert settings.last_request is None


def test_that_a_request_is_remembered_with_its_folder(settings: Settings, tmp_path: Path) -> None:
    asked = request(tmp_path, *BOTH)
    settings.remember_request(asked, "usage")
    assert settings.last_request == asked
    assert (settings.last_folder, settings.last_stem) == (str(tmp_path), "usage")


def test_that_a_request_of_another_version_is_forgotten(settings: Settings, tmp_path: Path) -> None:
    settings.remember_request(request(tmp_path, *BOTH), "usage")
    settings._store.setValue("last_request", '{"shannon_job": 99}')
    assert settings.last_request is None


def test_that_recent_sources_are_those_that_still_exist(settings: Settings, tmp_path: Path) -> None:
    kept, gone = tmp_path / "kept", tmp_path / "gone"
    kept.mkdir()
    gone.mkdir()
    settings.remember_sources((str(gone),))
    settings.remember_sources((str(kept),))
    assert settings.recent_sources == (str(kept), str(gone))
    gone.rmdir()
    assert settings.recent_sources == (str(kept),)
