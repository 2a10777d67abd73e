"""The program's icons: one-colour SVGs, drawn in a colour of the palette and redrawn when it changes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal, Protocol

from PySide6.QtCore import QByteArray, QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from shannon_gui.appearance.theme import LIGHT, Colors

Tone = Literal[
    "text",
    "muted",
    "accent",
    "on_accent",
    "success",
    "warning",
    "danger",
    "link",
    "base",
    "line",
    "edge",
    "info_soft",
]

SIZE = 16
_SCALES = (1, 2, 3)
_PROPERTY = "icon_of"
_COLORS_PROPERTY = "icon_colors"
"""The application keeps the colours, so that a second one in the same process begins with its own."""


class _HasIcon(Protocol):
    def setIcon(self, icon: QIcon) -> None: ...

    def setProperty(self, name: str, value: object) -> bool: ...


@cache
def _source(name: str) -> str:
    return (files("shannon_resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _pixmap(name: str, color: str, size: int, scale: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))
    pixmap = QPixmap(size * scale, size * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size * scale, size * scale))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def pixmap(name: str, tone: Tone = "text", size: int = SIZE, scale: float = 1.0) -> QPixmap:
    """The icon as a picture for a label."""
    return _pixmap(name, getattr(colors(), tone), size, max(1, round(scale)))


def icon(name: str, tone: Tone = "text", size: int = SIZE) -> QIcon:
    """The icon in this tone of the current colours; disabled ones are grey."""
    result = QIcon()
    for scale in _SCALES:
        result.addPixmap(_pixmap(name, getattr(colors(), tone), size, scale))
        result.addPixmap(_pixmap(name, colors().edge, size, scale), QIcon.Mode.Disabled)
    return result


def set_icon(target: _HasIcon, name: str, tone: Tone = "text", size: int = SIZE) -> None:
    """Give a button this icon, and again whenever the colours change."""
    target.setProperty(_PROPERTY, f"{name}/{tone}/{size}")
    target.setIcon(icon(name, tone, size))


def use_colors(colors: Colors) -> None:
    """Draw icons in these colours from now on, and redraw those on the screen."""
    _application().setProperty(_COLORS_PROPERTY, colors)
    for widget in QApplication.allWidgets():
        _redraw(widget)


def _redraw(widget: QWidget) -> None:
    for target in (widget, *widget.actions()):
        kept = target.property(_PROPERTY)
        if isinstance(kept, str):
            name, tone, size = kept.split("/")
            set_icon(target, name, tone, int(size))  # type: ignore[arg-type]  # both hold what set_icon put there


def colors() -> Colors:
    """The current scheme: the one that ``use_colors`` was given, and the light one before that."""
    kept = _application().property(_COLORS_PROPERTY)
    return kept if isinstance(kept, Colors) else LIGHT


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("icons need a QApplication")
    return application


def color(tone: Tone) -> QColor:
    """A colour of the current scheme."""
    return QColor(getattr(colors(), tone))


def application_icon() -> QIcon:
    """The program's icon."""
    result = QIcon()
    for size in (16, 32, 48, 64, 128, 256):
        result.addPixmap(_pixmap("shannon-exporter", LIGHT.accent, size, 1))
    return result
