"""Reads a price file: TOML whose entries are validated one by one, so that a mistake is reported with its entry.

Its format is described at the top of ``prices.toml`` in the resources.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shannon_core.errors import PriceError
from shannon_core.messages.rendering import Phrase, Value

_CACHE_PRICES = {"cache_read": "input", "cache_write_5m": "input", "cache_write_1h": "cache_write_5m"}
"""Each optional price, with the price that it defaults to."""
_NEEDED = ("input", "output")
PRICES = (*_NEEDED, *_CACHE_PRICES)
_ENTRY = {*PRICES, "fast", "priority", "regional"}
_LONG_ENTRY = {*PRICES, "above"}
_SECTIONS = ("prices", "long_context")
_HEAD = ("date", "sources")
_MAX_FIGURE = 1_000_000_000
"""A limit far above any price: it refuses infinities, and figures whose cost would lose its digits."""


@dataclass(frozen=True, slots=True)
class Price:
    """The prices of one model, in US dollars per million tokens.

    The ``long_`` prices apply to a whole request that reads more than ``long_context`` tokens. ``fast`` and
    ``priority`` are the factors of a request in that mode, None where they are unknown; ``regional`` is the factor of
    an endpoint that is bound to a region.
    """

    input: float
    output: float
    cache_read: float
    cache_write_5m: float
    cache_write_1h: float
    long_context: int | None = None
    long_input: float | None = None
    long_output: float | None = None
    long_cache_read: float | None = None
    long_cache_write_5m: float | None = None
    long_cache_write_1h: float | None = None
    fast: float | None = None
    priority: float | None = None
    regional: float = 1


def read_prices(path: Path) -> dict[str, Price]:
    """The entries of a price file, by the name of the model in lower case. PriceError names the entry that is wrong."""
    plain = _parsed(path)
    for name in plain:
        if name not in (*_SECTIONS, *_HEAD):
            raise _wrong(path, name, "price_section_unknown", sections=tuple(f"[{s}]" for s in _SECTIONS))
    prices, longs = (_section(path, plain, name) for name in _SECTIONS)
    for name in longs:
        if name not in prices:
            raise _wrong(path, f"long_context.{name}", "price_without_entry")
    return {name.lower(): _price(path, name, entry, longs.get(name)) for name, entry in prices.items()}


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        why = error.strerror or str(error)
        raise PriceError("price_file_unreadable", path=str(path), reason=why) from error
    except (ValueError, RecursionError) as error:
        raise PriceError("price_file_not_toml", path=str(path), reason=str(error)) from error


def _wrong(path: Path, entry: str, code: str, /, **values: Value) -> PriceError:
    return PriceError("price_file_wrong", path=str(path), entry=entry, fault=Phrase(code, values))


def _section(path: Path, plain: Mapping[str, Any], name: str) -> dict[str, Any]:
    section = plain.get(name, {})
    if not isinstance(section, dict):
        raise _wrong(path, name, "price_section_wrong")
    return section


def _price(path: Path, model: str, entry: object, long: object) -> Price:
    figures = _figures(path, f"prices.{model}", entry, _ENTRY, _NEEDED)
    if long is None:
        return Price(**figures)
    above = _figures(path, f"long_context.{model}", long, _LONG_ENTRY, (*_NEEDED, "above"))
    longs = {f"long_{name}": figure for name, figure in above.items() if name != "above"}
    return Price(**figures, **longs, long_context=round(above["above"]))


def _figures(path: Path, key: str, entry: object, known: set[str], needed: tuple[str, ...]) -> dict[str, Any]:
    """The figures of an entry, defaults of cache prices included."""
    if not isinstance(entry, dict):
        raise _wrong(path, key, "price_entry_wrong", example="{ input = 3, output = 15 }")
    for name, value in entry.items():
        if name not in known:
            raise _wrong(path, f"{key}.{name}", "price_figure_unknown", figures=tuple(sorted(known)))
        if type(value) not in (int, float) or not 0 <= value <= _MAX_FIGURE:
            raise _wrong(path, f"{key}.{name}", "price_not_number", highest=_MAX_FIGURE)
    for name in needed:
        if name not in entry:
            raise _wrong(path, key, "price_figure_missing", figure=name)
    figures = {name: float(value) for name, value in entry.items()}
    for name, stand_in in _CACHE_PRICES.items():
        figures.setdefault(name, figures[stand_in])
    return figures
