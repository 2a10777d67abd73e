"""What every section of the form can do, so that the form treats them alike."""

from __future__ import annotations

from typing import Protocol, TypeVar

from PySide6.QtCore import SignalInstance

Value = TypeVar("Value")


class FormSection(Protocol[Value]):
    """A section turns its widgets into one frozen value, and shows such a value."""

    @property
    def changed(self) -> SignalInstance:
        """A signal: the value may be different now."""

    def value(self) -> Value | None:
        """What is chosen; None while it is wrong."""

    def set_value(self, value: Value) -> None:
        """Show this value, with the signals that a choice by hand would emit."""
