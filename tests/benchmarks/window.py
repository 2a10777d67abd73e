"""The window without a screen, measured. Prints one line of JSON.

python window.py painted STARTED            seconds from STARTED (monotonic nanoseconds) to the first paint, and
processor time until then python window.py gaps FOLDER TARGET         milliseconds between turns of the event loop,
through a first reading, narrowing down, scrolling, aggregating and exporting
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

TICK_MS = 2
PATIENCE_SECONDS = 600


def painted(started: int) -> None:
    """Run the program itself until its window has been painted."""
    from shannon_gui import app as program

    make_application = program.make_application

    class Watcher(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
                seconds = (time.monotonic_ns() - started) / 1e9
                print(json.dumps({"painted": seconds, "busy": time.process_time()}))
                QApplication.instance().removeEventFilter(self)
                QTimer.singleShot(0, watched.close)
            return False

    watcher = Watcher()

    def watched_application(*arguments: object) -> QApplication:
        application = make_application(*arguments)
        application.installEventFilter(watcher)
        return application

    program.make_application = watched_application
    sys.exit(program.main([]))


class Gaps:
    """The time between two turns of the event loop, as a timer sees it that wants one every TICK_MS.

    ``longest_busy`` is the most processor time that its thread took between two turns.
    """

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self.longest: dict[str, float] = {}
        self.longest_busy: dict[str, float] = {}
        self.doing = "start"
        self._last = time.perf_counter()
        self._last_busy = time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(TICK_MS)

    def _on_timeout(self) -> None:
        now, busy_now = time.perf_counter(), time.thread_time()
        gap, busy = 1000 * (now - self._last), 1000 * (busy_now - self._last_busy)
        self._last, self._last_busy = now, busy_now
        self.gaps.append(gap)
        self.longest[self.doing] = max(gap, self.longest.get(self.doing, 0))
        self.longest_busy[self.doing] = max(busy, self.longest_busy.get(self.doing, 0))


class Asker:
    """Stands for the dialogs of the system: one target."""

    def __init__(self, target: str) -> None:
        self._target = target

    def ask_folder(self, *_: object) -> None: ...

    def ask_target_folder(self, *_: object) -> None: ...
    def ask_files(self, *_: object) -> None: ...
    def ask_save(self, *_: object) -> None: ...
    def ask_target(self, _parent: QWidget, plan, chosen: Callable) -> None:
        from shannon_core.request.output_files import plan_output

        chosen(plan_output(replace(plan.request, target=self._target, overwrite=True)))


async def drive(folder: str, target: Path, settings: str) -> dict[str, object]:
    """Use the window as a person would, quickly."""
    from shannon_core.request.contents import Contents
    from shannon_core.request.export_request import Encoding, ExportFormat
    from shannon_core.session import Session
    from shannon_gui.appearance.theme import Theme
    from shannon_gui.composition import make_window
    from shannon_gui.panels.filters.event_filters import Choice
    from shannon_gui.panels.filters.export_formats import FormatChoice
    from shannon_gui.state import Phase
    from shannon_gui.storage.settings import Settings

    window, owner = make_window(
        Theme(QApplication.instance()),
        Settings(QSettings(settings, QSettings.Format.IniFormat)),
        asker=Asker(str(target)),
        open_session=lambda sources: Session.open(sources, keep=False),
        zone="Europe/Berlin",
    )
    window.resize(1600, 1000)
    window.show()
    panels, form = window.panels, window.panels.form
    await asyncio.sleep(0.5)
    gaps = Gaps()

    async def until(doing: str, is_so: Callable[[], bool]) -> None:
        gaps.doing = doing
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not is_so():
                await asyncio.sleep(0.02)

    def shown() -> int:
        return panels.preview.events() or 0

    window.source_opener.open((folder,))
    await until(
        "reading", lambda: window.state().phase is Phase.READY and panels.preview.overall() is not None
    )
    await until("settling", lambda: panels.preview.overall() == shown())
    for choice in (Choice("tool_name", "Bash"), Choice("user_id", "user_003"), Choice("success", "false")):
        before = shown()
        form.filters.add_choice(choice)
        await until("narrowing", lambda before=before: shown() != before)
    form.clear_selection()
    await until("narrowing", lambda: panels.preview.overall() == shown())
    bar = panels.preview.table().verticalScrollBar()
    for step in range(1, 60):
        bar.setValue(bar.maximum() * (step * 37 % 61) // 61)
        gaps.doing = "scrolling"
        await asyncio.sleep(0.03)
    panels.tabs.setCurrentWidget(panels.aggregations)
    gaps.doing = "aggregating"
    await asyncio.sleep(2)
    panels.tabs.setCurrentWidget(panels.preview)
    form.formats.set_value(
        FormatChoice((ExportFormat.JSONL, ExportFormat.EXCEL, ExportFormat.ZIP), Encoding())
    )
    form.contents.set_value(Contents())
    panels.export_bar.button().click()
    await until(
        "exporting", lambda: window.state().phase is Phase.READY and window.state().outcome is not None
    )
    ended = type(window.state().outcome).__name__
    window.close()
    await owner.close()
    return {
        "gap": max(gaps.gaps),
        "p99": statistics.quantiles(gaps.gaps, n=100)[-1],
        "turns": len(gaps.gaps),
        "longest": {doing: round(gap, 1) for doing, gap in gaps.longest.items()},
        "gaps, processor time": {doing: round(busy, 1) for doing, busy in gaps.longest_busy.items()},
        "ended": ended,
    }


def gaps(folder: str, target: Path) -> None:
    """Drive the window over this folder, exporting to the target."""
    from shannon_gui import eventloop
    from shannon_gui.composition import make_application

    application = make_application()

    async def live() -> int:
        print(json.dumps(await drive(folder, target, str(target.with_suffix(".ini")))))
        return 0

    sys.exit(eventloop.run(application, live))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["painted", started]:
            painted(int(started))
        case ["gaps", folder, target]:
            gaps(folder, Path(target))
