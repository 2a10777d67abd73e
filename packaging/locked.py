"""The lock as a graph: which libraries the program needs, and which only building and testing need.

uv writes below each pin what needs it: another library, or a list of pyproject.toml. ``shannon-exporter
(pyproject.toml)`` is the program itself; with a colon and a name it is a group of tools.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

LOCK = Path(__file__).with_name("requirements.lock")
PROGRAM = "shannon-exporter (pyproject.toml)"
_PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\")
_HASH = re.compile(r" {4}--hash=(sha256:[0-9a-f]{64})")
_PARENT = re.compile(r" {4}# +(?:via )?(?P<parent>\S.*)")


@dataclass(frozen=True, slots=True)
class Pin:
    """One library of the lock: its version, where that holds, the hashes of its files, and what needs it."""

    name: str
    version: str
    marker: str = ""
    hashes: tuple[str, ...] = ()
    wanted_by: tuple[str, ...] = ()

    @property
    def is_here(self) -> bool:
        """Whether this environment has it, at this version; another platform may have another."""
        try:
            return version(self.name) == self.version
        except PackageNotFoundError:
            return False


def pins(text: str) -> list[Pin]:
    """Every pin of a lock, in its order."""
    found: list[Pin] = []
    for line in text.splitlines():
        if match := _PIN.match(line):
            found.append(Pin(match["name"], match["version"], match["marker"] or ""))
        elif match := _HASH.match(line):
            found[-1] = replace(found[-1], hashes=(*found[-1].hashes, match[1]))
        elif found and (match := _PARENT.match(line)) and match["parent"] != "via":
            found[-1] = replace(found[-1], wanted_by=(*found[-1].wanted_by, match["parent"]))
    return found


def shipped(found: list[Pin]) -> list[Pin]:
    """Those that the program wants, and those that these want."""
    wanted = {PROGRAM}
    while True:
        more = wanted | {pin.name for pin in found if wanted & set(pin.wanted_by)}
        if more == wanted:
            return [pin for pin in found if pin.name in wanted]
        wanted = more


def shipped_here() -> list[Pin]:
    """What a bundle that is made in this environment ships."""
    return [pin for pin in shipped(pins(LOCK.read_text(encoding="utf-8"))) if pin.is_here]


def tool_modules() -> list[str]:
    """The modules of everything installed here that no bundle may hold, such as the test runner's."""
    ours = {normal(pin.name) for pin in shipped_here()} | {"shannon-exporter"}
    modules = packages_distributions().items()
    return sorted(module for module, owners in modules if not ours & {normal(owner) for owner in owners})


def normal(name: str) -> str:
    """A library's name as names compare."""
    return re.sub(r"[-_.]+", "-", name).lower()
