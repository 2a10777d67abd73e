"""Where pictures of the window are made: a made-up home with made-up logs, the real window, and small PNGs.

Nothing of the computer at hand is in a picture: the home is that of ``ada``, made for the run and removed after it.
"""

from __future__ import annotations

import asyncio
import errno
import json
import os
import platform
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import numpy
import numpy.typing
from PySide6.QtCore import QPoint, QSettings, QSize, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from shannon_core.atomic import AtomicFile
from shannon_core.session import Session
from shannon_gui import eventloop, icons
from shannon_gui.app import make_window
from shannon_gui.controllers.sources import SourcesController
from shannon_gui.i18n import set_core_templates
from shannon_gui.languages import use_language
from shannon_gui.settings import Settings
from shannon_gui.theme import Theme
from shannon_gui.windows.dialogs import FileDialogs
from shannon_gui.windows.main_window import MainWindow
from shannon_resources import sample_folder

PATIENCE_SECONDS = 120
Pixels = numpy.typing.NDArray[numpy.int64]
HOME = Path("/home" if os.access("/home", os.W_OK) else "/tmp") / "ada"
SCREEN = {"name": "studio", "x": 0, "y": 0, "width": 1920, "height": 1080, "dpr": 1, "logicalDpi": 96}
COLORS = 256
_FONTS = ("Inter", "Noto Sans", "Cantarell", "Liberation Sans")
_TITLE = 30
_BIG = 40


def make_home() -> None:
    """The home with the logs of three tools, of which one can be opened, and a long log for what takes time."""
    HOME.mkdir()  # it must not be there: it is removed in the end
    screens = HOME / "screens.json"
    screens.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(HOME / name.lower())
    os.environ["HOME"] = str(HOME)
    platform.platform = lambda *_: "Linux"  # the error dialog names it
    (HOME / "Documents").mkdir()
    _sparse(".claude/projects/-home-ada-webshop", 41, 2_310_000)
    _sparse(".codex/sessions/2026/11/24", 12, 1_120_000)
    analytics = HOME / ".shannon-mcp" / "analytics"
    shutil.copytree(sample_folder(), analytics)
    (analytics / "metrics" / "metrics_20261101_080000.jsonl").write_text(_odd_lines(), encoding="utf-8")
    _write_archive(HOME / "archive" / "metrics")


def hide_logs() -> None:
    """A home without any log, as that of somebody who looks at the program first."""
    for name in (".claude", ".codex", ".shannon-mcp"):
        shutil.rmtree(HOME / name, ignore_errors=True)


def _sparse(folder: str, files: int, size: int) -> None:
    place = HOME / folder
    place.mkdir(parents=True)
    for number in range(files):
        path = (
            place
            / f"{'rollout-' if 'codex' in folder else ''}{number:08x}-5c1e-4f0a-9d61-2b7c8e4f{number:04x}.jsonl"
        )
        with path.open("wb") as file:
            file.truncate(size + number * 4096)
        when = time.time() - 90 - 3600 * number
        os.utime(path, (when, when))


def _odd_lines() -> str:
    """Events that some format takes wrongly, and lines that are none."""
    events = [
        {"query": "=SUM(A1:A9)", "order": "4012888888881881234"},
        {"stdout": "x" * 40_000, "query": "+49 30 901820"},
        {"account": "9007199254740993", "query": "@channel, please look"},
    ]
    lines = [
        json.dumps(
            {
                "id": f"0d00000{number}-0000-4000-8000-000000000000",
                "timestamp": f"2026-11-01T08:0{number}:00+00:00",
                "type": "tool_use",
                "session_id": "b6910981-1de3-482a-95de-f4417c06d204",
                "user_id": "chen",
                "data": {"tool_name": "Bash", "duration_ms": 1200 + number, "success": True, **data},
                "metadata": {},
            }
        )
        for number, data in enumerate(events)
    ]
    broken = [
        '{"id": "7c1f", "timestamp": "2026-11-01T08:',
        '{"id": 7, "type": "tool_use"}',
        "Traceback (most recent",
    ]
    return "\n".join([*lines, *broken, ""])


def _write_archive(folder: Path) -> None:
    folder.mkdir(parents=True)
    source = sample_folder() / "metrics" / "metrics_20261026_015019.jsonl"
    lines = source.read_text(encoding="utf-8").splitlines()
    for number in range(_BIG):
        with (folder / f"metrics_{number:03d}.jsonl").open("w") as file:
            file.writelines(f"{_moved(line, number)}\n" for line in lines)


def _moved(line: str, weeks: int) -> str:
    """The line of another event, so many weeks earlier and of another session."""
    try:
        event = json.loads(line)
        earlier = datetime.fromisoformat(event["timestamp"]) - timedelta(weeks=weeks)
    except (ValueError, KeyError):
        return line  # one of those that are no events
    ids = {name: f"{weeks:02d}{event[name][2:]}" for name in ("id", "session_id")}
    return json.dumps(event | ids | {"timestamp": earlier.isoformat()})


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
        self.window.show()
        if source:
            self.window.opening.open((str(HOME / source),))
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

    def picture(self, name: str) -> None:
        """Save what is on the screen: the window, and what stands before it."""
        self._app.processEvents()  # no coroutine runs in between: this one waits for it
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
        set_core_templates([])
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


def save_small(image: QImage, path: Path) -> None:
    """Save as a PNG of 256 colours, which is what an anti-aliased window needs."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = numpy.frombuffer(image.constBits(), numpy.uint32).reshape(
        image.height(), image.bytesPerLine() // 4
    )
    pixels = rows[:, : image.width()] | 0xFF000000
    found, where, counts = numpy.unique(pixels, return_inverse=True, return_counts=True)
    parts = numpy.stack([(found >> shift & 255).astype(numpy.int64) for shift in (16, 8, 0)], axis=1)
    chosen, nearest = _choose(parts, counts)
    indexed = numpy.ascontiguousarray(nearest[where.reshape(pixels.shape)].astype(numpy.uint8))
    small = QImage(indexed.data, image.width(), image.height(), image.width(), QImage.Format.Format_Indexed8)
    small.setColorTable([int(found[index]) for index in chosen])
    if not small.save(str(path), quality=0):  # the strongest compression
        raise OSError(f"{path} could not be saved")


def _choose(parts: Pixels, counts: Pixels) -> tuple[list[int], Pixels]:
    """The colours to keep, and which of them is nearest to each: again and again the one that is missed most.

    A colour is missed by how far it is from the nearest kept one and, less, by how often it occurs, so that the few pixels
    of an icon keep their colour.
    """
    weights = numpy.sqrt(counts)
    chosen = [int(counts.argmax())]
    distances = ((parts - parts[chosen[0]]) ** 2).sum(axis=1)
    nearest = numpy.zeros(len(parts), dtype=numpy.int64)
    while len(chosen) < COLORS and distances.any():
        chosen.append(int((distances * weights).argmax()))
        closer = ((parts - parts[chosen[-1]]) ** 2).sum(axis=1)
        nearest[closer < distances] = len(chosen) - 1
        distances = numpy.minimum(distances, closer)
    return chosen, nearest
