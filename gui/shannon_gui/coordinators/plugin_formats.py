"""Offers the formats of installed packages in the window, after its first picture: listing packages takes a while."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject

from shannon_core.jobs.plugin_notices import plugin_notices
from shannon_core.request.format_specs import FORMATS
from shannon_gui.coordinators.collaborators import WindowParts
from shannon_gui.text.log_lines import log_line
from shannon_gui.widgets.first_paint import FirstPaint


class PluginFormats(QObject):
    """Loads them beside the window, adds a check box for each, and names in the log what cannot be used."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._panels = parts.panels
        self._spawn = parts.services.spawn
        self._are_added = False
        FirstPaint(parts.window).happened.connect(self._on_painted)

    def are_added(self) -> bool:
        """Whether all formats that can be used are offered."""
        return self._are_added

    def _on_painted(self) -> None:
        task = self._spawn(self._add(), name="formats of packages")
        self.destroyed.connect(lambda: task.cancel())

    async def _add(self) -> None:
        found = await asyncio.to_thread(FORMATS.plugged_in)
        self._panels.form.formats.add_formats(found)
        for notice in plugin_notices(FORMATS):
            if (line := log_line(notice)) is not None:
                self._panels.log.add(*line)
        self._are_added = True
