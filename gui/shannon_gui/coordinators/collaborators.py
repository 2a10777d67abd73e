"""."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shannon_gui.controllers.answers import AnswersController
from shannon_gui.controllers.export import ExportController
from shannon_gui.controllers.log_discovery import LogDiscoveryController
from shannon_gui.controllers.preflight import PreflightController
from shannon_gui.controllers.source_watch import SourceWatchController
from shannon_gui.controllers.sources import SourcesController
from shannon_gui.coordinators.preview import PreviewControllers
from shannon_gui.dialogs.file_dialogs import Asker
from shannon_gui.storage.settings import Settings
from shannon_gui.tasks import Spawn


@dataclass(frozen=True, slots=True)
class Collaborators:
    """Whom the window works with."""

    sources: SourcesController
    discovery: LogDiscoveryController
    watch: SourceWatchController
    explorers: PreviewControllers
    answers: AnswersController
    preflight: PreflightController
    export: ExportController
    settings: Settings
    asker: Asker
    spawn: Spawn
    sample_folder: Callable[[], Path]
