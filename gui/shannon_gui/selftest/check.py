"""What ``shannon-exporter --self-test`` does: the walk of ``demo.py``, and then every file read by readers that did not write it.

It tells of an installed program that everything it needs is there. Exit code 0 means that six files hold the very events that
the window showed; 1 comes with the reason, on stderr and, since a program without a console has none, in ``self-test.txt``.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl

from shannon_core._version import __version__
from shannon_core.request.export_request import ExportFormat
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
        raise SelfTestFailed("nobody handled this error.") from problems[0]
    return check(walked[0])


def check(walked: Walked) -> list[str]:
    """A line for each format; SelfTestFailed where a file is missing or does not hold the events that the window promised."""
    if not walked.events:
        raise SelfTestFailed("the window found no events in the sample.")
    if len(walked.paths) != len(_READERS):
        raise SelfTestFailed(f"{len(walked.paths)} files were written instead of {len(_READERS)}.")
    found = {kind: _ids(kind, Path(path)) for kind, path in zip(ExportFormat, walked.paths, strict=True)}
    first = found[ExportFormat.JSON]
    for kind, ids in found.items():
        if len(ids) != walked.events:
            raise SelfTestFailed(f"{kind} holds {len(ids):,} events; the window showed {walked.events:,}.")
        if ids != first:
            raise SelfTestFailed(f"{kind} holds other events than {ExportFormat.JSON}, or in another order.")
    return [f"{kind}: {len(ids):,} events" for kind, ids in found.items()]


def _ids(kind: ExportFormat, path: Path) -> list[str]:
    try:
        return _READERS[kind](path)
    except Exception as error:
        raise SelfTestFailed(f"{path.name} cannot be read back: {type(error).__name__}: {error}") from error


def _json(path: Path) -> list[str]:
    return _ids_of_json(path.read_bytes())


def _jsonl(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_bytes().splitlines()[1:]]


def _csv(path: Path) -> list[str]:
    members = _members(path)
    (events,) = [content for name, content in members.items() if name.endswith("_metrics.csv")]
    return [row["id"] for row in csv.DictReader(io.StringIO(events.decode(), newline=""))]


def _parquet(path: Path) -> list[str]:
    with duckdb.connect() as connection:
        return [
            row[0] for row in connection.execute("SELECT id FROM read_parquet(?)", [str(path)]).fetchall()
        ]


def _excel(path: Path) -> list[str]:
    sheet = openpyxl.load_workbook(path, read_only=True)["Metrics"]
    return [str(row[0]) for row in sheet.iter_rows(min_row=2, max_col=1, values_only=True)]


def _zip(path: Path) -> list[str]:
    return _ids_of_json(_members(path)["data.json"])


def _ids_of_json(content: bytes) -> list[str]:
    return [event["id"] for event in json.loads(content)["metrics"]]


def _members(path: Path) -> dict[str, bytes]:
    """The files of an archive, each as long and with the SHA-256 that the manifest gives."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for file in json.loads(members["manifest.json"])["files"]:
        content = members[file["name"]]
        if (len(content), hashlib.sha256(content).hexdigest()) != (file["bytes"], file["sha256"]):
            raise SelfTestFailed(f"{file['name']} in {path.name} is not what the manifest says.")
    return members


_READERS: dict[ExportFormat, Callable[[Path], list[str]]] = {
    ExportFormat.JSON: _json,
    ExportFormat.CSV: _csv,
    ExportFormat.JSONL: _jsonl,
    ExportFormat.PARQUET: _parquet,
    ExportFormat.EXCEL: _excel,
    ExportFormat.ZIP: _zip,
}
