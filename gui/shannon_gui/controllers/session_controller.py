"""The base of the controllers that ask the session: attach and detach, newest question first, errors as a signal."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from shannon_core.errors import ShannonError
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.tasks import Latest, Spawn

Work = Coroutine[Any, Any, None]


class SessionController(QObject):
    """Asks the attached session questions that have names; a question stops the one of its name before it.

    A question is a coroutine that emits the answer itself; its ShannonError is emitted as ``failed``.
    """

    failed = Signal(object)
    """The ShannonError of a question that is current."""

    def __init__(self, spawn: Spawn) -> None:
        super().__init__()
        self._spawn = spawn
        self._session: SessionPort | None = None
        self._questions: dict[str, Latest] = {}

    def attach(self, session: SessionPort) -> None:
        """Ask this session from now on."""
        self._stop(*self._questions)
        self._session = session

    def detach(self) -> None:
        """Stop all questions: the session is about to be closed."""
        self._session = None
        self._stop(*self._questions)

    def _ask(self, name: str, question: Callable[[SessionPort], Work], *, after: float = 0) -> None:
        """Ask after this many seconds; without a session nothing is asked."""
        session = self._session
        if session is not None:
            self._start(name, lambda: question(session), after=after)

    def _start(self, name: str, work: Callable[[], Work], *, after: float = 0) -> None:
        if name not in self._questions:
            self._questions[name] = Latest(self._spawn, name)
        self._questions[name].start(lambda: self._guard(work), after=after)

    def _stop(self, *names: str) -> None:
        for name in names:
            if name in self._questions:
                self._questions[name].stop()

    async def _guard(self, work: Callable[[], Work]) -> None:
        try:
            await work()
        except ShannonError as error:
            self._fail(error)

    def _fail(self, error: ShannonError) -> None:
        self.failed.emit(error)
