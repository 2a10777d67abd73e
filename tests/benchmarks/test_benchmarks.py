"""The benchmarks themselves: their events, how a process is measured, and when a row fails."""

import json
import sys
from pathlib import Path

import pytest
from made_events import DATA_KEYS, make_events
from made_transcripts import make_transcripts
from processes import ProcessFailed, run
from table import Row, as_markdown

EVENTS = 3_000


def test_that_the_events_are_the_same_bytes_each_time_and_have_the_members_that_rivals_are_told(
    tmp_path: Path,
) -> None:
    first, second = (make_events(tmp_path / name, EVENTS) for name in ("first", "second"))
    texts = [
        [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.jsonl"))]
        for folder in (first, second)
    ]
    events = [json.loads(line) for text in texts[0] for line in text.splitlines()]
    assert texts[0] == texts[1]
    assert len(texts[0]) == 10
    assert len({event["id"] for event in events}) == len(events) == EVENTS
    assert sorted({key for event in events for key in event["data"]}) == sorted(DATA_KEYS)


def test_that_the_transcripts_are_the_same_bytes_each_time_and_have_the_sizes_of_real_ones(
    tmp_path: Path,
) -> None:
    first, second = (make_transcripts(tmp_path / name, 2) for name in ("first", "second"))
    texts = [
        [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.jsonl"))]
        for folder in (first, second)
    ]
    assert texts[0] == texts[1]
    lines = [line for text in texts[0] for line in text.splitlines()]
    assert 1_700 < sum(map(len, lines)) / len(lines) < 2_400
    assert len({json.loads(line)["type"] for line in lines}) == 5


def test_that_a_process_is_measured_whole() -> None:
    script = "import time; block = b'x' * 200_000_000; time.sleep(0.2); print('{\"figure\": 7}')"
    measured = run([sys.executable, "-c", script], {})
    assert measured.seconds > 0.2
    assert 0 < measured.busy_seconds < measured.seconds
    assert (
        measured.peak_mb > 200
    )  # a child may begin with what its parent had: no more can be said from within a large process
    assert measured.said == {"figure": 7}


def test_that_a_process_that_fails_is_no_measurement() -> None:
    with pytest.raises(ProcessFailed, match="no such luck"):
        run([sys.executable, "-c", "import sys; sys.exit('no such luck')"], {})


@pytest.mark.parametrize(
    ("row", "verdict", "behind"),
    [
        (Row("twice as slow", 4, "s", "a rival", 2, goal=1.5, limit=3), "missed", False),
        (Row("far behind", 8, "s", "a rival", 2, goal=1.5, limit=3), "missed", True),
        (Row("in time", 8, "s", "a rival", 16, goal=1.5, limit=3), "met", False),
        (
            Row("disturbed", 8, "s", "a rival", 2, goal=1.5, limit=3, busy_s=4, rival_busy_s=2),
            "missed",
            False,
        ),
        (Row("busy", 3, "s", "a rival", 2, goal=1.5, limit=3, busy_s=7, rival_busy_s=2), "met", True),
        (Row("too large", 900, "MB", goal=700), "missed", False),
    ],
)
def test_that_a_row_is_judged_by_its_ratio_where_it_has_a_rival(row: Row, verdict: str, behind: bool) -> None:
    assert as_markdown([row]).endswith(f"| {verdict} |")
    assert row.has_fallen_behind is behind
