"""Entry points of installed packages: listed without importing, loaded when used, and named where they cannot be
used."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from shannon_core.plugins import PluginProblem, Registry, load

GROUP = "shannon_exporter.of_a_test"
MODULE = """
from tests_thing import Thing
good = Thing("good")
first = Thing("first")
other = Thing("other")
number = 7
"""


@dataclass(frozen=True)
class Thing:
    """What the registry of these tests holds."""

    id: str


BUILT_IN = Thing("built-in")
Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a package with these entry points where packages are looked for."""
    module = type(sys)("tests_thing")
    module.Thing, module.BUILT_IN = Thing, BUILT_IN  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tests_thing", module)

    def _install(
        package: str, code: str = MODULE, points: str | bytes | None = None, **of_group: str
    ) -> None:
        folder = tmp_path / package
        info = folder / f"{package}-1.0.dist-info"
        info.mkdir(parents=True)
        (folder / f"{package}.py").write_text(code)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        lines = "".join(f"{name} = {value}\n" for name, value in of_group.items())
        points = f"[{GROUP}]\n{lines}" if points is None else points
        (info / "entry_points.txt").write_bytes(points if isinstance(points, bytes) else points.encode())
        monkeypatch.syspath_prepend(str(folder))
        monkeypatch.delitem(sys.modules, package, raising=False)

    return _install


def registry() -> Registry[Thing]:
    return Registry(GROUP, Thing, {"built-in": "tests_thing:BUILT_IN"})


def test_that_a_package_adds_an_entry(install: Install) -> None:
    install("package_one", good="package_one:good")
    things = registry()
    assert things.get("good") == Thing("good")
    assert things.everything() == (BUILT_IN, Thing("good"))
    assert things.problems() == ()


def test_that_an_id_that_is_not_there_has_no_entry(install: Install) -> None:
    install("package_one", good="package_one:good")
    assert registry().get("absent") is None


def test_that_listing_ids_imports_no_package(install: Install) -> None:
    install("package_one", good="package_one:good")
    assert registry().ids() == ("built-in", "good")
    assert "package_one" not in sys.modules


def test_that_a_built_in_id_lists_no_packages(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    install("package_one", good="package_one:good")
    monkeypatch.setattr("importlib.metadata.distributions", lambda: pytest.fail("it was listed"))
    assert registry().get("built-in") is BUILT_IN


@pytest.mark.parametrize(
    ("entry", "code", "reason"),
    [
        ("package_one:good", "raise RuntimeError('no luck')", "RuntimeError: no luck"),
        ("package_none:good", MODULE, "ModuleNotFoundError: No module named 'package_none'"),
        ("package_one:absent", MODULE, "AttributeError: module 'package_one' has no attribute 'absent'"),
        ("package_one:number", MODULE, "It is not a Thing."),
        ("package_one:other", MODULE, "Its id is 'other'."),
    ],
)
def test_that_a_broken_entry_is_named_and_the_others_are_used(
    install: Install, entry: str, code: str, reason: str
) -> None:
    install("package_one", code, bad=entry)
    install("package_two", good="package_two:good")
    things = registry()
    assert things.plugged_in() == (Thing("good"),)
    assert things.get("bad") is None
    assert things.problems() == (PluginProblem("package_one", "bad", reason),)


@pytest.mark.parametrize("points", [f"[{GROUP}]\nno value\n", f"[{GROUP}]\n".encode() + b"\xff = a:b\n"])
def test_that_a_damaged_list_of_entry_points_is_named_and_the_others_are_used(
    install: Install, points: str | bytes
) -> None:
    install("package_one", points=points)
    install("package_two", good="package_two:good")
    things = registry()
    assert things.plugged_in() == (Thing("good"),)
    (problem,) = things.problems()
    assert (problem.package, problem.id) == ("package_one", "")
    assert problem.reason


def test_that_a_package_cannot_take_an_id_that_is_built_in(install: Install) -> None:
    install("package_one", **{"built-in": "package_one:good"})
    things = registry()
    assert things.everything() == (BUILT_IN,)
    assert things.problems() == (PluginProblem("package_one", "built-in", "The id is taken."),)


def test_that_of_two_packages_with_one_id_the_first_is_used_and_the_other_named(install: Install) -> None:
    install("package_two", first="package_two:first")
    install("package_one", first="package_one:first")
    things = registry()
    assert things.plugged_in() == (Thing("first"),)
    assert "package_two" not in sys.modules
    assert things.problems() == (PluginProblem("package_two", "first", "The id is taken."),)


def test_that_an_entry_that_the_registry_refuses_is_named(install: Install) -> None:
    install("package_one", good="package_one:good", first="package_one:first")
    things = Registry(GROUP, Thing, {}, refused=lambda thing: "Too good." if thing.id == "good" else "")
    assert things.everything() == (Thing("first"),)
    assert things.problems() == (PluginProblem("package_one", "good", "Too good."),)


def test_that_asking_for_problems_looks_for_no_package(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("package_one", bad="package_one:absent")
    monkeypatch.setattr("importlib.metadata.distributions", lambda: pytest.fail("it was listed"))
    assert registry().problems() == ()


def test_that_a_package_that_is_found_in_two_folders_counts_once(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("package_one", good="package_one:good")
    monkeypatch.syspath_prepend(str(tmp_path / "." / "package_one"))
    things = registry()
    assert things.plugged_in() == (Thing("good"),)
    assert things.problems() == ()


def test_that_a_package_without_metadata_is_named_by_its_folder(install: Install, tmp_path: Path) -> None:
    install("package_one", points=f"[{GROUP}]\nno value\n")
    (tmp_path / "package_one/package_one-1.0.dist-info/METADATA").unlink()
    things = registry()
    assert things.plugged_in() == ()
    (problem,) = things.problems()
    assert problem.package == f"a package in {tmp_path / 'package_one'}"


def test_that_a_name_of_a_module_and_an_object_in_it_is_loaded() -> None:
    assert load("shannon_core.plugins:PluginProblem") is PluginProblem
