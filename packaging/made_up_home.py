"""An invented home folder with logs of several tools, so that no picture shows the computer it was made on."""

from __future__ import annotations

import json
import os
import platform
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

from shannon_resources import sample_folder

HOME = Path("/home" if os.access("/home", os.W_OK) else "/tmp") / "ada"
SCREEN = {"x": 0, "y": 0, "width": 1920, "height": 1080, "dpr": 1, "logicalDpi": 96}
_BIG = 40


def make_home() -> None:
    """The home with the logs of three tools, of which one can be opened, and a long log for what takes time."""
    HOME.mkdir()  # it must not be there: it is removed in the end
    screens = HOME / "screens.json"
    screens.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(HOME / name.lower())
    os.environ["HOME"] = str(HOME)
    platform.platform = lambda *_: "Linux"  # the error dialog names it
    (HOME / "Documents").mkdir()
    _sparse(".claude/projects/-home-ada-webshop", 41, 2_310_000)
    _sparse(".codex/sessions/2026/11/24", 12, 1_120_000)
    analytics = HOME / ".shannon-mcp" / "analytics"
    shutil.copytree(sample_folder(), analytics)
    (analytics / "metrics" / "metrics_20261101_080000.jsonl").write_text(_odd_lines(), encoding="utf-8")
    _write_archive(HOME / "archive" / "metrics")


def _sparse(folder: str, files: int, size: int) -> None:
    place = HOME / folder
    place.mkdir(parents=True)
    for number in range(files):
        path = (
            place
            / f"{'rollout-' if 'codex' in folder else ''}{number:08x}-5c1e-4f0a-9d61-2b7c8e4f{number:04x}.jsonl"
        )
        with path.open("wb") as file:
            file.truncate(size + number * 4096)
        when = time.time() - 90 - 3600 * number
        os.utime(path, (when, when))


def _odd_lines() -> str:
    """Events that some format takes wrongly, and lines that are none."""
    events = [
        {"query": "=SUM(A1:A9)", "order": "4012888888881881234"},
        {"stdout": "x" * 40_000, "query": "+49 30 901820"},
        {"account": "9007199254740993", "query": "@channel, please look"},
    ]
    lines = [
        json.dumps(
            {
                "id": f"0d00000{number}-0000-4000-8000-000000000000",
                "timestamp": f"2026-11-01T08:0{number}:00+00:00",
                "type": "tool_use",
                "session_id": "b6910981-1de3-482a-95de-f4417c06d204",
                "user_id": "chen",
                "data": {"tool_name": "Bash", "duration_ms": 1200 + number, "success": True, **data},
                "metadata": {},
            }
        )
        for number, data in enumerate(events)
    ]
    broken = [
        '{"id": "7c1f", "timestamp": "2026-11-01T08:',
        '{"id": 7, "type": "tool_use"}',
        "Traceback (most recent",
    ]
    return "\n".join([*lines, *broken, ""])


def _write_archive(folder: Path) -> None:
    folder.mkdir(parents=True)
    source = sample_folder() / "metrics" / "metrics_20261026_015019.jsonl"
    lines = source.read_text(encoding="utf-8").splitlines()
    for number in range(_BIG):
        with (folder / f"metrics_{number:03d}.jsonl").open("w") as file:
            file.writelines(f"{_moved(line, number)}\n" for line in lines)


def _moved(line: str, weeks: int) -> str:
    """The line of an event of another session, ``weeks`` earlier."""
    try:
        event = json.loads(line)
        earlier = datetime.fromisoformat(event["timestamp"]) - timedelta(weeks=weeks)
    except (ValueError, KeyError):
        return line  # one that is not an event
    ids = {name: f"{weeks:02d}{event[name][2:]}" for name in ("id", "session_id")}
    return json.dumps(event | ids | {"timestamp": earlier.isoformat()})
