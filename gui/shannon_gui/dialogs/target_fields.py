"""What the dialogs about targets share: labelled fields, and the checks of a folder and a file name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from shannon_gui.text.i18n import translate
from shannon_gui.widgets.styled import plain_label

AskFolder = Callable[[QWidget, str, Callable[[str], None]], None]
"""Asks for a folder to save into: the parent, the folder to begin with, what to do with the answer."""
_CONTEXT = "dialogs"
_FORBIDDEN = frozenset('/\\:*?"<>|\0')
"""Windows forbids these in names; files are passed on between systems."""


def name_problem(name: str) -> str:
    """Why this is not the name of a file; empty where it is one."""
    if not name or name in (".", ".."):
        return translate(_CONTEXT, "Enter a file name.")
    if _FORBIDDEN & set(name):
        return translate(_CONTEXT, 'A file name cannot hold / \\ : * ? " < > |')
    return ""


def folder_problem(folder: str) -> str:
    """Why this is not a folder; empty where it is one. ``~`` is the home folder."""
    if not Path(folder).expanduser().is_dir():
        return translate(_CONTEXT, "There is no such folder.")
    return ""


def label_of(field: QLineEdit, text: str) -> QLabel:
    """A label whose access key leads to the field, which gets the same name for screen readers."""
    label = plain_label(text)
    label.setBuddy(field)
    field.setAccessibleName(text.replace("&", ""))
    return label
