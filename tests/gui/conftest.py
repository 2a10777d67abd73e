"""Tests of the window: its state, controllers, models and panels, with stand-ins for the core."""

from harness.window import *  # noqa: F403 – its fixtures, of which some are used by every test
