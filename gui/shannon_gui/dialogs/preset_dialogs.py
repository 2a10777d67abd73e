"""Presets by dialog: save the choices of the window under a name, and put the saved ones in order."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from shannon_core.request.export_request import ExportRequest
from shannon_gui.appearance.icons import icon
from shannon_gui.appearance.measures import wide
from shannon_gui.dialogs.target_fields import AskFolder, folder_problem, label_of, name_problem
from shannon_gui.storage.presets import Preset, Presets
from shannon_gui.text.i18n import counted
from shannon_gui.text.labels import format_label
from shannon_gui.widgets.styled import button, plain_label


class SavePresetDialog(QDialog):
    """Asks for a name and, optionally, a target: a preset with a target exports without a question."""

    agreed = Signal(object, bool)
    """The Preset, and whether a new window is to begin with it."""

    def __init__(
        self,
        request: ExportRequest,
        quick: str,
        presets: Presets,
        ask_folder: AskFolder,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._request = request
        self._quick = quick
        self._presets = presets
        self._ask_folder = ask_folder
        target = Path(request.target)
        self._name = QLineEdit()
        self._placed = QCheckBox(self.tr("&Always save to the same place, without asking"))
        self._folder = QLineEdit(str(target.parent))
        self._choose: QPushButton = button(self.tr("C&hoose…"))
        self._stem = QLineEdit(f"{target.name}-{{date}}")
        self._default = QCheckBox(self.tr("&Begin with this preset"))
        self._problem = plain_label(tone="warning", wrap=True)
        self._save: QPushButton = button(self.tr("&Save"), role="primary")
        self._cancel: QPushButton = button(self.tr("Cancel"))
        self._build_ui()
        self._connect()
        self._refresh()

    def _build_ui(self) -> None:
        self.setWindowTitle(self.tr("Save as preset"))
        self.setMinimumWidth(wide(520))
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label_of(self._name, self.tr("&Name")), 0, 0)
        grid.addWidget(self._name, 0, 1, 1, 2)
        grid.addWidget(plain_label(self._summary(), tone="muted", wrap=True), 1, 1, 1, 2)
        grid.setRowMinimumHeight(2, 4)
        grid.addWidget(self._placed, 3, 1, 1, 2)
        grid.addWidget(label_of(self._folder, self.tr("&Folder")), 4, 0)
        grid.addWidget(self._folder, 4, 1)
        grid.addWidget(self._choose, 4, 2)
        grid.addWidget(label_of(self._stem, self.tr("F&ile name")), 5, 0)
        grid.addWidget(self._stem, 5, 1, 1, 2)
        hint = self.tr("{date} becomes the day of the export, {from} and {to} the days of the range.")
        grid.addWidget(plain_label(hint, tone="muted", wrap=True), 6, 1, 1, 2)
        grid.addWidget(self._default, 7, 1, 1, 2)
        grid.addWidget(self._problem, 8, 1, 1, 2)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(grid)
        column.addStretch(1)
        column.addLayout(buttons)
        self._save.setDefault(True)

    def _connect(self) -> None:
        for field in (self._name, self._folder, self._stem):
            field.textChanged.connect(self._refresh)
        self._placed.toggled.connect(self._refresh)
        self._choose.clicked.connect(
            lambda: self._ask_folder(self, self._folder.text(), self._folder.setText)
        )
        self._cancel.clicked.connect(self.reject)
        self._save.clicked.connect(self._on_save_clicked)

    def value(self) -> Preset:
        """The preset with the name and target of the fields."""
        place = Path(self._folder.text()).expanduser() / self._stem.text().strip()
        target = str(place) if self._placed.isChecked() else ""
        return Preset(self._name.text().strip(), self._request, self._quick, target)

    def set_value(self, name: str, *, target: str = "", default: bool = False) -> None:
        """Fill in a name and a place."""
        self._name.setText(name)
        self._default.setChecked(default)
        self._placed.setChecked(bool(target))
        if target:
            self._folder.setText(str(Path(target).parent))
            self._stem.setText(Path(target).name)

    def problem(self) -> str:
        """What keeps the preset from being saved, or what it replaces."""
        return self._problem.text()

    def save_button(self) -> QPushButton:
        """“Save”, or “Replace”."""
        return self._save

    def _summary(self) -> str:
        request = self._request
        parts = [", ".join(format_label(item) for item in request.formats)]
        if not self._quick:
            parts.append(self.tr("the dates as they are"))
        else:
            parts.append(self.tr("the time range moves with the day"))
        if request.selection.filters:
            parts.append(counted("presets", "{n} filter(s)", len(request.selection.filters)))
        return " · ".join(parts)

    def _refresh(self) -> None:
        for widget in (self._folder, self._choose, self._stem):
            widget.setEnabled(self._placed.isChecked())
        wrong = self._wrong()
        replaces = self._name.text().strip() in self._presets.all()
        self._save.setEnabled(not wrong)
        self._save.setText(self.tr("&Replace") if replaces else self.tr("&Save"))
        self._problem.setText(wrong or (self.tr("A preset of this name is replaced.") if replaces else ""))

    def _wrong(self) -> str:
        if not self._name.text().strip():
            return self.tr("Enter a preset name.")
        if self._placed.isChecked():
            return name_problem(self._stem.text().strip()) or folder_problem(self._folder.text())
        return ""

    def _on_save_clicked(self) -> None:
        self.agreed.emit(self.value(), self._default.isChecked())
        self.accept()


class ManagePresetsDialog(QDialog):
    """Renames and deletes presets, and sets the one that a new window begins with."""

    def __init__(self, presets: Presets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets = presets
        self._list = QListWidget()
        self._rename: QPushButton = button(self.tr("&Rename"))
        self._default: QPushButton = button(self.tr("&Begin with it"))
        self._delete: QPushButton = button(self.tr("&Delete"))
        self._close: QPushButton = button(self.tr("C&lose"))
        self._build_ui()
        self._connect()
        self._fill()

    def _build_ui(self) -> None:
        self.setWindowTitle(self.tr("Presets"))
        self.resize(wide(460), 320)
        self._list.setAccessibleName(self.tr("Presets"))
        self._list.setEditTriggers(
            QListWidget.EditTrigger.EditKeyPressed | QListWidget.EditTrigger.DoubleClicked
        )
        side = QVBoxLayout()
        side.setSpacing(8)
        for item in (self._rename, self._default, self._delete):
            side.addWidget(item)
        side.addStretch(1)
        side.addWidget(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 24, 24, 16)
        row.setSpacing(16)
        row.addWidget(self._list, 1)
        row.addLayout(side)

    def _connect(self) -> None:
        self._list.currentItemChanged.connect(self._refresh)
        self._list.itemChanged.connect(self._on_item_edited)
        self._rename.clicked.connect(lambda: self._list.editItem(self._list.currentItem()))
        self._default.clicked.connect(self._on_default_clicked)
        self._delete.clicked.connect(lambda: self._presets.delete(self._name()))
        self._close.clicked.connect(self.accept)
        self._presets.changed.connect(self._fill)

    def names(self) -> list[str]:
        """What the list shows."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    def list_widget(self) -> QListWidget:
        return self._list

    def default_button(self) -> QPushButton:
        """“Begin with it”, or no longer."""
        return self._default

    def delete_button(self) -> QPushButton:
        """“Delete”."""
        return self._delete

    def _name(self) -> str:
        item = self._list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _fill(self) -> None:
        chosen, default = self._name(), self._presets.default
        self._list.blockSignals(True)
        self._list.clear()
        for name in self._presets.all():
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            if default is not None and name == default.name:
                item.setIcon(icon("check", "accent"))
                item.setToolTip(self.tr("A new window begins with it."))
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, item.toolTip())
            self._list.addItem(item)
            if name == chosen or self._list.currentItem() is None:
                self._list.setCurrentItem(item)
        self._list.blockSignals(False)
        self._refresh()

    def _refresh(self) -> None:
        name, default = self._name(), self._presets.default
        is_default = default is not None and default.name == name
        for item in (self._rename, self._default, self._delete):
            item.setEnabled(bool(name))
        self._default.setText(self.tr("&Do not begin with it") if is_default else self.tr("&Begin with it"))

    def _on_default_clicked(self) -> None:
        default, name = self._presets.default, self._name()
        self._presets.set_default("" if default is not None and default.name == name else name)

    def _on_item_edited(self, item: QListWidgetItem) -> None:
        old, new = str(item.data(Qt.ItemDataRole.UserRole)), item.text().strip()
        if new and new not in self._presets.all():
            self._presets.rename(old, new)
        else:
            self._fill()
