"""Asks the core for the aggregation, the charts or the report on the screen. A newer question stops older ones."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shannon_core.request.contents import AggregationType, ReportFormat
from shannon_core.request.selection import Selection
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.controllers.session_controller import SessionController
from shannon_gui.tasks import Spawn

if TYPE_CHECKING:
    from shannon_core.tables.chart_series import ChartSet

ANSWER_DELAY_SECONDS = 0.12


class Charts(Enum):
    """The charts, all of which are one answer."""

    ALL = "all"


Wanted = str | Charts
"""The id of an aggregation, a ReportFormat, or the charts."""


class AnswersController(SessionController):
    """Keeps one answer true to the selection: an AggregationResult, a ChartSet or a UsageReport.

    While no tab with answers is visible, nothing is asked.
    """

    answered = Signal(object)

    def __init__(self, spawn: Spawn, *, delay: float = ANSWER_DELAY_SECONDS) -> None:
        super().__init__(spawn)
        self._delay = delay
        self._selection = Selection()
        self._wanted: Wanted | None = None

    def attach(self, session: SessionPort) -> None:
        """Ask this session from now on."""
        super().attach(session)
        self.refresh()

    def select(self, selection: Selection) -> None:
        """Ask about this selection, soon."""
        self._selection = selection
        self._ask("answers", self._answer, after=self._delay)

    def want(self, wanted: Wanted | None) -> None:
        """Keep this answer from now on; None while no tab shows one."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.refresh()

    def refresh(self) -> None:
        """Ask again without delay."""
        self._ask("answers", self._answer)

    async def _answer(self, session: SessionPort) -> None:
        if self._wanted is not None:
            self.answered.emit(await _answer(session, self._selection, self._wanted))


async def _answer(session: SessionPort, selection: Selection, wanted: Wanted) -> object:
    if isinstance(wanted, Charts):
        return await _charts(session, selection)
    if isinstance(wanted, ReportFormat):
        return await session.report(selection, wanted)
    return await session.aggregate(selection, wanted)


async def _charts(session: SessionPort, selection: Selection) -> ChartSet:
    from shannon_core.tables.chart_series import bucket_for, chart_set

    extent = await session.totals(selection)
    bucket = bucket_for(extent.first, extent.last)
    return chart_set(await session.aggregations(selection, (bucket, AggregationType.BY_TOOL)), bucket)
