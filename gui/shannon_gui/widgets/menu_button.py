"""The button behind which the menu of the program is."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton, QWidget

from shannon_gui.appearance.icons import set_icon
from shannon_gui.text.formatting import plain_tooltip


class MenuButton(QToolButton):
    """Opens its menu at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_icon(self, "menu")
        self.setProperty("role", "more")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAccessibleName(self.tr("Menu of the program"))
        self.setToolTip(plain_tooltip(self.tr("Appearance, language, keys")))
