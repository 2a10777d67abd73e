"""Which files a request will write: the names that the window shows beforehand and the export then uses."""

from __future__ import annotations

import os
from pathlib import Path

from shannon_core.errors import RequestError, TargetError
from shannon_core.request.export_request import Contents, ExportFormat, ExportRequest
from shannon_core.request.format_specs import FORMATS, format_of_name

DEFAULT_STEM = "export"


def target_files(request: ExportRequest) -> list[tuple[ExportFormat, Path]]:
    """Each format with its file, in the request's order.

    One format: the target itself, with the format's ending where it has none. Several: ``export.*`` in a target that is a
    folder, else the target as a stem. RequestError where a format could hold nothing of the contents.
    """
    target = Path(request.target)
    # os.path.isdir: Path.is_dir raises where a name is too long or a folder closed, which writing reports better
    if os.path.isdir(target) or request.target.endswith("/"):  # noqa: PTH112
        base = target / DEFAULT_STEM
    elif len(request.formats) > 1 and format_of_name(target.name):
        base = _without_suffix(target)
    else:
        base = target
    return [(item, _file_of(item, base, request)) for item in request.formats]


def csv_tables(contents: Contents) -> list[str]:
    """The names of the tables that a CSV export holds: ``metrics`` and the aggregations."""
    return (["metrics"] if contents.raw_events else []) + list(contents.aggregations)


def existing_files(request: ExportRequest) -> list[Path]:
    """The files of a request that are there already, links that lead nowhere included."""
    return [path for _, path in target_files(request) if os.path.lexists(path)]


def require_absent(paths: list[Path]) -> None:
    """TargetError that names the files that stand there already."""
    standing = [str(path) for path in paths if os.path.lexists(path)]
    if standing:
        raise TargetError(
            "A file of that name is there already.",
            ", ".join(standing),
            "Choose another name, or agree to replace it (--force).",
        )


def _file_of(wanted: ExportFormat, base: Path, request: ExportRequest) -> Path:
    spec = FORMATS[wanted]
    if not spec.holds_any_of(request.contents):
        raise RequestError(
            f"{spec.label} can hold nothing of what was chosen.",
            spec.note,
            "Add the events, or leave the format out.",
        )
    suffix = spec.suffix
    if wanted is ExportFormat.CSV and len(csv_tables(request.contents)) > 1:
        suffix = "_csv.zip" if ExportFormat.ZIP in request.formats else ".zip"
    elif spec.gzip and (request.encoding.compress or base.name.lower().endswith(f"{spec.suffix}.gz")):
        suffix += ".gz"
    stem = _without_suffix(base) if format_of_name(base.name) is wanted else base
    return stem.with_name(stem.name + suffix)


def _without_suffix(path: Path) -> Path:
    found = format_of_name(path.name)
    if found is None:
        return path
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    return path.with_name(name[: -len(FORMATS[found].suffix)] or DEFAULT_STEM)
