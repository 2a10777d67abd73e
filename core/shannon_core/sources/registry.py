"""The sources that are read: one entry each with every fact about it, and the registry of all.

The built-in entries are named as texts and loaded when they are used, as those of packages are (entry points of the group
``shannon_exporter.sources``, whose value is a SourceSpec). No other module knows a source by its id.
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

    ``variable`` is a variable of the environment that names homes beside the usual ones, separated by commas; with ``is_folder``
    such a name may also be that of the folder itself. In ``homes``, ``~`` is the person's home folder and ``{config}`` that of
    settings (``XDG_CONFIG_HOME``).
    """

    homes: tuple[str, ...]
    folders: tuple[str, ...]
    variable: str = ""
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One kind of log. ``id`` is what the column ``source`` holds, ``title`` the name of the tool.

    What is read:
    ``lines`` says what a line is. Of ``"events"`` each is one: ``events.sql`` of ``package`` turns lines into events. Of
    ``"records"`` several become events together: ``facts.sql`` turns lines into facts, ``events.sql`` the facts of a session
    into its events. Both may use the SQL functions of the scripts ``macros`` of the package.
    ``members`` are those of a line of events that have columns; events.sql is told by ``$extends`` whether some line has others.
    ``records`` are the types of record that are known: others are counted and named, for a newer version of the tool may have
    put something into them. ``has_carriers``: some records carry others, which facts.sql reads when it is asked to by
    ``$carried``. ``spans_lines``: a record may be printed over many lines.

    How files are told and found:
    A line with all the members of one of ``signs`` is of this source. ``decides_early``: nothing that comes later on a line can
    make it another's. ``is_fallback``: what nothing tells is of this source, whose rejects say why. ``locations`` are where its
    tool keeps logs. A name with a text of ``set_aside`` is that of a file which the tool has replaced by another.
    ``discard_copies`` names a function ``module:name`` that takes further copies of a file out of a Discovery.

    What is kept and added:
    ``keeps_excerpts``: the beginning of a line that cannot be read is kept and shown. ``fills_costs``: a usage without a cost
    gets one by the price list; a cost that the log gives then stands in ``data``, as cost_usd, cost_estimate or cost.
    """

    id: str
    title: str
    package: str
    lines: Literal["events", "records"]
    signs: tuple[frozenset[str], ...]
    records: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    macros: tuple[str, ...] = ()
    locations: tuple[LogLocation, ...] = ()
    set_aside: tuple[str, ...] = ()
    discard_copies: str = ""
    has_carriers: bool = False
    spans_lines: bool = False
    decides_early: bool = False
    is_fallback: bool = False
    keeps_excerpts: bool = False
    fills_costs: bool = False

    def __post_init__(self) -> None:
        """ValueError where the id is not one: it stands in statements and in file names."""
        if not _ID.fullmatch(self.id):
            raise ValueError(f"{self.id!r} is no id: small letters, digits, and -._ between them")

    @property
    def has_records(self) -> bool:
        """Whether records become events together."""
        return self.lines == "records"

    def fits(self, members: set[str]) -> bool:
        """Whether a line with these members is of this source."""
        return any(sign <= members for sign in self.signs)


def names(text: str) -> frozenset[str]:
    """The names in a text that are separated by white space."""
    return frozenset(text.split())


def any_of(*signs: str) -> tuple[frozenset[str], ...]:
    """Signs of a source: each text names members that are enough together."""
    return tuple(map(names, signs))


def _of_package(spec: SourceSpec) -> str:
    """What a package's entry cannot have: files are found, and lines tried, before packages are looked for."""
    own = ("set_aside", "discard_copies", "decides_early", "is_fallback")
    wrong = [name for name in own if getattr(spec, name)]
    return f"Only built-in sources may have {', '.join(wrong)}." if wrong else ""


SOURCES = Registry(
    "shannon_exporter.sources",
    SourceSpec,
    {
        "codex": "shannon_core.sources.codex.source:CODEX",
        "otlp": "shannon_core.sources.otlp.source:OTLP",
        "shannon": "shannon_core.sources.shannon.source:SHANNON",
        "claude-code": "shannon_core.sources.claude_code.source:CLAUDE_CODE",
    },
    refused=_of_package,
)
"""The built-in ones in the order in which they are tried on a line."""
