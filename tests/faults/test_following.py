"""The model of a logger and a store that follows it (tests/core/followed_logs.py), over many runs."""

from __future__ import annotations

import pytest
from hypothesis import settings

from harness.followed_logs import FollowedLogs


@pytest.mark.faults
@pytest.mark.timeout(1500)
class TestFollowedLogs(FollowedLogs.TestCase):
    """500 runs of some steps."""

    settings = settings(max_examples=500, stateful_step_count=6, deadline=None)
