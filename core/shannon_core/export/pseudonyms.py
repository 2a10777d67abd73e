"""Pseudonyms for people: user ids, account names (of home folders) and names of branches, equal in every export of a
computer.

A pseudonym is the beginning of an HMAC-SHA-256 under a random key that never leaves this computer, so that guessed
names cannot be verified without the key. Events are renamed by a view during one export: writers do not know of it, and
the store is unchanged.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain

import duckdb

from shannon_core.errors import TargetError
from shannon_core.event_columns import COLUMNS, EVENT_COLUMNS
from shannon_core.event_notes import NOTES
from shannon_core.files.app_paths import pseudonym_key_file
from shannon_core.files.atomic_file import AtomicFile
from shannon_core.request.export_request import ExportRequest
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.store.sql_text import sql_literal

_KEY_BYTES, _BLOCK = 32, 64
"""Bytes of the key, as many as SHA-256 gives, and of a block of SHA-256 (HMAC, RFC 2104)."""
_DIGITS = 10
"""Hexadecimal digits of a pseudonym: a million names are still all different."""
_MAX_NAMES_IN_TEXT = 64
"""Names with a pseudonym of their own in running text, where each is replaced in turn; a further one becomes
OTHER_USER."""
OTHER_USER = "user-other"
_IN_PATH = r"(?:^|[/\\])(?:home|Users)[/\\]+([^/\\]+)|-(?:home|Users)-([A-Za-z0-9]+)"
_IN_TEXT = (
    r"""(?:^|["\s'(=:]|file://)(?:/[\w.-]+)*(?:/home|/Users|[A-Za-z]:(?:[/\\]+[\w.-]+)*[/\\]+Users)"""
    r"""[/\\]+([^/\\"'\s:]+)"""
    r"""|-(?:home|Users)-([A-Za-z0-9]+)"""
)
"""The account whose home folder a path is in, or in the name that Claude Code gives to the folder of a project."""
_GENERIC_ACCOUNTS = frozenset(
    (
        *(
            "admin",
            "administrator",
            "app",
            "build",
            "ci",
            "codespace",
            "debian",
            "default",
            "dev",
            "guest",
            "jovyan",
        ),
        *("node", "public", "root", "runner", "shared", "test", "ubuntu", "user", "users", "vscode"),
        *("true", "false", "null"),
    )
)
"""Accounts that are not names of people, and words of JSON."""
_COMMON_BRANCHES = ("main", "master", "HEAD", "develop", "trunk", "")
_BRANCH_MEMBERS = ("git_branch", "gitBranch", "branch")
# an escape of JSON and an underscore end a word too
_BEFORE, _AFTER = r"(\b|_|\\[bfnrt]|\\u[0-9a-f]{4})", r"(\b|_)"
_JSON_COLUMNS, _TEXT_COLUMNS, _USER_COLUMNS = (
    tuple(column.name for column in COLUMNS if column.personal == kind) for kind in ("json", "text", "user")
)


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """The pseudonyms under one key; ``names`` are the names of people to replace in running text."""

    key: bytes
    names: tuple[str, ...] = ()

    def of(self, kind: str, value: str) -> str:
        """The pseudonym of a value, such as user-3f2a9c01d4."""
        digest = hmac.new(self.key, value.encode("utf-8", "surrogateescape"), hashlib.sha256)
        return f"{kind}-{digest.hexdigest()[:_DIGITS]}"

    @property
    def aliases(self) -> dict[str, str]:
        """Every spelling of the names with its pseudonym, the longest first."""
        found: dict[str, str] = {}
        for place, name in enumerate(self.names):
            alias = self.of("user", name) if place < _MAX_NAMES_IN_TEXT else OTHER_USER
            found |= dict.fromkeys(_spellings(name), alias)
        return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))

    def text(self, text: str) -> str:
        """A text with every known name renamed."""
        for name, alias in self.aliases.items():
            text = re.sub(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", alias, text, flags=re.IGNORECASE)
        return text

    def sql_of(self, kind: str, value: str) -> str:
        """``of`` as a SQL expression; ``value`` is SQL."""
        pads = (bytes(byte ^ mask for byte in self.key.ljust(_BLOCK, b"\0")).hex() for mask in (0x36, 0x5C))
        inner, outer = (f"unhex('{pad}')" for pad in pads)
        return f"'{kind}-' || left(sha256({outer} || unhex(sha256({inner} || encode({value})))), {_DIGITS})"

    def sql_text(self, text: str) -> str:
        """``text`` as a SQL expression over a column of plain or JSON text, by its name."""
        if not self.names:
            return text
        together: dict[tuple[str, str, str], list[str]] = {}
        for name, alias in self.aliases.items():
            edges = _edge(name[0], _BEFORE), _edge(name[-1], _AFTER)
            together.setdefault((alias, *edges), []).append(re.escape(name))
        changed = text
        for (alias, before, after), names in together.items():
            pattern = sql_literal(f"(?i){before}(?:{'|'.join(names)}){after}")
            changed = f"regexp_replace({changed}, {pattern}, '\\1{alias}\\2', 'g')"
        any_name = sql_literal("(?i)" + "|".join(map(re.escape, self.aliases)))
        return f"CASE WHEN regexp_matches({text}, {any_name}) THEN {changed} ELSE {text} END"


def _spellings(name: str) -> set[str]:
    """The name itself, escaped for JSON, and as in the folder names of Claude Code."""
    return {name, json.dumps(name, ensure_ascii=False)[1:-1], re.sub("[^A-Za-z0-9]", "-", name)}


def _edge(character: str, boundary: str) -> str:
    """The word boundary at this end of a name; none where it is not ASCII: DuckDB's `\\b` is ASCII-only."""
    return boundary if character.isascii() and character.isalnum() else "()"


def installation_key() -> bytes:
    """The key of this computer, created on its first use. TargetError where it can be neither read nor created."""
    path = pseudonym_key_file()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            with AtomicFile(path, overwrite=False) as file:
                file.write(secrets.token_bytes(_KEY_BYTES))
        key = path.read_bytes()
    except OSError as error:
        raise TargetError(
            "pseudonym_key_unusable", path=str(path), reason=error.strerror or str(error)
        ) from error
    if len(key) != _KEY_BYTES:
        raise TargetError("pseudonym_key_damaged", path=str(path))
    return key


@contextmanager
def renamed(
    connection: duckdb.DuckDBPyConnection, request: ExportRequest
) -> Iterator[tuple[ExportRequest, str]]:
    """Show events under pseudonyms to this connection within the block; yields the request rewritten in pseudonyms, and
    its words.

    Words are searched in the real texts by the view, so the yielded request has none. TargetError where the key is
    unusable.
    """
    store = connection.sql("SELECT current_database()").fetchall()[0][0]
    names = _names(connection, request.sources)
    pseudonyms = Pseudonyms(installation_key(), names)
    _define_views(connection, f'"{store}".main', pseudonyms, request.selection.text)
    try:
        yield _renamed_request(request, pseudonyms), pseudonyms.text(request.selection.text)
    finally:
        for view in ("events", "sessions"):
            connection.execute(f"DROP VIEW IF EXISTS temp.main.{view}")


def _names(connection: duckdb.DuckDBPyConnection, sources: Iterable[str]) -> tuple[str, ...]:
    """Names of people in the store and in the paths of its sources; where only the case differs, as in a user id."""
    users = connection.sql("SELECT DISTINCT user_id FROM events WHERE user_id <> '' ORDER BY 1").fetchall()
    ids = [user for (user,) in users]
    ids += [user.partition("@")[0] for user in ids if "@" in user]
    accounts = [*_accounts(connection)]
    accounts += chain.from_iterable(match for source in sources for match in re.findall(_IN_PATH, source))
    spelt = {name.lower(): name for name in reversed((*ids, *accounts)) if _is_personal(name)}
    return tuple(dict.fromkeys(spelt[name.lower()] for name in (*accounts, *ids) if name.lower() in spelt))


def _accounts(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield the accounts whose home folders occur in the events."""
    found = """SELECT regexp_extract_all(path, $path, 1) || regexp_extract_all(path, $path, 2) AS names
        FROM (SELECT DISTINCT unnest([project_path, source_file]) AS path FROM events)"""
    for name in _JSON_COLUMNS:
        found += f""" UNION ALL SELECT regexp_extract_all({name}, $text, 1) || regexp_extract_all({name}, $text, 2)
            FROM events WHERE regexp_matches({name}, 'home|Users')"""
    names = (
        f"SELECT DISTINCT name FROM (SELECT unnest(names) AS name FROM ({found})) WHERE name <> '' ORDER BY 1"
    )
    for (name,) in connection.execute(names, {"path": _IN_PATH, "text": _IN_TEXT}).fetchall():
        yield name


def _is_personal(name: str) -> bool:
    return (
        len(name) > 1
        and not name.isnumeric()
        and name.lower() not in _GENERIC_ACCOUNTS | EVENT_COLUMNS.keys()
    )


def _define_views(
    connection: duckdb.DuckDBPyConnection, store: str, pseudonyms: Pseudonyms, words: str
) -> None:
    """Create temporary views ``events`` and ``sessions``, which take precedence over the tables."""
    own = ", ".join(f"{_own_values(name, pseudonyms)} AS own_{name}" for name in _JSON_COLUMNS)
    said = (
        " AND ".join(f"contains(lower(data), lower({sql_literal(word)}))" for word in words.split()) or "TRUE"
    )
    new = {name: pseudonyms.sql_of("user", name) for name in _USER_COLUMNS}
    new |= {name: pseudonyms.sql_text(name) for name in _TEXT_COLUMNS}
    new |= {name: pseudonyms.sql_text(f"own_{name}") for name in _JSON_COLUMNS}
    renamed_columns = ", ".join(f"{sql} AS new_{name}" for name, sql in new.items())
    changed = " OR ".join(f"new_{name} IS DISTINCT FROM {name}" for name in new)
    columns = {name: f"new_{name}" if name in new else name for name in EVENT_COLUMNS}
    columns["notes"] = f"notes | CASE WHEN {changed} THEN {NOTES['pseudonym']} ELSE 0 END"
    shown = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW events AS SELECT {shown}, rowid FROM (SELECT *, {renamed_columns} FROM"
        f" (SELECT *, rowid, {own} FROM {store}.events WHERE {said}))"
    )
    session, project = (pseudonyms.sql_text(name) for name in ("session_id", "project_path"))
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW sessions AS SELECT {session} AS session_id, {project} AS project_path,"
        f" has_token_usage FROM {store}.sessions"
    )


def _own_values(column: str, pseudonyms: Pseudonyms) -> str:
    """A JSON column with the event's own user, however many there are, and its branches renamed."""
    user = pseudonyms.sql_of("user", "user_id")
    changed = f"CASE WHEN user_id IS NULL THEN {column} ELSE replace({column}, to_json(user_id), to_json({user})) END"
    for member in _BRANCH_MEMBERS:
        branch = f"({column} ->> '$.{member}')"
        common = ", ".join(map(sql_literal, _COMMON_BRANCHES))
        found = f'contains({column}, \'"{member}":"\') AND {branch} NOT IN ({common})'
        before, after = (
            f"CASE WHEN {found} THEN '\"{member}\":' || to_json({name}) ELSE '' END"
            for name in (branch, pseudonyms.sql_of("branch", branch))
        )
        changed = f"replace({changed}, {before}, {after})"
    return changed


def _renamed_request(request: ExportRequest, pseudonyms: Pseudonyms) -> ExportRequest:
    def known_as(item: EventFilter) -> EventFilter:
        if item.field in _USER_COLUMNS:
            return replace(item, values=tuple(pseudonyms.of("user", value) for value in item.values))
        return replace(item, values=tuple(pseudonyms.text(value) for value in item.values))

    selection = request.selection
    return replace(
        request,
        sources=tuple(pseudonyms.text(source) for source in request.sources),
        selection=Selection(selection.time_range, tuple(known_as(item) for item in selection.filters)),
    )
