"""How soon the real window answers, over a folder that has been read: ``python answering.py FOLDER``. Prints one line
of JSON.

Milliseconds from what a hand does to what an eye sees, debouncing and drawing included; beside the longest gaps of the
event loop the processor time that its own thread took, which another process on the machine cannot stretch.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random

from looking import p95
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window import Asker, Gaps

from shannon_core.request.filter_fields import FILTER_FIELDS
from shannon_core.request.selection import EventFilter
from shannon_core.request.sort_order import BY_TIME, Order
from shannon_gui import eventloop
from shannon_gui.appearance.theme import Theme
from shannon_gui.composition import make_application, make_window
from shannon_gui.panels.filters.event_filters import Choice, FilterTerms
from shannon_gui.state import Phase
from shannon_gui.storage.settings import Settings
from shannon_gui.windows.main_window import MainWindow

PATIENCE_SECONDS = 120
JUMPS = 25
ORDERS = (BY_TIME, Order("timestamp", True), Order("duration_ms", True), Order("session_id"))
CHOICES = (
    *(Choice("tool_name", tool) for tool in ("Bash", "Read", "Edit", "mcp__github__search")),
    *(Choice("type", kind) for kind in ("token_usage", "error_occurred", "session_start")),
    *(Choice("user_id", f"user_{number:03d}") for number in (3, 17)),
    *(Choice("success", outcome) for outcome in ("true", "unknown")),
    Choice("model", "claude-opus-4-5"),
    Choice("tool_name", "Bash", True),
)


class Driver:
    """A hand at the window, and an eye on it."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._panels = window.panels
        self._model = window.table_model()
        self._answers = 0
        self._model.modelReset.connect(self._on_model_reset)

    def _on_model_reset(self) -> None:
        self._answers += 1

    async def until(self, is_so: Callable[[], bool]) -> float:
        """Milliseconds until it is so."""
        started = time.perf_counter()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not is_so():
                await asyncio.sleep(0.002)
        return 1000 * (time.perf_counter() - started)

    async def open(self, folder: str) -> float:
        """Milliseconds from choosing a folder that has been read to its first rows."""
        self._window.opening.open((folder,))
        first = await self.until(self._has_rows)
        await self.until(lambda: self._window.state().phase is Phase.READY)
        await self.until(lambda: self._panels.preview.overall() is not None)
        return first

    async def narrow(self) -> dict[str, float]:
        """Milliseconds from each choice to the number of events and the first rows, and to all figures."""
        rows, figures = [], []
        for choice in CHOICES:
            rows.append(
                await self._answer(lambda choice=choice: self._panels.form.filters.add_choice(choice))
            )
            figures.append(rows[-1] + await self._settle())
            await self._clear()
        return {"count and first rows": p95(rows), "all figures": p95(figures)}

    async def search(self) -> float:
        """Milliseconds from a choice made during a slow search to its first rows."""
        form, found = self._panels.form, []
        only_bash = (EventFilter("tool_name", ("Bash",)),)
        for word in ("nothing", "of", "all", "this"):
            form.filters.set_value(FilterTerms((), f"{word} is there"))
            await asyncio.sleep(0.3)
            found.append(await self._answer(lambda: form.filters.set_value(FilterTerms(only_bash, ""))))
            await self._settle()
            await self._clear()
        return p95(found)

    async def facets(self) -> float:
        """Milliseconds from a click into a field to its values."""
        seen = []
        for name in FILTER_FIELDS:
            field = self._panels.form.filters.field(name)
            shown: list[None] = []
            connection = field.completer().model().modelReset.connect(lambda shown=shown: shown.append(None))
            QTest.mouseClick(field, Qt.MouseButton.LeftButton)
            seen.append(await self.until(lambda shown=shown: bool(shown)))
            field.completer().model().modelReset.disconnect(connection)
            field.completer().popup().hide()
        return p95(seen)

    async def scroll(self, order: Order) -> float:
        """Milliseconds from a jump of the scroll bar to the rows that are there."""
        table, random, seen = self._panels.preview.table(), Random(7), []
        if order != BY_TIME:
            await self._answer(lambda: table.columns.choose_order(order))
        for _ in range(JUMPS):
            table.verticalScrollBar().setValue(random.randrange(table.verticalScrollBar().maximum()))
            seen.append(await self.until(self._has_rows))
        return p95(seen)

    async def _answer(self, act: Callable[[], None]) -> float:
        """Milliseconds from this act to the rows of the next selection or order."""
        before = self._answers
        act()
        return await self.until(lambda: self._answers != before and self._has_rows())

    def _has_rows(self) -> bool:
        table = self._panels.preview.table()
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        last = last if last >= 0 else self._model.rowCount() - 1
        return first >= 0 and all(self._model.value(row, "id") is not None for row in (first, last))

    async def _settle(self) -> float:
        return await self.until(lambda: self._panels.preview.value() is not None)

    async def _clear(self) -> None:
        await self._answer(self._panels.form.clear_selection)
        await self._settle()
        await asyncio.sleep(0.4)  # the histogram is there as well


async def answers(folder: str) -> dict[str, object]:
    """Every figure of this process."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(QSettings(str(Path(scratch) / "settings.ini"), QSettings.Format.IniFormat))
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        window, owner = make_window(Theme(application), settings, asker=Asker(scratch), zone="Europe/Berlin")
        window.resize(1600, 1000)
        window.show()
        await asyncio.sleep(0.5)
        gaps, hand = Gaps(), Driver(window)
        found: dict[str, object] = {}

        async def measure(what: str, work: Awaitable[float]) -> None:
            gaps.doing = what
            found[what] = await work

        await measure("open", hand.open(folder))
        gaps.doing = "narrow"
        found |= await hand.narrow()
        await measure("after a search", hand.search())
        await measure("facets", hand.facets())
        for order in ORDERS:
            direction = " descending" if order.descending else ""
            await measure(f"scroll by {order.column}{direction}", hand.scroll(order))
        window.close()
        await owner.close()
        return found | {"gaps": gaps.longest, "gaps, processor time": gaps.longest_busy}


def main(folder: str) -> int:
    """Measure and print."""

    async def live() -> int:
        rounded = json.dumps(await answers(folder), default=str)
        print(json.dumps(json.loads(rounded, parse_float=lambda text: round(float(text), 1))))
        return 0

    return eventloop.run(make_application(), live)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
