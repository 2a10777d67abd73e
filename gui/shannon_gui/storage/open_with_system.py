"""Files that were written, opened with the system's programs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from shannon_core.errors import ShannonError


def open_file(path: str) -> None:
    """Open the file with the program that the system knows for it. ShannonError where that cannot be done."""
    if not Path(path).exists():
        raise ShannonError("file_gone", path=path)
    _open(Path(path))


def show_in_folder(path: str) -> None:
    """Open the file's folder in the file manager. ShannonError where that cannot be done."""
    folder = Path(path).parent
    if not folder.is_dir():
        raise ShannonError("folder_gone", path=str(folder))
    _open(folder)


def _open(path: Path) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise ShannonError("no_program_opens", path=str(path))
