"""The headline figures of a selection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from shannon_core.query import statements
from shannon_core.request.selection import Selection
from shannon_core.store.relations import fetch


@dataclass(frozen=True, slots=True)
class Totals:
    """Headline figures of a selection. Times are UTC.

    ``cost_usd`` is the cost of ``priced_tokens``, None where no event has a cost; the cost of other tokens is unknown.
    """

    events: int
    sessions: int
    users: int
    errors: int
    tokens: int
    cost_usd: float | None
    priced_tokens: int
    first: datetime | None
    last: datetime | None

    @property
    def priced_share(self) -> float | None:
        """The fraction of the tokens whose cost is known, 0 to 1; None without tokens."""
        return self.priced_tokens / self.tokens if self.tokens else None


def totals(connection: duckdb.DuckDBPyConnection, selection: Selection) -> Totals:
    """The headline figures of a selection."""
    ((events, sessions, users, errors, tokens, cost, priced, first, last),) = fetch(
        connection, statements.totals(selection)
    )
    first, last = (moment and moment.replace(tzinfo=UTC) for moment in (first, last))
    return Totals(events, sessions, users, errors, tokens, cost, priced, first, last)
