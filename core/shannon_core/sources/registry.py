"""The sources that are read: one entry for each with every fact about it.

The built-in entries are named as texts and loaded when they are used, like those of packages (entry points of the group
``shannon_exporter.sources``, whose value is a SourceSpec). No other module refers to a source by its id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from shannon_core.plugins import Registry

_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class LogLocation:
    """Where a tool keeps logs, on every system: ``folders`` in each of its homes.

    ``variable`` is an environment variable with further homes, separated by commas; with ``is_folder`` such a name may
    also be that of the folder itself. In ``homes``, ``~`` is the user's home folder and ``{config}`` the folder of
    settings (``XDG_CONFIG_HOME``).
    """

    homes: tuple[str, ...]
    folders: tuple[str, ...]
    variable: str = ""
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One kind of log. Inputs and outputs of its SQL are in sources.md §6."""

    id: str
    """Its value in the column ``source``."""
    title: str
    """The name of the tool."""
    package: str
    """The package of its SQL: ``events.sql``, and ``facts.sql`` where lines are records."""
    lines: Literal["events", "records"]
    """Whether each line is an event, or several records become events together."""
    signs: tuple[frozenset[str], ...]
    """A line that has all the members of one of these is of this source."""
    records: frozenset[str] = frozenset()
    """The known types of record; others are counted and reported, because a newer version of the tool may use them."""
    members: frozenset[str] = frozenset()
    """The members of a line that columns are made from; ``$extends`` of events.sql is whether a line has others."""
    macros: tuple[str, ...] = ()
    """Scripts of the package with SQL functions for its statements."""
    locations: tuple[LogLocation, ...] = ()
    """Where its tool keeps logs."""
    set_aside: tuple[str, ...] = ()
    """Parts of the names of files that the tool has replaced by others: such files are skipped."""
    discard_copies: str = ""
    """The function ``module:name`` that removes further copies of a file from a Discovery."""
    has_carriers: bool = False
    """Some records carry others, which facts.sql reads when ``$carried`` asks for them."""
    spans_lines: bool = False
    """A record may be printed over many lines."""
    decides_early: bool = False
    """A sign decides before the rest of the line is read: no other source has a sign with these members."""
    is_fallback: bool = False
    """Reads the files that no source recognises; its reasons say what their lines lack."""
    keeps_excerpts: bool = False
    """The beginning of a rejected line is stored and shown."""
    fills_costs: bool = False
    """A usage without a cost gets one by the list of prices. A cost that the log gives is then a member of ``data``:
    ``cost_usd``, ``cost_estimate`` or ``cost``."""

    def __post_init__(self) -> None:
        """ValueError where a value has the wrong type: a type checker may not have checked the entries of packages."""
        if not _ID.fullmatch(self.id):
            raise ValueError(f"{self.id!r} is not an id: small letters and digits, with -._ between them")
        if self.lines not in ("events", "records"):
            raise ValueError(f"lines is {self.lines!r}, neither events nor records")
        if not all(isinstance(sign, frozenset) for sign in self.signs):
            raise ValueError("a sign is a frozenset of the names of members")

    @property
    def has_records(self) -> bool:
        """Whether records become events together."""
        return self.lines == "records"

    @property
    def scripts(self) -> tuple[str, ...]:
        """The names of all its SQL files."""
        return ("events", *(("facts",) if self.has_records else ()), *self.macros)

    def fits(self, members: set[str]) -> bool:
        """Whether a line with these members is of this source."""
        return any(sign <= members for sign in self.signs)


def names(text: str) -> frozenset[str]:
    """The names in a text, separated by white space."""
    return frozenset(text.split())


def any_of(*signs: str) -> tuple[frozenset[str], ...]:
    """Signs of a source: each text names the members of one sign."""
    return tuple(map(names, signs))


def _refusal(spec: SourceSpec) -> str:
    """Why the entry of a package cannot be used, or empty. Fields that act before packages are listed are refused."""
    from importlib.resources import files  # takes longer to import than all of this module

    own = ("set_aside", "discard_copies", "decides_early", "is_fallback")
    if wrong := [name for name in own if getattr(spec, name)]:
        return f"Only built-in sources may have {', '.join(wrong)}."
    lost = [name for name in spec.scripts if not files(spec.package).joinpath(f"{name}.sql").is_file()]
    return f"{spec.package} has no {', '.join(f'{name}.sql' for name in lost)}." if lost else ""


SOURCES = Registry(
    "shannon_exporter.sources",
    SourceSpec,
    {
        "codex": "shannon_core.sources.codex.source:CODEX",
        "otlp": "shannon_core.sources.otlp.source:OTLP",
        "shannon": "shannon_core.sources.shannon.source:SHANNON",
        "claude-code": "shannon_core.sources.claude_code.source:CLAUDE_CODE",
    },
    refused=_refusal,
)
"""The built-in sources, in the order in which they are tried on a line."""
