"""Looks where tools keep their logs on a computer, by the locations of every source. No log is read."""

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
    """What a computer says of itself: the person's home folder and the variables of the environment."""

    home: Path
    variables: Mapping[str, str]

    @classmethod
    def here(cls) -> Environment:
        """This computer."""
        return cls(Path.home(), os.environ)

    def path(self, name: str) -> Path:
        """A name with ``~`` and ``{config}`` put in."""
        config = self.variables.get("XDG_CONFIG_HOME") or "~/.config"
        name = name.replace("{config}", config)
        return self.home / name[2:] if name.startswith(("~/", "~\\")) else Path(name)


@dataclass(frozen=True, slots=True)
class KnownFolder:
    """A folder that is there, in which a tool keeps its logs. ``kind`` is the id of its source."""

    kind: str
    folder: Path


@dataclass(frozen=True, slots=True)
class FoundFolder:
    """What lies in a known folder. ``size`` is bytes on the disk, ``newest`` seconds since 1970."""

    kind: str
    folder: Path
    files: int
    size: int
    newest: float


def known_folders(environment: Environment) -> list[KnownFolder]:
    """The folders of every tool that are there, by the tools' names, each once under the name by which it is found
    first.

    Tools whose sources packages have added are among them.
    """
    found: dict[str, KnownFolder] = {}
    for spec in sorted(SOURCES.everything(), key=lambda spec: spec.title.casefold()):
        for location in spec.locations:
            for folder in _folders(location, environment):
                if folder.is_dir():
                    found.setdefault(os.path.realpath(folder), KnownFolder(spec.id, folder))
    return list(found.values())


def look_into(known: KnownFolder, check: Callable[[], None] = lambda: None) -> FoundFolder | None:
    """Count what is in a folder; None where there is no log, or no way in."""
    try:
        found = discover([str(known.folder)], check)
    except SourceError:
        return None  # it went away since it was seen
    if not found.files:
        return None
    return FoundFolder(known.kind, known.folder, len(found.files), found.size, found.newest)


def found_on_this_computer(environment: Environment | None = None) -> Iterator[FoundFolder]:
    """The log folders of the known tools that hold any, one after the other as they are counted."""
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
