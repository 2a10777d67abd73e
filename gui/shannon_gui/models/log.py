"""What was done, line by line: capped, and appended in batches so that a flood costs one repaint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QTimer,
)

from shannon_gui.appearance.icons import Tone, color, icon
from shannon_gui.text.formatting import plain_tooltip
from shannon_gui.text.i18n import QT_TRANSLATE_NOOP, translate
from shannon_gui.text.log_levels import LogLevel

MAX_LINES = 5000
BATCH_MILLISECONDS = 50
_SEVERITY: dict[LogLevel, int] = {"info": 0, "success": 0, "warning": 1, "danger": 2}
_LEVEL_WORDS: dict[LogLevel, str] = {
    "info": QT_TRANSLATE_NOOP("log", "Info"),
    "success": QT_TRANSLATE_NOOP("log", "Done"),
    "warning": QT_TRANSLATE_NOOP("log", "Warning"),
    "danger": QT_TRANSLATE_NOOP("log", "Error"),
}
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line; ``at`` is the wall clock of this computer, ``path`` the file that was finished, if one was."""

    at: datetime
    level: LogLevel
    text: str
    path: str = ""

    def as_text(self) -> str:
        """The line as it is copied: the level as a word, not as a colour."""
        return f"{self.at:%H:%M:%S}  {level_word(self.level):<8} {self.text}"


def level_word(level: LogLevel) -> str:
    """The level as a word."""
    return translate("log", _LEVEL_WORDS[level])


class LogModel(QAbstractTableModel):
    """Time and text of each line; the oldest lines go when there are more than ``most``."""

    def __init__(self, parent: QObject | None = None, *, most: int = MAX_LINES) -> None:
        super().__init__(parent)
        self._most = most
        self._lines: list[LogLine] = []
        self._waiting: list[LogLine] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BATCH_MILLISECONDS)
        self._timer.timeout.connect(self.flush)

    def append(self, line: LogLine) -> None:
        """Add the line soon, together with those that come right after it."""
        self._waiting.append(line)
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Add the waiting lines now."""
        batch, self._waiting = self._waiting[-self._most :], []
        excess = len(self._lines) + len(batch) - self._most
        if excess > 0:
            self.beginRemoveRows(QModelIndex(), 0, excess - 1)
            del self._lines[:excess]
            self.endRemoveRows()
        if batch:
            self.beginInsertRows(QModelIndex(), len(self._lines), len(self._lines) + len(batch) - 1)
            self._lines += batch
            self.endInsertRows()

    def line(self, row: int) -> LogLine:
        """The line of a row."""
        return self._lines[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 – Qt's signature
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 – Qt's signature
        return 0 if parent.isValid() else len(_ROLES)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; the level is an icon with a shape of its own, and a word for screen readers."""
        if not index.isValid():
            return None
        give = _ROLES[index.column()].get(role)
        return give(self._lines[index.row()]) if give else None


def _tone(line: LogLine) -> Tone:
    return "muted" if line.level == "info" else line.level


_TIME_ROLES: dict[int, Callable[[LogLine], object]] = {
    int(Qt.ItemDataRole.DisplayRole): lambda line: f"{line.at:%H:%M:%S}",
    int(Qt.ItemDataRole.ForegroundRole): lambda _line: color("muted"),
}
_TEXT_ROLES: dict[int, Callable[[LogLine], object]] = {
    int(Qt.ItemDataRole.DisplayRole): lambda line: line.text,
    int(Qt.ItemDataRole.ToolTipRole): lambda line: plain_tooltip(line.text),
    int(Qt.ItemDataRole.DecorationRole): lambda line: icon(line.level, _tone(line)),
    int(Qt.ItemDataRole.AccessibleTextRole): lambda line: f"{level_word(line.level)}: {line.text}",
}


def _action_roles(text: str) -> dict[int, Callable[[LogLine], object]]:
    def said(line: LogLine) -> str | None:
        return translate("log", text) if line.path else None

    return {
        int(Qt.ItemDataRole.DisplayRole): said,
        int(Qt.ItemDataRole.ForegroundRole): lambda _line: color("link"),
        int(Qt.ItemDataRole.ToolTipRole): lambda line: plain_tooltip(line.path) if line.path else None,
    }


_ROLES = (
    _TIME_ROLES,
    _TEXT_ROLES,
    _action_roles(QT_TRANSLATE_NOOP("log", "Open")),
    _action_roles(QT_TRANSLATE_NOOP("log", "Show in folder")),
)
OPEN_COLUMN, FOLDER_COLUMN = 2, 3


class LogFilter(QSortFilterProxyModel):
    """The lines of at least a level that contain some words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._level: LogLevel = "info"
        self._words = ""

    def set_level(self, level: LogLevel) -> None:
        """Show lines that are at least as serious."""
        self._level = level
        self.invalidate()

    def set_words(self, words: str) -> None:
        """Show lines that contain this text, ignoring case."""
        self._words = words.strip().casefold()
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: _Index) -> bool:
        model = self.sourceModel()
        if not isinstance(model, LogModel) or source_parent.isValid():
            return False
        line = model.line(source_row)
        return _SEVERITY[line.level] >= _SEVERITY[self._level] and self._words in line.text.casefold()
