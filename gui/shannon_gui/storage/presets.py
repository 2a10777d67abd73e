"""Presets: the choices of an export under a name, to repeat a report with three clicks."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QObject, Signal

from shannon_core.request.export_request import ExportRequest
from shannon_core.request.time_range import zone
from shannon_gui.storage.json_file import JsonFile

PRESETS_VERSION = 1
_PLACEHOLDER = re.compile(r"\{(date|from|to)\}")


@dataclass(frozen=True, slots=True)
class Preset:
    """A request under a name.

    ``quick`` is the key of a range that moves with the day, such as the last 7 days; empty for the range of the request
    itself. ``target`` is a folder with a name, in which {date}, {from} and {to} stand for days; empty to be asked each
    time.
    """

    name: str
    request: ExportRequest
    quick: str = ""
    target: str = ""

    def is_chosen_in(self, request: ExportRequest, quick: str) -> bool:
        """Whether a form with this request and quick range has the preset's values."""
        mine, other = self.request.selection, request.selection
        same_range = quick == self.quick if self.quick else other.time_range == mine.time_range
        return same_range and (
            (request.formats, request.contents, request.encoding, other.filters, other.text)
            == (
                self.request.formats,
                self.request.contents,
                self.request.encoding,
                mine.filters,
                mine.text,
            )
            and other.time_range.timezone == mine.time_range.timezone
        )

    def resolved_target(self, request: ExportRequest, now: datetime) -> str:
        """The target of today for this request."""
        time_range = request.selection.time_range
        here = zone(time_range.timezone)
        days = {
            "date": now,
            "from": time_range.start or now,
            "to": time_range.end or now,
        }
        name = _PLACEHOLDER.sub(
            lambda match: days[match[1]].astimezone(here).strftime("%Y-%m-%d"), Path(self.target).name
        )
        return str(Path(self.target).parent / name)


class Presets(QObject):
    """The presets by name, in the order of their names; one may be the default."""

    changed = Signal()

    def __init__(self, kept: JsonFile) -> None:
        super().__init__()
        self._kept = kept
        self._presets: dict[str, Preset] = {}
        self._default = ""
        kept.load(self._read)

    def all(self) -> Mapping[str, Preset]:
        """Every preset by its name."""
        return MappingProxyType(self._presets)

    @property
    def default(self) -> Preset | None:
        """What a new window begins with."""
        return self._presets.get(self._default)

    def put(self, preset: Preset) -> None:
        """Add the preset, in place of one of the same name."""
        self._set({**self._presets, preset.name: preset})

    def rename(self, old: str, new: str) -> None:
        """Give a preset another name, which no other has."""
        if new != old and new not in self._presets:
            renamed = replace(self._presets[old], name=new)
            others = {name: preset for name, preset in self._presets.items() if name != old}
            self._default = new if self._default == old else self._default
            self._set({**others, new: renamed})

    def delete(self, name: str) -> None:
        """Remove a preset."""
        self._set({known: preset for known, preset in self._presets.items() if known != name})

    def set_default(self, name: str) -> None:
        """Begin a new window with this preset; an empty name for none."""
        self._default = name
        self._set(self._presets)

    def _set(self, presets: Mapping[str, Preset]) -> None:
        self._presets = dict(sorted(presets.items(), key=lambda item: item[0].casefold()))
        self._kept.save(
            {
                "shannon_presets": PRESETS_VERSION,
                "default": self._default,
                "presets": [
                    {
                        "name": preset.name,
                        "quick": preset.quick,
                        "target": preset.target,
                        "request": json.loads(preset.request.to_json()),
                    }
                    for preset in self._presets.values()
                ],
            }
        )
        self.changed.emit()

    def _read(self, plain: Any) -> None:
        if plain["shannon_presets"] != PRESETS_VERSION:
            raise ValueError("presets of another version")
        found = [
            Preset(
                str(item["name"]),
                ExportRequest.from_json(json.dumps(item["request"])),
                str(item["quick"]),
                str(item["target"]),
            )
            for item in plain["presets"]
        ]
        self._presets = {preset.name: preset for preset in found}
        self._default = str(plain["default"])
