"""Derives events from the facts of records: all events of a session again when one of its files changed.

Sessions that share a key (a fork copies the lines of its parent) are derived together, so that what they share is
counted once.
"""

from __future__ import annotations

import duckdb

from shannon_core.event_columns import EVENT_COLUMNS
from shannon_core.ingest.cost_backfill import add_costs, forget_costs
from shannon_core.ingest.package_sources import named_failures
from shannon_core.jobs.control import Control
from shannon_core.pricing.price_table import PriceTable
from shannon_core.sources.macros import define_source_macros
from shannon_core.sources.registry import SOURCES, SourceSpec
from shannon_core.store.relations import registered, script

_COLUMNS = ", ".join(name for name in EVENT_COLUMNS if name not in ("source", "extra"))
_NEIGHBOURS = """INSERT INTO stale SELECT DISTINCT other.source, other.session_id
FROM (FROM facts SEMI JOIN stale USING (source, session_id)) AS mine
JOIN (FROM facts ANTI JOIN stale USING (source, session_id)) AS other USING (source, kind, key)"""


class Derivation:
    """Tracks the stale sessions and derives them again, within the caller's transaction."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, prices: PriceTable) -> None:
        self._connection = connection
        self._prices = prices
        self._prices_changed = False
        connection.execute("CREATE OR REPLACE TEMP TABLE stale(source VARCHAR, session_id VARCHAR)")

    def has_other_prices(self) -> bool:
        """Whether the costs in the store were computed with another price table; then every session is stale."""
        if self._connection.sql("SELECT prices FROM store_facts").fetchall() == [(self._prices.digest,)]:
            return False
        self._connection.execute("INSERT INTO stale SELECT DISTINCT source, session_id FROM facts")
        self._prices_changed = True
        return True

    def start(self) -> None:
        """Remove costs computed with other prices; until ``finish`` the store is marked as having mixed costs."""
        define_source_macros(self._connection)
        if self._prices_changed:
            self._connection.execute("UPDATE store_facts SET prices = NULL")
            forget_costs(self._connection)

    def mark(self, names: list[str], control: Control) -> None:
        """Mark sessions with facts in these files, and those that share a key with them. Call before deleting."""
        self._connection.execute(
            "INSERT INTO stale SELECT DISTINCT source, session_id FROM facts WHERE source_file IN (SELECT unnest(?))",
            [names],
        )
        while self._connection.execute(_NEIGHBOURS).fetchall()[0][0]:
            control.check()

    def run(self, control: Control) -> int:
        """Derive the stale sessions, and compute missing costs; the number of events."""
        events = 0
        stale = self._connection.sql("SELECT DISTINCT source FROM stale ORDER BY source").fetchall()
        for spec in filter(None, (SOURCES.get(id_) for (id_,) in stale)):
            control.check()
            with named_failures(spec):
                events += self._derive(spec)
        self._connection.execute("DELETE FROM stale")
        add_costs(self._connection, self._prices)
        return events

    def finish(self) -> None:
        """Record the digest of the prices that all costs in the store are computed with now."""
        self._connection.execute("UPDATE store_facts SET prices = ?", [self._prices.digest])

    def _derive(self, spec: SourceSpec) -> int:
        source = {"source": spec.id}
        stale = "SELECT session_id FROM stale WHERE source = $source"
        self._connection.execute(
            f"DELETE FROM events WHERE source = $source AND coalesce(session_id, '') IN ({stale})", source
        )
        of_stale = f"source = $source AND session_id IN ({stale})"
        ((first,),) = self._connection.execute(
            f"SELECT min(rowid) FROM main.facts WHERE {of_stale}", source
        ).fetchall()
        # new facts are at the end: the condition on rowid skips row groups that were read long ago
        facts = (
            f"SELECT *, source_line AS position FROM main.facts WHERE {of_stale} AND rowid >= {first or 0:d}"
        )
        models = self._connection.execute(
            f"SELECT DISTINCT fields ->> '$.model' AS model FROM ({facts})"
            " WHERE contains(fields, '\"model\":') AND model IS NOT NULL",
            source,
        ).fetchall()
        with registered(self._connection, prices=self._prices.as_table(model for (model,) in models)):
            inserted = self._connection.execute(
                f"INSERT INTO events (source, {_COLUMNS}) WITH facts AS NOT MATERIALIZED ({facts})"
                f" SELECT $source, {_COLUMNS} FROM ({script(spec.package, 'events')})",
                source,
            ).fetchall()
        return int(inserted[0][0])
