"""The questions about files, behind a protocol: tests and the self-test answer them without dialogs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from shannon_core.request.output_files import OutputPlan, plan_output
from shannon_gui.dialogs.save_dialog import SaveDialog
from shannon_gui.text.i18n import counted

_CONTEXT = "dialogs"


class Asker(Protocol):
    """Asks about files; the answer comes later, or never where the dialog is cancelled."""

    def ask_folder(self, parent: QWidget, start: str, chosen: Callable[[str], None]) -> None:
        """Which folder to read."""

    def ask_files(self, parent: QWidget, start: str, chosen: Callable[[tuple[str, ...]], None]) -> None:
        """Which files to read."""

    def ask_target_folder(self, parent: QWidget, start: str, chosen: Callable[[str], None]) -> None:
        """Which folder to save into."""

    def ask_target(self, parent: QWidget, plan: OutputPlan, chosen: Callable[[OutputPlan], None]) -> None:
        """Where to save; the plan's target is a proposal, the answer may also agree to replace."""

    def ask_save(self, parent: QWidget, proposal: str, kind: str, chosen: Callable[[str], None]) -> None:
        """Where to save one file of this kind, such as ``"CSV (*.csv)"``; replacing what is there has been agreed
        to."""

    def ask_open(self, parent: QWidget, start: str, kind: str, chosen: Callable[[str], None]) -> None:
        """Which file of this kind to open."""

    def ask_replace(self, parent: QWidget, paths: Sequence[Path], agreed: Callable[[], None]) -> None:
        """Whether these files, which are there, may be replaced."""


class FileDialogs:
    """Asks with the system's dialogs, never blocking."""

    def ask_folder(self, parent: QWidget, start: str, chosen: Callable[[str], None]) -> None:
        """Which folder to read."""
        _ask_folder(parent, _tr("Choose a folder with logs"), start, chosen)

    def ask_files(self, parent: QWidget, start: str, chosen: Callable[[tuple[str, ...]], None]) -> None:
        """Which files to read."""
        dialog = _dialog(parent, _tr("Choose log files"), start)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([_tr("Event logs (*.jsonl *.jsonl.gz *.jsonl.zst)"), _tr("All files (*)")])
        dialog.filesSelected.connect(lambda names: chosen(tuple(names)))
        dialog.open()

    def ask_target_folder(self, parent: QWidget, start: str, chosen: Callable[[str], None]) -> None:
        """Which folder to save into."""
        _ask_folder(parent, _tr("Choose a folder"), start, chosen)

    def ask_target(self, parent: QWidget, plan: OutputPlan, chosen: Callable[[OutputPlan], None]) -> None:
        """Where to save: a file for one format, a folder and a name for several."""
        if len(plan.files) == 1:
            _ask_one_file(parent, plan, chosen)
        else:
            save = SaveDialog(plan, self.ask_target_folder, parent)
            save.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            save.agreed.connect(chosen)
            save.open()

    def ask_save(self, parent: QWidget, proposal: str, kind: str, chosen: Callable[[str], None]) -> None:
        """Where to save one file of this kind."""
        path = Path(proposal)
        dialog = _dialog(parent, _tr("Save as"), str(path.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter(kind)
        dialog.setDefaultSuffix(path.suffix.removeprefix("."))
        dialog.selectFile(path.name)
        dialog.fileSelected.connect(chosen)
        dialog.open()

    def ask_open(self, parent: QWidget, start: str, kind: str, chosen: Callable[[str], None]) -> None:
        """Which file of this kind to open."""
        dialog = _dialog(parent, _tr("Open"), start)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(kind)
        dialog.fileSelected.connect(chosen)
        dialog.open()

    def ask_replace(self, parent: QWidget, paths: Sequence[Path], agreed: Callable[[], None]) -> None:
        """Whether these files, which are there, may be replaced."""
        _ask_replace(parent, paths, agreed)


def _ask_folder(parent: QWidget, title: str, start: str, chosen: Callable[[str], None]) -> None:
    dialog = _dialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def _ask_one_file(parent: QWidget, plan: OutputPlan, chosen: Callable[[OutputPlan], None]) -> None:
    ((spec, path),) = ((file.spec, file.path) for file in plan.files)
    ending = path.name.removeprefix(Path(plan.request.target).name)
    dialog = _dialog(parent, _tr("Save the export"), str(path.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilter(f"{spec.title} (*{ending})")
    dialog.setDefaultSuffix(ending.removeprefix("."))
    dialog.selectFile(path.name)
    dialog.fileSelected.connect(
        lambda name: _settle_replacing(parent, plan_output(replace(plan.request, target=name)), name, chosen)
    )
    dialog.open()


def _settle_replacing(
    parent: QWidget, plan: OutputPlan, confirmed: str, chosen: Callable[[OutputPlan], None]
) -> None:
    """The file dialog has asked about the name that was typed; ask where the format's ending makes it another one."""
    existing = plan.existing()
    if not existing or existing == [Path(confirmed)]:
        chosen(plan.replacing(overwrite=bool(existing)))
        return
    _ask_replace(parent, existing, lambda: chosen(plan.replacing(overwrite=True)))


def _ask_replace(parent: QWidget, paths: Sequence[Path], agreed: Callable[[], None]) -> None:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(counted(_CONTEXT, "Replace {n} file(s)?", len(paths)))
    box.setInformativeText("\n".join(path.name for path in paths))
    agree = box.addButton(_tr("Replace"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    agree.clicked.connect(agreed)
    box.open()


def _dialog(parent: QWidget, title: str, start: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, start)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
