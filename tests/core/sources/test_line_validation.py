"""Odd lines (limits.md §1): each is an event, rejected with its reason, or pending; the lines around it are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.log_files import write_log
from harness.readings import notes_of
from harness.records.shannon import line
from harness.workbench import Workbench

BOM = b"\xef\xbb\xbf"


def wrapped(value: bytes, number: int = 2) -> bytes:
    """An event whose ``data`` is ``{"v": value}``, the value in the given spelling."""
    return b'{"id":"e%d","timestamp":"2026-01-02T03:04:05Z","type":"tool_use","data":{"v":%s}}' % (
        number,
        value,
    )


def nested(depth: int) -> bytes:
    """Nested lists of this depth, to which the line adds two more levels."""
    return b"[" * depth + b"]" * depth


REJECTED: list[tuple[str, bytes, str]] = [
    ("B01 malformed", b'{"id": "e2", "timestamp": ', "bad_json"),
    ("B01 no JSON at all", b"hello world", "bad_json"),
    ("B04 invalid UTF-8 in a string", wrapped(b'"caf\xe9"'), "invalid_utf8"),
    ("B04 overlong UTF-8", wrapped(b'"\xc0\xaf"'), "invalid_utf8"),
    ("B04 a surrogate as bytes", wrapped(b'"\xed\xa0\x80"'), "invalid_utf8"),
    ("B08 CR as the only line end", line(2) + b"\r" + line(3), "trailing_data"),
    ("B09 raw NUL in a string", wrapped(b'"a\x00b"'), "control_char"),
    ("B11 block of NUL bytes", b"\0" * 4096, "nul_block"),
    ("B11 block of NUL bytes before an event", b"\0" * 4096 + line(2), "nul_block"),
    ("B12 depth 1,000", wrapped(nested(1_000)), "too_deep"),
    ("B12 one level too deep", wrapped(nested(127)), "too_deep"),
    ("B13 depth 100,000", wrapped(nested(100_000)), "too_deep"),
    ("B13 objects 100,000 deep", wrapped(b'{"a":' * 100_000 + b"1" + b"}" * 100_000), "too_deep"),
    ("B14 depth 100,000 without an end", b'{"a":' * 100_000, "too_deep"),
    ("B19 number beyond the range", wrapped(b"1e999"), "number_range"),
    ("B19 negative number beyond the range", wrapped(b"-1.5E+400"), "number_range"),
    ("B22 5,000 digits", wrapped(b"7" * 5_000), "number_range"),
    ("B27 array", b'[{"id":"e2"}]', "not_object"),
    ("B28 number", b"12", "not_object"),
    ("B28 string", b'"text"', "not_object"),
    ("B29 null", b"null", "not_object"),
    ("B30 two objects", line(2) + b" " + line(3), "trailing_data"),
    ("B31 object and garbage", line(2) + b"garbage", "trailing_data"),
    ("B32 trailing comma in the object", line(2)[:-1] + b",}", "bad_json"),
    ("B32 trailing comma in data", wrapped(b"[1,]"), "bad_json"),
    ("B33 single quotes", line(2).replace(b'"', b"'"), "bad_json"),
    ("B37 no id", b'{"timestamp":"2026-01-02T03:04:05Z","type":"x"}', "missing: id"),
    ("B37 no timestamp", b'{"id":"e2","type":"x"}', "missing: timestamp"),
    ("B37 no type", b'{"id":"e2","timestamp":"2026-01-02T03:04:05Z"}', "missing: type"),
    ("B37 null id", line(2, id=None), "missing: id"),
    ("B38 empty object", b"{}", "missing: id"),
    ("B34 id is a number", line(2, id=12), "bad_type: id"),
    ("B34 type is a list", line(2, type=["x"]), "bad_type: type"),
    ("B34 timestamp is an object", line(2, timestamp={}), "bad_timestamp"),
    ("B43 raw TAB in a string", wrapped(b'"a\tb"'), "control_char"),
    ("B44 raw 0x01 in a string", wrapped(b'"a\x01b"'), "control_char"),
    ("comment", b"// " + line(2), "bad_json"),
    ("leading zero", wrapped(b"012"), "bad_json"),
    ("hexadecimal number", wrapped(b"0x1F"), "bad_json"),
    ("number with underscores", wrapped(b"1_000"), "bad_json"),
    ("number without digits after the point", wrapped(b"1."), "bad_json"),
    ("unquoted key", b"{id:1}", "bad_json"),
    ("invalid escape", wrapped(rb'"\x41"'), "bad_json"),
    ("key without a value", b'{"id"}', "bad_json"),
    ("bare word", wrapped(b"undefined"), "bad_json"),
    ("whitespace that is not JSON's", b"\xc2\xa0" + line(2), "bad_json"),
    ("form feed before the object", b"\x0c" + line(2), "control_char"),
]


@pytest.mark.parametrize(
    ("content", "reason"), [case[1:] for case in REJECTED], ids=[case[0] for case in REJECTED]
)
def test_that_only_the_odd_line_is_rejected_with_its_reason(
    bench: Workbench, tmp_path: Path, content: bytes, reason: str
) -> None:
    log = write_log(tmp_path, line(1) + b"\n" + content + b"\n" + line(9) + b"\n")
    reading = bench.read(log)
    assert reading.rejects == [(2, reason)]
    assert reading.ids == ["e1", "e9"]


KEPT: list[tuple[str, bytes, object, set[str]]] = [
    ("B10 escaped NUL", rb'"a\u0000b"', "a\0b", set()),
    ("B16 keys differing by case", b'{"a":1,"A":2}', {"a": 1, "A": 2}, set()),
    ("B17 NaN", b"NaN", None, {"non_finite_number"}),
    ("B18 Infinity", b"[Infinity, -Infinity]", [None, None], {"non_finite_number"}),
    ("B20 2^63", b"9223372036854775808", 2**63, set()),
    ("B21 2^64", b"18446744073709551616", 2**64, set()),
    ("B22 4,000 digits", b"7" * 4_000, int("7" * 4_000), set()),
    ("B22 4,000 digits below zero", b"-" + b"7" * 4_000, -int("7" * 4_000), set()),
    ("B23 2^53+1", b"9007199254740993", 2**53 + 1, set()),
    ("B24 lone high surrogate", rb'"a\ud800b"', "a\ufffdb", {"lone_surrogate"}),
    ("B24 lone low surrogate", rb'"\udc00"', "\ufffd", {"lone_surrogate"}),
    ("B24 surrogates in the wrong order", rb'"\udc00\ud800"', "\ufffd\ufffd", {"lone_surrogate"}),
    ("B25 surrogate pair", rb'"\ud83d\ude00"', "😀", set()),
    ("B45 float", b"1.5", 1.5, set()),
    ("B50 empty key", b'{"":1}', {"": 1}, set()),
    ("B51 line separators of Unicode", '"a\u2028b\u2029c\u0085d"'.encode(), "a\u2028b\u2029c\u0085d", set()),
    ("B52 bidirectional override", '"\u202eabc\u200b"'.encode(), "\u202eabc\u200b", set()),
    ("B53 composed and decomposed keys", '{"\u00e9":1,"e\u0301":2}'.encode(), {"\u00e9": 1, "e\u0301": 2}, set()),
    (
        "B54 10,000 keys",
        json.dumps({f"k{n}": n for n in range(10_000)}).encode(),
        {f"k{n}": n for n in range(10_000)},
        set(),
    ),
    (
        "B55 odd keys",
        rb'{"__proto__":1,"select":2,"a.b":3,"a\"b":4}',
        {"__proto__": 1, "select": 2, "a.b": 3, 'a"b': 4},
        set(),
    ),
    ("B55 key of 10 kB", b'{"' + b"k" * 10_000 + b'":1}', {"k" * 10_000: 1}, set()),
    ("deepest that is read", nested(126), json.loads(nested(126)), set()),
    ("brackets in texts", json.dumps("[{" * 500).encode(), "[{" * 500, set()),
    ("what looks like a trailing comma in a text", b'"[1,]"', "[1,]", set()),
    ("what looks like NaN in a text", b'": NaN"', ": NaN", set()),
    ("a long number in a text", b'"' + b"7" * 5_000 + b'"', "7" * 5_000, set()),
    ("1e308", b"1e308", 1e308, set()),
    ("smallest number", b"5e-324", 5e-324, set()),
    ("underflow", b"1e-999", 0.0, set()),
    ("negative zero", b"-0.0", -0.0, set()),
    ("empty text", b'""', "", set()),
    ("a private letter and a noncharacter", '"\ue000\ufffe"'.encode(), "\ue000\ufffe", set()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("spelt", "value", "notes"), [case[1:] for case in KEPT], ids=[case[0] for case in KEPT]
)
def test_that_the_value_survives_and_its_alteration_is_noted(
    bench: Workbench, tmp_path: Path, spelt: bytes, value: object, notes: set[str]
) -> None:
    reading = bench.read(write_log(tmp_path, wrapped(spelt) + b"\n"))
    assert reading.rejects == []
    (found,) = reading.events
    assert json.loads(found["data"]) == {"v": value}
    assert notes_of(found) == notes


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        pytest.param(line(1) + b"\r\n" + line(2) + b"\r\n", ["e1", "e2"], id="B07 CRLF"),
        pytest.param(b"\n \n\t\r\n" + line(1) + b"\n\n  \n", ["e1"], id="B26 blank lines"),
        pytest.param(b" " * 4_000 + b"\n" + line(1) + b"\n", ["e1"], id="B26 a long blank line"),
        pytest.param(b"  " + line(1) + b"\t \n", ["e1"], id="white space around"),
        pytest.param(b"", [], id="B41 empty file"),
        pytest.param(b" \n\n\t", [], id="B42 only white space"),
        pytest.param(b"\n", [], id="only a line end"),
    ],
)
def test_that_line_ends_and_blank_lines_are_no_lines_to_reject(
    bench: Workbench, tmp_path: Path, content: bytes, ids: list[str]
) -> None:
    (tmp_path / "other").mkdir()
    write_log(tmp_path / "other", line(50) + b"\n")
    reading = bench.read(write_log(tmp_path, content), tmp_path / "other")
    assert reading.ids == [*ids, "e50"]
    assert reading.rejects == []
    assert reading.files[str(tmp_path / "log.jsonl")].lines == len(ids)


@pytest.mark.parametrize("before", [b"", line(1) + b"\n"], ids=["B05 at the start", "B06 at a later line"])
def test_that_a_byte_order_mark_is_dropped_and_noted(bench: Workbench, tmp_path: Path, before: bytes) -> None:
    reading = bench.read(write_log(tmp_path, before + BOM + line(2) + b"\n"))
    assert notes_of(reading.of("e2")) == {"byte_order_mark"}
    assert reading.rejects == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_that_other_encodings_give_no_events(bench: Workbench, tmp_path: Path, encoding: str) -> None:
    content = "".join(json.dumps({"id": str(n)}) + "\n" for n in range(3)).encode(encoding)
    reading = bench.read(write_log(tmp_path, content), write_log(tmp_path, line(1) + b"\n", "good.jsonl"))
    assert reading.ids == ["e1"]


def test_that_a_file_in_utf_16_is_named_as_such(bench: Workbench, tmp_path: Path) -> None:
    reading = bench.read(write_log(tmp_path, line(1).decode().encode("utf-16") + b"\n"))
    assert reading.problems == ["is UTF-16 text, which is not read"]


@pytest.mark.parametrize(
    ("tail", "ids", "pending"),
    [
        pytest.param(line(2), ["e1", "e2"], 0, id="B03 a whole object without a line end"),
        pytest.param(line(2)[:-5], ["e1"], 1, id="B02 cut"),
        pytest.param(line(2, note="é")[:-3], ["e1"], 1, id="B02 cut within a character"),
        pytest.param(b"   ", ["e1"], 0, id="white space"),
        pytest.param(b"\xc2\xa0" + line(2), ["e1"], 1, id="white space that is not JSON's"),
        pytest.param(b"[1, 2", ["e1"], 1, id="no object yet"),
        pytest.param(BOM + line(2), ["e1", "e2"], 0, id="a byte order mark"),
        pytest.param(BOM, ["e1"], 0, id="a byte order mark alone"),
    ],
)
def test_that_an_unterminated_last_line_counts_when_it_is_whole_else_is_pending(
    bench: Workbench, tmp_path: Path, tail: bytes, ids: list[str], pending: int
) -> None:
    log = write_log(tmp_path, line(1) + b"\n" + tail)
    reading = bench.read(log)
    counts = reading.files[str(log)]
    assert (reading.ids, reading.rejects, counts.pending) == (ids, [], pending)
    assert counts.lines == len(ids) + pending


@pytest.mark.parametrize("where", ["line", "data", "metadata"])
def test_that_the_last_of_equal_keys_wins(bench: Workbench, tmp_path: Path, where: str) -> None:
    spelt = {
        "line": b'"session_id":"one","session_id":"two"',
        "data": b'"data":{"k":1,"k":2}',
        "metadata": b'"metadata":{"k":1,"k":2}',
    }[where]
    content = b'{"id":"e1","timestamp":"2026-01-02T03:04:05Z","type":"x",%s}\n' % spelt
    (found,) = bench.read(write_log(tmp_path, content)).events
    assert notes_of(found) == {"duplicate_key"}
    assert found["session_id"] == "two" or '"k":2' in found["data"] + found["metadata"]
    assert '"k":1' not in found["data"] + found["metadata"]


def test_that_a_line_beyond_the_limit_is_rejected_and_the_rest_is_read(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shannon_core.sources.line_reader.MAX_LINE_BYTES", 4_000)
    monkeypatch.setattr("shannon_core.sources.line_reader.BLOCK_BYTES", 1_000)
    content = line(1) + b"\n" + line(2, note="x" * 10_000) + b"\n" + line(3) + b"\n"
    reading = bench.read(write_log(tmp_path, content))
    assert reading.rejects == [(2, "line_too_long")]
    assert reading.ids == ["e1", "e3"]


def test_that_a_line_too_long_at_the_end_of_a_file_is_counted_once(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shannon_core.sources.line_reader.MAX_LINE_BYTES", 4_000)
    monkeypatch.setattr("shannon_core.sources.line_reader.BLOCK_BYTES", 1_000)
    log = write_log(tmp_path, line(1) + b"\n" + b" " * 50_000)
    counts = bench.read(log).files[str(log)]
    assert (counts.lines, counts.understood, counts.rejected, counts.pending) == (2, 1, 1, 0)


def test_that_a_line_longer_than_a_block_is_one_event(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shannon_core.sources.line_reader.BLOCK_BYTES", 64)
    reading = bench.read(write_log(tmp_path, line(1, note="x" * 5_000) + b"\n" + line(2)))
    assert reading.ids == ["e1", "e2"]


def test_that_a_line_of_20_megabytes_is_an_event(bench: Workbench, tmp_path: Path) -> None:
    reading = bench.read(
        write_log(tmp_path, wrapped(b'"' + b"x" * 20_000_000 + b'"') + b"\n" + line(3) + b"\n")
    )
    assert reading.rejects == []
    assert len(reading.of("e2")["data"]) == 20_000_000 + len('{"v":""}')


def test_that_the_excerpt_of_a_rejected_line_is_short_and_printable(bench: Workbench, tmp_path: Path) -> None:
    bench.read(write_log(tmp_path, b"\x1b[31m\x00\xff" + b"x" * 5_000 + b"\n" + line(1) + b"\n"))
    ((excerpt,),) = bench.connection.sql("SELECT excerpt FROM rejects").fetchall()
    assert len(excerpt) <= 200
    assert excerpt.isprintable()
    assert excerpt.startswith(r"\x1b[31m\x00\xff")


def test_that_members_unknown_to_the_schema_are_kept_apart(bench: Workbench, tmp_path: Path) -> None:
    further: dict[str, Any] = {"version": 2, "nested": {"a": [1, None]}, "big": 2**70, "Extra": "x"}
    (found,) = bench.read(write_log(tmp_path, line(1, **further) + b"\n")).events
    assert json.loads(found["extra"]) == further


def test_that_a_line_without_further_members_has_no_extra(bench: Workbench, tmp_path: Path) -> None:
    reading = bench.read(write_log(tmp_path, line(1) + b"\n" + line(2, more=1) + b"\n"))
    assert [item["extra"] for item in reading.events] == [None, '{"more":1}']


def test_that_a_null_member_unknown_to_the_schema_is_kept(bench: Workbench, tmp_path: Path) -> None:
    (found,) = bench.read(write_log(tmp_path, line(1, more=None, deep={"a": None}) + b"\n")).events
    assert json.loads(found["extra"]) == {"more": None, "deep": {"a": None}}
