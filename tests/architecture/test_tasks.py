"""packaging/tasks.py: messages about what a machine lacks, and the arguments that are passed on."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tasks


@pytest.fixture
def no_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment is ready; nothing is installed by a test."""
    monkeypatch.setattr(tasks, "need_environment", lambda: None)
    monkeypatch.setattr(tasks, "need_qt_libraries", lambda **_options: None)


@pytest.mark.parametrize(
    ("given", "passed_on"),
    [
        ([], ["-m", "not bench and not faults", "-n", "2", "--dist", "worksteal"]),
        (["--faults"], ["-m", "not bench", "-n", "2", "--dist", "worksteal"]),
        (["--faults", "-k", "csv"], ["-m", "not bench", "-k", "csv"]),
    ],
)
def test_that_slow_tests_run_only_when_asked_for(given: list[str], passed_on: list[str]) -> None:
    assert tasks.pytest_arguments(given) == passed_on


def test_that_a_step_is_done_once_for_each_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "VENV", tmp_path)
    done: list[str] = []
    for state in ("a", "a", "b"):
        tasks.once("step", state, lambda state=state: done.append(state))
    assert done == ["a", "b"]


def test_that_a_failed_step_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "VENV", tmp_path)
    done: list[str] = []
    tasks.once("step", "old", lambda: done.append("old"))
    with pytest.raises(tasks.TaskError):
        tasks.once("step", "new", lambda: tasks.step([sys.executable, "-c", "exit(7)"], "It failed."))
    tasks.once("step", "old", lambda: done.append("old again"))
    assert done == ["old", "old again"]


def test_that_a_failed_step_keeps_its_exit_code() -> None:
    with pytest.raises(tasks.TaskError, match=r"^It failed\.$") as failure:
        tasks.step([sys.executable, "-c", "exit(7)"], "It failed.")
    assert failure.value.code == 7


@pytest.mark.parametrize("version", [(3, 10, 13), (3, 14, 0)])
def test_that_another_python_is_told_which_ones_fit(
    version: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert tasks.main(["run"]) == 1
    assert f"This is Python 3.{version[1]}" in capsys.readouterr().err


def test_that_a_python_on_the_path_that_fits_takes_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, fitting = tmp_path / "python3.13", tmp_path / "python3.12"
    broken.write_text("#!/bin/sh\nexit 127\n")
    fitting.write_text("#!/bin/sh\nexit 0\n")
    for program in (broken, fitting):
        program.chmod(0o755)
    became: list[list[str]] = []
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    monkeypatch.setattr(os, "execv", lambda _program, command: became.append(command))
    with pytest.raises(tasks.TaskError):  # execv came back, as it never does
        tasks.need_python(["test", "-x"])
    assert became == [[str(fitting), tasks.__file__, "test", "-x"]]


def test_that_a_user_without_rights_is_shown_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(tasks.TaskError, match="sudo apt-get install --yes --no-install-recommends libegl1"):
        tasks.need_debian_packages(["libegl1"], "libEGL.so.1")


def test_that_a_missing_library_is_noticed() -> None:
    assert not tasks.loads("libthere-is-no-such-library.so.1")


@pytest.mark.usefixtures("no_installation")
def test_that_no_screen_means_the_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[tuple[str, ...]] = []
    monkeypatch.setattr(tasks, "become_python", lambda *arguments: became.append(arguments))
    monkeypatch.setattr(tasks, "has_screen", lambda: False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    tasks.run([])
    tasks.run(["--demo", "elsewhere"])
    assert became == [
        ("-m", "shannon_gui.selftest.walkthrough", str(tasks.DEMO_OUTPUT)),
        ("-m", "shannon_gui.selftest.walkthrough", "elsewhere"),
    ]
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


@pytest.mark.usefixtures("no_installation")
@pytest.mark.skipif(sys.platform != "linux", reason="other systems pack without tools of the system")
def test_that_packing_installs_the_tools_that_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    became: list[tuple[str, ...]] = []
    monkeypatch.setattr(tasks, "need_debian_packages", lambda packages, _what: installed.extend(packages))
    monkeypatch.setattr(tasks, "become_python", lambda *arguments: became.append(arguments))
    monkeypatch.setattr(shutil, "which", lambda name: None if name in {"strip", "dpkg-shlibdeps"} else name)
    tasks.bundle(["--archive"])
    assert installed == ["binutils"]
    tasks.deb([])
    assert installed == ["binutils", "binutils", "dpkg-dev"]
    packaging = tasks.ROOT / "packaging"
    assert became == [(str(packaging / "bundle.py"), "--archive"), (str(packaging / "deb.py"),)]


@pytest.mark.usefixtures("no_installation")
def test_that_logs_without_a_screen_are_sent_to_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "has_screen", lambda: False)
    with pytest.raises(tasks.TaskError, match="shannon-export"):
        tasks.run(["somewhere"])


def test_that_an_unknown_verb_gets_the_help_and_a_code_of_its_own() -> None:
    script = [sys.executable, tasks.__file__]
    helped = subprocess.run([*script, "--help"], capture_output=True, text=True, check=True)
    unknown = subprocess.run([*script, "fly"], capture_output=True, text=True, check=False)
    assert (unknown.returncode, unknown.stdout) == (2, helped.stdout)
