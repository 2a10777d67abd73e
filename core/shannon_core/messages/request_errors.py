"""The errors of requests: dates, zones, filters, formats, names of files, contradicting options."""

from __future__ import annotations

from shannon_core.messages.error_spec import ErrorSpec

REQUEST_ERRORS = (
    ErrorSpec(
        "source_not_chosen",
        "request",
        "No source was chosen.",
        hint="Choose a folder or a file with events.",
    ),
    ErrorSpec(
        "source_not_named",
        "request",
        "No source was named.",
        hint="Name a folder or a file with events; --sources lists what is here.",
    ),
    ErrorSpec("format_not_chosen", "request", "No format was chosen.", hint="Choose one of {formats}."),
    ErrorSpec(
        "format_unknown",
        "request",
        "There is no format “{format}”.",
        "{problems}",
        "Choose one of {formats}.",
    ),
    ErrorSpec(
        "format_not_named",
        "request",
        "The ending of {path} names no format.",
        "{problems}",
        "Add --format, one of {formats}.",
    ),
    ErrorSpec(
        "format_holds_nothing",
        "request",
        "{format} can hold nothing of what was chosen.",
        "{note:text}",
        "Add the events, or leave the format out.",
    ),
    ErrorSpec(
        "target_not_chosen",
        "request",
        "No target was chosen.",
        hint="Say where the files are to be saved.",
    ),
    ErrorSpec(
        "target_not_named",
        "request",
        "No target was named.",
        hint="Add -o PATH, or look first with --preview 20.",
    ),
    ErrorSpec("path_with_nul", "request", "A path has a NUL character in it.", hint="Choose the file again."),
    ErrorSpec(
        "nothing_chosen",
        "request",
        "There is nothing to export.",
        hint="Choose events, an aggregation or a report.",
    ),
    ErrorSpec(
        "csv_line_end_unknown",
        "request",
        "A CSV line ends with CR LF or LF.",
        hint="Choose one of the two.",
    ),
    ErrorSpec("job_unreadable", "request", "The job {path} cannot be read.", "{reason}", "Check its name."),
    ErrorSpec(
        "job_invalid",
        "request",
        "This is not a job file.",
        "{reason}",
        "Save the job again from the window.",
    ),
    ErrorSpec(
        "last_with_range",
        "request",
        "--last and --from or --to contradict each other.",
        hint="Use one of them.",
    ),
    ErrorSpec("duration_invalid", "request", "“{text}” is not a duration.", hint="Write 24h, 7d or 4w."),
    ErrorSpec(
        "duration_too_long",
        "request",
        "“{text}” reaches too far back.",
        hint="Leave it out to take everything.",
    ),
    ErrorSpec(
        "instant_invalid",
        "request",
        "“{text}” is not a date or a time.",
        hint="Write 2026-10-25, 2026-10-25T14:30 or 2026-10-25T14:30:00+02:00.",
    ),
    ErrorSpec(
        "instant_without_zone", "request", "The {side} {moment} has no zone.", hint="Give it a tzinfo."
    ),
    ErrorSpec(
        "zone_unknown",
        "request",
        "Unknown time zone “{zone}”.",
        hint="Use an IANA name such as Europe/Berlin or UTC.",
    ),
    ErrorSpec(
        "range_reversed",
        "request",
        "The start {start} is after the end {end}.",
        hint="Swap them, or choose a later end.",
    ),
    ErrorSpec("range_reversed_in_form", "request", "From is later than To."),
    ErrorSpec(
        "filter_field_unknown",
        "request",
        "There is no filter field “{field}”.",
        hint="Choose one of {fields}.",
    ),
    ErrorSpec(
        "aggregation_unknown",
        "request",
        "There is no aggregation “{aggregation}”.",
        hint="Choose one of {aggregations}.",
    ),
    ErrorSpec(
        "outcome_unknown", "request", "“{values}” is not an outcome.", hint="Choose one of {outcomes}."
    ),
    ErrorSpec(
        "sort_column_unknown",
        "request",
        "Events cannot be sorted by “{column}”.",
        hint="Choose one of {columns}.",
    ),
)
