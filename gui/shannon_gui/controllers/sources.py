"""Opens and reads sources.

A newer choice voids an older one; the session on the screen stays until the next has been read.
"""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Signal

from shannon_core.errors import ShannonError
from shannon_core.jobs.progress import Failed, Finished, ReadingProgress, Terminal
from shannon_gui.controllers.ports import JobPort, OpenSession, SessionPort
from shannon_gui.state import CancelRequested, SourcesChosen, SourcesClosed, SourcesShown
from shannon_gui.tasks import Spawn


class SourcesController(QObject):
    """Owns the session that the window shows."""

    progressed = Signal(object)
    """A StateEvent of the reading that is current."""
    opened = Signal(object)
    """A SessionPort has been read and is the one on the screen."""
    refreshed = Signal()
    """The session on the screen has read what changed, or more of what it has never read."""

    closing = Signal()
    """The session on the screen is about to be closed, and no other takes its place."""
    failed = Signal(object)
    """A Failed: the sources could not be read, and those on the screen stay."""

    def __init__(self, open_session: OpenSession, spawn: Spawn) -> None:
        super().__init__()
        self._open_session = open_session
        self._spawn = spawn
        self._lock = asyncio.Lock()
        self._generation = 0
        self._job: JobPort | None = None
        self._shown = 0
        self.session: SessionPort | None = None

    def choose(self, sources: tuple[str, ...]) -> None:
        """Open and read these sources in place of those on the screen; the same ones are read again."""
        if self.session is not None and set(sources) == set(self.session.sources):
            self.refresh()
            return
        generation = self._begin(sources)
        self._shown = 0
        self._spawn(self._open(sources, generation), name="open sources")

    def clear(self) -> None:
        """Close the sources on the screen: nothing is open afterwards."""
        self._void()
        self._spawn(self._clear(self._generation), name="close sources")

    def refresh(self) -> None:
        """Read what changed in the sources on the screen."""
        if self.session is not None:
            generation = self._begin(self.session.sources)
            self._spawn(self._refresh(self.session, generation), name="refresh sources")

    def cancel(self) -> None:
        """Ask the reading to stop; what has been committed stays."""
        if self._job is not None:
            self.progressed.emit(CancelRequested())
            self._job.cancel()

    async def close(self) -> None:
        """Cancel what runs and close the session."""
        self._void()
        self.closing.emit()
        async with self._lock:
            session, self.session = self.session, None
            if session is not None:
                await session.close()

    def _begin(self, sources: tuple[str, ...]) -> int:
        self._void()
        self.progressed.emit(SourcesChosen(sources))
        return self._generation

    def _void(self) -> None:
        self._generation += 1
        if self._job is not None:
            self._job.cancel()

    async def _open(self, sources: tuple[str, ...], generation: int) -> None:
        async with self._lock:
            if generation != self._generation:
                return
            try:
                session = await self._open_session(sources)
            except ShannonError as error:
                self._emit(Failed.of(error), generation)
                return
            was_read = await self._read(session, generation)
            if session is self.session:
                self._emit_refreshed(generation)
            elif was_read:
                await self._replace(session)
            else:
                await session.close()

    async def _clear(self, generation: int) -> None:
        async with self._lock:
            if generation != self._generation or self.session is None:
                return
            session, self.session = self.session, None
            self.closing.emit()
            self.progressed.emit(SourcesClosed())
            await session.close()

    async def _refresh(self, session: SessionPort, generation: int) -> None:
        async with self._lock:
            if generation == self._generation and await self._read(session, generation):
                self.refreshed.emit()

    async def _read(self, session: SessionPort, generation: int) -> bool:
        """Whether the session has been read and is still wanted."""
        if generation != self._generation:
            return False
        done: Terminal = Failed("reading_interrupted")
        self._job = session.read()
        try:
            async for event in self._job:
                if isinstance(event, Terminal):
                    done = event
                else:
                    self._emit(event, generation)
                    self._show_early(event, session, generation)
        finally:
            self._job = None
            self._emit(done, generation)
        return isinstance(done, Finished) and generation == self._generation

    def _emit(self, event: object, generation: int) -> None:
        if generation == self._generation:
            self.progressed.emit(event)
            if isinstance(event, Failed):
                self.failed.emit(event)

    def _show_early(self, event: object, session: SessionPort, generation: int) -> None:
        """Show the first committed events where nothing else is on the screen, and again whenever they have doubled."""
        if not isinstance(event, ReadingProgress) or generation != self._generation:
            return
        if self.session is None and event.committed:
            self.session, self._shown = session, event.committed
            self.progressed.emit(SourcesShown())
            self.opened.emit(session)
        elif self.session is session and self._shown and event.committed >= 2 * self._shown:
            self._shown = event.committed
            self.refreshed.emit()

    def _emit_refreshed(self, generation: int) -> None:
        """The reading of a session that is on the screen already has ended, well or not."""
        if generation == self._generation:
            self.refreshed.emit()

    async def _replace(self, session: SessionPort) -> None:
        previous, self.session = self.session, session
        self.opened.emit(session)
        if previous is not None:
            await previous.close()
