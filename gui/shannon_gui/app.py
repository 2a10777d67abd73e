"""The program ``shannon-exporter``: arguments, the window on its event loop, the exit code."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from shannon_core._version import __version__
from shannon_core.request.format_specs import format_titles
from shannon_core.startup import starting
from shannon_gui import eventloop
from shannon_gui.appearance.theme import Theme
from shannon_gui.composition import import_engine, make_application, make_window, sample_folder
from shannon_gui.diagnostics.crash_handler import CrashHandler, log_to_file
from shannon_gui.diagnostics.watchdog import Watchdog
from shannon_gui.storage.settings import Settings
from shannon_gui.text.languages import LANGUAGES, PSEUDO
from shannon_gui.widgets.first_paint import FirstPaint

PAINT_SECONDS = 1.0
"""Longest wait for the first paint: a window that starts minimised is never painted."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; the exit code."""
    arguments = argument_parser().parse_args(argv)
    if arguments.self_test is not None:
        from shannon_gui.selftest import check as self_test

        return self_test.main(arguments.self_test)
    settings = Settings.of_user()
    app = make_application(arguments.language or settings.language)
    theme = Theme(app)
    crash_handler = CrashHandler()
    crash_handler.install()
    log_to_file()
    sources = tuple(str(Path(source).absolute()) for source in arguments.sources)
    if arguments.sample:
        sources = (str(sample_folder()),)
    return eventloop.run(app, lambda: _live(theme, settings, crash_handler, sources))


async def _live(
    theme: Theme, settings: Settings, crash_handler: CrashHandler, sources: tuple[str, ...]
) -> int:
    with starting():
        window, owner = make_window(theme, settings)
    crash_handler.caught.connect(window.presenter.show_bug)
    watchdog = Watchdog(window)
    watchdog.start()
    gone, painted = asyncio.Event(), asyncio.Event()
    window.closed.connect(gone.set)
    FirstPaint(window).happened.connect(painted.set)
    window.show()
    with suppress(TimeoutError):
        await asyncio.wait_for(painted.wait(), PAINT_SECONDS)
    if sources:
        window.source_opener.open(sources)
    await asyncio.to_thread(import_engine)
    await gone.wait()
    watchdog.stop()
    await owner.close()
    return 0


def argument_parser() -> argparse.ArgumentParser:
    """The options of the program that opens the window."""
    parser = argparse.ArgumentParser(
        prog="shannon-exporter",
        description=f"Turn folders of AI-agent event logs into {format_titles()}.",
    )
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="a folder or file with events to open")
    parser.add_argument("--sample", action="store_true", help="open the sample data")
    parser.add_argument(
        "--self-test",
        nargs="?",
        const="",
        metavar="FOLDER",
        help="export the sample data through the window, read the files back (kept in FOLDER, if named) and report the"
        " result",
    )
    parser.add_argument(
        "--language",
        choices=(*LANGUAGES, PSEUDO),
        metavar="LANGUAGE",
        help=f"speak this language instead of the system's: {', '.join(LANGUAGES)},"
        f" or {PSEUDO}, which shows clipped texts",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
