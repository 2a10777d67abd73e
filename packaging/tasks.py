"""The one entry for a person at a checkout.

    python packaging/tasks.py run                   open the window on the sample events
    python packaging/tasks.py run FOLDER...         open it on your own logs
    python packaging/tasks.py run --demo [FOLDER]   without a screen: pictures and exports (demo-output/)
    python packaging/tasks.py test [--faults] ...   run the tests; --faults adds slow ones, the rest is pytest's
    python packaging/tasks.py check                 format, lint, SQL, types, import contracts
    python packaging/tasks.py bench [--check] ...   measure the program beside its rivals; --help lists the options
    python packaging/tasks.py bundle [--archive]    a folder with both programs that needs no Python (dist/), tested
    python packaging/tasks.py deb                   the same as a package for Debian and Ubuntu
    python packaging/tasks.py translate             bring the translations up to date with the texts in the code
    python packaging/tasks.py setup                 only make ready what the others need

The first call makes .venv from packaging/requirements.lock; later calls notice that nothing changed. Needs
Python 3.11, 3.12 or 3.13 and nothing else: on Debian and Ubuntu, root also gets the system libraries that
Qt loads, other users the command for that. Standard library only, and older Pythons can read it far enough
to say what is missing.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from system_libraries import QT_LIBRARIES, SCREEN_LIBRARIES

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
VENV_BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCK = ROOT / "packaging" / "requirements.lock"
SAMPLE = ROOT / "resources" / "shannon_resources" / "sample"
DEMO_OUTPUT = ROOT / "demo-output"
SQL_LINT = "sqruff --config packaging/sqruff.cfg --ignore-local-config lint core tests"
BINUTILS = {"objdump": "binutils", "strip": "binutils"}
PACKING_TOOLS = {
    "bundle.py": BINUTILS,
    "deb.py": {**BINUTILS, "dpkg-shlibdeps": "dpkg-dev", "dpkg-deb": "dpkg"},
}
PYTHONS = ((3, 13), (3, 12), (3, 11))


class TaskError(Exception):
    """Something that a person can mend: the text says what and how, the code is the exit code."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code


def setup(arguments: Sequence[str]) -> None:
    """Make ready what the other verbs need."""
    if arguments:
        raise TaskError(f"setup takes no arguments, not even {' '.join(arguments)}.", 2)
    need_environment()
    need_qt_libraries()
    print(f"Ready: {VENV_BIN}")


def run(arguments: Sequence[str]) -> NoReturn:
    """Open the window, or save its demonstration where there is no screen."""
    need_environment()
    need_qt_libraries()
    demonstrate = arguments[:1] == ["--demo"]
    if not demonstrate and has_screen():
        become_python("-m", "shannon_gui.app", *(arguments or [str(SAMPLE)]))
    if arguments and not demonstrate:
        raise TaskError(
            "There is no screen to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).\n"
            f"The command line needs none: {VENV_BIN / 'shannon-export'} --help\n"
            "Pictures of the window: python packaging/tasks.py run --demo [FOLDER]"
        )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    become_python("-m", "shannon_gui.selftest.walkthrough", *(arguments[1:] or [str(DEMO_OUTPUT)]))


def test(arguments: Sequence[str]) -> NoReturn:
    """Run the tests; the arguments are pytest's, but for --faults."""
    need_environment()
    need_qt_libraries()
    os.chdir(ROOT)
    become_python("-m", "pytest", *pytest_arguments(arguments))


def check(arguments: Sequence[str]) -> None:
    """Everything that reads the code without running it; all of it, even when one part fails."""
    if arguments:
        raise TaskError(f"check takes no arguments, not even {' '.join(arguments)}.", 2)
    need_environment()
    failed = []
    for command in ("ruff format --check .", "ruff check .", SQL_LINT, "mypy", "lint-imports"):
        print(f"== {command}", flush=True)
        program, *options = command.split()
        if subprocess.run([VENV_BIN / program, *options], cwd=ROOT, check=False).returncode:
            failed.append(command)
    if failed:
        raise TaskError(f"Failed: {', '.join(failed)}")
    print("All checks passed.")


def translate(arguments: Sequence[str]) -> NoReturn:
    """Bring the translations up to date with the texts in the code, and name the texts without a translation."""
    need_environment()
    become_python(str(ROOT / "packaging" / "translations.py"), *arguments)


def bench(arguments: Sequence[str]) -> NoReturn:
    """Measure whole processes in turn with their rivals."""
    need_environment()
    need_qt_libraries()
    become_python(str(ROOT / "tests" / "benchmarks"), *arguments)


def bundle(arguments: Sequence[str]) -> NoReturn:
    """Make the folder with both programs."""
    make("bundle.py", arguments)


def deb(arguments: Sequence[str]) -> NoReturn:
    """Make the package for Debian and Ubuntu."""
    make("deb.py", arguments)


def make(script: str, arguments: Sequence[str]) -> NoReturn:
    """Go on as a script that packs the program, with all that it looks for on the system."""
    need_environment()
    need_qt_libraries(screen=True)
    if sys.platform == "linux":
        missing = [tool for tool in PACKING_TOOLS[script] if shutil.which(tool) is None]
        if missing:
            need_debian_packages(
                sorted({PACKING_TOOLS[script][tool] for tool in missing}), ", ".join(missing)
            )
    become_python(str(ROOT / "packaging" / script), *arguments)


VERBS: dict[str, Callable[[Sequence[str]], None]] = {
    verb.__name__: verb for verb in (setup, run, test, check, translate, bench, bundle, deb)
}


def pytest_arguments(arguments: Sequence[str]) -> list[str]:
    """What pytest gets: no benchmarks, slow runs only if asked for, two processes for the whole suite."""
    own = [argument for argument in arguments if argument != "--faults"]
    marks = "not bench" if "--faults" in arguments else "not bench and not faults"
    return ["-m", marks, *(own or ["-n", "2", "--dist", "worksteal"])]


def need_python(arguments: Sequence[str]) -> None:
    """Go on under a Python that fits, if this one does not."""
    if sys.version_info[:2] in PYTHONS:
        return
    for major, minor in PYTHONS:
        other = shutil.which(f"python{major}.{minor}")
        if other and subprocess.run([other, "-c", ""], capture_output=True, check=False).returncode == 0:
            become([other, __file__, *arguments])
    raise TaskError(
        f"This is Python {this_python()} ({sys.executable}).\n"
        "Shannon Exporter needs Python 3.11, 3.12 or 3.13, and none of them is on the PATH.\n"
        "Install one: from python.org, from your system's packages, or with “uv python install 3.13”."
    )


def need_environment() -> None:
    """The virtual environment with the project, rebuilt when the lock or Python has changed."""
    base = digest(LOCK.read_bytes(), sys.version.encode(), os.fsencode(ROOT))
    once("environment", base, make_environment)
    once("project", digest(base.encode(), (ROOT / "pyproject.toml").read_bytes()), install_project)


def make_environment() -> None:
    """A fresh .venv with exactly the locked libraries; hashes are checked and nothing is built."""
    need_venv_module()
    print(f"Making {VENV} (once; about a minute) …", flush=True)
    step([sys.executable, "-m", "venv", "--clear", str(VENV)], "The virtual environment could not be made.")
    options = ["--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)]
    pip_install(options, "The libraries could not be installed.")


def install_project() -> None:
    """The checkout itself, so that an edit is seen at the next start."""
    pip_install(["--no-deps", "--no-build-isolation", "-e", str(ROOT)], "The project could not be installed.")


def need_venv_module() -> None:
    """Debian and Ubuntu ship Python without the parts that make virtual environments."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        need_debian_packages([f"python{this_python()}-venv"], "Python's venv module")


def need_qt_libraries(screen: bool = False) -> None:
    """The system libraries that Qt loads on Linux: few without a screen, more with one."""
    if sys.platform != "linux":
        return
    libraries = {**QT_LIBRARIES, **(SCREEN_LIBRARIES if screen or has_screen() else {})}
    missing = [name for name in libraries if not loads(name)]
    if missing:
        need_debian_packages(sorted({libraries[name] for name in missing}), ", ".join(missing))


def need_debian_packages(packages: Sequence[str], what: str) -> None:
    """Install these packages as root; show other users the command."""
    if shutil.which("apt-get") is None:
        raise TaskError(f"Missing: {what}.\nInstall it with your system's package manager.")
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        raise TaskError(f"Missing: {what}.\nInstall it with: sudo {' '.join(install)}")
    print(f"Installing {' '.join(packages)} …", flush=True)
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    # Not checked: a broken third-party source fails the update; the installation shows whether that matters.
    subprocess.run(["apt-get", "update", "--quiet=2"], check=False)
    step([*install, "--quiet=2"], "The system packages could not be installed.")


def this_python() -> str:
    """The version of this Python as Debian names it: 3.11."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def has_screen() -> bool:
    """Whether a window can open: always but on a Linux without a display."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def loads(library: str) -> bool:
    """Whether the system has this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def digest(*parts: bytes) -> str:
    """One fingerprint of all the parts."""
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def once(name: str, state: str, action: Callable[[], None]) -> None:
    """Do what the environment owes to this state, unless its stamp says that it was done."""
    stamp = VENV / f"{name}.stamp"
    if stamp.exists() and stamp.read_text() == state:
        return
    stamp.unlink(missing_ok=True)
    action()
    stamp.write_text(state)


def pip_install(options: Sequence[str], failure: str) -> None:
    """Install into the environment, quietly and without a question."""
    quietly = ["--quiet", "--no-input", "--disable-pip-version-check"]
    step([str(VENV_BIN / "python"), "-m", "pip", "install", *quietly, *options], failure)


def step(command: Sequence[str], failure: str) -> None:
    """Run one command of the setup; what it printed stands above the failure."""
    code = subprocess.run(command, check=False).returncode
    if code:
        raise TaskError(failure, code)


def become_python(*arguments: str) -> NoReturn:
    """Go on as the environment's Python."""
    become([str(VENV_BIN / "python"), *arguments])


def become(command: Sequence[str]) -> NoReturn:
    """Go on as this program, so that signals and the exit code are its own (Windows can only wait for it)."""
    sys.stdout.flush()
    if os.name == "nt":
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], list(command))


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument says; the exit code."""
    verb, *rest = arguments or ["--help"]
    if verb not in VERBS:
        print(__doc__)
        return 0 if verb in ("-h", "--help", "help") else 2
    try:
        need_python(arguments)
        VERBS[verb](rest)
    except TaskError as error:
        print(error, file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
