"""The menu of the program: appearance, language, keys, about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QDialog, QMenu

from shannon_gui.appearance.theme import SCHEMES, Theme
from shannon_gui.dialogs.about_dialogs import AboutDialog, ShortcutsDialog, shortcuts_of
from shannon_gui.storage.settings import Settings
from shannon_gui.text.languages import LANGUAGES
from shannon_gui.windows.main_window import MainWindow


class ProgramMenu(QObject):
    """The menu behind the buttons at the top right, and its actions."""

    def __init__(self, window: MainWindow, theme: Theme, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._settings = settings
        self.menu = QMenu(window)
        self._build()
        for button in (window.panels.sources.menu_button(), window.panels.empty.menu_button()):
            button.setMenu(self.menu)

    def _build(self) -> None:
        like_system = self.tr("As the &system")
        looks = {"": like_system, "light": self.tr("&Light"), "dark": self.tr("&Dark")}
        self._choices(self.tr("&Appearance"), looks, self._settings.appearance, self._on_look_chosen)
        languages = {"": like_system, **LANGUAGES}
        self._choices(self.tr("&Language"), languages, self._settings.language, self._on_language_chosen)
        self.menu.addSeparator()
        self._action(self.tr("&Keyboard shortcuts"), "F1", self.show_shortcuts)
        self._action(self.tr("A&bout Shannon Exporter"), "", self.show_about)

    def _choices(
        self, title: str, choices: Mapping[str, str], chosen: str, act: Callable[[str], None]
    ) -> None:
        menu = self.menu.addMenu(title)
        group = QActionGroup(menu)
        for key, text in choices.items():
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(key == chosen)
            action.triggered.connect(lambda _checked=False, key=key: act(key))
            group.addAction(action)

    def _action(self, text: str, keys: str, act: Callable[[], None]) -> None:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(act)
        self._window.addAction(action)
        self.menu.addAction(action)

    def show_shortcuts(self) -> None:
        """Show all keys of the window."""
        self._open(ShortcutsDialog(shortcuts_of(self._window), self._window))

    def show_about(self) -> None:
        """Show name, version and licence."""
        self._open(AboutDialog(self._window))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_look_chosen(self, key: str) -> None:
        self._settings.appearance = key
        self._theme.force(SCHEMES.get(key))

    def _on_language_chosen(self, key: str) -> None:
        if key != self._settings.language:
            self._settings.language = key
            self._window.panels.message.show_message(
                "info", self.tr("The window speaks the new language at its next start."), ""
            )
