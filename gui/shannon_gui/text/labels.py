"""The names by which a person knows fields, aggregations, reports and formats."""

from __future__ import annotations

import os
from pathlib import Path

from shannon_core.messages.phrases import PHRASES
from shannon_core.messages.rendering import Phrase
from shannon_core.request.contents import ReportFormat
from shannon_core.request.filter_fields import FILTER_FIELDS
from shannon_core.request.format_specs import FORMATS, FormatSpec
from shannon_core.request.report_specs import REPORTS
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_core.sources.registry import SOURCES
from shannon_gui.text.core_messages import phrase_text
from shannon_gui.text.i18n import CORE, translate

_FIELDS = sorted(FILTER_FIELDS.values(), key=lambda field: field.place)
FILTER_ORDER = tuple(field.id for field in _FIELDS)
"""The filter fields in the order of the screen."""
RARE_FILTERS = tuple(field.id for field in _FIELDS if field.is_rare)
"""On the screen only when more filters are asked for."""


def kind_label(kind: str) -> str:
    """The title of a source, which is the name of its tool; a source that is not installed any more by its id."""
    spec = SOURCES.get(kind)
    return spec.title if spec else kind


def short_path(path: str) -> str:
    """The path, with the home folder as ``~``."""
    home = str(Path.home())
    return f"~{path[len(home) :]}" if path == home or path.startswith(home + os.sep) else path


def reject_reason(reason: str) -> str:
    """Why a line, or the rest of a file, could not be read; a text that is not a code as it is."""
    phrase = Phrase.from_text(reason)
    return phrase_text(phrase) if phrase.code in PHRASES else reason


def field_label(field: str) -> str:
    """The name of a filter field."""
    return translate(CORE, FILTER_FIELDS[field].title)


def value_label(field: str, value: str) -> str:
    """A filter value as it is read; only fixed values, such as outcomes, have words of their own."""
    titles = {fixed.id: fixed.title for fixed in FILTER_FIELDS[field].values}
    return translate(CORE, titles[value]) if value in titles else value


def aggregation_label(item: str) -> str:
    """The name of an aggregation."""
    return translate(CORE, AGGREGATIONS[item].title)


def report_label(item: ReportFormat) -> str:
    """The name of a report's format."""
    return translate(CORE, REPORTS[item].title)


def format_label(id_: str) -> str:
    """The name of an export format; the id of one whose package is not installed any more."""
    spec = FORMATS.get(id_)
    return spec.title if spec is not None else id_


def format_note(spec: FormatSpec) -> str:
    """What to know of the format before choosing it; nothing of one that holds everything."""
    return translate(CORE, spec.note) if spec.note else ""
