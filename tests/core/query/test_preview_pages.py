"""Looking at events without exporting them: in any order, one at a time, over time, and as the line they came from."""

import gzip
import json
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.log_files import write_log
from harness.read_session import ReadSession
from harness.records.shannon import full_event
from shannon_core.errors import RequestError
from shannon_core.query import preview_pages as pages
from shannon_core.query.histogram import counted, edges_between, slot_width
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.sort_order import BY_TIME, SORTABLE, Order
from shannon_core.request.time_range import TimeRange
from shannon_core.sources import line_reader as lines_of_logs
from shannon_core.sources import original_line as original

FIRST = datetime(2026, 3, 27, 22, 30, tzinfo=UTC)  # the clocks of Berlin change two days later
BERLIN = "Europe/Berlin"


def some_events() -> list[dict[str, Any]]:
    """300 events over 12 days, out of order, with equal and absent durations."""
    return [
        full_event(
            number,
            id=f"e{number}",
            timestamp=(FIRST + timedelta(minutes=number * 7919 % 17_280)).isoformat(),
            session_id=f"s{number % 7}" if number % 5 else None,
            data={"tool_name": ("Bash", "Read")[number % 2], "duration_ms": [None, 5, 900, 30][number % 4]},
        )
        for number in range(300)
    ]


@pytest.fixture
async def reading(tmp_path: Path) -> AsyncIterator[ReadSession]:
    write_log(tmp_path, some_events())
    found = await ReadSession.of(tmp_path)
    yield found
    await found.session.close()


def at(item: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(item["timestamp"])


async def ids(reading: ReadSession, order: Order, offset: int, limit: int) -> list[str]:
    table = await reading.session.preview(Selection(), offset, limit, order=order, brief=True)
    return table.column("id").to_pylist()


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", ["timestamp", "duration_ms", "session_id", "tool_name", "success"])
async def test_that_pages_in_any_order_are_what_a_sort_in_python_gives(
    reading: ReadSession, column: str, descending: bool
) -> None:
    full = await reading.rows()
    known = [row for row in full if row[column] is not None]
    known.sort(
        key=lambda row: row[column], reverse=descending
    )  # stable: equal ones stay in the order of time
    expected = [row["id"] for row in known] + [row["id"] for row in full if row[column] is None]
    if column == "timestamp" and descending:
        expected = [row["id"] for row in reversed(full)]
    order = Order(column, descending)
    assert await ids(reading, order, 0, 1000) == expected
    assert await ids(reading, order, 113, 50) == expected[113:163]
    assert await ids(reading, order, 290, 50) == expected[290:]
    assert await ids(reading, order, 300, 50) == []


@pytest.mark.parametrize("text", ["", "bash", "nothing"])
@pytest.mark.parametrize("filters", [(), (EventFilter("session_id", ("s1", "s2")),)])
async def test_that_the_count_and_totals_are_those_of_a_recount(
    reading: ReadSession, filters: tuple[EventFilter, ...], text: str
) -> None:
    chosen = [
        item
        for item in some_events()
        if text in item["data"]["tool_name"].lower() and (not filters or item["session_id"] in ("s1", "s2"))
    ]
    found = await reading.session.totals(Selection(filters=filters, text=text))
    assert await reading.session.count(Selection(filters=filters, text=text)) == len(chosen)
    assert (found.events, found.errors, found.tokens) == (len(chosen), 0, 0)
    assert found.sessions == len({item["session_id"] for item in chosen} - {None})
    assert found.users == len({item["user_id"] for item in chosen})
    assert found.first == min(map(at, chosen), default=None)
    assert found.last == max(map(at, chosen), default=None)


async def test_that_pages_are_found_beside_an_event_that_is_ages_away(tmp_path: Path) -> None:
    far = full_event(id="far", timestamp="1970-01-01T00:00:00Z", session_id="far")
    near = [
        full_event(number, id=f"n{number:03}", timestamp=f"2026-01-01T00:00:0{number % 7}.{number:03}Z")
        for number in range(300)
    ]
    write_log(tmp_path, [far, *near])
    reading = await ReadSession.of(tmp_path)
    in_time = [item["id"] for item in sorted(near, key=lambda item: item["timestamp"])]
    assert await ids(reading, BY_TIME, 0, 400) == ["far", *in_time]
    assert await ids(reading, BY_TIME, 200, 10) == in_time[199:209]
    await reading.session.close()


async def test_that_a_sort_ends_at_its_limit(reading: ReadSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "SORTED_ROWS", 10)
    selection = Selection(filters=(EventFilter("tool_name", ("Bash",)),))
    table = await reading.session.preview(selection, 0, 1000, order=Order("duration_ms", True), brief=True)
    assert table.column("duration_ms").to_pylist() == [900.0] * 10


def test_that_an_order_by_what_cannot_be_sorted_is_refused() -> None:
    assert "data" not in SORTABLE
    with pytest.raises(RequestError, match="data"):
        Order("data")


async def test_that_brief_rows_are_short_and_whole_ones_are_whole(tmp_path: Path) -> None:
    long = full_event(data={"text": "x" * 5000}, metadata={"a": 1}, other=True)
    write_log(tmp_path, [long])
    reading = await ReadSession.of(tmp_path)
    (brief,) = (await reading.session.preview(Selection(), 0, 5, brief=True)).to_pylist()
    (whole,) = await reading.rows()
    assert len(brief["data"]) == 500
    assert (brief["metadata"], brief["extra"]) == (None, None)
    assert whole["data"].startswith(brief["data"])
    assert len(whole["data"]) > 5000
    key = pa.scalar(brief["timestamp"]).cast(pa.int64()).as_py()
    assert await reading.session.event(key, brief["source_file"], 1, "e1") == whole
    assert await reading.session.event(key + 1, brief["source_file"], 1, "e1") is None
    await reading.session.close()


async def test_that_rows_read_later_are_in_every_order(tmp_path: Path) -> None:
    write_log(tmp_path, [full_event(1)])
    reading = await ReadSession.of(tmp_path)
    slowest = Order("duration_ms", descending=True)
    assert [await ids(reading, order, 0, 9) for order in (BY_TIME, slowest)] == [["e1"], ["e1"]]
    write_log(tmp_path, [full_event(2, data={"tool_name": "Bash", "duration_ms": 99})], "second.jsonl")
    await reading.session.read().wait()
    assert [await ids(reading, order, 0, 9) for order in (BY_TIME, slowest)] == [["e1", "e2"], ["e2", "e1"]]
    await reading.session.close()


class TestHistogram:
    @pytest.mark.parametrize("filters", [(), (EventFilter("tool_name", ("Bash",)),)])
    async def test_that_days_are_those_of_the_zone_and_the_range_does_not_matter(
        self, reading: ReadSession, filters: tuple[EventFilter, ...]
    ) -> None:
        days = Counter(
            at(item).astimezone(ZoneInfo(BERLIN)).date()
            for item in some_events()
            if not filters or item["data"]["tool_name"] == "Bash"
        )
        narrow = TimeRange.parse("2026-03-30", "2026-03-30", BERLIN)
        found = await reading.session.histogram(Selection(narrow, filters), 20)
        starts = [datetime.fromtimestamp(edge / 1e6, ZoneInfo(BERLIN)) for edge in found.edges]
        assert all((start.hour, start.minute) == (0, 0) for start in starts)
        assert dict(zip((start.date() for start in starts), found.counts, strict=False)) == days
        assert starts[2].astimezone(UTC) - starts[1].astimezone(UTC) == timedelta(hours=24)
        assert starts[3].astimezone(UTC) - starts[2].astimezone(UTC) == timedelta(hours=23)

    async def test_that_nothing_has_no_buckets(self, tmp_path: Path) -> None:
        write_log(tmp_path, ["not json", full_event()])
        reading = await ReadSession.of(tmp_path)
        found = await reading.session.histogram(Selection(filters=(EventFilter("type", ("none",)),)), 20)
        assert sum(found.counts) == 0
        assert len(found.edges) == len(found.counts) + 1
        await reading.session.close()

    @given(
        st.integers(-631_152_000, 4_102_444_800),
        st.one_of(
            st.timedeltas(timedelta(0), timedelta(days=3)),
            st.timedeltas(timedelta(0), timedelta(days=40_000)),
        ),
        st.sampled_from((BERLIN, "UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns")),
        st.integers(8, 100),
        st.lists(st.floats(0, 1), max_size=30),
    )
    def test_that_every_instant_is_in_the_bucket_that_holds_it(
        self, first: int, span: timedelta, zone: str, buckets: int, places: list[float]
    ) -> None:
        first_us = first * 1_000_000
        last_us = first_us + span // timedelta(microseconds=1)
        edges = edges_between(first_us, last_us, zone, buckets)
        assert edges[0] <= first_us
        assert last_us < edges[-1]
        assert len(edges) - 1 <= buckets
        assert list(edges) == sorted(set(edges))
        moments = [first_us + int(place * (last_us - first_us)) for place in places]
        width = slot_width(edges)
        slots = Counter((moment - edges[0]) // width for moment in moments)
        expected = tuple(sum(low <= moment < high for moment in moments) for low, high in pairwise(edges))
        assert counted(edges, width, slots.items()).counts == expected

    @pytest.mark.parametrize(("first", "last"), [(1, 1), (1, 9999), (9999, 9999)])
    def test_that_the_ends_of_the_calendar_have_buckets_too(self, first: int, last: int) -> None:
        low = (datetime(first, 1, 1, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
            microseconds=1
        )
        high = (datetime(last, 12, 31, 23, 59, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
            microseconds=1
        )
        edges = edges_between(low, high, BERLIN, 60)
        assert edges[0] <= low
        assert high < edges[-1]
        assert len(edges) <= 62


class TestOriginalLine:
    async def read(self, folder: Path, line: int, name: str = "log.jsonl") -> original.OriginalLine:
        reading = await ReadSession.of(folder)
        try:
            return await reading.session.original(str(folder / name), line)
        finally:
            await reading.session.close()

    @pytest.mark.parametrize(
        "pack", [lambda raw: raw, gzip.compress, lambda raw: pa.compress(raw, "zstd", asbytes=True)]
    )
    async def test_that_the_line_is_found_in_plain_and_compressed_files(
        self, tmp_path: Path, pack: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lines_of_logs, "BLOCK_BYTES", 10_000)
        lines = [json.dumps(full_event(number)) for number in range(2_000)]
        (tmp_path / "log.jsonl").write_bytes(pack("\n".join([*lines[:7], "", *lines[7:]]).encode() + b"\n"))
        found = await self.read(tmp_path, 1_801)
        assert (found.state, found.text, found.length) == ("unchanged", lines[1_799], len(lines[1_799]))
        assert (await self.read(tmp_path, 1)).text == lines[0]
        assert (await self.read(tmp_path, 8)).text == ""

    async def test_that_a_long_line_is_cut_and_its_length_is_known(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(original, "MAX_SHOWN_BYTES", 100)
        write_log(tmp_path, [full_event(data={"text": "x" * 9_000_000})])
        found = await self.read(tmp_path, 1)
        assert len(found.text) == 100
        assert found.length > 9_000_000
        assert found.is_cut

    async def test_that_a_file_that_changed_or_went_is_said(self, tmp_path: Path) -> None:
        path = write_log(tmp_path, [full_event(1), full_event(2)])
        reading = await ReadSession.of(tmp_path)
        with path.open("ab") as file:
            file.write(b"{}\n")
        found = await reading.session.original(str(path), 2)
        assert (found.state, json.loads(found.text)["id"]) == ("changed", "e2")
        path.write_bytes(b"{}\n")
        assert (await reading.session.original(str(path), 2)).state == "no_line"
        path.unlink()
        assert (await reading.session.original(str(path), 2)).state == "no_file"
        path.mkdir()
        found = await reading.session.original(str(path), 2)
        assert (found.state, bool(found.problem)) == ("unreadable", True)
        await reading.session.close()

    async def test_that_a_name_that_is_spelt_with_escapes_is_found(self, tmp_path: Path) -> None:
        folder = tmp_path / "odd\\ name\n"
        write_log(folder, [full_event(1)])
        reading = await ReadSession.of(folder)
        (row,) = await reading.rows()
        assert (await reading.session.original(row["source_file"], 1)).state == "unchanged"
        await reading.session.close()
