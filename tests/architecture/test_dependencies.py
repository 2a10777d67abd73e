"""Declared, imported, explained and locked: the same libraries in all four places."""

import ast
import re
import sys
from collections import defaultdict
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT_PACKAGES = {"shannon_core", "shannon_gui", "shannon_resources"}
NEVER_IMPORTED = {"tzdata"}  # data: zoneinfo finds it by itself where the system brings no zones
PLATFORMS = [
    {"python_full_version": f"{python}.0", "python_version": python, "sys_platform": system}
    for python in ("3.11", "3.12", "3.13")
    for system in ("linux", "darwin", "win32")
]


def imported_names(path: Path) -> set[str]:
    """The top-level names of everything that a file imports, also inside functions."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.fixture(scope="module")
def imported(source_files: list[Path]) -> set[str]:
    """The libraries that the three source roots import, by the names under which they are installed."""
    foreign = set().union(*map(imported_names, source_files)) - ROOT_PACKAGES - set(sys.stdlib_module_names)
    installed = packages_distributions()
    return {canonicalize_name(name) for module in foreign for name in installed.get(module, [module])}


@pytest.fixture(scope="module")
def locked(project_root: Path) -> dict[str, list[tuple[str, Marker | None]]]:
    """What the lock pins: for each library its versions and where each holds."""
    lock = (project_root / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    pins = defaultdict(list)
    for line in re.findall(r"^(\w[^\\\n]*==[^\\\n]*)", lock, re.MULTILINE):
        requirement = Requirement(line)
        (pin,) = requirement.specifier
        pins[canonicalize_name(requirement.name)].append((pin.version, requirement.marker))
    return pins


def names(requirements: tuple[Requirement, ...]) -> set[str]:
    """The names of these requirements as they compare."""
    return {canonicalize_name(requirement.name) for requirement in requirements}


def test_that_every_imported_library_is_declared(imported, declared) -> None:
    assert imported - names(declared.program) == set()


def test_that_every_declared_library_is_imported(imported, declared) -> None:
    assert names(declared.program) - NEVER_IMPORTED - imported == set()


def test_that_every_dependency_says_why_it_is_there(project_root: Path, declared) -> None:
    lines = (project_root / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    explained = [re.fullmatch(r' +"([^"]+)", +# \S.+', line) for line in lines]
    assert set(declared.all) <= {Requirement(match[1]) for match in explained if match}


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda p: f"{p['sys_platform']}-{p['python_version']}")
def test_that_the_lock_pins_every_dependency_once_and_within_its_range(platform, locked, declared) -> None:
    for requirement in declared.all:
        pins = locked[canonicalize_name(requirement.name)]
        (version,) = [version for version, marker in pins if marker is None or marker.evaluate(platform)]
        assert version in requirement.specifier, f"{requirement} is locked at {version}"


def test_that_nothing_is_locked_without_a_hash(project_root: Path) -> None:
    lock = (project_root / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^\w.*==", lock, re.MULTILINE)
    hashed = re.findall(r"^\w.*== ?\S+ (?:; .+ )?\\\n    --hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE)
    assert len(hashed) == len(pins)
