"""A walk through the real window, by its own controls, that leaves pictures and a real file of each format.

    QT_QPA_PLATFORM=offscreen python -m shannon_gui.selftest.walkthrough FOLDER

It opens the sample, picks a range and a filter, ticks every format, exports, and looks at what was written. The exit
code is 0 only when all files are there.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QPoint, QSettings, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QWidget

from shannon_core.jobs.progress import Finished
from shannon_core.request.output_files import OutputPlan, plan_output
from shannon_core.session import Session
from shannon_gui import eventloop
from shannon_gui.appearance.theme import Theme
from shannon_gui.composition import make_application, make_window
from shannon_gui.state import Phase
from shannon_gui.storage.settings import Settings
from shannon_gui.windows.main_window import MainWindow

PATIENCE_SECONDS = 120
TYPE = "tool_use"
DAYS_LEFT_OUT = 14
_TICK = 8
"""The middle of a check box's square; the middle of the control can be beside its text."""
_LEFT = Qt.MouseButton.LeftButton
_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk left behind: the formats that were chosen, their files, and how many events the window promised for
    each."""

    formats: tuple[str, ...]
    paths: tuple[str, ...]
    events: int


class _Answers:
    """Answers in place of the file dialogs: every file goes into one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ask_folder(self, parent: QWidget, start: str, chosen: Callable[[str], None]) -> None:
        """The walk opens the sample and no other folder."""

    def ask_files(self, parent: QWidget, start: str, chosen: Callable[[tuple[str, ...]], None]) -> None:
        """The walk opens the sample and no other files."""

    def ask_save(self, parent: QWidget, proposal: str, kind: str, chosen: Callable[[str], None]) -> None:
        """The walk saves nothing but exports."""

    def ask_open(self, parent: QWidget, start: str, kind: str, chosen: Callable[[str], None]) -> None:
        """The walk opens no job."""

    def ask_target_folder(self, parent: QWidget, start: str, chosen: Callable[[str], None]) -> None:
        """The walk exports only where ask_target says."""

    def ask_replace(self, parent: QWidget, paths: Sequence[Path], agreed: Callable[[], None]) -> None:
        """What an earlier walk left there."""
        agreed()

    def ask_target(self, _parent: QWidget, plan: OutputPlan, chosen: Callable[[OutputPlan], None]) -> None:
        """Into the folder, replacing what an earlier walk left there."""
        target = str(self._folder / "usage")
        chosen(plan_output(replace(plan.request, target=target, overwrite=True)))


class _Walk:
    """Operates the window as a user does, and takes a picture after each step."""

    def __init__(self, window: MainWindow, theme: Theme, pictures: Path) -> None:
        self._window = window
        self._panels = window.panels
        self._theme = theme
        self._pictures = pictures

    async def run(self) -> Walked:
        """Walk to the end; what was written."""
        await self._begin()
        await self._choose()
        events = self._events()
        return Walked(self._panels.form.formats.value().formats, await self._export(), events)

    async def _begin(self) -> None:
        self._picture("1-start")
        self._click(self._panels.empty.sample_button())
        await self._until(lambda: self._panels.preview.value() is not None)
        await self._until(lambda: self._panels.preview.overall() is not None)
        self._picture("2-preview")

    async def _choose(self) -> None:
        form, before = self._panels.form, self._events()
        self._click_box(form.time.start_box())
        start = form.time.start_edit()
        start.setDate(start.date().addDays(DAYS_LEFT_OUT))  # as the calendar does
        start.setTime(QTime(0, 0))
        await self._until_other_than(before)
        before = self._events()
        field = form.filters.field("type")
        QTest.keyClicks(field, TYPE)
        QTest.keyClick(field, Qt.Key.Key_Return)
        await self._until_other_than(before)
        await self._until(self._window.export_coordinator.plugin_formats.are_added)
        for box in form.formats.boxes().values():
            if not box.isChecked():
                self._click_box(box)
        self._picture("3-chosen")

    async def _export(self) -> tuple[str, ...]:
        self._click(self._panels.export_bar.button())
        await self._until(lambda: (self._window.state().fraction or 0) > 0 or not self._window.state().busy)
        self._picture("4-exporting")
        await self._until(lambda: self._window.state().phase is Phase.READY)
        outcome = self._window.state().outcome
        await self._until(self._panels.message.isVisible)
        self._picture("5-finished")
        print(self._panels.preview.figures())
        print(self._panels.message.text())
        return outcome.paths if isinstance(outcome, Finished) and not outcome.failures else ()

    def _events(self) -> int:
        """How many events are shown, once all their figures are."""
        totals = self._panels.preview.value()
        return totals.events if totals is not None else 0

    async def _until_other_than(self, events: int) -> None:
        await self._until(lambda: self._events() not in (0, events))

    def _click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, _LEFT)

    def _click_box(self, box: QCheckBox) -> None:
        self._panels.form.ensureWidgetVisible(box)
        QTest.mouseClick(box, _LEFT, pos=QPoint(_TICK, box.height() // 2))

    async def _until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not is_so():  # noqa: ASYNC110 – it looks at the window, as a person does
                await asyncio.sleep(0.005)

    def _picture(self, name: str) -> None:
        for scheme, forced in _SCHEMES.items():
            self._theme.force(forced)
            path = self._pictures / f"{name}-{scheme}.png"
            if not self._window.grab().save(str(path)):
                raise OSError(f"{path} could not be saved")


async def walk(theme: Theme, folder: Path) -> Walked:
    """Open a window, walk through it, close it; files go into the folder, pictures into its folder “pictures”."""
    pictures = folder / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(QSettings(str(Path(scratch) / "settings.ini"), QSettings.Format.IniFormat))
        window, owner = make_window(
            theme,
            settings,
            asker=_Answers(folder),
            open_session=lambda sources: Session.open(sources, keep=False),
        )
        window.resize(1600, 1000)
        window.show()
        walked = await _Walk(window, theme, pictures).run()
        window.close()
        await owner.close()
    return walked


async def _live(theme: Theme, folder: Path) -> int:
    return _report(await walk(theme, folder), folder / "pictures")


def _report(walked: Walked, pictures: Path) -> int:
    files = [Path(path) for path in walked.paths if Path(path).is_file() and Path(path).stat().st_size]
    for path in files:
        print(f"{path}  {path.stat().st_size:,} bytes")
    print(f"{pictures}  {len(list(pictures.glob('*.png')))} pictures")
    return 0 if len(files) == len(walked.formats) else 1


def main(argv: Sequence[str] | None = None) -> int:
    """Walk; the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m shannon_gui.selftest.walkthrough", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("folder", type=Path, help="where the files and a folder “pictures” go")
    folder = parser.parse_args(argv).folder.absolute()
    app = make_application()
    return eventloop.run(app, lambda: _live(Theme(app), folder))


if __name__ == "__main__":
    sys.exit(main())
