"""The composition root: everything is made here, once, and handed to whom it concerns."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import tzlocal
from PySide6.QtWidgets import QApplication

from shannon_core._version import __version__
from shannon_core.starting import starting
from shannon_gui import eventloop, icons
from shannon_gui.controllers.answers import AnswersController
from shannon_gui.controllers.discovery import DiscoveryController
from shannon_gui.controllers.export import ExportController
from shannon_gui.controllers.facets import FacetsController
from shannon_gui.controllers.ports import OpenSession, SessionPort
from shannon_gui.controllers.preflight import PreflightController
from shannon_gui.controllers.preview import PreviewController
from shannon_gui.controllers.rows import RowsController
from shannon_gui.controllers.sources import SourcesController
from shannon_gui.controllers.timeline import TimelineController
from shannon_gui.controllers.watch import WatchController
from shannon_gui.languages import LANGUAGES, PSEUDO, use_language
from shannon_gui.last_resort import LastResort, log_to_file
from shannon_gui.settings import Settings
from shannon_gui.theme import Theme
from shannon_gui.watchdog import Watchdog
from shannon_gui.widgets.first_paint import FirstPaint
from shannon_gui.windows.dialogs import Asker, FileDialogs
from shannon_gui.windows.exploring import Explorers
from shannon_gui.windows.main_window import Collaborators, MainWindow
from shannon_gui.windows.program_menu import ProgramMenu

ENGINE = ("shannon_core.session", "shannon_core.chart_series", "shannon_core.report")
"""With all that they need they take longer to import than the window to be built, so that they come after the first paint."""
PAINT_SECONDS = 1.0
"""A window that starts out of sight is not waited for any longer."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; the exit code."""
    arguments = argument_parser().parse_args(argv)
    if arguments.self_test is not None:
        from shannon_gui import self_test  # nobody else needs the walk and the readers

        return self_test.main(arguments.self_test)
    settings = Settings.of_user()
    app = make_application(arguments.language or settings.language)
    theme = Theme(app)
    last_resort = LastResort()
    last_resort.install()
    log_to_file()
    sources = tuple(str(Path(source).absolute()) for source in arguments.sources)
    if arguments.sample:
        sources = (str(sample_folder()),)
    return eventloop.run(app, lambda: _live(theme, settings, last_resort, sources))


def make_application(language: str = "") -> QApplication:
    """The QApplication with its name, icon and language; it goes on when its last window closes, to clean up."""
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
    """The window with its controllers, on the running event loop, and the owner of the session it looks at."""
    sources = SourcesController(open_session or open_store, eventloop.spawn)
    collaborators = Collaborators(
        sources=sources,
        discovery=DiscoveryController(eventloop.spawn),
        watch=WatchController(eventloop.spawn),
        explorers=Explorers(
            PreviewController(eventloop.spawn),
            FacetsController(eventloop.spawn),
            TimelineController(eventloop.spawn),
            RowsController(eventloop.spawn),
        ),
        answers=AnswersController(eventloop.spawn),
        preflight=PreflightController(eventloop.spawn),
        export=ExportController(eventloop.spawn),
        settings=settings,
        asker=asker or FileDialogs(),
        spawn=eventloop.spawn,
        sample_folder=sample_folder,
    )
    icons.use_colors(theme.colors)
    window = MainWindow(collaborators, zone or local_zone())
    ProgramMenu(window, theme, settings)
    theme.changed.connect(icons.use_colors)
    theme.changed.connect(window.redraw_icons)
    return window, sources


async def open_store(sources: tuple[str, ...]) -> SessionPort:
    """The session over the store of these sources. The engine is imported beside the window, which stands without it."""
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


async def _live(theme: Theme, settings: Settings, last_resort: LastResort, sources: tuple[str, ...]) -> int:
    with starting():
        window, owner = make_window(theme, settings)
    last_resort.caught.connect(window.presenter.show_bug)
    watchdog = Watchdog(window)
    watchdog.start()
    gone, painted = asyncio.Event(), asyncio.Event()
    window.closed.connect(gone.set)
    FirstPaint(window).happened.connect(painted.set)
    window.show()
    with suppress(TimeoutError):
        await asyncio.wait_for(painted.wait(), PAINT_SECONDS)
    if sources:
        window.opening.open(sources)
    await asyncio.to_thread(import_engine)
    await gone.wait()
    watchdog.stop()
    await owner.close()
    return 0


def argument_parser() -> argparse.ArgumentParser:
    """The options of the program that opens the window."""
    parser = argparse.ArgumentParser(
        prog="shannon-exporter",
        description="Turn folders of AI-agent event logs into JSON, CSV, JSONL, Parquet, Excel and ZIP.",
    )
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="a folder or file with events to open")
    parser.add_argument("--sample", action="store_true", help="open the sample data")
    parser.add_argument(
        "--self-test",
        nargs="?",
        const="",
        metavar="FOLDER",
        help="use the window on the sample, read back what it wrote (into FOLDER, if named), and say whether all is well",
    )
    parser.add_argument(
        "--language",
        choices=(*LANGUAGES, PSEUDO),
        metavar="LANGUAGE",
        help=f"speak this language instead of the system's: {', '.join(LANGUAGES)}, or {PSEUDO}, which shows clipped texts",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
