"""Finds the log folders of known tools on this computer, by the locations of every source. No log is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from shannon_core.errors import SourceError
from shannon_core.sources.discovery import discover
from shannon_core.sources.registry import SOURCES, LogLocation


@dataclass(frozen=True, slots=True)
class Environment:
    """The user's home folder and environment variables."""

    home: Path
    variables: Mapping[str, str]

    @classmethod
    def here(cls) -> Environment:
        """The environment of this process."""
        return cls(Path.home(), os.environ)

    def path(self, name: str) -> Path:
        """The path of a name, with ``~`` and ``{config}`` replaced."""
        config = self.variables.get("XDG_CONFIG_HOME") or "~/.config"
        name = name.replace("{config}", config)
        return self.home / name[2:] if name.startswith(("~/", "~\\")) else Path(name)


@dataclass(frozen=True, slots=True)
class KnownFolder:
    """An existing folder in which a tool keeps its logs. ``kind`` is the id of its source."""

    kind: str
    folder: Path


@dataclass(frozen=True, slots=True)
class FoundFolder:
    """The content of a known folder. ``size`` is bytes on disk, ``newest`` seconds since 1970."""

    kind: str
    folder: Path
    files: int
    size: int
    newest: float


def known_folders(environment: Environment) -> list[KnownFolder]:
    """The existing folders of every tool, sorted by the tools' names; a folder of several tools is listed once.

    Sources of installed packages are included.
    """
    found: dict[str, KnownFolder] = {}
    for spec in sorted(SOURCES.everything(), key=lambda spec: spec.title.casefold()):
        for location in spec.locations:
            for folder in _folders(location, environment):
                if folder.is_dir():
                    found.setdefault(os.path.realpath(folder), KnownFolder(spec.id, folder))
    return list(found.values())


def look_into(known: KnownFolder, check: Callable[[], None] = lambda: None) -> FoundFolder | None:
    """Count the logs in a folder; None where it has none or cannot be read."""
    try:
        found = discover([str(known.folder)], check)
    except SourceError:
        return None  # it was removed since it was found
    if not found.files:
        return None
    return FoundFolder(known.kind, known.folder, len(found.files), found.size, found.newest)


def found_on_this_computer(environment: Environment | None = None) -> Iterator[FoundFolder]:
    """Yield the log folders of known tools that have logs, each as soon as it is counted."""
    for known in known_folders(environment or Environment.here()):
        found = look_into(known)
        if found is not None:
            yield found


def _folders(location: LogLocation, environment: Environment) -> Iterator[Path]:
    named = environment.variables.get(location.variable, "").split(",") if location.variable else []
    for home in (environment.path(name.strip()) for name in named if name.strip()):
        inner = [home / folder for folder in location.folders]
        yield from inner if not location.is_folder or any(folder.is_dir() for folder in inner) else [home]
    for name in location.homes:
        yield from (environment.path(name) / folder for folder in location.folders)
