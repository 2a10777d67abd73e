"""Events and cells as text: what the detail pane shows and what the clipboard holds."""

import csv
import io
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from shannon_gui.text.clipboard_table import Block, Cells, table_text
from shannon_gui.text.event_text import event_text, indented

BERLIN = ZoneInfo("Europe/Berlin")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(JSON, st.booleans())
def test_that_indented_json_is_the_same_json_laid_out_as_usual(value: object, is_compact: bool) -> None:
    text = json.dumps(value, separators=(",", ":") if is_compact else None, ensure_ascii=False)
    assert indented(text, most=10**9) == json.dumps(value, indent=2, ensure_ascii=False)


def test_that_numbers_keep_their_spelling() -> None:
    assert indented('{"a":1.50,"b":123456789012345678901234567890,"c":1E+2}').split() == [
        "{", '"a":', "1.50,", '"b":', "123456789012345678901234567890,", '"c":', "1E+2", "}",
    ]  # fmt: skip


def test_that_indenting_ends_soon_after_what_is_shown() -> None:
    text = "[" + ",".join(["1"] * 1_000_000) + "]"
    assert 1_000 < len(indented(text, most=1_000)) < 1_010


def test_that_an_event_is_its_fields_and_below_them_its_json() -> None:
    event = {
        "id": "e1",
        "timestamp": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        "success": False,
        "model": None,
        "data": '{"a": [1]}',
        "metadata": "{}",
        "extra": None,
    }
    assert event_text(event, BERLIN) == (
        "id         e1\ntimestamp  2026-10-25 02:30:00.000000+02:00\nsuccess    false\n\n"
        'data\n{\n  "a": [\n    1\n  ]\n}'
    )


def cells(*blocks: Block, columns: tuple[str, ...], heads: tuple[str, ...] = ()) -> Cells:
    return Cells(blocks, columns, heads)


def test_that_one_cell_is_copied_as_it_is() -> None:
    one = cells(Block(3, 3, frozenset({"data"})), columns=("data",))
    assert table_text(one, [(3, {"data": '{"a": "b\tc"}'})], BERLIN) == '{"a": "b\tc"}'


def test_that_cells_that_are_not_selected_stay_empty() -> None:
    two = cells(Block(0, 0, frozenset({"id"})), Block(2, 2, frozenset({"type"})), columns=("id", "type"))
    rows = [(0, {"id": "a", "type": "x"}), (2, {"id": "b", "type": "y"})]
    assert table_text(two, rows, BERLIN) == "a\t\n\ty\n"


@given(st.lists(st.tuples(st.text(), st.none() | st.text()), min_size=1, max_size=5))
def test_that_a_spreadsheet_reads_back_what_was_copied(values: list[tuple[str, str | None]]) -> None:
    names = ("id", "data")
    all_of_it = cells(Block(0, len(values), frozenset(names)), columns=names, heads=("Id", "Data"))
    rows = [(number, {"id": first, "data": second}) for number, (first, second) in enumerate(values)]
    text = table_text(all_of_it, rows, BERLIN)
    read = list(csv.reader(io.StringIO(text, newline=""), "excel-tab"))
    assert read == [["Id", "Data"], *([first, second or ""] for first, second in values)]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), max_size=8))
def test_that_spans_hold_each_selected_row_once(parts: list[tuple[int, int]]) -> None:
    blocks = [Block(first, first + more, frozenset({"id"})) for first, more in parts]
    chosen = cells(*blocks, columns=("id",))
    rows = [row for first, last in chosen.rows() for row in range(first, last + 1)]
    assert rows == sorted({row for block in blocks for row in range(block.first, block.last + 1)})
    assert chosen.row_count() == len(rows)
