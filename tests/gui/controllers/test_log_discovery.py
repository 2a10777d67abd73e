"""Looking for the logs of this computer: folders appear at once and are counted in the background."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

from harness.fakes import Recorder, spawn, until
from shannon_core.jobs.progress import Notice
from shannon_core.sources.log_locations import FoundFolder, KnownFolder
from shannon_gui.controllers.found_logs import FoundLog, FoundLogs
from shannon_gui.controllers.log_discovery import LogDiscoveryController

CLAUDE, CODEX = KnownFolder("claude-code", Path("/home/.claude/projects")), KnownFolder("codex", Path("/x"))


def counted(known: KnownFolder, _check: Callable[[], None]) -> FoundFolder | None:
    return FoundFolder(known.kind, known.folder, 3, 4000, 1000.0) if known is CLAUDE else None


class TestDiscovery:
    async def test_that_folders_are_told_before_they_are_counted_and_empty_ones_go(self) -> None:
        controller = LogDiscoveryController(spawn, lambda: [CLAUDE, CODEX], counted)
        said = Recorder(controller.found)
        controller.look()
        await until(lambda: bool(said.heard) and not said.heard[-1].looking)
        uncounted = (FoundLog("claude-code", str(CLAUDE.folder)), FoundLog("codex", "/x"))
        whole = FoundLog("claude-code", str(CLAUDE.folder), 3, 4000, 1000.0)
        assert said.heard == [
            FoundLogs(True, uncounted),
            FoundLogs(True, (whole, uncounted[1])),
            FoundLogs(False, (whole,)),
        ]

    async def test_that_a_folder_that_takes_long_holds_nothing_up_and_can_be_given_up(self) -> None:
        gate = threading.Event()

        def slow(_known: KnownFolder, check: Callable[[], None]) -> FoundFolder | None:
            gate.wait(5)
            check()
            return None

        controller = LogDiscoveryController(spawn, lambda: [CLAUDE], slow)
        said = Recorder(controller.found)
        controller.look()
        await until(lambda: len(said.heard) == 1)
        controller.look()  # a search is running already
        controller.stop()
        gate.set()
        await asyncio.sleep(0.05)
        assert len(said.heard) == 1

    async def test_that_a_package_whose_source_is_broken_is_named_once(self) -> None:
        broken = [Notice("entry_points_unreadable", {"package": "b", "reason": "no"})]
        controller = LogDiscoveryController(spawn, list, counted, lambda: broken)
        said, found = Recorder(controller.noticed), Recorder(controller.found)
        controller.look()
        await until(lambda: len(found.heard) == 1)
        controller.look()
        await until(lambda: len(found.heard) == 2)
        assert said.heard == broken
