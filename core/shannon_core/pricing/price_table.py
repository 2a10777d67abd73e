"""The price table: a dated list in the resources, overridden by the user's own file, and the lookup of names in logs.

No price is guessed: a name is known when it is an entry once its affixes (a provider, a date, a revision, an effort)
are stripped. A model whose name only begins like an entry is another model.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Self

import pyarrow as pa

from shannon_core.files.app_paths import own_price_file
from shannon_core.pricing.price_file import PRICES, Price, read_prices
from shannon_resources import price_file

_SCHEMA = pa.schema(
    [pa.field("model", pa.string())]
    + [
        pa.field(item.name, pa.int64() if item.name == "long_context" else pa.float64())
        for item in fields(Price)
    ]
)
_REGION = re.compile(r"(?:^|/)([a-z-]+)\.anthropic\.")
_AFFIXES = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"\[[^\]]*\]$", ""),  # claude-opus-4-6[1m]
        (r"^.*/", ""),  # openrouter/anthropic/…, models/gemini-…
        (r"^(?:[a-z-]+\.)?(?:anthropic|openai|google)\.", ""),  # us.anthropic.claude-…
        (r"@.*$", ""),  # claude-opus-4-5@20251101
        (r"^(claude-.*)-v\d+(?::\d+)?$", r"\1"),  # …-v1:0
        (r"-20\d\d(?:\d{4}|-\d\d-\d\d)$", ""),
        (r"-(?:latest|preview(?:-\d\d-(?:\d\d|20\d\d))?)$", ""),
        (r"^(gemini-.*)-\d{3}$", r"\1"),
        (r"-(?:minimal|low|medium|high|xhigh|thinking)$", ""),
        (r"^(claude-.*\d)\.(\d)", r"\1-\2"),  # claude-opus-4.5
        (r"^claude-(\d(?:-\d)?)-(opus|sonnet|haiku)$", r"claude-\2-\1"),
        (r"^claude-(opus|sonnet|haiku)-(3(?:-\d)?)$", r"claude-\2-\1"),
        (r"^(claude-(?:opus|sonnet)-4)-0$", r"\1"),
    )
)
"""Affixes and aliases of model names, stripped in this order."""


@dataclass(frozen=True, slots=True)
class PriceTable:
    """The prices of all known models, by name in lower case."""

    prices: Mapping[str, Price]

    @classmethod
    def load(cls, user_file: Path | None = None) -> Self:
        """The shipped list, overridden model by model by ``user_file``, or else by the user's own file if it exists.

        PriceError where that file cannot be read or has a wrong entry.
        """
        own = user_file or own_price_file()
        replaced = read_prices(own) if user_file or os.access(own, os.F_OK) else {}
        return cls({**read_prices(price_file()), **replaced})

    @property
    def digest(self) -> str:
        """SHA-256 of the prices and the affixes, in hexadecimal: equal where costs are computed alike."""
        entries = [(name, asdict(price)) for name, price in sorted(self.prices.items())]
        rules = [(pattern.pattern, name) for pattern, name in _AFFIXES]
        return hashlib.sha256(json.dumps([entries, rules]).encode()).hexdigest()

    def price_of(self, model: str) -> Price | None:
        """The price of a model by its name in a log, at the endpoint that the name has; None where it is unknown."""
        spelt = name = model.strip().lower()
        if name in self.prices:
            return self.prices[name]
        for pattern, rest in _AFFIXES:
            name = pattern.sub(rest, name)
            if name in self.prices:
                return _at_endpoint(self.prices[name], spelt)
        return None

    def as_table(self, models: Iterable[str]) -> pa.Table:
        """The relation ``prices`` of cost.sql: ``model`` and the fields of Price, for the names that are known."""
        known = ((model, self.price_of(model)) for model in dict.fromkeys(models))
        rows = [{"model": model, **asdict(price)} for model, price in known if price]
        return pa.Table.from_pylist(rows, schema=_SCHEMA)


def _at_endpoint(price: Price, spelt: str) -> Price | None:
    """The price at the endpoint in the name; None for government endpoints, which have prices of their own."""
    found = _REGION.search(spelt)
    region = found[1] if found else "global"
    if region == "us-gov":
        return None
    if region == "global" or price.regional == 1:
        return price
    plain = asdict(price)
    for name in (*PRICES, *(f"long_{name}" for name in PRICES)):
        plain[name] = plain[name] and plain[name] * price.regional
    return Price(**plain)
