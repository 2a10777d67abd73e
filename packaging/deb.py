"""Make the package for Debian and Ubuntu from the bundle: dist/shannon-exporter_VERSION_ARCHITECTURE.deb.

    python packaging/tasks.py deb             makes the bundle first, if there is none of this commit
    python packaging/tasks.py deb --keep      takes the bundle that is there

Libraries that a Debian package brings are taken out and depended upon, so that the system's updates reach them.
dpkg-shlibdeps computes from what the files need what the package depends on.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

import bundle
import manual
import pictures
import shipped
from shannon_core._version import __version__
from tasks import ROOT

PACKAGE = "shannon-exporter"
MAINTAINER = "Shannon Exporter contributors <shannon-exporter@shannon-exporter.example>"
TREE = ROOT / "build" / "deb" / PACKAGE
LIBRARY = TREE / "usr/lib" / PACKAGE
SHARE = TREE / "usr/share"
DOC = SHARE / "doc" / PACKAGE


def main(arguments: list[str]) -> int:
    """Make the package; the exit code."""
    if set(arguments) - {"--keep"}:
        print(__doc__)
        return 2
    try:
        if not (arguments and bundle.FOLDER.exists()):
            bundle.make()
        print(make(bundle.moment()))
    except (bundle.BundleError, shipped.NotShippable) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def make(moment: datetime) -> Path:
    """Build the package and return its path."""
    shutil.rmtree(TREE, ignore_errors=True)
    lay_programs()
    lay_documents(moment)
    lay_desktop(moment)
    lay_shells(moment)
    depends, suggests = dependencies()
    write(TREE / "DEBIAN/control", control(depends, suggests))
    write(TREE / "DEBIAN/md5sums", checksums())
    return pack(moment)


def lay_programs() -> None:
    """The bundle in /usr/lib without what Debian packages bring, and its programs in /usr/bin."""
    shutil.copytree(
        bundle.FOLDER, LIBRARY, symlinks=True, ignore=shutil.ignore_patterns("licences", "sbom.cdx.json")
    )
    for _package, file in shipped.system_files(LIBRARY):
        file.unlink()
    for path in LIBRARY.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0o755 if path.parent == LIBRARY else 0o644)
    binaries = TREE / "usr/bin"
    binaries.mkdir(parents=True)
    for name in ("shannon-exporter", "shannon-export"):
        (binaries / name).symlink_to(f"../lib/{PACKAGE}/{name}")


def lay_documents(moment: datetime) -> None:
    """Copyright, licences, bill of materials and change logs."""
    parts = shipped.libraries() + shipped.runtime()
    shipped.write_notices(DOC / "licences", parts)
    write(DOC / "sbom.cdx.json", shipped.bill_of_materials(parts, moment))
    write(DOC / "copyright", copyright_file(parts))
    compress(DOC / "changelog.gz", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    compress(
        DOC / "changelog.Debian.gz",
        f"{PACKAGE} ({version()}) stable; urgency=medium\n\n"
        "  * What is new is said in changelog.gz beside this file.\n\n"
        f" -- {MAINTAINER}  {format_datetime(moment)}\n",
    )
    write(
        SHARE / "lintian/overrides" / PACKAGE,
        (ROOT / "packaging/linux/lintian-overrides").read_text(encoding="utf-8"),
    )


def lay_desktop(moment: datetime) -> None:
    """The entry in the menu, its icons, what it opens, and what a software centre shows."""
    linux = ROOT / "packaging/linux"
    write(
        SHARE / "applications/shannon-exporter.desktop",
        (linux / "shannon-exporter.desktop").read_text(encoding="utf-8"),
    )
    write(
        SHARE / "mime/packages/shannon-exporter.xml",
        (linux / "shannon-exporter.mime.xml").read_text(encoding="utf-8"),
    )
    text = metainfo(moment)
    write(SHARE / f"metainfo/{component_id(text)}.metainfo.xml", text)
    icons = SHARE / "icons/hicolor"
    for size in pictures.HICOLOR_SIZES:
        target = icons / f"{size}x{size}/apps/shannon-exporter.png"
        target.parent.mkdir(parents=True)
        target.write_bytes(pictures.png(size))
    write(icons / "scalable/apps/shannon-exporter.svg", pictures.svg().decode())


def lay_shells(moment: datetime) -> None:
    """Man pages and completions of both programs."""
    for program in manual.programs():
        compress(SHARE / f"man/man1/{program.name}.1.gz", manual.man_page(program, moment))
        for completion, place in manual.COMPLETIONS.values():
            write(TREE / place.format(name=program.name), completion(program))


def metainfo(moment: datetime) -> str:
    """What a software centre shows, with the version, its date and the home page filled in."""
    template = (ROOT / "packaging/linux/shannon-exporter.metainfo.xml").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    values = {
        "@VERSION@": __version__,
        "@DATE@": f"{moment:%Y-%m-%d}",
        "@HOMEPAGE@": str(project["urls"]["Homepage"]),
    }
    for name, value in values.items():
        template = template.replace(name, value)
    return template


def component_id(text: str) -> str:
    """The name by which software centres know the program."""
    return str(re.findall(r"<id>(.+)</id>", text)[0])


def dependencies() -> tuple[str, str]:
    """What the files need of the system, and what a plug-in for one desktop would like; as Debian writes it."""
    files = bundle.shared_objects(LIBRARY)
    optional = [path for path in files if bundle.OPTIONAL.search(path.name)]
    return shlibdeps([path for path in files if path not in optional]), "libgtk-3-0" if optional else ""


def shlibdeps(files: list[Path]) -> str:
    """The Depends of these files, with the lowest versions that have what they use."""
    work = TREE.parent
    (TREE / "DEBIAN").mkdir(exist_ok=True)  # by which it knows that libraries below belong to the package
    write(work / "debian/control", f"Source: {PACKAGE}\n\nPackage: {PACKAGE}\nArchitecture: any\n")
    private = sorted({f"-l{path.parent}" for path in LIBRARY.rglob("*.so*")})
    command = ["dpkg-shlibdeps", "-O", "--warnings=0", *private, *(f"-e{path}" for path in files)]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    if done.returncode:
        raise bundle.BundleError(f"dpkg-shlibdeps failed:\n{done.stderr[-2000:]}")
    return done.stdout.strip().removeprefix("shlibs:Depends=")


def control(depends: str, suggests: str) -> str:
    """The package's own description."""
    size = sum(path.lstat().st_size for path in TREE.rglob("*") if not path.is_dir()) // 1024
    fields = {
        "Package": PACKAGE,
        "Version": version(),
        "Architecture": architecture(),
        "Maintainer": MAINTAINER,
        "Installed-Size": str(size),
        "Depends": depends,
        "Recommends": "shared-mime-info, xdg-utils",
        "Suggests": suggests,
        "Section": "utils",
        "Priority": "optional",
        "Description": "turn logs of AI agents into spreadsheets and data files\n"
        " Shannon Exporter reads folders of event logs that AI agents write, shows\n"
        " the events that match dates and filters, and saves them as JSON, CSV,\n"
        " Parquet, Excel and more, with aggregations and reports.\n"
        " .\n"
        " The package holds a window, shannon-exporter, and a command line,\n"
        " shannon-export. Neither uses the network.",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)


def version() -> str:
    """The version as Debian compares it: 1.0.0rc1 is older than 1.0.0."""
    return re.sub(r"(a|b|rc|\.dev)(\d+)", r"~\1\2", __version__).replace("~.dev", "~dev")


def architecture() -> str:
    """The architecture as Debian names it."""
    return subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()


def copyright_file(parts: list[shipped.Part]) -> str:
    """Whose work is in the package, and under which licences."""
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8").strip()
    rows = "".join(f"  {part.name} {part.version}: {part.licence}\n" for part in parts)
    return (
        f"{licence}\n\nThe package also holds works of others. The folder licences beside this file has theirs.\n"
        f"\n{rows}\n"
        "Qt, PySide6 and Shiboken are under the GNU LGPL, version 3 (/usr/share/common-licenses/LGPL-3), as shared\n"
        f"libraries in /usr/lib/{PACKAGE}/_internal, where other builds may replace them;"
        " licences/THIRD-PARTY.md says how.\n"
    )


def checksums() -> str:
    """The MD5 of every file, by which dpkg --verify finds damage."""
    files = [
        path
        for path in sorted(TREE.rglob("*"))
        if path.is_file() and not path.is_symlink() and "DEBIAN" not in path.parts
    ]
    said = subprocess.run(
        ["md5sum", *(str(path.relative_to(TREE)) for path in files)],
        cwd=TREE,
        capture_output=True,
        text=True,
        check=True,
    )
    return said.stdout


def pack(moment: datetime) -> Path:
    """Close the package; everything in it belongs to root and has the time of the commit."""
    for path in (TREE, *TREE.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
    target = bundle.DIST / f"{PACKAGE}_{version()}_{architecture()}.deb"
    unfinished = target.with_suffix(".part")
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z3", "--build", str(TREE), str(unfinished)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(moment.timestamp()))}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise bundle.BundleError(f"dpkg-deb failed:\n{done.stderr}")
    return bundle.with_digest(unfinished.replace(target))


def write(path: Path, text: str) -> None:
    """A text file with the folders above it, readable by everybody."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)


def compress(path: Path, text: str) -> None:
    """A text file as policy wants it: gzip at its best, without a name or a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    path.chmod(0o644)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
