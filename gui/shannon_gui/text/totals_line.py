"""The figures of a selection as one line: 48,112 of 9,812,004 events · 31 sessions · 14.0 M tokens · $17.85.

A cost that is not that of all tokens says of how many: $17.85 for 93 % of the tokens.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shannon_gui.text.formatting import large, money
from shannon_gui.text.i18n import counted, number, translate

if TYPE_CHECKING:
    from shannon_core.query.totals import Totals

_CONTEXT = "figures"


def figures_line(known: Totals | int, overall: int | None) -> str:
    """The line, of a number of events only its beginning: the rest is still counted and takes the place of “…”.

    ``overall`` is the number of events without a filter, None while it is unknown.
    """
    if isinstance(known, int):
        return " · ".join([_events(known, overall), "…"])
    return " · ".join([_events(known.events, overall), *_others(known)])


def result_line(totals: Mapping[str, Any]) -> str:
    """The line for the totals of an aggregation."""
    from shannon_core.query.totals import Totals

    whole = Totals(
        events=totals["metrics_count"],
        first=None,
        last=None,
        **{
            name: totals[name]
            for name in ("sessions", "users", "errors", "tokens", "cost_usd", "priced_tokens")
        },
    )
    return figures_line(whole, None)


def _events(count: int, overall: int | None) -> str:
    if overall is None or overall == count:
        return counted(_CONTEXT, "{n} event(s)", count)
    return translate(_CONTEXT, "{count} of {overall} events").format(
        count=number(count), overall=number(overall)
    )


def _others(totals: Totals) -> list[str]:
    parts = [
        counted(_CONTEXT, "{n} session(s)", totals.sessions),
        counted(_CONTEXT, "{n} user(s)", totals.users),
    ]
    if totals.errors:
        parts.append(counted(_CONTEXT, "{n} error(s)", totals.errors))
    parts.append(translate(_CONTEXT, "{tokens} tokens").format(tokens=large(totals.tokens)))
    parts += _cost(totals)
    return parts


def _cost(totals: Totals) -> list[str]:
    if totals.cost_usd is None:
        return [translate(_CONTEXT, "cost unknown")] if totals.tokens else []
    if totals.priced_tokens == totals.tokens:
        return [money(totals.cost_usd)]
    known = translate(_CONTEXT, "{cost} for {percent} % of the tokens")
    return [known.format(cost=money(totals.cost_usd), percent=_percent(totals))]


def _percent(totals: Totals) -> str:
    """Rounded down, so that 100 is all; what is less than one is not nothing."""
    whole = 100 * totals.priced_tokens // totals.tokens
    return number(whole) if whole or not totals.priced_tokens else f"<{number(1)}"
