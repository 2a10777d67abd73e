"""What ``shannon-exporter --self-test`` does: the walk of ``walkthrough.py``, and then every file is read by
readers that did not write it.

It shows that an installed program has everything it needs. Exit code 0 means that a file of each format holds the
very events that the window showed; 1 comes with the reason, on stderr and, since a program without a console has
none, in ``self-test.txt``.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path

from shannon_core._version import __version__
from shannon_core.export.read_back import event_ids
from shannon_core.request.format_specs import format_spec
from shannon_gui import eventloop
from shannon_gui.appearance.theme import Theme
from shannon_gui.composition import make_application
from shannon_gui.diagnostics.crash_handler import CrashHandler
from shannon_gui.selftest.walkthrough import Walked, walk

REPORT = "self-test.txt"


class SelfTestFailed(Exception):  # noqa: N818 – it states the outcome
    """Something that the program wrote is not what it showed."""


def main(folder: str) -> int:
    """Test the program, leaving files in the folder if one is named; the exit code."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if folder:
        return _test(Path(folder).absolute())
    with tempfile.TemporaryDirectory() as scratch:
        return _test(Path(scratch))


def _test(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        said, code = (
            "\n".join([f"shannon-exporter {__version__}", *_walk_and_check(folder), "All is well."]),
            0,
        )
    except SelfTestFailed as failure:
        said, code = f"shannon-exporter {__version__} failed its test: {failure}", 1
    except Exception:  # noqa: BLE001 – whatever it is, it is the answer to what was asked
        said, code = f"shannon-exporter {__version__} failed its test:\n{traceback.format_exc()}", 1
    (folder / REPORT).write_text(f"{said}\n", encoding="utf-8")
    print(said, file=sys.stderr if code else sys.stdout)
    return code


def _walk_and_check(folder: Path) -> list[str]:
    app = make_application()
    problems: list[BaseException] = []
    crash_handler = CrashHandler()
    crash_handler.caught.connect(problems.append)
    crash_handler.install()
    walked: list[Walked] = []

    async def live() -> int:
        walked.append(await walk(Theme(app), folder))
        return 0

    eventloop.run(app, live)
    if problems:
        raise SelfTestFailed("an error was not handled.") from problems[0]
    return check(walked[0])


def check(walked: Walked) -> list[str]:
    """A line for each format; SelfTestFailed where a file is missing or does not hold the events that the window
    promised."""
    if not walked.events:
        raise SelfTestFailed("the window found no events in the sample.")
    if len(walked.paths) != len(walked.formats):
        raise SelfTestFailed(f"{len(walked.paths)} files were written instead of {len(walked.formats)}.")
    found = {id_: _ids(id_, Path(path)) for id_, path in zip(walked.formats, walked.paths, strict=True)}
    first_id, first = next(iter(found.items()))
    for id_, ids in found.items():
        if len(ids) != walked.events:
            raise SelfTestFailed(f"{id_} holds {len(ids):,} events; the window showed {walked.events:,}.")
        if ids != first:
            raise SelfTestFailed(f"{id_} holds other events than {first_id}, or in another order.")
    return [f"{id_}: {len(ids):,} events" for id_, ids in found.items()]


def _ids(id_: str, path: Path) -> list[str]:
    try:
        return event_ids(format_spec(id_), path)
    except Exception as error:
        raise SelfTestFailed(f"{path.name} cannot be read back: {type(error).__name__}: {error}") from error
