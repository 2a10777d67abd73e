"""Where several files go: a folder and a name, with every file that will be written or replaced."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from shannon_core.request.output_files import OutputPlan, plan_output
from shannon_gui.appearance.measures import wide
from shannon_gui.dialogs.target_fields import AskFolder, folder_problem, label_of, name_problem
from shannon_gui.widgets.styled import button, plain_label


class SaveDialog(QDialog):
    """Names the files that exist already; agreeing here replaces them without another question."""

    agreed = Signal(object)
    """The OutputPlan with its target; it may overwrite the existing files that were shown."""

    def __init__(self, plan: OutputPlan, ask_folder: AskFolder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._ask_folder = ask_folder
        target = Path(plan.request.target)
        self._folder = QLineEdit(str(target.parent))
        self._choose: QPushButton = button(self.tr("&Choose…"))
        self._name = QLineEdit(target.name)
        self._files = plain_label(wrap=True)
        self._problem = plain_label(tone="warning", wrap=True)
        self._save: QPushButton = button("", role="primary")
        self._cancel: QPushButton = button(self.tr("Cancel"))
        self._build_ui()
        self._connect()
        self._refresh()

    def _build_ui(self) -> None:
        self.setWindowTitle(self.tr("Save the files"))
        self.setMinimumWidth(wide(560))
        grid = QGridLayout()
        grid.setSpacing(8)
        for row, (text, field) in enumerate(
            ((self.tr("&Folder"), self._folder), (self.tr("&Name"), self._name))
        ):
            grid.addWidget(label_of(field, text), row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self._choose, 0, 2)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addWidget(plain_label(self.tr("These files will be written"), role="heading"))
        column.addWidget(self._files)
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addSpacing(8)
        column.addLayout(buttons)
        self._save.setDefault(True)
        self._name.selectAll()
        self._name.setFocus()

    def _connect(self) -> None:
        self._folder.textChanged.connect(self._refresh)
        self._name.textChanged.connect(self._refresh)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._cancel.clicked.connect(self.reject)
        self._save.clicked.connect(self._on_save_clicked)

    def value(self) -> OutputPlan:
        """The plan with the target that is shown."""
        return self._plan.replacing(overwrite=bool(self._plan.existing()))

    def set_target(self, folder: str, name: str) -> None:
        """Fill in folder and name."""
        self._folder.setText(folder)
        self._name.setText(name)

    def save_button(self) -> QPushButton:
        """“Export”, or “Replace and export”."""
        return self._save

    def problem(self) -> str:
        """What keeps the files from being written, or which are replaced."""
        return self._problem.text()

    def _refresh(self) -> None:
        wrong = self._wrong_target()
        if not wrong:
            target = str(Path(self._folder.text()).expanduser() / self._name.text().strip())
            self._plan = plan_output(replace(self._plan.request, target=target))
            wrong = self._blocked()
        self._save.setEnabled(not wrong)
        if wrong:
            self._files.setText("–")
            self._show_problem(wrong)
            return
        self._files.setText("\n".join(path.name for path in self._plan.paths))
        standing = ", ".join(path.name for path in self._plan.existing())
        self._show_problem(
            self.tr("Already there, and will be replaced: {names}").format(names=standing) if standing else ""
        )
        self._save.setText(self.tr("&Replace and export") if standing else self.tr("&Export"))

    def _wrong_target(self) -> str:
        problem = name_problem(self._name.text().strip()) or folder_problem(self._folder.text())
        if problem:
            return problem
        if not os.access(Path(self._folder.text()).expanduser(), os.W_OK):
            return self.tr("Nothing can be written into this folder.")
        return ""

    def _blocked(self) -> str:
        if blocked := [path.name for path in self._plan.existing() if not path.is_file()]:
            return self.tr("Not a file, and not replaced: {names}").format(names=", ".join(blocked))
        return ""

    def _show_problem(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _on_choose_clicked(self) -> None:
        self._ask_folder(self, self._folder.text(), self._folder.setText)

    def _on_save_clicked(self) -> None:
        self.agreed.emit(self.value())
        self.accept()
