"""The errors by code. The table in core/README.md lists the same codes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from shannon_core.messages.error_spec import ErrorSpec
from shannon_core.messages.request_errors import REQUEST_ERRORS

_SOURCE = (
    ErrorSpec(
        "source_unreadable",
        "source",
        "{path} cannot be read.",
        "{reason}",
        "Check the name and its permissions.",
    ),
    ErrorSpec(
        "sources_without_logs",
        "source",
        "There are no events in {sources}.",
        "{n} log file(s) were found.",
        "Choose a folder with .jsonl event logs, for example one that holds metrics/.",
    ),
    ErrorSpec(
        "sources_without_events",
        "source",
        "There are no events in {sources}.",
        "{n} line(s) could not be read as events.",
        "Choose a folder with .jsonl event logs, for example one that holds metrics/.",
    ),
    ErrorSpec(
        "package_source_failed",
        "source",
        "The source {source}, which an installed package adds, failed.",
        "{reason}",
        "Update or remove that package; all other files can then be read.",
    ),
)

_TARGET = (
    ErrorSpec(
        "target_exists",
        "target",
        "A file of that name is there already.",
        "{paths}",
        "Choose another name, or agree to replace it (--force).",
    ),
    ErrorSpec(
        "target_full",
        "target",
        "There is no room to write {path}.",
        "{reason}",
        "Free some space, or choose another disk.",
    ),
    ErrorSpec(
        "room_missing",
        "target",
        "There is no room to write {path}.",
        "About {needed:MB} are needed, and {free:MB} are free.",
        "Free some space, or choose another disk or fewer formats.",
    ),
    ErrorSpec(
        "target_refused",
        "target",
        "{path} cannot be written.",
        "{reason}",
        "Choose another folder or name.",
    ),
    ErrorSpec(
        "target_differs",
        "target",
        "{path} was not written correctly.",
        "What was read back differs.",
        "Check the disk.",
    ),
    ErrorSpec(
        "parquet_unreadable",
        "target",
        "The Parquet file cannot be read back.",
        "{reason}",
        "Check the disk.",
    ),
    ErrorSpec(
        "parquet_incomplete",
        "target",
        "The Parquet file is incomplete.",
        "{found} of {rows} rows are in it.",
        "Check the disk.",
    ),
    ErrorSpec(
        "archive_unreadable", "target", "The archive cannot be read back.", "{reason}", "Check the disk."
    ),
    ErrorSpec(
        "archive_empty",
        "target",
        "Nothing of the archive could be made.",
        "{member}: {reason}",
        "Export one format alone.",
    ),
    ErrorSpec(
        "member_failed",
        "target",
        "{member} could not be made.",
        "{reason}",
        "The archive holds the members that could be made; export that format alone.",
    ),
    ErrorSpec(
        "files_failed",
        "target",
        "No file could be written.",
        "The log says why for each.",
        "Choose another folder.",
    ),
    ErrorSpec(
        "pseudonym_key_unusable",
        "target",
        "The key of the pseudonyms cannot be used.",
        "{path}: {reason}.",
        "Check the settings folder.",
    ),
    ErrorSpec(
        "pseudonym_key_damaged",
        "target",
        "The key of the pseudonyms is damaged.",
        "{path}.",
        "Remove it; pseudonyms will be new.",
    ),
)

_STORE = (
    ErrorSpec(
        "temp_folder_failed", "store", "No temporary folder can be made.", "{reason}", "Free some space."
    ),
    ErrorSpec(
        "store_full",
        "store",
        "The disk of the cache is full.",
        "{reason}",
        "Free some space, or run without a cache (--no-cache).",
    ),
    ErrorSpec(
        "memory_short",
        "store",
        "There is not enough memory for this.",
        "{reason}",
        "Narrow the selection down: a few events with very long texts may be the cause.",
    ),
    ErrorSpec(
        "store_failed",
        "store",
        "The cache failed.",
        "{reason}",
        "Try again; a damaged cache is rebuilt.",
    ),
)

_PRICE = (
    ErrorSpec(
        "price_file_unreadable",
        "price",
        "The price file {path} cannot be read.",
        "{reason}.",
        "Check its name.",
    ),
    ErrorSpec(
        "price_file_not_toml", "price", "The price file {path} is not TOML.", "{reason}.", "Fix the file."
    ),
    ErrorSpec(
        "price_file_wrong",
        "price",
        "The price file {path} has a mistake.",
        "{entry} {fault}.",
        "Fix the entry, or remove it.",
    ),
)

_OTHER = (
    ErrorSpec("cancelled", "cancel", "The job was cancelled.", "Files completed before that are kept."),
    ErrorSpec("internal_error", "internal", "Internal error.", "{reason}", "Please report it with the log."),
    ErrorSpec(
        "lines_do_not_add_up",
        "internal",
        "The lines of {path} do not add up.",
        "{lines} lines, {understood} understood, {rejected} rejected, {pending} pending.",
        "Please report it; nothing was exported.",
    ),
    ErrorSpec(
        "export_interrupted",
        "internal",
        "The export was interrupted by an internal error.",
        hint="Please report it.",
    ),
    ErrorSpec(
        "reading_interrupted",
        "internal",
        "The reading was interrupted by an internal error.",
        hint="Please report it.",
    ),
    ErrorSpec(
        "system_refused",
        "failure",
        "The system refused.",
        "{reason}",
        "Check the disk, and where the output goes.",
    ),
    ErrorSpec(
        "file_gone",
        "failure",
        "The file is no longer there.",
        "{path}",
        "It was moved or removed after the export.",
    ),
    ErrorSpec("folder_gone", "failure", "The folder is no longer there.", "{path}"),
    ErrorSpec(
        "no_program_opens",
        "failure",
        "No program of this system opens it.",
        "{path}",
        "Open it from a program of your choice.",
    ),
)

_ERROR_SPECS = (*REQUEST_ERRORS, *_SOURCE, *_TARGET, *_STORE, *_PRICE, *_OTHER)
ERRORS: Mapping[str, ErrorSpec] = MappingProxyType({spec.code: spec for spec in _ERROR_SPECS})
