"""The kinds of log that are read, and how a file's kind is told from its beginning.

A kind of events has one line for each event (Shannon). A kind of transcripts holds records that become events together: lines
become facts (``facts.sql``), the facts of a session become its events (``events.sql``).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceKind:
    """One kind of log. ``name`` is what the column ``source`` holds, ``package`` the package of its SQL files.

    A line with all the members of one of ``signs`` is of this kind. ``records`` are the types of record that are known: others are
    counted and named, for a newer version of the tool may have put something into them. ``has_carriers``: some records carry
    others, which facts.sql reads when it is asked to.
    """

    name: str
    label: str
    package: str
    signs: tuple[frozenset[str], ...]
    records: frozenset[str] = frozenset()
    has_carriers: bool = False

    @property
    def is_transcript(self) -> bool:
        """Whether records become events together."""
        return bool(self.records)

    def fits(self, members: set[str]) -> bool:
        """Whether a line with these members is of this kind."""
        return any(sign <= members for sign in self.signs)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _signs(*members: str) -> tuple[frozenset[str], ...]:
    return tuple(map(_names, members))
