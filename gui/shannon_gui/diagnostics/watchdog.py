"""Notices when the window does not answer, and logs which code kept it from answering.

A timer of the event loop sets a time stamp ten times a second; a thread checks it, and logs the stack of the loop's
thread where it is late. The cost of both is not measurable.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback

from PySide6.QtCore import QObject, QTimer

_log = logging.getLogger(__name__)
LIMIT_SECONDS = 0.2
PULSE_SECONDS = 0.1
_FRAMES = 12
"""Innermost frames in the log: enough to find the code that blocked the loop."""


class Watchdog(QObject):
    """Watches the thread that it is made on, from ``start`` to ``stop``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watched = threading.get_ident()
        self._pulse = time.monotonic()
        self._reported = 0.0
        self._stopped = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(round(PULSE_SECONDS * 1000))
        self._timer.timeout.connect(self._on_pulse)
        self._thread = threading.Thread(target=self._watch, name="shannon-watchdog", daemon=True)

    def start(self) -> None:
        self._pulse = time.monotonic()
        self._timer.start()
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._timer.stop()
        self._stopped.set()

    def _on_pulse(self) -> None:
        now = time.monotonic()
        late = now - self._pulse - PULSE_SECONDS
        if self._reported == self._pulse and late > LIMIT_SECONDS:
            _log.warning("the window answers again after %d ms", round(1000 * late))
        self._pulse = now

    def _watch(self) -> None:
        while not self._stopped.wait(PULSE_SECONDS):
            pulse = self._pulse
            if pulse != self._reported and time.monotonic() - pulse > LIMIT_SECONDS + PULSE_SECONDS:
                self._reported = pulse
                frame = sys._current_frames().get(self._watched)
                where = "".join(traceback.format_stack(frame)[-_FRAMES:]) if frame is not None else ""
                _log.warning("the window has not answered for %d ms:\n%s", 1000 * LIMIT_SECONDS, where)
