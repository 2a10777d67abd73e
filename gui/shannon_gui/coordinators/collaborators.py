"""."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shannon_gui.controllers.answers import AnswersController
from shannon_gui.controllers.export import ExportController
from shannon_gui.controllers.log_discovery import DiscoveryController
from shannon_gui.controllers.preflight import PreflightController
from shannon_gui.controllers.source_watch import WatchController
from shannon_gui.controllers.sources import SourcesController
from shannon_gui.coordinators.preview import Explorers
from shannon_gui.dialogs.file_dialogs import Asker
from shannon_gui.storage.settings import Settings
from shannon_gui.tasks import Spawn


@dataclass(frozen=True, slots=True)
class Collaborators:
    """Whom the window works with."""

    sources: SourcesController
    discovery: DiscoveryController
    watch: WatchController
    explorers: Explorers
    answers: AnswersController
    preflight: PreflightController
    export: ExportController
    settings: Settings
    asker: Asker
    spawn: Spawn
    sample_folder: Callable[[], Path]
