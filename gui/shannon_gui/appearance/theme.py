"""The look: a palette for light and one for dark, and the one style sheet, switched live with the system.

Colours exist only in this table. Every text colour has at least 4.5 : 1 on each surface under it
(tests/gui/appearance/test_theme.py).
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from importlib.resources import as_file, files
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from shannon_gui.appearance.measures import tall

SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
"""The schemes that can be forced, by the name in the settings."""
_LINE_HEIGHTS = re.compile(r"(min-height|max-height): ([2-9]\d)px")
"""Heights of the style sheet that hold a line of text."""


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of one scheme. ``*_soft`` is the surface of a message of that kind."""

    window: str
    base: str
    raised: str
    text: str
    muted: str
    line: str
    edge: str
    accent: str
    accent_strong: str
    on_accent: str
    link: str
    selection: str
    success: str
    warning: str
    danger: str
    info_soft: str
    success_soft: str
    warning_soft: str
    danger_soft: str


LIGHT = Colors(
    window="#F6F7F9",
    base="#FFFFFF",
    raised="#ECEFF3",
    text="#1B1F24",
    muted="#57606A",
    line="#DDE1E7",
    edge="#B9C0CA",
    accent="#2F6FED",
    accent_strong="#2158C7",
    on_accent="#FFFFFF",
    link="#2158C7",
    selection="#DDE8FC",
    success="#1A7036",
    warning="#7D5300",
    danger="#B4232C",
    info_soft="#E9F0FD",
    success_soft="#E6F4EA",
    warning_soft="#FDF3DB",
    danger_soft="#FCEBEC",
)
DARK = Colors(
    window="#16181D",
    base="#1D2026",
    raised="#262A32",
    text="#E6E8EB",
    muted="#9AA3AF",
    line="#2E333C",
    edge="#4A515D",
    accent="#6EA0FF",
    accent_strong="#8DB4FF",
    on_accent="#0F1115",
    link="#8DB4FF",
    selection="#24365A",
    success="#5CC97E",
    warning="#E2B341",
    danger="#FF8A82",
    info_soft="#1E2A42",
    success_soft="#1A2E22",
    warning_soft="#322A16",
    danger_soft="#3A2022",
)


def palette(colors: Colors) -> QPalette:
    """The colours as Qt's palette, so that every control of Fusion follows."""
    result = QPalette(QColor(colors.raised), QColor(colors.window))
    role = QPalette.ColorRole
    for key, value in {
        role.Window: colors.window,
        role.WindowText: colors.text,
        role.Base: colors.base,
        role.AlternateBase: colors.raised,
        role.Text: colors.text,
        role.PlaceholderText: colors.muted,
        role.Button: colors.raised,
        role.ButtonText: colors.text,
        role.BrightText: colors.danger,
        role.ToolTipBase: colors.raised,
        role.ToolTipText: colors.text,
        role.Highlight: colors.accent,
        role.HighlightedText: colors.on_accent,
        role.Accent: colors.accent,
        role.Link: colors.link,
        role.LinkVisited: colors.link,
        role.Mid: colors.line,
        role.Dark: colors.edge,
    }.items():
        result.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, key, QColor(colors.muted))
    return result


class Theme(QObject):
    """Applies palette and style sheet, again whenever the system changes between light and dark."""

    changed = Signal(object)
    """The Colors that are in force now."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._forced: Qt.ColorScheme | None = None
        self.colors = LIGHT
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)
        self._apply()

    def force(self, scheme: Qt.ColorScheme | None) -> None:
        """Use this scheme instead of the system's; None follows the system again."""
        self._forced = scheme
        self._apply()

    def _apply(self) -> None:
        scheme = self._forced or self._app.styleHints().colorScheme()
        dark = scheme == Qt.ColorScheme.Dark
        self.colors = DARK if dark else LIGHT
        self._app.setPalette(palette(self.colors))
        self._app.setStyleSheet(style_sheet(self.colors, "dark" if dark else "light"))
        self.changed.emit(self.colors)

    def _on_system_scheme_changed(self) -> None:
        if self._forced is None:
            self._apply()


def style_sheet(colors: Colors, name: str) -> str:
    """The style sheet with this scheme's colours and pictures."""
    folder = files("shannon_resources") / "theme"
    with as_file(folder) as path:
        sheet = Template((path / "shannon.qss").read_text(encoding="utf-8"))
        filled = sheet.substitute(asdict(colors), pictures=f"{path.as_posix()}/{name}")
    return _LINE_HEIGHTS.sub(lambda found: f"{found[1]}: {tall(int(found[2]))}px", filled)
