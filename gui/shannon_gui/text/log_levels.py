"""The levels of lines in the log."""

from __future__ import annotations

from typing import Literal

LogLevel = Literal["info", "success", "warning", "danger"]
