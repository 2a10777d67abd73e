"""The folders of the checkout, and the largest size of a source file."""

import shutil
import subprocess
from pathlib import Path

import pytest

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "core",
    "gui",
    "packaging",
    "pyproject.toml",
    "resources",
    "tests",
}
LONGEST_FILE = 300


def test_that_the_top_level_holds_nothing_but_the_agreed_names(project_root: Path) -> None:
    if not (project_root / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout, so that nothing tells the project's files from others")
    # In a container the checkout may belong to another user, which git must allow.
    git = [
        "git",
        "-c",
        f"safe.directory={project_root}",
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    listed = subprocess.run(git, cwd=project_root, capture_output=True, text=True, check=True).stdout
    assert {name.split("/")[0] for name in listed.splitlines()} <= TOP_LEVEL


def test_that_packaging_is_no_package_in_front_of_the_library_of_that_name(project_root: Path) -> None:
    assert not (project_root / "packaging" / "__init__.py").exists()


def test_that_no_source_file_is_longer_than_its_limit(source_files: list[Path]) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in source_files}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_FILE} == {}
