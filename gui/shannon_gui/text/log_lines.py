"""Progress events as lines of the log. Where an event says nothing worth keeping there is no line."""

from __future__ import annotations

from pathlib import Path

from shannon_core.jobs.progress import (
    Cancelled,
    ExportStarted,
    Failed,
    FileFailed,
    FileWritten,
    Finished,
    Notice,
    SourcesRead,
)
from shannon_core.messages.phrases import ALTERATIONS
from shannon_core.messages.rendering import Phrase
from shannon_core.request.format_specs import CELL_CHARACTERS
from shannon_gui.state import CancelRequested, ExportRequested, SourcesChosen, StateEvent
from shannon_gui.text.core_messages import error_words, notice_text, phrase_text
from shannon_gui.text.formatting import duration, size
from shannon_gui.text.i18n import counted, number, translate
from shannon_gui.text.labels import format_label, short_path
from shannon_gui.text.log_levels import LogLevel

_CONTEXT = "log"


def log_line(event: StateEvent) -> tuple[LogLevel, str] | None:
    """The level and the text of an event, or None."""
    match event:
        case SourcesChosen(sources):
            return "info", translate(_CONTEXT, "Reading {sources} …").format(
                sources=", ".join(map(short_path, sources))
            )
        case SourcesRead():
            return _sources_read(event)
        case ExportRequested():
            return "info", translate(_CONTEXT, "Export started")
        case ExportStarted(events, paths):
            files = counted(_CONTEXT, "{n} file(s)", len(paths))
            return "info", counted(_CONTEXT, "Writing {n} event(s) to {files} …", events).replace(
                "{files}", files
            )
        case FileWritten():
            return _file_written(event)
        case FileFailed():
            said = _error(event)
            return "danger", said if event.names_its_file else f"{event.path}: {said}"
        case Notice():
            return event.level, notice_text(event)
        case CancelRequested():
            return "info", translate(_CONTEXT, "Cancelling …")
        case _:
            return _ended(event)


def path_of(event: StateEvent) -> str:
    """The file that is finished with this event; empty where none is."""
    return event.path if isinstance(event, FileWritten) else ""


def _ended(event: StateEvent) -> tuple[LogLevel, str] | None:
    match event:
        case Finished(paths, events, seconds, failures) if paths or failures:
            return _finished(len(paths), events, seconds, failures)
        case Cancelled(paths):
            kept = counted(_CONTEXT, "{n} complete file(s) were kept", len(paths)) if paths else ""
            return "warning", _joined(translate(_CONTEXT, "Cancelled."), kept and f"{kept}.")
        case Failed():
            return "danger", _error(event)
        case _:
            return None


def _finished(files: int, events: int, seconds: float, failures: int) -> tuple[LogLevel, str]:
    took = duration(seconds * 1000)
    written = counted(_CONTEXT, "{n} event(s)", events)
    text = counted(_CONTEXT, "Exported {events} to {n} file(s) in {took}", files)
    text = text.replace("{events}", written).replace("{took}", took)
    if failures:
        missing = counted(_CONTEXT, "{n} part(s) could not be made.", failures)
        return "warning", f"{text}. {missing}"
    return "success", text


def _sources_read(event: SourcesRead) -> tuple[LogLevel, str]:
    parts = [
        counted(_CONTEXT, "{n} event(s)", event.events),
        counted(_CONTEXT, "{n} file(s)", event.files),
        counted(_CONTEXT, "{n} read", event.files_read),
        duration(event.seconds * 1000),
    ]
    if event.rejected:
        parts.append(counted(_CONTEXT, "{n} line(s) could not be read", event.rejected))
    return ("warning" if event.rejected else "info"), " · ".join(parts)


def _file_written(event: FileWritten) -> tuple[LogLevel, str]:
    rows = counted(_CONTEXT, "{n} event(s)", event.rows)
    text = (
        f"{format_label(event.format)}  {rows} → {Path(event.path).name}"
        f"  ({size(event.bytes)}, {duration(event.seconds * 1000)})"
    )
    if not event.altered:
        return "success", text
    changes = ", ".join(_alteration(reason, count) for reason, count in event.altered.items())
    asked_for = set(event.altered) <= {"formula_guard"}
    return ("success" if asked_for else "warning"), f"{text} · {changes}"


def _alteration(reason: str, count: int) -> str:
    if reason in ALTERATIONS:
        return phrase_text(Phrase(reason, {"n": count, "characters": CELL_CHARACTERS}))
    return f"{reason.replace('_', ' ')}: {number(count)}"


def _error(event: Failed | FileFailed) -> str:
    words = error_words(event)
    return _joined(words.title, words.message, words.hint)


def _joined(*parts: str) -> str:
    """Sentences one after the other; what ends without a stop gets one, but for the last."""
    said = [part for part in parts if part]
    return " ".join([*(part if part[-1] in ".:!?…" else f"{part}." for part in said[:-1]), *said[-1:]])
