"""Tests of the window: its state, controllers, models and panels, with stand-ins for the core."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from window_fixtures import *  # noqa: F403 – fixtures are shared with tests/e2e, which is no package either
