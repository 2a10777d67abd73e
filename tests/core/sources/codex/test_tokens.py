"""Codex: what a session's counts of tokens come to. The numbers of the quirks are those of sources.md §3.3."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from harness.log_files import write_log
from harness.records.codex import CHILD, SESSION, START, Rollout, counts, rollout_name
from harness.workbench import Workbench

SPAWNED = {"subagent": {"thread_spawn": {"parent_thread_id": SESSION, "depth": 1, "agent_role": "explorer"}}}
AT_ONCE = timedelta(milliseconds=1)
Usage = tuple[int, int, int]


def usages(bench: Workbench, folder: Path) -> list[dict[str, Any]]:
    return [item for item in bench.read(folder).events if item["type"] == "token_usage"]


def figures(found: list[dict[str, Any]]) -> list[Usage]:
    return [(item["input_tokens"], item["cache_read_tokens"], item["output_tokens"]) for item in found]


def sessions(found: list[dict[str, Any]]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for item in found:
        totals[item["session_id"]] = totals.get(item["session_id"], 0) + item["token_count"]
    return totals


def plain() -> Rollout:
    first, second = counts(100, 40, 10, 4), counts(200, 150, 20)
    return Rollout().meta().turn().tokens(first, first).tokens(second, counts(300, 190, 30, 4))


def forked(**meta: Any) -> Rollout:
    """A fork: the two requests of its parent again, all at its creation, then one of its own."""
    child = Rollout(CHILD, AT_ONCE, START + timedelta(minutes=1)).meta(**meta)
    child.records += [{**record, "timestamp": child.records[0]["timestamp"]} for record in plain().records]
    child.now += timedelta(seconds=5)
    return child.turn().tokens(counts(7, 0, 3), counts(307, 190, 33, 4))


def test_that_input_is_what_was_not_cached_and_reasoning_is_part_of_the_output(
    bench: Workbench, tmp_path: Path
) -> None:
    plain().write(tmp_path)
    found = usages(bench, tmp_path)
    assert figures(found) == [(60, 40, 10), (50, 150, 20)]
    assert [item["token_count"] for item in found] == [110, 220]
    assert json.loads(found[0]["data"])["reasoning_tokens"] == 4


def test_that_a_count_with_unchanged_totals_is_no_request(bench: Workbench, tmp_path: Path) -> None:
    """Quirk 1: changed limits are reported with the previous counts."""
    same = counts(100, 40, 10)
    Rollout().meta().turn().tokens(same, same).tokens(same, same).tokens(same, counts(200, 80, 20)).write(
        tmp_path
    )
    assert figures(usages(bench, tmp_path)) == [(60, 40, 10)] * 2


def test_that_a_count_that_began_again_is_a_request(bench: Workbench, tmp_path: Path) -> None:
    small = counts(5, 0, 1)
    plain().tokens(small, small).write(tmp_path)
    assert figures(usages(bench, tmp_path))[-1] == (5, 0, 1)


def test_that_totals_alone_give_what_each_request_added(bench: Workbench, tmp_path: Path) -> None:
    totals = (counts(100, 40, 10), counts(300, 190, 30), counts(20, 5, 2))
    rollout = Rollout().meta().turn()
    for total in totals:
        rollout.tokens(None, total)
    rollout.write(tmp_path)
    assert figures(usages(bench, tmp_path)) == [(60, 40, 10), (50, 150, 20), (15, 5, 2)]


@pytest.mark.parametrize("info", [None, {}, {"total_token_usage": None}, "?", {"last_token_usage": []}])
def test_that_a_count_without_figures_is_no_request(bench: Workbench, tmp_path: Path, info: object) -> None:
    """Quirk 4: only the limits are reported."""
    plain().event("token_count", info=info).write(tmp_path)
    assert len(usages(bench, tmp_path)) == 2


@pytest.mark.parametrize(
    "meta", [{"source": SPAWNED}, {"forked_from_id": SESSION}], ids=["spawned", "forked"]
)
def test_that_what_a_fork_repeats_of_its_parent_counts_once(
    bench: Workbench, tmp_path: Path, meta: dict[str, Any]
) -> None:
    """Quirk 2, and whose session it is: the first meta record is the file's own."""
    plain().write(tmp_path)
    forked(**meta).write(tmp_path)
    assert sessions(usages(bench, tmp_path)) == {SESSION: 330, CHILD: 10}


def test_that_requests_at_the_same_time_in_a_session_of_its_own_all_count(
    bench: Workbench, tmp_path: Path
) -> None:
    rollout = plain()
    for record in rollout.records:
        record["timestamp"] = rollout.records[0]["timestamp"]
    rollout.write(tmp_path)
    assert len(usages(bench, tmp_path)) == 2


def test_that_the_same_request_in_two_sessions_counts_once(bench: Workbench, tmp_path: Path) -> None:
    """A copy under another id keeps the times of the original."""
    plain().write(tmp_path)
    copy = plain()
    copy.records[0]["payload"]["id"] = CHILD
    copy.session = CHILD
    copy.write(tmp_path)
    assert sum(sessions(usages(bench, tmp_path)).values()) == 330


def test_that_the_model_is_that_of_the_turn(bench: Workbench, tmp_path: Path) -> None:
    """Quirk 4: it can change; sessions of September 2025 name none."""
    one, two, three = (counts(n, 0, n) for n in (10, 20, 30))
    rollout = (
        Rollout().meta().tokens(one, one).turn("gpt-5.4").tokens(one, two).turn("gpt-5.5").tokens(one, three)
    )
    rollout.write(tmp_path)
    found = usages(bench, tmp_path)
    assert [item["model"] for item in found] == ["gpt-5", "gpt-5.4", "gpt-5.5"]
    assert [json.loads(item["data"]).get("model_is_assumed") for item in found] == [True, None, None]


def test_that_cost_is_that_of_the_price_list(bench: Workbench, tmp_path: Path) -> None:
    """gpt-5.4: 2.5 in, 0.25 cached, 15 out; gpt-5 by assumption: 1.25, 0.125, 10; per million tokens."""
    usage = counts(1_000_000, 200_000, 10_000)
    small = counts(100_000, 50_000, 10_000)
    Rollout().meta().tokens(small, small).turn().tokens(small, counts(200_000, 100_000, 20_000)).turn(
        "no-such"
    ).tokens(usage, counts(1, 1, 1)).write(tmp_path)
    costs = [item["cost_usd"] for item in usages(bench, tmp_path)]
    assert costs[:2] == pytest.approx([0.0625 + 0.00625 + 0.1, 0.125 + 0.0125 + 0.15])
    assert costs[2] is None


def test_that_the_priority_tier_costs_its_price_until_it_is_left(bench: Workbench, tmp_path: Path) -> None:
    one, two, three = (counts(n * 1000, 0, 0) for n in (1, 2, 3))
    fast, plain_tier = {"service_tier": "priority"}, {"service_tier": None}
    rollout = (
        Rollout()
        .meta()
        .turn()
        .tokens(one, one)
        .event("thread_settings_applied", thread_settings=fast)
        .tokens(one, two)
    )
    rollout.event("thread_settings_applied", thread_settings=plain_tier).tokens(one, three).write(tmp_path)
    assert [item["cost_usd"] for item in usages(bench, tmp_path)] == pytest.approx([0.0025, 0.005, 0.0025])


def test_that_two_records_on_one_line_are_two(bench: Workbench, tmp_path: Path) -> None:
    """Quirk 4: the line end between them was not written."""
    write_log(tmp_path, plain().text().replace(b"\n", b"", 3), rollout_name())
    reading = bench.read(tmp_path)
    (counted,) = reading.files.values()
    assert (counted.lines, counted.understood, counted.rejected) == (1, 1, 0)
    assert [item["token_count"] for item in reading.events if item["type"] == "token_usage"] == [110, 220]


def test_that_the_active_copy_of_a_rollout_counts(bench: Workbench, tmp_path: Path) -> None:
    """It has gone on since the other was archived, and compressed."""
    archived = (
        Rollout().meta().turn().tokens(counts(100, 40, 10, 4), counts(100, 40, 10, 4)).call(call_id="old")
    )
    archive = tmp_path / "archived_sessions" / f"{rollout_name()}.zst"
    archive.parent.mkdir()
    archive.write_bytes(pa.Codec("zstd").compress(archived.text(), asbytes=True))
    plain().write(tmp_path / "sessions" / "2026" / "03" / "01")
    reading = bench.read(tmp_path)
    assert [item["type"] for item in reading.events].count("token_usage") == 2
    assert {item["source_file"].split("/")[-5] for item in reading.events} == {"sessions"}


def test_that_an_archived_rollout_is_read_where_it_is_the_only_one(bench: Workbench, tmp_path: Path) -> None:
    packed = write_log(tmp_path / "archived_sessions", b"", f"{rollout_name()}.zst")
    packed.write_bytes(pa.Codec("zstd").compress(plain().text(), asbytes=True))
    assert figures(usages(bench, tmp_path)) == [(60, 40, 10), (50, 150, 20)]
