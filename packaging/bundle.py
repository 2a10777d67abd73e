"""Make the folder with both programs and everything they need, and test it.

    python packaging/tasks.py bundle              dist/shannon-exporter (on macOS also an .app)
    python packaging/tasks.py bundle --archive    and pack it, with its SHA-256 beside it

Everything comes from the lock, but for Python itself and the few libraries of the system that Python needs.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pictures
import shipped
from shannon_core._version import __version__
from system_libraries import EVERYWHERE, QT_LIBRARIES, SCREEN_LIBRARIES
from tasks import ROOT, SAMPLE

NAME = "shannon-exporter"
WORK = ROOT / "build"
DIST = ROOT / "dist"
FOLDER = DIST / NAME
APP = DIST / "Shannon Exporter.app"
MOST_BUNDLE_BYTES = 330_000_000
"""A larger bundle fails the build, so that growth is noticed and explained."""
OPTIONAL = re.compile(r"libqgtk3\.so$")
"""Plug-ins that find their libraries on some desktops and are left alone by Qt on others."""
NOT_STRIPPED = "numpy.libs"
"""Its files were changed after linking in a way that strip breaks."""


class BundleError(Exception):
    """The bundle is not what it should be; the text says why."""


def main(arguments: list[str]) -> int:
    """Make, test and on request pack the bundle; the exit code."""
    if set(arguments) - {"--archive"}:
        print(__doc__)
        return 2
    try:
        make()
        if arguments:
            print(archive())
    except (BundleError, shipped.NotShippable) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def make() -> None:
    """Build the folder with both programs; BundleError where it is too large or fails its test."""
    began = time.monotonic()
    shipped.check(shipped.libraries() + shipped.runtime())
    pictures.main(WORK / "pyinstaller" / NAME / "icons")
    freeze()
    if sys.platform == "linux":
        strip(FOLDER)
        settle_libraries(FOLDER)
    describe(FOLDER if sys.platform != "darwin" else APP / "Contents" / "Resources")
    size = sum(path.lstat().st_size for path in FOLDER.rglob("*"))
    if size > MOST_BUNDLE_BYTES:
        raise BundleError(
            f"The bundle has grown to {size:,} bytes; more than {MOST_BUNDLE_BYTES:,} were not foreseen."
        )
    print(f"{FOLDER}: {size / 1e6:.0f} MB, made in {time.monotonic() - began:.0f} s", flush=True)
    try_out(program(NAME), program("shannon-export"))


def freeze() -> None:
    """Run PyInstaller over the recipe."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", str(DIST), "--workpath", str(WORK / "pyinstaller")]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "packaging"),
        "PYTHONHASHSEED": "1",
        "SOURCE_DATE_EPOCH": str(int(moment().timestamp())),
    }
    spec = ROOT / "packaging" / f"{NAME}.spec"
    if subprocess.run([*command, *places, str(spec)], cwd=ROOT, env=environment, check=False).returncode:
        raise BundleError("PyInstaller failed; what it said stands above.")


def moment() -> datetime:
    """The time that everything made from this commit carries: SOURCE_DATE_EPOCH, else the commit's, else now."""
    if stated := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(stated), UTC)
    git = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    if shutil.which("git") and (
        found := subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()
    ):
        return datetime.fromtimestamp(int(found), UTC)
    return datetime.now(UTC)


def shared_objects(folder: Path) -> list[Path]:
    """The ELF files of the bundle, programs included."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    return [path for path in files if path.open("rb").read(4) == b"\x7fELF"]


def strip(folder: Path) -> None:
    """Take out symbols that only a debugger reads; the two programs carry their own archive and are left alone."""
    files = [
        str(path)
        for path in shared_objects(folder)
        if NOT_STRIPPED not in path.parts and path.parent != folder
    ]
    if subprocess.run(["strip", "--strip-unneeded", *files], check=False).returncode:
        raise BundleError("strip failed; what it said stands above.")


def needed(path: Path) -> set[str]:
    """The shared libraries that an ELF file names."""
    said = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^ +NEEDED +(\S+)$", said, re.MULTILINE))


def settle_libraries(folder: Path) -> None:
    """Take out libraries of the system that nothing needs; BundleError where one is needed that is nowhere.

    Nowhere means: neither in the bundle nor in the tables of what every system with a desktop has.
    """
    needs = {path: needed(path) for path in shared_objects(folder)}
    wanted = set().union(*needs.values())
    for _package, path in shipped.system_files(folder):
        if path.name not in wanted:
            path.unlink()
            needs.pop(path)
    known = (
        {path.name for path in folder.rglob("*.so*")} | EVERYWHERE | set(QT_LIBRARIES) | set(SCREEN_LIBRARIES)
    )
    missing = {
        f"{path.relative_to(folder)} needs {name}"
        for path, names in needs.items()
        if not OPTIONAL.search(path.name)
        for name in names - known
    }
    if missing:
        raise BundleError("Libraries are missing:\n" + "\n".join(sorted(missing)))


def describe(folder: Path) -> None:
    """Put the licences and the bill of materials into the bundle."""
    parts = shipped.libraries() + shipped.runtime()
    if sys.platform == "linux":
        parts += shipped.system_libraries(folder)
    shipped.write_notices(folder / "licences", parts)
    shutil.copy(ROOT / "LICENSE", folder / "licences" / "LICENSE")
    (folder / "sbom.cdx.json").write_text(shipped.bill_of_materials(parts, moment()), encoding="utf-8")


def program(name: str) -> Path:
    """The path of one of the programs in the folder."""
    return FOLDER / (f"{name}.exe" if os.name == "nt" else name)


def try_out(window: Path, terminal: Path) -> None:
    """Let the window test itself, and the command line count and export the sample; in a home of their own."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "VIRTUAL_ENV", "QT_"))
        }
        environment |= {"HOME": home, "LOCALAPPDATA": home, "APPDATA": home, "LANG": "C.UTF-8"}
        environment |= {
            f"XDG_{kind}_HOME": f"{home}/{kind.lower()}" for kind in ("CACHE", "CONFIG", "DATA", "STATE")
        }

        def run(*command: str | Path) -> str:
            done = subprocess.run(
                list(map(str, command)),
                env=environment,
                cwd=home,
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
            if done.returncode:
                raise BundleError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")
            return done.stdout

        print(run(window, "--self-test"), end="")
        wanted = f"shannon-export {__version__}\n"
        if run(terminal, "--version") != wanted:
            raise BundleError(f"shannon-export names another version than {wanted}")
        count = int(run(terminal, SAMPLE, "--count").replace(",", ""))
        run(terminal, SAMPLE, "-o", Path(home) / "events.jsonl", "--progress", "none")
        written = len((Path(home) / "events.jsonl").read_bytes().splitlines()) - 1
        if not count or written != count:
            raise BundleError(f"shannon-export counted {count} events and wrote {written}.")
        print(f"shannon-export: {written:,} events counted and written", flush=True)


def archive() -> Path:
    """The folder as one file to hand out, with its SHA-256 beside it."""
    stem = f"{NAME}-{__version__}-{sys.platform}-{_machine()}"
    if os.name == "nt":
        path = Path(shutil.make_archive(str(DIST / stem), "zip", DIST, NAME))
    else:
        path = DIST / f"{stem}.tar.gz"
        with tarfile.open(path, "w:gz", format=tarfile.GNU_FORMAT) as tar:
            tar.add(FOLDER, NAME, filter=_anonymous)
    return with_digest(path)


def with_digest(path: Path) -> Path:
    """The file, with its SHA-256 beside it as sha256sum checks it."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_name(f"{path.name}.sha256").write_text(f"{digest}  {path.name}\n", encoding="ascii")
    return path


def _machine() -> str:
    machine = (
        os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "unknown")
    )
    return machine.lower()


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """The entry as root's, with the time of the commit: archives of two builds are equal."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = int(moment().timestamp())
    return entry


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
