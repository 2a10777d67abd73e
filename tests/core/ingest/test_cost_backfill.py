"""Costs of events: given by the source, else computed, else unknown; computed again when prices change; what has none
is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.jobs import events_of
from harness.log_files import write_log
from harness.read_session import ReadSession
from harness.records.shannon import full_event
from shannon_core.cli import main
from shannon_core.files.app_paths import own_price_file
from shannon_core.ingest.cost_backfill import missing_prices
from shannon_core.jobs.progress import Failed, Notice
from shannon_core.request.selection import Selection
from shannon_core.session import Session

USAGE = {"model": "claude-opus-4-5-20251101", "input_tokens": 1000, "output_tokens": 1000}


def usage(number: int = 1, **data: Any) -> dict[str, Any]:
    return full_event(number, type="token_usage", data={**USAGE, **data})


async def costs(folder: Path) -> list[float | None]:
    reading = await ReadSession.of(folder)
    found = [row["cost_usd"] for row in await reading.rows()]
    await reading.session.close()
    return found


@pytest.mark.parametrize(
    ("data", "dollars"),
    [
        ({}, 0.03),
        ({"cache_creation_tokens": 1000, "cache_read_tokens": 1000}, 0.03 + 0.00625 + 0.0005),
        ({"cost": 7}, 7.0),
        ({"cost_estimate": 0}, 0.0),
        ({"cost_usd": "7"}, 0.03),  # a text is not a number, and so not a cost
        ({"model": "a-model-of-tomorrow"}, None),
        ({"model": None}, None),
        ({"output_tokens": None, "total_tokens": 2000}, None),
    ],
)
async def test_that_a_cost_is_given_or_computed_or_unknown(
    tmp_path: Path, data: dict[str, Any], dollars: float | None
) -> None:
    write_log(tmp_path, [usage(**data)])
    assert await costs(tmp_path) == [dollars if dollars is None else pytest.approx(dollars)]


async def test_that_only_token_usage_costs(tmp_path: Path) -> None:
    write_log(
        tmp_path,
        [full_event(kind, type=name, data=USAGE) for kind, name in enumerate(("session_end", "tool_use"))],
    )
    assert await costs(tmp_path) == [None, None]


async def test_that_other_prices_recompute_what_no_source_gave(tmp_path: Path, own_cache: Path) -> None:
    logs, mine = tmp_path / "logs", tmp_path / "mine.toml"
    write_log(logs, [usage(1), usage(2, cost=7), usage(3, model="gpt-5")])
    mine.write_text("prices.claude-opus-4-5 = { input = 100, output = 200 }")

    async def read(prices: Path | None) -> list[float | None]:
        session = await Session.open((str(logs),), prices=prices)
        await events_of(session.read())
        found = [row["cost_usd"] for row in (await session.preview(Selection(), 0, 10)).to_pylist()]
        await session.close()
        return found

    gpt = 0.00125 + 0.01
    assert await read(None) == pytest.approx([0.03, 7, gpt])
    assert await read(mine) == pytest.approx([0.3, 7, gpt])
    assert await read(None) == pytest.approx([0.03, 7, gpt])


async def test_that_a_mistake_in_the_prices_is_said_before_anything_is_read(tmp_path: Path) -> None:
    write_log(tmp_path / "logs", [usage()])
    (tmp_path / "mine.toml").write_text("prices.claude-opus-4-5 = { input = 100 }")
    session = await Session.open((str(tmp_path / "logs"),), keep=False, prices=tmp_path / "mine.toml")
    (end,) = await events_of(session.read())
    await session.close()
    assert isinstance(end, Failed)
    assert end.exit_code == 2
    assert "prices.claude-opus-4-5 has no output" in end.message


async def test_that_models_without_a_price_are_named_once(tmp_path: Path) -> None:
    log = [usage(1), usage(2, model="new\x1b-b"), usage(3, model="new-a"), usage(4, model="new-c", cost=1)]
    write_log(tmp_path, log)
    reading = await ReadSession.of(tmp_path)
    (notice,) = [item.text for item in reading.events if isinstance(item, Notice)]
    assert "No price is known for new\\x1b-b, new-a: " in notice
    assert str(own_price_file()) in notice
    write_log(tmp_path, [*log, usage(5, model="new-d")])
    (again,) = [item.text for item in await events_of(reading.session.read()) if isinstance(item, Notice)]
    assert "known for new-d: " in again
    await reading.session.close()


def test_that_a_flood_of_models_is_named_in_short() -> None:
    said = missing_prices([f"model-{number}" + "x" * 1000 for number in range(40)]).text
    assert "model-11" in said
    assert "and 28 more" in said
    assert len(said) < 1500


def test_that_the_command_line_takes_a_file_of_prices(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_log(tmp_path / "logs", [usage(1), usage(2, model="new", input_tokens=6000)])
    (tmp_path / "mine.toml").write_text("prices.new = { input = 1, output = 2 }")
    asking = [str(tmp_path / "logs"), "--no-cache", "--summary"]
    assert main(asking) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["cost_usd"] == pytest.approx(0.03)
    assert (listed["tokens"], listed["priced_tokens"], listed["priced_share"]) == (9000, 2000, 2000 / 9000)
    assert main([*asking, "--prices", str(tmp_path / "mine.toml")]) == 0
    own = json.loads(capsys.readouterr().out)
    assert own["cost_usd"] == pytest.approx(0.03 + 0.008)
    assert own["priced_share"] == 1
    assert main([*asking, "--prices", str(tmp_path / "none.toml")]) == 2
    assert "none.toml cannot be read" in capsys.readouterr().err
