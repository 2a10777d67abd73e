"""Saves what a tab shows: charts as pictures, a report as a file or for the browser."""

from __future__ import annotations

import asyncio
import atexit
import shutil
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from shannon_core.errors import ShannonError
from shannon_core.files.small_files import write_whole
from shannon_core.request.report_specs import REPORTS
from shannon_gui.coordinators.collaborators import WindowParts
from shannon_gui.panels.results.chart_card import Picture
from shannon_gui.text.i18n import counted

if TYPE_CHECKING:
    from shannon_core.report.render import UsageReport

_Files = Sequence[tuple[Path, bytes]]


class ResultSaver(QObject):
    """Asks for a target, writes the files, and reports them in message bar and log."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._window = parts.window
        self._presenter = parts.presenter
        self._services = parts.services
        panels = self._panels = parts.panels
        panels.charts.save_requested.connect(self._on_pictures_offered)
        panels.report.save_requested.connect(self._on_report_offered)
        panels.report.browser_requested.connect(self._on_browser_wanted)

    def _on_pictures_offered(self, pictures: Sequence[Picture]) -> None:
        if len(pictures) == 1:
            (only,) = pictures
            self._ask_one(f"chart-{only.name}", only.content)
        elif pictures:
            self._services.asker.ask_target_folder(
                self._window,
                self._services.settings.last_folder,
                lambda folder: self._write_all(folder, pictures),
            )

    def _write_all(self, folder: str, pictures: Sequence[Picture]) -> None:
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")  # so that nothing is replaced
        self._write([(Path(folder) / f"charts-{stamp}-{item.name}", item.content) for item in pictures])

    def _on_report_offered(self, report: UsageReport) -> None:
        self._ask_one(f"usage-report{REPORTS[report.format].suffix}", report.content.encode())

    def _ask_one(self, name: str, content: bytes) -> None:
        proposal = str(Path(self._services.settings.last_folder) / name)
        kind = f"{Path(name).suffix[1:].upper()} (*{Path(name).suffix})"
        self._services.asker.ask_save(
            self._window, proposal, kind, lambda chosen: self._write([(Path(chosen), content)])
        )

    def _write(self, files: _Files) -> None:
        self._services.spawn(self._save(files), name="save what is shown")

    async def _save(self, files: _Files) -> None:
        try:
            for path, content in files:
                await write_whole(path, content)
        except ShannonError as error:
            self._presenter.show_error(error)
            return
        title = counted("keeping", "Saved {n} file(s)", len(files))
        self._panels.message.show_message("success", title, str(files[0][0]) if len(files) == 1 else "")
        for path, _ in files:
            self._panels.log.add("info", self.tr("Saved {path}").format(path=path))

    def _on_browser_wanted(self, report: UsageReport) -> None:
        self._services.spawn(self._open(report), name="open the report in a browser")

    async def _open(self, report: UsageReport) -> None:
        try:
            path = await asyncio.to_thread(_private_folder) / "usage-report.html"
            await write_whole(path, report.content.encode())
        except ShannonError as error:
            self._presenter.show_error(error)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _private_folder() -> Path:
    """A new folder that only the user can read; it is removed when the program ends."""
    folder = Path(tempfile.mkdtemp(prefix="shannon-exporter-report-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
