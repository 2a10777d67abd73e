"""What holds for every test: no screen, a home folder of its own, the same examples on each CI run."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

pytest.register_assert_rewrite("harness")

# Before any test module imports Qt. Set it to xcb or wayland to watch the windows.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

hypothesis.settings.register_profile("person", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "person")


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The checkout."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of the tests' own: caches, settings, logs and histories of the person stay untouched."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(variable, str(home / variable.removesuffix("_HOME").removeprefix("XDG_").lower()))
        yield home


@pytest.fixture(scope="session")
def plugin_folder(project_root: Path) -> Path:
    """The folder in which a package lies that adds sources and formats."""
    return project_root / "tests" / "plugin" / "shannon_plugin_example"


@pytest.fixture
def installed_plugin(plugin_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That package is found in this process, as an installed one would be."""
    monkeypatch.syspath_prepend(str(plugin_folder))
