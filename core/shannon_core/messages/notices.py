"""The notices by code: what the user should know although the job continues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Level = Literal["info", "warning"]


@dataclass(frozen=True, slots=True)
class NoticeSpec:
    """One notice: its severity, and its text as an English template."""

    code: str
    level: Level
    text: str


_NOTICE_SPECS = (
    NoticeSpec("part_removed", "info", "{path}, left by a program that was killed, was removed."),
    NoticeSpec(
        "name_not_durable",
        "warning",
        "{path} is complete, but a power cut could still undo its name ({reason}).",
    ),
    NoticeSpec(
        "records_unknown", "info", "Records of unknown types were counted and passed over: {records}."
    ),
    NoticeSpec("file_unreadable", "warning", "{path} cannot be read: {reason}."),
    NoticeSpec("file_read_in_part", "warning", "{path} {problem}. What came before was read."),
    NoticeSpec("file_passed_over", "warning", "{path} was passed over: {reason}."),
    NoticeSpec("own_export", "info", "{path} is an export of this program and was passed over."),
    NoticeSpec(
        "prices_missing",
        "warning",
        "No price is known for {models}: the cost is unknown. Prices of your own go into {path}.",
    ),
    NoticeSpec(
        "prices_missing_of_many",
        "warning",
        "No price is known for {models} and {more} more: the cost is unknown. Prices of your own go into {path}.",
    ),
    NoticeSpec(
        "store_held",
        "warning",
        "Another program uses these sources, so they are read again and not kept.",
    ),
    NoticeSpec("store_damaged", "warning", "The cache was damaged and is rebuilt."),
    NoticeSpec("store_outdated", "warning", "The cache was made by another version and is rebuilt."),
    NoticeSpec(
        "store_unwritable", "warning", "The cache cannot be written ({reason}), so that nothing is kept."
    ),
    NoticeSpec(
        "source_gone", "warning", "The source {source} is no longer installed: its files are read again."
    ),
    NoticeSpec(
        "entry_point_broken", "warning", "The entry point {entry} of {package} cannot be used: {reason}"
    ),
    NoticeSpec(
        "entry_points_unreadable", "warning", "The entry points of {package} cannot be read: {reason}"
    ),
    NoticeSpec("rejects_saved", "info", "{n} line(s) that could not be read are in {path}."),
)

NOTICES: Mapping[str, NoticeSpec] = MappingProxyType({spec.code: spec for spec in _NOTICE_SPECS})
