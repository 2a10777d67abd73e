"""PySide6 6.12.0 drops a reference to True on every emit under CPython 3.11, and the interpreter aborts after some
570."""

import sys

from PySide6.QtCore import QObject, Signal

EMITS = 2000


class Emitter(QObject):
    happened = Signal(bool)


def test_that_emitting_a_signal_does_not_wear_out_true() -> None:
    emitter = Emitter()
    emitter.happened.connect(lambda _value: None)
    before = sys.getrefcount(True)
    for _ in range(EMITS):
        emitter.happened.emit(True)
    assert abs(sys.getrefcount(True) - before) < EMITS // 10
