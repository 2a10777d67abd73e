"""Where pictures of the window are made: a made-up home with made-up logs, the real window, and small PNGs.

Nothing of the computer at hand is in a picture: the home is that of ``ada``, made for the run and removed after it.
"""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPoint, QSettings, QSize, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from made_up_home import HOME, SCREEN
from shannon_core.files.atomic_file import AtomicFile
from shannon_core.session import Session
from shannon_gui import eventloop
from shannon_gui.appearance import icons
from shannon_gui.appearance.theme import Theme
from shannon_gui.composition import make_window
from shannon_gui.controllers.sources import SourcesController
from shannon_gui.dialogs.file_dialogs import FileDialogs
from shannon_gui.storage.settings import Settings
from shannon_gui.text.languages import use_language
from shannon_gui.windows.main_window import MainWindow
from small_png import save_small

PATIENCE_SECONDS = 120
_FONTS = ("Inter", "Noto Sans", "Cantarell", "Liberation Sans")
_TITLE = 30
_TURNS = 4


@contextmanager
def full_disk(*suffixes: str) -> Iterator[None]:
    """A disk that has no room for files with these endings."""
    write = AtomicFile._write

    def refuse(self: AtomicFile, view: memoryview) -> None:
        if self.path.suffix in suffixes and self.size + len(view) > 60_000:
            self._system(_no_space)
        write(self, view)

    AtomicFile._write = refuse  # type: ignore[method-assign]
    try:
        yield
    finally:
        AtomicFile._write = write  # type: ignore[method-assign]


def _no_space() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Studio:
    """One window at a time, in the light that a scene wants."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app = app
        self._theme = Theme(app)
        self._folder = folder
        self._plain = app.font()
        self._plain.setFamily(
            next(
                name
                for name in (*_FONTS, self._plain.family())
                if name in QFontDatabase.families() or name == self._plain.family()
            )
        )
        self._plain.setPointSizeF(10)
        self._count = 0
        self.window: MainWindow
        self._owner: SourcesController
        self.taken: list[Path] = []

    async def open(
        self,
        size: tuple[int, int],
        *,
        language: str = "en",
        dark: bool = False,
        scale: float = 1,
        source: str = "",
    ) -> MainWindow:
        """A new window of this size, with this source open."""
        self._speak(language)
        font = QFont(self._plain)
        font.setPointSizeF(self._plain.pointSizeF() * scale)
        self._app.setFont(font)
        self.light(dark)
        self._count += 1
        kept = HOME / f"settings-{self._count}"
        kept.mkdir()
        settings = Settings(QSettings(str(kept / "window.ini"), QSettings.Format.IniFormat))
        self.window, self._owner = make_window(
            self._theme,
            settings,
            asker=FileDialogs(),
            open_session=lambda names: Session.open(names, keep=False),
            zone="Europe/Berlin",
        )
        self.window.resize(QSize(*size))
        self.window.move(SCREEN["width"] - size[0], 0)  # what would reach over its edge stays on the screen
        self.window.show()
        if source:
            self.window.source_opener.open((str(HOME / source),))
            await self.settled()
        return self.window

    async def close(self) -> None:
        """Close the window and all that stands before it."""
        for widget in self._app.topLevelWidgets():
            if widget is not self.window:
                widget.close()
        self.window.close()
        await self._owner.close()
        self.window.deleteLater()

    def light(self, dark: bool) -> None:
        """Light or dark, at once."""
        self._theme.force(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Look until something is so, as a person does."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not is_so():  # noqa: ASYNC110 – it looks at the window
                await asyncio.sleep(0.005)

    async def settled(self) -> None:
        """Wait until the window has answered everything that was asked."""
        panels = self.window.panels
        await self.until(
            lambda: (
                not self.window.state().busy
                and panels.preview.value() is not None
                and panels.preview.overall() is not None
            )
        )
        await self.until(lambda: not panels.export_bar.is_estimating())
        await self.until(eventloop.is_idle)

    async def picture(self, name: str) -> None:
        """Save what is on the screen: the window, and what stands before it."""
        for _ in range(_TURNS):  # what was asked of the window is laid out in the next turns of the loop
            await asyncio.sleep(0)
        image = self.window.grab()
        painter = QPainter(image)
        for widget in self._app.topLevelWidgets():
            if widget is not self.window and widget.isVisible() and not isinstance(widget, QFileDialog):
                self._paint_before(painter, widget)
        painter.end()
        path = self._folder / f"{name}.png"
        save_small(image.toImage(), path)
        self.taken.append(path)

    def _paint_before(self, painter: QPainter, widget: QWidget) -> None:
        picture = widget.grab()
        if isinstance(widget, QDialog):
            middle = self.window.rect().center() - widget.rect().center()
            painter.fillRect(self.window.rect(), QColor(0, 0, 0, 70))
            _paint_frame(painter, middle, picture, widget.windowTitle(), self._app.font())
        else:
            painter.drawPixmap(self.window.mapFromGlobal(widget.mapToGlobal(QPoint(0, 0))), picture)

    def _speak(self, language: str) -> None:
        for translator in self._app.findChildren(QTranslator):
            self._app.removeTranslator(translator)
            translator.deleteLater()
        use_language(self._app, language)


def _paint_frame(painter: QPainter, place: QPoint, picture: QPixmap, title: str, font: QFont) -> None:
    """A dialog with a title, which a desktop would give it."""
    colors = icons.colors()
    size = picture.deviceIndependentSize().toSize()
    font.setBold(True)
    height = max(_TITLE, QFontMetrics(font).height() + 10)
    left, top = place.x(), place.y() - height // 2
    painter.setPen(QColor(colors.edge))
    painter.setBrush(QColor(colors.raised))
    painter.drawRect(left - 1, top - 1, size.width() + 1, size.height() + height + 1)
    painter.setPen(QColor(colors.text))
    painter.setFont(font)
    painter.drawText(left, top, size.width(), height, Qt.AlignmentFlag.AlignCenter, title)
    painter.drawPixmap(left, top + height, picture)
