"""How values look on the screen: durations, sizes, tokens, money, instants. Exact values belong into tooltips."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from shannon_gui.text.i18n import QT_TRANSLATE_NOOP, counted, decimal, number, translate

DASH = "–"
"""Stands for null."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SIZES = ("KB", "MB", "GB", "TB", "PB")
_AGES = (
    (1, 60, QT_TRANSLATE_NOOP("formatting", "{n} s ago")),
    (60, 3600, QT_TRANSLATE_NOOP("formatting", "{n} min ago")),
    (3600, 86_400, QT_TRANSLATE_NOOP("formatting", "{n} h ago")),
)
_LARGE = ((1e9, "B"), (1e6, "M"), (1e3, "k"))


def duration(milliseconds: float) -> str:
    """840 ms, 1.24 s, 3 min 05 s, 2 h 05 min."""
    if milliseconds < 0:
        return f"−{duration(-milliseconds)}"
    if milliseconds < 999.5:
        return f"{decimal(milliseconds, 0 if milliseconds >= 10 or milliseconds == 0 else 1)} ms"
    seconds = milliseconds / 1000
    if seconds < 59.995:
        return f"{decimal(seconds, 2)} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{number(whole // 3600)} h {whole // 60 % 60:02d} min"


def size(count: int) -> str:
    """Bytes in decimal units: 812 B, 3.1 MB."""
    if count < 1000:
        return f"{count} B"
    power = next((power for power in range(1, len(_SIZES)) if count < 999.5 * 1000**power), len(_SIZES))
    value, unit = count / 1000**power, _SIZES[power - 1]
    return f"{decimal(value, 1 if value < 99.95 else 0)} {unit}"


def large(count: float) -> str:
    """A number that is read at a glance: 312, 21 k, 14.0 M, 9.8 B (billions)."""
    for scale, letter in _LARGE:
        if count >= scale:
            value = count / scale
            return f"{decimal(value, 1 if value < 99.95 else 0)} {letter}"
    return number(round(count))


def money(dollars: float) -> str:
    """US dollars: $17.85, and $0.0042 where cents say nothing."""
    return f"${decimal(dollars, 2 if dollars >= 0.995 or dollars == 0 else 4)}"


def seconds_left(seconds: float) -> str:
    """A remaining time, coarse on purpose."""
    if seconds < 60:
        return translate("formatting", "{time} left").format(time=f"{max(1, round(seconds))} s")
    if seconds < 3600:
        return translate("formatting", "{time} left").format(time=f"{round(seconds / 60)} min")
    return counted("formatting", "about {n} hour(s) left", round(seconds / 3600))


def ago(seconds: float) -> str:
    """How long ago something was, coarse on purpose: just now, 12 s ago, 3 min ago, 2 h ago, 5 days ago."""
    if seconds < 2:
        return translate("formatting", "just now")
    for unit, long, text in _AGES:
        if seconds < long:
            return counted("formatting", text, int(seconds // unit))
    return counted("formatting", "{n} day(s) ago", int(seconds // 86_400))


def instant(microseconds: int, zone: ZoneInfo) -> str:
    """Microseconds since 1970 as the zone's wall clock to the millisecond, such as 2026-10-25 02:30:00.125."""
    try:
        wall = (_EPOCH + timedelta(microseconds=microseconds)).astimezone(zone)
    except OverflowError:
        return DASH
    return wall.replace(tzinfo=None).isoformat(" ", "milliseconds")


def moment(value: datetime, zone: ZoneInfo) -> str:
    """An instant as the zone's wall clock to the minute."""
    return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def plain_tooltip(text: str) -> str:
    """A tooltip that shows exactly this text: Qt would take a text that begins with a tag for rich text."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>"
