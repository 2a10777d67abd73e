"""Entry points of installed packages: listed without importing anything, each loaded when it is used.

An entry that cannot be used is a ``PluginProblem`` with its package and the reason; other entries are not affected.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from importlib.metadata import Distribution, EntryPoint


class Identified(Protocol):
    """An entry of a registry: an object with an id."""

    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=Identified)


@dataclass(frozen=True, slots=True)
class PluginProblem:
    """Why the entry point ``id`` of a package is not used; ``id`` is empty where their list cannot be read."""

    package: str
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Offer:
    """An entry point and the package that has it."""

    package: str
    point: EntryPoint


class Registry(Generic[Entry]):
    """Entries by id: the built-in ones (as they are, or named as texts ``module:name``), and those of installed
    packages.

    A package's entry is used where its id is free: neither built in nor taken by an earlier package. ``refused`` gives
    a further reason not to use it, or an empty text. Listing what packages offer takes some 40 ms, so it happens only
    for an id that is not built in, and where all entries are requested.
    """

    def __init__(
        self,
        group: str,
        kind: type[Entry],
        built_in: Mapping[str, Entry | str],
        refused: Callable[[Entry], str] = lambda _entry: "",
    ) -> None:
        self.group = group
        self.built_in_ids = tuple(built_in)
        self._kind = kind
        self._refused = refused
        self._built_in = built_in
        self._loaded: dict[str, Entry] = {}
        self._plugged_in: dict[_Offer, Entry | PluginProblem] = {}
        self._listed_problems: tuple[PluginProblem, ...] = ()

    def built_in(self) -> tuple[Entry, ...]:
        """The built-in entries, in the order of their declaration."""
        return tuple(map(self._own, self.built_in_ids))

    def get(self, id_: str) -> Entry | None:
        """The entry of this id, loaded on its first use; None where no usable entry has it."""
        if id_ in self._built_in:
            return self._own(id_)
        offer = next((offer for offer in self._free() if offer.point.name == id_), None)
        return None if offer is None else self._usable(offer)

    def plugged_in(self) -> tuple[Entry, ...]:
        """The usable entries of packages, in the order of their ids."""
        return tuple(entry for offer in self._free() if (entry := self._usable(offer)) is not None)

    def everything(self) -> tuple[Entry, ...]:
        """The built-in entries, and then those of packages."""
        return (*self.built_in(), *self.plugged_in())

    def ids(self) -> tuple[str, ...]:
        """The ids of all entries, without importing any package: those of broken entries are among them."""
        return (*self.built_in_ids, *(offer.point.name for offer in self._free()))

    def problems(self) -> tuple[PluginProblem, ...]:
        """The problems found so far; asking for them does not list packages."""
        entries = self._plugged_in.values()
        return (*self._listed_problems, *(entry for entry in entries if isinstance(entry, PluginProblem)))

    def _own(self, id_: str) -> Entry:
        if id_ not in self._loaded:
            found = self._built_in[id_]
            self._loaded[id_] = load(found) if isinstance(found, str) else found
        return self._loaded[id_]

    def _free(self) -> list[_Offer]:
        """The offers whose id is still free, the first of each."""
        offers, unreadable = _listed(self.group, tuple(sys.path))
        first = {
            offer.point.name: offer for offer in reversed(offers) if offer.point.name not in self._built_in
        }
        taken = [offer for offer in offers if first.get(offer.point.name) is not offer]
        self._listed_problems = (
            *unreadable,
            *(PluginProblem(offer.package, offer.point.name, "The id is taken.") for offer in taken),
        )
        return [offer for _, offer in sorted(first.items())]

    def _usable(self, offer: _Offer) -> Entry | None:
        if offer not in self._plugged_in:
            self._plugged_in[offer] = self._load(offer)
        entry = self._plugged_in[offer]
        return None if isinstance(entry, PluginProblem) else entry

    def _load(self, offer: _Offer) -> Entry | PluginProblem:
        try:
            entry = offer.point.load()
            reason = self._refusal(entry, offer.point.name)
        except Exception as error:  # noqa: BLE001 – the code of another package may raise anything
            reason = f"{type(error).__name__}: {error}"
        return PluginProblem(offer.package, offer.point.name, reason) if reason else entry

    def _refusal(self, entry: object, id_: str) -> str:
        """Why the entry cannot be used; empty where it can."""
        if not isinstance(entry, self._kind):
            return f"It is not a {self._kind.__name__}."
        return self._refused(entry) if entry.id == id_ else f"Its id is {entry.id!r}."


def load(name: str) -> Any:
    """The object that a text ``module:name`` names; the module is imported now.

    ImportError where the module is missing, AttributeError where it has no such object.
    """
    module, _, attribute = name.partition(":")
    return attrgetter(attribute)(import_module(module))


@cache
def _listed(
    group: str, _search_path: tuple[str, ...]
) -> tuple[tuple[_Offer, ...], tuple[PluginProblem, ...]]:
    """The entry points of a group by package, as long as packages are looked for in the same folders."""
    from importlib.metadata import distributions  # takes as long as all of --help

    offers: dict[str, list[_Offer]] = {}
    problems = []
    for distribution in distributions():
        try:
            found = list(_of_distribution(distribution, group))
        except Exception as error:  # noqa: BLE001 – a damaged list of entry points fails in many ways
            problems.append(PluginProblem(_name(distribution), "", f"{type(error).__name__}: {error}"))
        else:
            if found:
                offers.setdefault(found[0].package, found)
    return tuple(offer for name in sorted(offers) for offer in offers[name]), tuple(problems)


def _of_distribution(distribution: Distribution, group: str) -> Iterator[_Offer]:
    if group not in (distribution.read_text("entry_points.txt") or ""):
        return  # most packages: nothing of them needs to be parsed
    package = _name(distribution)
    for point in distribution.entry_points:
        if point.group == group:
            yield _Offer(package, point)


def _name(distribution: Distribution) -> str:
    """The package's name, or its location where its metadata are damaged."""
    try:
        names = distribution.metadata.get_all("Name")
    except Exception:  # noqa: BLE001 – they may be missing, or be no text at all
        names = None
    return names[0] if names else f"a package in {distribution.locate_file('')}"
