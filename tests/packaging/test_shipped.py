"""What is shipped: the lock as a graph, the licences of everything in it, and the bill of materials."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import locked
import shipped

MOMENT = datetime(2026, 11, 25, 12, tzinfo=UTC)
HASH = "sha256:" + "0" * 64
LOCK = f"""\
# This file was made by hand.
engine==2.0 \\
    --hash={HASH}
    # via
    #   shannon-exporter (pyproject.toml)
    #   tester
part==1.0 ; sys_platform == 'win32' \\
    --hash={HASH} \\
    --hash={HASH}
    # via engine
tester==9.1 \\
    --hash={HASH}
    # via shannon-exporter (pyproject.toml:test)
tester-part==0.1 \\
    --hash={HASH}
    # via tester
"""


@pytest.fixture(scope="module")
def parts() -> list[shipped.Part]:
    """Everything that a bundle made here ships, the system's libraries apart."""
    return shipped.libraries() + shipped.runtime()


@pytest.fixture(scope="module")
def materials(parts: list[shipped.Part]) -> dict[str, object]:
    """The bill of materials."""
    return json.loads(shipped.bill_of_materials(parts, MOMENT))  # type: ignore[no-any-return]


def test_that_pins_are_read_with_their_markers_hashes_and_parents() -> None:
    engine, part, tester, _ = locked.pins(LOCK)
    assert engine == locked.Pin("engine", "2.0", "", (HASH,), (locked.PROGRAM, "tester"))
    assert part == locked.Pin("part", "1.0", "sys_platform == 'win32'", (HASH, HASH), ("engine",))
    assert tester.wanted_by == ("shannon-exporter (pyproject.toml:test)",)


def test_that_tools_and_what_only_they_want_are_not_shipped() -> None:
    assert [pin.name for pin in locked.shipped(locked.pins(LOCK))] == ["engine", "part"]


def test_that_every_hash_of_the_real_lock_is_read() -> None:
    text = locked.LOCK.read_text(encoding="utf-8")
    found = locked.pins(text)
    assert len(found) == sum("==" in line and not line.startswith(("#", " ")) for line in text.splitlines())
    assert sum(len(pin.hashes) for pin in found) == text.count("--hash=sha256:")
    assert all(pin.wanted_by for pin in found)


def test_that_the_program_ships_its_own_libraries_and_no_tool() -> None:
    names = {pin.name for pin in locked.shipped_here()}
    assert {"duckdb", "markupsafe", "pyside6-essentials", "shiboken6"} <= names
    assert names.isdisjoint(
        {"hypothesis", "packaging", "polars", "pyinstaller", "pytest", "ruff", "setuptools"}
    )


def test_that_modules_of_tools_are_kept_out_of_the_bundle_and_those_of_libraries_are_not() -> None:
    kept_out = set(locked.tool_modules())
    assert {"_pytest", "polars", "setuptools"} <= kept_out
    assert kept_out.isdisjoint(
        {"PySide6", "duckdb", "pyarrow", "shannon_core", "shannon_gui", "shannon_resources"}
    )


def test_that_everything_shipped_has_a_licence_that_we_can_meet_and_its_text(
    parts: list[shipped.Part],
) -> None:
    shipped.check(parts)
    assert all(max(text.stat().st_size for text in part.texts) > 400 for part in parts)


@pytest.mark.parametrize(
    ("licence", "accepted"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND 0BSD AND MIT", True),
        ("LGPL-3.0-only OR GPL-2.0-only", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("", False),
    ],
)
def test_that_a_licence_is_accepted_when_one_of_its_choices_is(licence: str, accepted: bool) -> None:
    assert shipped.is_accepted(licence) is accepted


def test_that_an_unknown_licence_and_a_missing_text_stop_the_bundle(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("do as you are told")
    with pytest.raises(shipped.NotShippable, match="which is not among the accepted ones"):
        shipped.check([shipped.Part("x", "1", "Proprietary", "pkg:generic/x@1", (tmp_path / "LICENSE",))])
    with pytest.raises(shipped.NotShippable, match="brings no licence text"):
        shipped.check([shipped.Part("x", "1", "MIT", "pkg:generic/x@1", ())])


def test_that_the_notices_name_everything_and_hold_its_texts(
    parts: list[shipped.Part], tmp_path: Path
) -> None:
    shipped.write_notices(tmp_path, parts)
    table = (tmp_path / "THIRD-PARTY.md").read_text(encoding="utf-8")
    for part in parts:
        assert f"| {part.name} | {part.version} | {part.licence} |" in table
        wanted = sum(text.stat().st_size for text in part.texts)
        assert sum(path.stat().st_size for path in (tmp_path / part.name).iterdir()) == wanted
    assert "Qt, PySide6 and Shiboken under the LGPL" in table
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (tmp_path / "pyside6-essentials/LGPL-3.0.txt").read_text()


def test_that_the_bill_of_materials_lists_what_the_lock_ships(
    materials: dict[str, list[dict[str, str]]],
) -> None:
    listed = {(part["name"], part["version"]) for part in materials["components"]}
    locked_here = {(pin.name, pin.version) for pin in locked.shipped_here()}
    assert {name for name, _ in listed - locked_here} == {"python", "pyinstaller"}
    assert locked_here <= listed


def test_that_the_bill_of_materials_holds_the_hashes_of_the_lock(
    materials: dict[str, list[dict[str, object]]],
) -> None:
    (duckdb,) = [part for part in materials["components"] if part["name"] == "duckdb"]
    (pin,) = [pin for pin in locked.shipped_here() if pin.name == "duckdb"]
    assert duckdb["properties"] == [{"name": "shannon-exporter:lock", "value": value} for value in pin.hashes]


def test_that_every_part_is_reached_from_the_program(materials: dict[str, list[dict[str, object]]]) -> None:
    edges = {str(entry["ref"]): entry["dependsOn"] for entry in materials["dependencies"]}
    reached: set[str] = set()
    waiting = [next(iter(edges))]
    while waiting:
        for ref in edges[waiting.pop()]:  # type: ignore[attr-defined]
            if ref not in reached:
                reached.add(ref)
                waiting.append(ref)
    assert reached == {part["bom-ref"] for part in materials["components"]}


def test_that_the_same_parts_at_the_same_moment_give_the_same_bill(parts: list[shipped.Part]) -> None:
    assert shipped.bill_of_materials(parts, MOMENT) == shipped.bill_of_materials(parts, MOMENT)
