"""Reads the ids of the events in a finished file, in their order, with other libraries than those that wrote it.

The self-test compares them with the selected events. UnexpectedContent, or an error of the reading library, where a
file is not valid.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import warnings
import zipfile
from pathlib import Path

from shannon_core.plugins import load
from shannon_core.request.format_specs import FormatSpec

_EVENTS_TABLE = "_metrics.csv"


class UnexpectedContent(Exception):  # noqa: N818 – it states what was found
    """A file contradicts itself: its manifest or its parts say different things."""


def event_ids(spec: FormatSpec, path: Path) -> list[str]:
    """The ids of the events in a file of this format."""
    return list(load(spec.reader)(path))


def json_ids(path: Path) -> list[str]:
    """The ids of the events in a JSON export."""
    return _ids_of_json(_content(path))


def jsonl_ids(path: Path) -> list[str]:
    """The ids of the events in a JSONL export, whose first line is its metadata."""
    return [json.loads(line)["id"] for line in _content(path).splitlines()[1:]]


def csv_ids(path: Path) -> list[str]:
    """The ids of the events in a CSV export; the table of events may be in an archive."""
    if not zipfile.is_zipfile(path):
        return _ids_of_csv(_content(path))
    (events,) = [content for name, content in _members(path).items() if name.endswith(_EVENTS_TABLE)]
    return _ids_of_csv(events)


def parquet_ids(path: Path) -> list[str]:
    """The ids of the events in a Parquet export, which pyarrow wrote, read by DuckDB."""
    import duckdb

    with duckdb.connect() as connection:
        rows = connection.execute("SELECT id FROM read_parquet(?)", [str(path)]).fetchall()
    return [id_ for (id_,) in rows]


def excel_ids(path: Path) -> list[str]:
    """The ids of the events in a workbook, whose bulk rows are written without openpyxl, read by openpyxl."""
    import openpyxl

    with warnings.catch_warnings():
        # of cells beside the ids, such as times of the year 10000
        warnings.simplefilter("ignore", UserWarning)
        workbook = openpyxl.load_workbook(path, read_only=True)
        sheets = [workbook[name] for name in workbook.sheetnames if name.startswith("Metrics")]
        rows = [row for sheet in sheets for row in sheet.iter_rows(min_row=2, max_col=1, values_only=True)]
    return [str(id_) for (id_,) in rows]


def zip_ids(path: Path) -> list[str]:
    """The ids of the events in a ZIP export; UnexpectedContent where its formats do not hold the same events."""
    members = _members(path)
    ids = _ids_of_json(members["data.json"])
    lines = [json.loads(line)["id"] for line in members["data.jsonl"].splitlines()[1:]]
    table = _ids_of_csv(members[f"data{_EVENTS_TABLE}"])
    if ids != lines or len(ids) != len(table):  # in CSV the formula guard may alter an id
        raise UnexpectedContent(f"The formats in {path.name} do not hold the same events.")
    return ids


def _content(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.name.endswith(".gz") else path.read_bytes()


def _ids_of_json(content: bytes) -> list[str]:
    return [event["id"] for event in json.loads(content)["metrics"]]


def _ids_of_csv(content: bytes) -> list[str]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [row["id"] for row in csv.DictReader(text)]


def _members(path: Path) -> dict[str, bytes]:
    """The files of an archive, each as long and with the SHA-256 that the manifest gives."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for file in json.loads(members["manifest.json"])["files"]:
        content = members[file["name"]]
        if (len(content), hashlib.sha256(content).hexdigest()) != (file["bytes"], file["sha256"]):
            raise UnexpectedContent(f"{file['name']} in {path.name} is not what the manifest says.")
    return members
