"""Start-up settings of this program's processes. Programs that import the core are not affected."""

from __future__ import annotations

import atexit
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def starting() -> Iterator[None]:
    """Exclude what the block imports and builds from garbage collection: it stays until the process ends.

    OpenBLAS, which numpy loads and this program does not use, would start a thread for every core.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()
        atexit.register(gc.freeze)
