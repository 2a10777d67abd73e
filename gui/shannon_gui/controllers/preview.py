"""Asks the core what a selection holds: figures and pages of rows in an order.

A newer question stops every older one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shannon_core.errors import ShannonError
from shannon_core.request.selection import Selection
from shannon_core.request.sort_order import BY_TIME, Order
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.controllers.session_controller import SessionController
from shannon_gui.tasks import Spawn

if TYPE_CHECKING:
    import pyarrow as pa

    from shannon_core.query.totals import Totals

PREVIEW_DELAY_SECONDS = 0.05
PAGE_ROWS = 64
"""What a screen shows, and not much more: sorted by another column than time, each row is looked up on its own."""
PAGES_WAITING = 6
"""The newest waiting pages that are fetched; during fast scrolling older ones are dropped."""


class PreviewController(SessionController):
    """Keeps the preview true to the selection.

    Rows of the previous selection stay readable until the next one's number of events and first page are there; the
    other figures, which take longer, follow.
    """

    overall_found = Signal(object)
    """Totals of everything that the sources hold."""
    order_changed = Signal(object)
    """The order of the rows from the next selection on."""
    events_counted = Signal(int)
    """Number of events of the selection that is shown from now on."""
    totals_found = Signal(object)
    """Totals of the selection that is shown."""
    page_loaded = Signal(int, object)
    """Page number and its rows, an Arrow table in export order."""
    page_dropped = Signal(int)
    """This page was asked for but will not come; ask again when it becomes visible."""
    busy_changed = Signal(bool)

    def __init__(self, spawn: Spawn, *, delay: float = PREVIEW_DELAY_SECONDS) -> None:
        super().__init__(spawn)
        self._delay = delay
        self._wanted = Selection()
        self._wanted_order = BY_TIME
        self._shown = Selection()
        self._order = BY_TIME
        self._counted: tuple[Selection, Totals] | None = None
        self._pages: list[int] = []
        self._fetching = False
        self._busy = False
        self._overall: Totals | None = None

    def attach(self, session: SessionPort) -> None:
        """Show the events of this session from now on."""
        super().attach(session)
        self.reread()

    def detach(self) -> None:
        """Stop all questions: the session is about to be closed."""
        super().detach()
        self._pages.clear()
        self._set_busy(False)

    def reread(self) -> None:
        """The sources hold something else now: ask for everything again."""
        self._overall = None
        self._counted = None
        self.refresh()

    def sort(self, order: Order) -> None:
        """Show the rows in this order."""
        if order != self._wanted_order:
            self._wanted_order = order
            self.refresh()

    def shown(self) -> tuple[Selection, Order]:
        """The selection on the screen, and the order of its rows."""
        return self._shown, self._order

    def show(self, selection: Selection) -> None:
        """Show this selection soon; changes in quick succession are answered once."""
        self._wanted = selection
        self._look_after(self._delay)

    def refresh(self) -> None:
        """Ask again for the wanted selection, now."""
        self._look_after(0)

    def fetch(self, page: int) -> None:
        """Fetch this page of the shown selection; of many waiting pages the newest comes first."""
        if self._session is None:
            self.page_dropped.emit(page)
            return
        self._pages.append(page)
        while len(self._pages) > PAGES_WAITING:
            self.page_dropped.emit(self._pages.pop(0))
        if not self._fetching:
            self._fetching = True
            self._spawn(self._fetch_pages(), name="preview pages")

    def _look_after(self, seconds: float) -> None:
        self._ask(
            "preview",
            lambda session: self._look(session, self._wanted, self._wanted_order),
            after=seconds,
        )

    async def _look(self, session: SessionPort, selection: Selection, order: Order) -> None:
        self._set_busy(True)
        known = self._known(selection)
        events = known.events if known else await session.count(selection)
        rows = await session.preview(selection, 0, PAGE_ROWS, order=order, brief=True)
        self._show(selection, order, events, rows)
        self._counted = selection, known or await session.totals(selection)
        self.totals_found.emit(self._counted[1])
        await self._look_at_everything(session, *self._counted)

    def _fail(self, error: ShannonError) -> None:
        self._set_busy(False)
        super()._fail(error)

    def _show(self, selection: Selection, order: Order, events: int, rows: pa.Table) -> None:
        self._shown, self._order = selection, order
        self._pages.clear()
        self._set_busy(False)
        self.order_changed.emit(order)
        self.events_counted.emit(events)
        self.page_loaded.emit(0, rows)

    def _known(self, selection: Selection) -> Totals | None:
        """The totals of what was counted last are known, whatever its order, and those of everything."""
        if self._counted is not None and self._counted[0] == selection:
            return self._counted[1]
        return self._overall if _is_everything(selection) else None

    async def _look_at_everything(self, session: SessionPort, selection: Selection, totals: Totals) -> None:
        if self._overall is None:
            self._overall = totals if _is_everything(selection) else await session.totals(Selection())
            self.overall_found.emit(self._overall)

    async def _fetch_pages(self) -> None:
        try:
            while self._pages and self._session is not None:
                await self._fetch_page(self._session, self.shown(), self._pages.pop())
        finally:
            self._fetching = False

    async def _fetch_page(self, session: SessionPort, shown: tuple[Selection, Order], page: int) -> None:
        selection, order = shown
        try:
            rows = await session.preview(selection, page * PAGE_ROWS, PAGE_ROWS, order=order, brief=True)
        except ShannonError as error:
            if shown == self.shown() and session is self._session:
                self.page_dropped.emit(page)
                self.failed.emit(error)
            return
        if shown == self.shown() and session is self._session:
            self.page_loaded.emit(page, rows)

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)


def _is_everything(selection: Selection) -> bool:
    """Whether nothing is left out; the zone leaves nothing out."""
    time_range = selection.time_range
    return not (selection.filters or selection.text or time_range.start or time_range.end)
