"""Plans the files of a request: once, so that the files that are shown are those that are written."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from shannon_core.errors import RequestError, TargetError
from shannon_core.request.export_request import ExportRequest
from shannon_core.request.format_specs import BUILT_IN, FormatSpec, format_of_name, format_spec

DEFAULT_STEM = "export"


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One file to write, and its format."""

    spec: FormatSpec
    path: Path


@dataclass(frozen=True, slots=True)
class OutputPlan:
    """A request with the files that it writes, in the order of its formats."""

    request: ExportRequest
    files: tuple[OutputFile, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths of the files, in the order of the formats."""
        return tuple(file.path for file in self.files)

    def existing(self) -> list[Path]:
        """The files that exist now, including dangling links."""
        return [path for path in self.paths if os.path.lexists(path)]

    def require_absent(self) -> None:
        """TargetError, with their paths, where files exist and the request does not replace them."""
        existing = [] if self.request.overwrite else self.existing()
        if existing:
            raise TargetError("target_exists", paths=tuple(map(str, existing)))

    def replacing(self, *, overwrite: bool) -> OutputPlan:
        """The same plan with this ``overwrite``."""
        return replace(self, request=replace(self.request, overwrite=overwrite))


def plan_output(request: ExportRequest) -> OutputPlan:
    """The files of a request.

    One format: the target itself, with the format's suffix where it has none. Several: ``export.*`` in a target that is
    a folder, else the target as a stem. RequestError where a format can hold none of the contents.
    """
    specs = tuple(format_spec(id_) for id_ in request.formats)
    known = (*BUILT_IN, *(spec for spec in specs if spec not in BUILT_IN))
    target = Path(request.target)
    # os.path.isdir: Path.is_dir raises where a name is too long or a folder closed, which writing reports better
    if os.path.isdir(target) or request.target.endswith("/"):  # noqa: PTH112
        base = target / DEFAULT_STEM
    elif len(specs) > 1:
        base = _without_suffix(target, known)
    else:
        base = target
    return OutputPlan(
        request, tuple(OutputFile(spec, _path_of(spec, base, request, known)) for spec in specs)
    )


def _path_of(spec: FormatSpec, base: Path, request: ExportRequest, known: tuple[FormatSpec, ...]) -> Path:
    if not spec.holds_any_of(request.contents):
        raise RequestError("format_holds_nothing", format=spec.title, note=spec.note)
    kind = spec.kind_for(request.contents)
    suffix = kind.suffix
    if kind is spec.archive and _is_taken(suffix, request):
        suffix = f"_{spec.id}{suffix}"
    elif kind.gzip and (request.encoding.compress or base.name.lower().endswith(f"{suffix}.gz")):
        suffix += ".gz"
    if format_of_name(base.name, known) is spec or base.name.lower().endswith(suffix):
        base = _without_suffix(base, known)  # an archive of CSV has the suffix of another format
    return base.with_name(base.name + suffix)


def _is_taken(suffix: str, request: ExportRequest) -> bool:
    """Whether another format of the request writes a file with this suffix."""
    return any(format_spec(id_).suffix == suffix for id_ in request.formats)


def _without_suffix(path: Path, known: tuple[FormatSpec, ...]) -> Path:
    found = format_of_name(path.name, known)
    if found is None:
        return path
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    return path.with_name(name[: -len(found.suffix)] or DEFAULT_STEM)
