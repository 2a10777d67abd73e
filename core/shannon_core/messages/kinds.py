"""The kinds of errors, and the exit code of each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Kind = Literal["failure", "request", "source", "target", "store", "price", "internal", "cancel"]

EXIT_CODES: Mapping[Kind, int] = MappingProxyType(
    {
        "failure": 3,
        "request": 2,
        "source": 3,
        "target": 3,
        "store": 3,
        "price": 2,
        "internal": 3,
        "cancel": 130,
    }
)
"""The exit code of the command line for each kind of error."""
