"""Makes the pictures of the window, for the README, the software centres, and the review of changes.

    python packaging/make_screenshots.py [FOLDER] [SCENE …]

Each scene drives the real window over the real core, without a screen, waits for what it wants to show, and never
sleeps. The pictures go to packaging/screenshots, those of a scene that is named beside others stay as they are.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from made_up_home import HOME, make_home
from scenes import SCENES
from shannon_gui import eventloop
from shannon_gui.composition import make_application
from studio import Studio

FOLDER = Path(__file__).parent / "screenshots"


async def make(on: Studio, wanted: Sequence[str]) -> int:
    """Play the scenes, each in a window of its own."""
    for scene in SCENES:
        if not wanted or scene.__name__ in wanted:
            await scene(on)
            await on.close()
    size = sum(path.stat().st_size for path in on.taken)
    print(f"{len(on.taken)} pictures, {size / 1e6:.1f} MB")
    return 0


def main(arguments: Sequence[str]) -> int:
    """Make the pictures; the exit code."""
    folder = Path(arguments[0]) if arguments else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    make_home()
    try:
        app = make_application("en")
        on = Studio(app, folder)
        return eventloop.run(app, lambda: make(on, arguments[1:]))
    finally:
        shutil.rmtree(HOME)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
