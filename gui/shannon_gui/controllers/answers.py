"""Asks the core for the aggregation, the charts or the report that somebody looks at. A newer question stops older ones."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from shannon_core.errors import ShannonError
from shannon_core.request.export_request import AggregationType, ReportFormat
from shannon_core.request.selection import Selection
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.tasks import Latest, Spawn

if TYPE_CHECKING:
    from shannon_core.tables.chart_series import ChartSet

DEBOUNCE_SECONDS = 0.12


class Charts(Enum):
    """What is wanted where all charts are."""

    ALL = "all"


Wanted = AggregationType | ReportFormat | Charts


class AnswersController(QObject):
    """Keeps one answer true to the selection: an AggregationResult, a ChartSet or a UsageReport, or none while nobody looks."""

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, spawn: Spawn) -> None:
        super().__init__()
        self._session: SessionPort | None = None
        self._selection = Selection()
        self._wanted: Wanted | None = None
        self._asking = Latest(spawn, "answers")

    def attach(self, session: SessionPort) -> None:
        """Ask this session from now on."""
        self._session = session
        self.refresh()

    def detach(self) -> None:
        """Ask nothing more: the session is about to be closed."""
        self._session = None
        self._asking.stop()

    def select(self, selection: Selection) -> None:
        """Ask about this selection, soon."""
        self._selection = selection
        self._ask_after(DEBOUNCE_SECONDS)

    def want(self, wanted: Wanted | None) -> None:
        """Somebody looks at this now."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.refresh()

    def refresh(self) -> None:
        """Ask again, now."""
        self._ask_after(0)

    def _ask_after(self, seconds: float) -> None:
        session = self._session
        if session is not None:
            self._asking.start(lambda: self._ask(session, self._selection), after=seconds)

    async def _ask(self, session: SessionPort, selection: Selection) -> None:
        if self._wanted is None:
            return
        try:
            answer = await _answer(session, selection, self._wanted)
        except ShannonError as error:
            self.failed.emit(error)
        else:
            self.answered.emit(answer)


async def _answer(session: SessionPort, selection: Selection, wanted: Wanted) -> object:
    if isinstance(wanted, AggregationType):
        return await session.aggregate(selection, wanted)
    if isinstance(wanted, ReportFormat):
        return await session.report(selection, wanted)
    return await _charts(session, selection)


async def _charts(session: SessionPort, selection: Selection) -> ChartSet:
    from shannon_core.tables.chart_series import bucket_for, chart_set

    extent = await session.totals(selection)
    bucket = bucket_for(extent.first, extent.last)
    return chart_set(await session.aggregations(selection, (bucket, AggregationType.BY_TOOL)), bucket)
