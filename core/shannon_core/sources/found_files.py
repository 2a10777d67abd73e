"""The result of looking for log files."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from shannon_core.messages.rendering import Phrase


@dataclass(slots=True)
class Discovery:
    """The files of some sources in the order of their paths, the status of each, and skipped files with the reason."""

    files: list[Path] = field(default_factory=list)
    skipped: list[tuple[Path, str | Phrase]] = field(default_factory=list)
    status: dict[Path, os.stat_result] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes of all files on disk."""
        return sum(status.st_size for status in self.status.values())

    @property
    def newest(self) -> float:
        """When the youngest file was last modified, in seconds since 1970; 0 without files."""
        return max((status.st_mtime for status in self.status.values()), default=0.0)
