"""Makes the application and the window with its controllers: the one place that knows every class.

Start-up is in ``app``.
"""

from __future__ import annotations

import asyncio
import sys
from importlib import import_module
from pathlib import Path

import tzlocal
from PySide6.QtWidgets import QApplication

from shannon_core._version import __version__
from shannon_gui import eventloop
from shannon_gui.appearance import icons
from shannon_gui.appearance.theme import SCHEMES, Theme
from shannon_gui.controllers.answers import AnswersController
from shannon_gui.controllers.event_details import EventDetailsController
from shannon_gui.controllers.export import ExportController
from shannon_gui.controllers.facets import FacetsController
from shannon_gui.controllers.histogram import HistogramController
from shannon_gui.controllers.log_discovery import LogDiscoveryController
from shannon_gui.controllers.ports import OpenSession, SessionPort
from shannon_gui.controllers.preflight import PreflightController
from shannon_gui.controllers.preview import PreviewController
from shannon_gui.controllers.source_watch import SourceWatchController
from shannon_gui.controllers.sources import SourcesController
from shannon_gui.coordinators.collaborators import Controllers, Services
from shannon_gui.dialogs.file_dialogs import Asker, FileDialogs
from shannon_gui.storage.settings import Settings
from shannon_gui.text.languages import use_language
from shannon_gui.windows.main_window import MainWindow
from shannon_gui.windows.program_menu import ProgramMenu

ENGINE = ("shannon_core.session", "shannon_core.tables.chart_series", "shannon_core.report.render")
"""Importing these takes longer than building the window: they follow the first paint."""


def make_application(language: str = "") -> QApplication:
    """The QApplication with its name, icon and language; it outlives its last window, to close the session."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("shannon-exporter")
    app.setApplicationDisplayName("Shannon Exporter")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("shannon-exporter")
    app.setQuitOnLastWindowClosed(False)
    app.setWindowIcon(icons.application_icon())
    use_language(app, language)
    return app


def make_window(
    theme: Theme,
    settings: Settings,
    *,
    asker: Asker | None = None,
    open_session: OpenSession | None = None,
    zone: str | None = None,
) -> tuple[MainWindow, SourcesController]:
    """The window with its controllers, on the running event loop, and the controller that owns its session."""
    sources = SourcesController(open_session or open_store, eventloop.spawn)
    controllers = Controllers(
        sources=sources,
        discovery=LogDiscoveryController(eventloop.spawn),
        watch=SourceWatchController(eventloop.spawn),
        preview=PreviewController(eventloop.spawn),
        facets=FacetsController(eventloop.spawn),
        histogram=HistogramController(eventloop.spawn),
        event_details=EventDetailsController(eventloop.spawn),
        answers=AnswersController(eventloop.spawn),
        preflight=PreflightController(eventloop.spawn),
        export=ExportController(eventloop.spawn),
    )
    services = Services(settings, asker or FileDialogs(), eventloop.spawn, sample_folder)
    if settings.appearance:
        theme.force(SCHEMES.get(settings.appearance))
    icons.use_colors(theme.colors)
    window = MainWindow(controllers, services, zone or local_zone())
    ProgramMenu(window, theme, settings)
    theme.changed.connect(icons.use_colors)
    theme.changed.connect(window.redraw_icons)
    return window, sources


async def open_store(sources: tuple[str, ...]) -> SessionPort:
    """The session over the store of these sources. The engine is imported in a thread meanwhile."""
    await asyncio.to_thread(import_engine)
    from shannon_core.session import Session

    return await Session.open(sources)


def import_engine() -> None:
    """Import what opens sources and answers questions."""
    for name in ENGINE:
        import_module(name)


def sample_folder() -> Path:
    """The data that comes with the program."""
    from shannon_resources import sample_folder as bundled

    return bundled()


def local_zone() -> str:
    """The computer's zone by its IANA name; UTC by its short one."""
    name = tzlocal.get_localzone_name()
    return "UTC" if name == "Etc/UTC" else name
