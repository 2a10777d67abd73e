"""Prices: the list that is shipped, whose price a name means, a person's own file, and what tokens cost by them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from shannon_core.errors import PriceError
from shannon_core.files.app_paths import own_price_file
from shannon_core.pricing.price_file import Price
from shannon_core.pricing.price_table import PriceTable
from shannon_core.sources.macros import define_source_macros
from shannon_resources import price_file

SHIPPED = PriceTable.load()
REQUESTS = pa.schema(
    {
        "model": pa.string(),
        **dict.fromkeys(("i", "o", "w5", "w1", "r"), pa.int64()),
        "mode": pa.string(),
        "place": pa.int64(),
    }
)


Request = tuple[str | None, int | None, int | None, int | None, int | None, int | None, str | None]
"""A model, its tokens (input, output, cache writes of five minutes and of an hour, cache reads), and a mode."""


def costs(table: PriceTable, requests: list[Request]) -> list[float | None]:
    """What SQL makes of them."""
    rows = [
        dict(zip(("model", "i", "o", "w5", "w1", "r", "mode"), request, strict=True)) | {"place": place}
        for place, request in enumerate(requests)
    ]
    with duckdb.connect() as connection:
        define_source_macros(connection)
        connection.register("prices", table.as_table(request[0] for request in requests if request[0]))
        connection.register("requests", pa.Table.from_pylist(rows, schema=REQUESTS))
        found = connection.execute(
            "SELECT cost_of(prices, i, o, w5, w1, r, mode) FROM requests LEFT JOIN prices USING (model) ORDER BY place"
        )
        return [dollars for (dollars,) in found.fetchall()]


def own_file(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_that_the_list_says_its_date_and_where_it_comes_from() -> None:
    head = tomllib.loads(price_file().read_text(encoding="utf-8"))
    assert head["date"].year >= 2026
    assert all(source.startswith(("https://", "the price list")) for source in head["sources"])


@pytest.mark.parametrize("model", [name for name in SHIPPED.prices if name.startswith("claude")])
def test_that_cache_writes_of_claude_cost_what_its_vendor_says(model: str) -> None:
    price = SHIPPED.prices[model]
    written = (price.cache_write_5m / price.input, price.cache_write_1h / price.input)
    assert written == pytest.approx((1.2, 2.0) if model == "claude-3-haiku" else (1.25, 2.0))


@pytest.mark.parametrize("model", SHIPPED.prices)
def test_that_reading_from_a_cache_is_never_dearer_than_reading_again(model: str) -> None:
    price = SHIPPED.prices[model]
    assert 0 < price.cache_read <= price.input < price.output
    if price.long_context is not None:
        assert 100_000 <= price.long_context < 1_000_000
        assert price.long_input is not None
        assert price.long_output is not None
        assert (price.long_input, price.long_output) > (price.input, price.output)


@pytest.mark.parametrize(
    ("spelt", "model"),
    [
        ("claude-opus-4-5-20251101", "claude-opus-4-5"),
        ("claude-opus-4-6[1m]", "claude-opus-4-6"),
        ("Claude-Opus-4-8", "claude-opus-4-8"),
        ("anthropic/claude-opus-4.5", "claude-opus-4-5"),
        ("openrouter/anthropic/claude-3.7-sonnet", "claude-3-7-sonnet"),
        ("anthropic.claude-opus-4-1-20250805-v1:0", "claude-opus-4-1"),
        ("global.anthropic.claude-opus-4-6-v1", "claude-opus-4-6"),
        ("claude-sonnet-4-5@20250929", "claude-sonnet-4-5"),
        ("claude-3-5-sonnet-v2@20241022", "claude-3-5-sonnet"),
        ("claude-sonnet-4-20250514", "claude-sonnet-4"),
        ("claude-sonnet-4-0", "claude-sonnet-4"),
        ("claude-4.5-sonnet", "claude-sonnet-4-5"),
        ("claude-opus-4-5-thinking", "claude-opus-4-5"),
        ("gpt-5.5-2026-04-23", "gpt-5.5"),
        ("gpt-5-chat-latest", "gpt-5-chat"),
        ("gpt-5.1-codex-max-xhigh", "gpt-5.1-codex-max"),
        ("openai/o4-mini-2025-04-16", "o4-mini"),
        ("models/gemini-2.5-pro-preview-05-06", "gemini-2.5-pro"),
        ("gemini-2.5-flash-001", "gemini-2.5-flash"),
    ],
)
def test_that_a_name_is_known_whatever_stands_around_it(spelt: str, model: str) -> None:
    assert SHIPPED.price_of(spelt) == SHIPPED.prices[model]


@pytest.mark.parametrize(
    "model",
    [
        *(
            "",
            "claude",
            "claude-opus",
            "claude-opus-4-50",
            "claude-opus-4-5-fast",
            "gpt-5.55",
            "gpt-4.5-turbo",
        ),
        *(
            "gpt-5.3-codex-spark",
            "gpt-4o-audio-preview",
            "gemini-2.5-flash-image",
            "qwen3-coder:free",
            "<synthetic>",
        ),
        "us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0",
    ],
)
def test_that_a_model_that_only_resembles_a_known_one_has_no_price(model: str) -> None:
    assert SHIPPED.price_of(model) is None
    assert SHIPPED.as_table([model]).num_rows == 0


def test_that_an_endpoint_bound_to_a_region_costs_a_tenth_more() -> None:
    price = SHIPPED.price_of("eu.anthropic.claude-haiku-5-5-v1:0")
    assert price is not None
    assert price.input == pytest.approx(0.11)
    assert price.long_output == pytest.approx(2.75)
    assert (
        SHIPPED.price_of("eu.anthropic.claude-3-5-haiku-20241022-v1:0") == SHIPPED.prices["claude-3-5-haiku"]
    )


@pytest.mark.parametrize(
    ("usage", "dollars"),
    [
        (("claude-opus-4-5", 1000, 100, 0, 0, 0, None), 0.0075),
        (("claude-opus-4-5", None, None, 1000, 1000, 1000, "standard"), 0.00625 + 0.01 + 0.0005),
        (("claude-opus-4-7", 1000, 0, 0, 0, 0, "fast"), 0.03),
        (("gpt-5.5", 1000, 1000, None, None, 0, "priority"), 0.0875),
        (("gpt-5.5", 72_000, 1000, 0, 0, 200_000, None), 0.36 + 0.03 + 0.1),
        (("gpt-5.5", 72_001, 1000, 0, 0, 200_000, None), 0.72001 + 0.045 + 0.2),
        (("claude-sonnet-4", 1, 0, 100_000, 100_000, 0, None), 0.000006 + 0.75 + 1.2),
    ],
)
def test_that_a_cost_is_tokens_times_prices(usage: Request, dollars: float) -> None:
    assert costs(SHIPPED, [usage]) == pytest.approx([dollars], abs=1e-12)


@pytest.mark.parametrize(("model", "mode"), [("gpt-oss", None), (None, None), ("claude-opus-4-5", "fast")])
def test_that_a_cost_without_a_price_is_unknown_and_not_0(model: str | None, mode: str | None) -> None:
    assert costs(SHIPPED, [(model, 1000, 1000, 0, 0, 0, mode)]) == [None]


def test_that_an_own_entry_replaces_the_listed_one_and_no_other(tmp_path: Path) -> None:
    text = "[prices]\nGPT-5 = { input = 1, output = 2 }\nlocal-llama = { input = 0, output = 0 }\n"
    table = PriceTable.load(own_file(tmp_path, text))
    assert table.price_of("gpt-5-2025-08-07") == Price(1, 2, 1, 1, 1)
    assert costs(table, [("local-llama", 10, 10, 0, 0, 0, None)]) == [0]
    assert {name for name in table.prices if table.prices[name] != SHIPPED.prices.get(name)} == {
        "gpt-5",
        "local-llama",
    }
    assert table.digest != SHIPPED.digest == PriceTable.load().digest


def test_that_the_file_in_the_settings_folder_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    own_price_file().parent.mkdir()
    own_price_file().write_text(
        "prices.gpt-5 = { input = 7, output = 8, cache_read = 0.5 }\nlong_context = {}\n"
    )
    assert PriceTable.load().prices["gpt-5"] == Price(7, 8, 0.5, 7, 7)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[prices\n", "line 1"),
        ("a = " + "[" * 5000, "recursion"),
        ("[price]\n", "price is not a section"),
        ("prices = 3\n", "prices is not a section"),
        ("[prices]\ngpt-5 = 3\n", "prices.gpt-5 is not an entry"),
        ("[prices]\ngpt-5 = { input = 1 }\n", "prices.gpt-5 has no output"),
        ("[prices]\ngpt-5 = { input = 1, output = 2, cached = 1 }\n", "prices.gpt-5.cached is not a figure"),
        ("[prices]\ngpt-5 = { input = -1, output = 2 }\n", "prices.gpt-5.input is not a number"),
        ("[prices]\ngpt-5 = { input = nan, output = 2 }\n", "prices.gpt-5.input is not a number"),
        ("[prices]\ngpt-5 = { input = true, output = 2 }\n", "prices.gpt-5.input is not a number"),
        ('[prices]\ngpt-5 = { input = "1", output = 2 }\n', "prices.gpt-5.input is not a number"),
        (f"[prices]\ngpt-5 = {{ input = 1{'0' * 400}, output = 2 }}\n", "prices.gpt-5.input is not a number"),
        ("[long_context]\ngpt-9 = { above = 1, input = 1, output = 2 }\n", "long_context.gpt-9 has no entry"),
        (
            "[prices]\na = { input = 1, output = 2 }\n[long_context]\na = { input = 1, output = 2 }\n",
            "long_context.a has no above",
        ),
    ],
)
def test_that_a_mistake_in_an_own_file_is_named(tmp_path: Path, text: str, problem: str) -> None:
    path = own_file(tmp_path, text)
    with pytest.raises(PriceError) as caught:
        PriceTable.load(path)
    assert str(path) in caught.value.title
    assert problem in caught.value.message
    assert caught.value.hint


def test_that_an_own_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(PriceError, match="cannot be read"):
        PriceTable.load(tmp_path / "none.toml")
