"""Asks the core for the aggregation, the charts or the report that somebody looks at. A newer question voids older answers."""

from __future__ import annotations

import asyncio
from enum import Enum

from PySide6.QtCore import QObject, Signal

from shannon_core.chart_series import ChartSet, bucket_for, chart_set
from shannon_core.errors import ShannonError
from shannon_core.request import AggregationType, ReportFormat, Selection
from shannon_gui.controllers.ports import SessionPort, Spawn

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
        self._spawn = spawn
        self._session: SessionPort | None = None
        self._selection = Selection()
        self._wanted: Wanted | None = None
        self._generation = 0
        self._timer: asyncio.TimerHandle | None = None

    def attach(self, session: SessionPort) -> None:
        """Ask this session from now on."""
        self._session = session
        self.refresh()

    def detach(self) -> None:
        """Ask nothing more: the session is about to be closed."""
        self._session = None
        self._void()

    def select(self, selection: Selection) -> None:
        """Ask about this selection, soon."""
        self._selection = selection
        self._void()
        self._timer = asyncio.get_running_loop().call_later(DEBOUNCE_SECONDS, self.refresh)

    def want(self, wanted: Wanted | None) -> None:
        """Somebody looks at this now."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.refresh()

    def refresh(self) -> None:
        """Ask again, now."""
        self._void()
        if self._session is not None and self._wanted is not None:
            work = self._ask(self._session, self._selection, self._wanted, self._generation)
            self._spawn(work, name="answers")

    def _void(self) -> None:
        self._generation += 1
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _ask(self, session: SessionPort, selection: Selection, wanted: Wanted, generation: int) -> None:
        try:
            answer = await _answer(session, selection, wanted)
        except ShannonError as error:
            if generation == self._generation:
                self.failed.emit(error)
            return
        if generation == self._generation:
            self.answered.emit(answer)


async def _answer(session: SessionPort, selection: Selection, wanted: Wanted) -> object:
    if isinstance(wanted, AggregationType):
        return await session.aggregate(selection, wanted)
    if isinstance(wanted, ReportFormat):
        return await session.report(selection, wanted)
    return await _charts(session, selection)


async def _charts(session: SessionPort, selection: Selection) -> ChartSet:
    extent = await session.totals(selection)
    bucket = bucket_for(extent.first, extent.last)
    return chart_set(await session.aggregations(selection, (bucket, AggregationType.BY_TOOL)), bucket)
