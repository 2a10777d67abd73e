"""What models cost: a dated list in the resources, entries of a person's own file over it, and whose price a name in a
log means.

No price is guessed: a name is known when what stands around it (a provider, a date, a revision, an effort) can be taken
off until it is an entry. A model that only begins like one is another model.
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
_AROUND = tuple(
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
"""What can stand around the name of a model, or how else it is spelt; taken off in this order."""


@dataclass(frozen=True, slots=True)
class PriceTable:
    """The prices of all known models."""

    prices: Mapping[str, Price]

    @classmethod
    def load(cls, user_file: Path | None = None) -> Self:
        """The list that is shipped, and over it, model by model, ``user_file`` or else the person's own file if there
        is one.

        PriceError where that file cannot be read or understood.
        """
        own = user_file or own_price_file()
        replaced = read_prices(own) if user_file or os.access(own, os.F_OK) else {}
        return cls({**read_prices(price_file()), **replaced})

    @property
    def digest(self) -> str:
        """Tells whether costs were computed by these very prices and rules."""
        entries = [(name, asdict(price)) for name, price in sorted(self.prices.items())]
        rules = [(pattern.pattern, name) for pattern, name in _AROUND]
        return hashlib.sha256(json.dumps([entries, rules]).encode()).hexdigest()

    def price_of(self, model: str) -> Price | None:
        """The price of a model as a log names it; None where it is not known."""
        spelt = name = model.strip().lower()
        if name in self.prices:
            return self.prices[name]
        for pattern, rest in _AROUND:
            name = pattern.sub(rest, name)
            if name in self.prices:
                return _at_endpoint(self.prices[name], spelt)
        return None

    def as_table(self, models: Iterable[str]) -> pa.Table:
        """The relation ``prices`` of cost.sql: a row with the columns of Price for each of these names that is
        known."""
        known = ((model, self.price_of(model)) for model in dict.fromkeys(models))
        rows = [{"model": model, **asdict(price)} for model, price in known if price]
        return pa.Table.from_pylist(rows, schema=_SCHEMA)


def _at_endpoint(price: Price, spelt: str) -> Price | None:
    """The price at the endpoint that the name speaks of; those of governments have prices of their own."""
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
