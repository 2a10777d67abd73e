"""What the architecture tests look at: the declared dependencies and the source files."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOTS = ("core", "gui", "resources")


@dataclass(frozen=True)
class Declared:
    """The requirements of pyproject.toml: of the program, and of the tools for developing it."""

    program: tuple[Requirement, ...]
    tools: tuple[Requirement, ...]

    @property
    def all(self) -> tuple[Requirement, ...]:
        """Every declared requirement."""
        return self.program + self.tools


@pytest.fixture(scope="session")
def pyproject(project_root: Path) -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def declared(pyproject: dict[str, Any]) -> Declared:
    """Every requirement that pyproject.toml declares."""
    project = pyproject["project"]
    extras, groups = project["optional-dependencies"].values(), pyproject["dependency-groups"].values()
    return Declared(
        program=tuple(Requirement(line) for lines in (project["dependencies"], *extras) for line in lines),
        tools=tuple(Requirement(line) for lines in groups for line in lines),
    )


@pytest.fixture(scope="session")
def source_files(project_root: Path) -> list[Path]:
    """Every Python file of the three source roots."""
    return [path for root in ROOTS for path in sorted((project_root / root).rglob("*.py"))]
