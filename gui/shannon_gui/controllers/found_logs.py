"""The log folders of this computer as the window knows them, while they are being counted and afterwards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundLog:
    """One folder with logs.

    ``files`` is None while they are being counted, ``newest`` seconds since 1970, ``size`` bytes.
    """

    kind: str
    folder: str
    files: int | None = None
    size: int = 0
    newest: float = 0.0


@dataclass(frozen=True, slots=True)
class FoundLogs:
    """What has been found; ``looking`` while the search goes on."""

    looking: bool = True
    logs: tuple[FoundLog, ...] = ()
