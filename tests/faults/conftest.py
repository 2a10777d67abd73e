"""Slow tests of what must hold when the system fails: marked ``faults``, and built on the rig of tests/core."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "core")]
