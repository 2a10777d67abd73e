"""What the coordinators work with, in three bundles: the controllers, the services outside the window, the window's own
parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from shannon_gui.controllers.answers import AnswersController
from shannon_gui.controllers.event_details import EventDetailsController
from shannon_gui.controllers.export import ExportController
from shannon_gui.controllers.facets import FacetsController
from shannon_gui.controllers.histogram import HistogramController
from shannon_gui.controllers.log_discovery import LogDiscoveryController
from shannon_gui.controllers.preflight import PreflightController
from shannon_gui.controllers.preview import PreviewController
from shannon_gui.controllers.source_watch import SourceWatchController
from shannon_gui.controllers.sources import SourcesController
from shannon_gui.dialogs.error_presenter import ErrorPresenter
from shannon_gui.dialogs.file_dialogs import Asker
from shannon_gui.panels.workspace import Workspace
from shannon_gui.state import ExportState
from shannon_gui.storage.settings import Settings
from shannon_gui.tasks import Spawn


@dataclass(frozen=True, slots=True)
class Controllers:
    """The controllers that ask the core."""

    sources: SourcesController
    discovery: LogDiscoveryController
    watch: SourceWatchController
    preview: PreviewController
    facets: FacetsController
    histogram: HistogramController
    event_details: EventDetailsController
    answers: AnswersController
    preflight: PreflightController
    export: ExportController


@dataclass(frozen=True, slots=True)
class Services:
    """What is outside the window: its settings, the dialogs about files, the event loop, the sample data."""

    settings: Settings
    asker: Asker
    spawn: Spawn
    sample_folder: Callable[[], Path]


@dataclass(frozen=True, slots=True)
class WindowParts:
    """The main window, its panels and its error messages; ``state`` gives the state that it shows now."""

    window: QWidget
    panels: Workspace
    presenter: ErrorPresenter
    state: Callable[[], ExportState]
    services: Services
