"""What the window knows, after each event."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shannon_core.jobs.progress import (
    Cancelled,
    ExportStarted,
    Failed,
    FileFailed,
    FileProgress,
    FileWritten,
    Finished,
    Notice,
    ReadingProgress,
    SourcesRead,
)
from shannon_core.request.export_request import ExportFormat
from shannon_gui.state import (
    CancelRequested,
    ExportRequested,
    ExportState,
    Phase,
    SourcesChosen,
    SourcesClosed,
    SourcesShown,
    StateEvent,
    reduce,
)

JSON, CSV = ExportFormat.JSON, ExportFormat.CSV
FAILED = Failed("files_failed")
READ = SourcesRead(1, 10, 0, 0, 1, 0.1)
EVENTS: list[StateEvent] = [
    SourcesChosen(("/a",)),
    SourcesShown(),
    SourcesClosed(),
    ExportRequested(),
    CancelRequested(),
    ReadingProgress(0, 2, 50, 200, 5, 1.0),
    READ,
    ExportStarted(10, ("x.json", "x.csv")),
    FileProgress(JSON, "x.json", 5, 10, "writing"),
    FileProgress(JSON, "x.json", 10, 10, "verifying"),
    FileWritten(JSON, "x.json", 10, 100, 0.1),
    FileFailed(CSV, "x.csv", "files_failed"),
    FileFailed(CSV, "x.zip: data.csv", "files_failed"),
    Notice("store_held"),
    Finished(("x.json",), 10, 0.1),
    Cancelled(),
    FAILED,
]


def after(*events: StateEvent, at: float = 0.0) -> ExportState:
    state = ExportState()
    for event in events:
        state = reduce(state, event, at)
    return state


def ready() -> ExportState:
    return after(SourcesChosen(("/a",)), READ, Finished((), 10, 0.1))


def exporting() -> ExportState:
    started = ExportStarted(10, ("x.json", "x.csv"))
    return reduce(reduce(ready(), ExportRequested()), started)


def test_that_nothing_is_open_at_first() -> None:
    assert ExportState().phase is Phase.EMPTY
    assert not ExportState().busy


def test_that_sources_are_on_the_screen_once_they_have_been_read() -> None:
    reading = after(SourcesChosen(("/a",)))
    assert (reading.phase, reading.sources) == (Phase.READING, ())
    assert (ready().phase, ready().sources, ready().summary) == (Phase.READY, ("/a",), READ)


@pytest.mark.parametrize("end", [FAILED, Cancelled()])
def test_that_the_sources_on_the_screen_stay_when_others_cannot_be_read(end: StateEvent) -> None:
    state = reduce(reduce(ready(), SourcesChosen(("/b",))), end)
    assert (state.phase, state.sources, state.opening) == (Phase.READY, ("/a",), ())


@pytest.mark.parametrize("end", [FAILED, Cancelled()])
def test_that_the_first_screen_comes_back_when_the_first_reading_fails(end: StateEvent) -> None:
    assert reduce(after(SourcesChosen(("/a",))), end).phase is Phase.EMPTY


def test_that_the_bytes_tell_how_far_a_reading_is() -> None:
    state = after(SourcesChosen(("/a",)), ReadingProgress(0, 2, 50, 200, 5, 1.0))
    assert state.fraction == 0.25


def test_that_the_files_together_tell_how_far_an_export_is() -> None:
    assert exporting().fraction == 0
    half = reduce(exporting(), FileProgress(JSON, "x.json", 5, 10, "writing"))
    assert half.fraction == pytest.approx(0.95 / 4)
    one = reduce(half, FileWritten(JSON, "x.json", 10, 100, 0.1))
    assert one.fraction == 0.5


def test_that_an_export_of_no_events_has_a_fraction() -> None:
    state = reduce(reduce(ready(), ExportRequested()), ExportStarted(0, ("x.json",)))
    assert reduce(state, FileProgress(JSON, "x.json", 0, 0, "writing")).fraction == 0


def test_that_a_failed_member_of_an_archive_is_no_further_file() -> None:
    state = reduce(exporting(), FileFailed(CSV, "x.zip: data.csv", "files_failed"))
    assert [file.path for file in state.files] == ["x.json", "x.csv"]


def test_that_the_time_left_follows_from_the_time_taken() -> None:
    state = reduce(ready(), ExportRequested(), 100.0)
    state = reduce(state, ExportStarted(1000, ("x.json",)), 100.0)
    state = reduce(state, FileProgress(JSON, "x.json", 500, 1000, "writing"), 102.0)
    assert state.rate == 250
    assert state.seconds_left == pytest.approx(2 * (1 - 0.475) / 0.475)


def test_that_a_rate_is_not_guessed_from_an_instant() -> None:
    state = reduce(exporting(), FileProgress(JSON, "x.json", 5, 10, "writing"), 0.01)
    assert state.rate is None
    assert state.seconds_left is None


def test_that_the_end_of_an_export_is_remembered() -> None:
    done = Finished(("x.json",), 10, 0.1)
    state = reduce(exporting(), done)
    assert (state.phase, state.outcome) == (Phase.READY, done)


def test_that_only_running_work_can_be_cancelled() -> None:
    assert not reduce(ready(), CancelRequested()).cancelling
    assert reduce(exporting(), CancelRequested()).cancelling
    assert not reduce(reduce(exporting(), CancelRequested()), Cancelled()).cancelling


def test_that_a_new_export_forgets_the_files_of_the_last_one() -> None:
    state = reduce(reduce(exporting(), Finished((), 10, 0.1)), ExportRequested())
    assert state.files == ()
    assert state.outcome is None


@given(st.lists(st.sampled_from(EVENTS), max_size=30))
def test_that_any_order_of_events_leaves_a_state_that_can_be_drawn(events: list[StateEvent]) -> None:
    state = after(*events)
    assert state.fraction is None or 0 <= state.fraction <= 1
    assert state.cancelling <= state.busy
    assert (state.phase is Phase.EMPTY) <= (not state.sources)
    assert replace(state) == state
