"""What makes the start of a process of ours cheap. Programs that import the core decide for themselves."""

from __future__ import annotations

import atexit
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def starting() -> Iterator[None]:
    """Import and build what stays until the process ends, and never look through it for garbage, not even at the end.

    numpy's library of linear algebra, which nobody here uses, would start a thread for every core.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()
        atexit.register(gc.freeze)
