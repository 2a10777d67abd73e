"""The values of one filter field with their counts, as a list that a completer can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from shannon_gui.text.formatting import plain_tooltip
from shannon_gui.text.i18n import number
from shannon_gui.text.labels import value_label

if TYPE_CHECKING:
    from shannon_core.query.facets import FacetValue

COUNT_ROLE = Qt.ItemDataRole.UserRole
"""The number of events as text."""
TAKEN_ROLE = COUNT_ROLE + 1
"""None, or whether the value is taken negated."""


class FacetModel(QAbstractListModel):
    """Values that a filter can name; null has no name and is left out."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self._field = field
        self._values: list[FacetValue] = []
        self._taken: Mapping[str, bool] = {}

    def set_values(self, values: Sequence[FacetValue]) -> None:
        """Show these in place of what is shown."""
        self.beginResetModel()
        self._values = [value for value in values if value.value is not None]
        self.endResetModel()

    def set_taken(self, taken: Mapping[str, bool]) -> None:
        """These values are taken already, each negated or not."""
        self._taken = taken
        if self._values:
            self.dataChanged.emit(self.index(0), self.index(len(self._values) - 1))

    def value_at(self, row: int) -> str | None:
        """The value of the row, None where there is no such row."""
        return self._values[row].value if 0 <= row < len(self._values) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 – Qt's signature
        return 0 if parent.isValid() else len(self._values)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Text, count and tooltip of a value."""
        if not index.isValid():
            return None
        item = self._values[index.row()]
        text = value_label(self._field, item.value or "")
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return text
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(text)
            case _ if role == COUNT_ROLE:
                return number(item.count)
            case _:
                return self._taken.get(item.value or "") if role == TAKEN_ROLE else None
