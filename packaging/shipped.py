"""What is shipped and under which licences: a table with the texts for people, and a bill of materials (CycloneDX) for
machines.

Libraries come from the lock, licences from what is installed. A library without a licence whose duties we know, or
without its text, stops the bundle.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageMetadata, distribution
from pathlib import Path

import locked
from shannon_core._version import __version__

HERE = Path(__file__).parent
TEXT_NAME = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
CLASSIFIED = {"MIT License": "MIT", "Apache Software License": "Apache-2.0", "BSD License": "BSD-3-Clause"}
ACCEPTED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "LGPL-3.0-only", "MIT", "PSF-2.0", "Python-2.0",
    "Zlib", "GPL-2.0-or-later WITH Bootloader-exception",
}  # fmt: skip
QT = {"pyside6-essentials", "shiboken6"}
"""Their wheels bring no texts; both are taken under the LGPL and come with ours."""
SPECIAL = {"pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception"}


class NotShippable(Exception):  # noqa: N818 – it states the outcome
    """A library without a known licence, or without its text."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is shipped."""

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[Path, ...]
    wants: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """What the bill of materials calls it."""
        return self.purl


def libraries() -> list[Part]:
    """The libraries of the lock that the program wants."""
    pins = locked.shipped_here()
    return [_library(pin, tuple(other.name for other in pins if pin.name in other.wanted_by)) for pin in pins]


def runtime() -> list[Part]:
    """Python, and the small program of PyInstaller's that starts it."""
    version = platform.python_version()
    places = (Path(os.__file__).parent, Path(sys.base_prefix))
    texts = tuple(place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").is_file())[:1]
    starter = next(
        pin for pin in locked.pins(locked.LOCK.read_text(encoding="utf-8")) if pin.name == "pyinstaller"
    )
    return [
        Part("python", version, "Python-2.0", f"pkg:generic/python@{version}", texts),
        _library(starter, ()),
    ]


def system_libraries(folder: Path) -> list[Part]:
    """The libraries in the bundle that came from this Debian system, by the packages they are from."""
    packages = {package for package, _name in system_files(folder)}
    parts = []
    for package in sorted(packages):
        query = ["dpkg-query", "--show", "--showformat=${Version}", package]
        version = subprocess.run(query, capture_output=True, text=True, check=True).stdout
        text = Path("/usr/share/doc") / package / "copyright"
        parts.append(
            Part(package, version, "see its copyright file", f"pkg:deb/debian/{package}@{version}", (text,))
        )
    return parts


def system_files(folder: Path) -> list[tuple[str, Path]]:
    """The files in the bundle that came from this Debian system, each with its package; Python's own library is
    none."""
    files = {path.name: path for path in folder.glob("_internal/lib*.so*") if not path.is_symlink()}
    names = [name for name in files if not name.startswith("libpython")]
    search = ["dpkg-query", "--search", *(f"*/{name}" for name in sorted(names))]
    # Not checked: it complains of files without a package, such as Qt's.
    lines = subprocess.run(search, capture_output=True, text=True, check=False).stdout.splitlines()
    owned = [(line.split(":")[0], line.rsplit("/", 1)[1]) for line in lines]
    return sorted({(package, files[name]) for package, name in owned if name in names})


def _library(pin: locked.Pin, wants: tuple[str, ...]) -> Part:
    found = distribution(pin.name)
    if pin.name in QT:
        texts = tuple(HERE / "licences" / name for name in ("LGPL-3.0.txt", "GPL-3.0.txt"))
    else:
        metadata = [file for file in found.files or () if ".dist-info" in str(file)]
        texts = tuple(Path(str(found.locate_file(file))) for file in metadata if TEXT_NAME.search(file.name))
    licence = SPECIAL.get(pin.name) or licence_of(found.metadata)
    return Part(
        pin.name, pin.version, licence, f"pkg:pypi/{pin.name}@{pin.version}", texts, wants, pin.hashes
    )


def licence_of(metadata: PackageMetadata) -> str:
    """The licence that a library states, as an SPDX expression; nothing where it states none that we know."""
    for field in ("License-Expression", "License"):
        stated = str((metadata.get_all(field) or [""])[0])
        if re.fullmatch(r"[\w.-]+(?: (?:AND|OR|WITH) [\w.-]+)*", stated):
            return stated
    classifiers = metadata.get_all("Classifier") or []
    return next(
        (CLASSIFIED[name] for line in classifiers if (name := line.split(" :: ")[-1]) in CLASSIFIED), ""
    )


def is_accepted(licence: str) -> bool:
    """Whether one of the choices of an SPDX expression is made of licences whose duties are met."""
    return any(all(term in ACCEPTED for term in choice.split(" AND ")) for choice in licence.split(" OR "))


def check(parts: list[Part]) -> None:
    """NotShippable where a licence or its text is missing."""
    for part in parts:
        if not is_accepted(part.licence):
            raise NotShippable(
                f"{part.name} {part.version}: its licence is “{part.licence}”, which is not among the accepted ones."
            )
        if not part.texts:
            raise NotShippable(f"{part.name} {part.version} brings no licence text.")


def write_notices(folder: Path, parts: list[Part]) -> None:
    """The table of everything shipped, and each licence text under the name of its library."""
    rows = []
    for part in parts:
        target = folder / part.name
        target.mkdir(parents=True, exist_ok=True)
        for text in part.texts:
            with (target / text.name).open("ab") as file:  # one library may bring several of the same name
                file.write(text.read_bytes())
        rows.append(f"| {part.name} | {part.version} | {part.licence} | `{part.name}/` |")
    head = [
        "# What Shannon Exporter is made of",
        "",
        "| part | version | licence | texts |",
        "|---|---|---|---|",
    ]
    about = (HERE / "licences" / "README.md").read_text(encoding="utf-8").split("\n## ", 1)[1]
    table = "\n".join([*head, *rows, "", "", f"## {about}"])
    (folder / "THIRD-PARTY.md").write_text(table, encoding="utf-8")


def bill_of_materials(parts: list[Part], moment: datetime) -> str:
    """The parts as CycloneDX 1.6; the same parts at the same moment give the same text."""
    program = f"pkg:generic/shannon-exporter@{__version__}"
    wanted = {name for part in parts for name in part.wants}
    refs = {part.name: part.ref for part in parts}
    depends = [
        {"ref": part.ref, "dependsOn": [refs[name] for name in part.wants if name in refs]} for part in parts
    ]
    direct = {"ref": program, "dependsOn": [part.ref for part in parts if part.name not in wanted]}
    root = {
        "type": "application",
        "bom-ref": program,
        "name": "shannon-exporter",
        "version": __version__,
        "purl": program,
    }
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "component": {**root, "licenses": [{"license": {"id": "MIT"}}]},
        },
        "components": [_component(part) for part in parts],
        "dependencies": [direct, *depends],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    return json.dumps({**content, "serialNumber": f"urn:uuid:{serial}"}, indent=1) + "\n"


def _component(part: Part) -> dict[str, object]:
    named = {"license": {"name": part.licence}}
    licence = {"expression": part.licence} if is_accepted(part.licence) else named
    known = [{"name": "shannon-exporter:lock", "value": value} for value in part.hashes]
    return {
        "type": "library",
        "bom-ref": part.ref,
        "name": part.name,
        "version": part.version,
        "purl": part.purl,
        "licenses": [licence],
        **({"properties": known} if known else {}),
    }
