"""Costs of events whose source gives none: tokens times prices, for as long as these prices hold (sources.md,
Decisions).

For sources with ``fills_costs``; the SQL of other sources gives costs itself. Also finds the models without a price.
"""

from __future__ import annotations

import duckdb

from shannon_core.files.app_paths import own_price_file
from shannon_core.files.path_text import printable
from shannon_core.messages.notice import Notice
from shannon_core.messages.rendering import Value
from shannon_core.pricing.price_table import PriceTable
from shannon_core.sources.registry import SOURCES
from shannon_core.store.relations import registered
from shannon_core.store.sql_text import sql_literal

_GIVEN = "coalesce(number_of(data -> '$.cost_usd'), number_of(data -> '$.cost_estimate'), number_of(data -> '$.cost'))"
_MAX_NAMES, _MAX_NAME_LENGTH = 12, 80
"""Models in a notice, and characters of each: logs may hold any text as a model, and a notice is to stay readable."""
_OPEN = "cost_usd IS NULL AND input_tokens IS NOT NULL AND output_tokens IS NOT NULL"
"""Events whose cost can be computed: prices of input and output differ, so that a total is not enough."""


def forget_costs(connection: duckdb.DuckDBPyConnection) -> None:
    """Set computed costs to null; those that a source gave stay."""
    connection.execute(
        f"UPDATE events SET cost_usd = NULL WHERE {_usages(connection)} AND cost_usd IS NOT NULL AND {_GIVEN} IS NULL"
    )


def add_costs(connection: duckdb.DuckDBPyConnection, prices: PriceTable) -> None:
    """Compute the costs that are missing and whose model has a price."""
    open_usages = f"{_usages(connection)} AND {_OPEN}"
    models = connection.sql(
        f"SELECT DISTINCT model FROM events WHERE {open_usages} AND model IS NOT NULL"
    ).fetchall()
    known = prices.as_table(model for (model,) in models)
    if known.num_rows:
        with registered(connection, prices=known):
            connection.execute(
                "UPDATE events SET cost_usd = cost_of(prices, events.input_tokens, events.output_tokens,"
                " events.cache_creation_tokens, 0, events.cache_read_tokens, NULL)"
                f" FROM prices WHERE prices.model = events.model AND {open_usages}"
            )


def _usages(connection: duckdb.DuckDBPyConnection) -> str:
    """The SQL condition for the token usage of those of the store's sources that have ``fills_costs``."""
    ids = connection.sql("SELECT DISTINCT source FROM files ORDER BY source").fetchall()
    filling = [spec.id for (id_,) in ids if (spec := SOURCES.get(id_)) and spec.fills_costs]
    ids_in_sql = ", ".join(map(sql_literal, filling))
    return f"source IN ({ids_in_sql}) AND type = 'token_usage'" if filling else "FALSE"


def unpriced_models(connection: duckdb.DuckDBPyConnection, prices: PriceTable) -> list[str]:
    """The models that used tokens and have no price, sorted by name."""
    models = connection.sql(
        "SELECT DISTINCT model FROM events"
        " WHERE type = 'token_usage' AND cost_usd IS NULL AND token_count > 0 AND model IS NOT NULL ORDER BY 1"
    ).fetchall()
    return [model for (model,) in models if prices.price_of(model) is None]


def missing_prices(models: list[str]) -> Notice:
    """The notice that names models without a price, at most _MAX_NAMES of them."""
    names = tuple(printable(model[:_MAX_NAME_LENGTH]) for model in models[:_MAX_NAMES])
    values: dict[str, Value] = {"models": names, "path": str(own_price_file())}
    more = len(models) - _MAX_NAMES
    return (
        Notice("prices_missing_of_many", {**values, "more": more})
        if more > 0
        else Notice("prices_missing", values)
    )
