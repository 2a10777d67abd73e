"""Every message is used, given its values, of the right kind, documented: what the tables of messages promise."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from shannon_core import errors
from shannon_core.messages.errors import ERRORS
from shannon_core.messages.notices import NOTICES
from shannon_core.messages.phrases import PHRASES

ROOT = Path(__file__).resolve().parents[3]
MESSAGES = ROOT / "core" / "shannon_core" / "messages"
ERROR_CLASSES = {
    name: item.kind
    for name, item in vars(errors).items()
    if isinstance(item, type) and issubclass(item, errors.ShannonError)
}
TABLES = {
    "Notice": {code: {spec.text} for code, spec in NOTICES.items()},
    "Phrase": {code: {template} for code, template in PHRASES.items()},
    "_wrong": {code: {template} for code, template in PHRASES.items()},
    **{
        name: {code: set(spec.templates) for code, spec in ERRORS.items()}
        for name in (*ERROR_CLASSES, "Failed", "FileFailed")
    },
}
CODE_AT = {"FileFailed": 2, "_wrong": 2}
"""Where the code stands among the arguments, where it is not the first."""


@dataclass(frozen=True)
class Site:
    """A place where a message is made: the call, its code, and the names of the values that it is given."""

    where: str
    maker: str
    code: str
    given: frozenset[str]


@cache
def modules() -> dict[Path, ast.Module]:
    """The modules of the program but for the tables themselves."""
    files = (
        path
        for root in ("core/shannon_core", "gui/shannon_gui")
        for path in sorted((ROOT / root).rglob("*.py"))
    )
    return {
        path: ast.parse(path.read_text(encoding="utf-8")) for path in files if MESSAGES not in path.parents
    }


def sites() -> Iterator[Site]:
    """Every call that makes a message with a code that is written there."""
    for path, tree in modules().items():
        functions = [
            node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        for function in functions:
            named = dict(_dictionaries(function))
            for node in ast.walk(function):
                maker = getattr(getattr(node, "func", None), "id", "")
                if isinstance(node, ast.Call) and maker in TABLES and len(node.args) > CODE_AT.get(maker, 0):
                    code = node.args[CODE_AT.get(maker, 0)]
                    if isinstance(code, ast.Constant) and isinstance(code.value, str):
                        given = frozenset(_names(node, maker, named))
                        yield Site(f"{path.relative_to(ROOT)}:{node.lineno}", maker, code.value, given)


def _dictionaries(function: ast.AST) -> Iterator[tuple[str, ast.Dict]]:
    """The dictionaries that the function gives names to."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    yield target.id, node.value


def _names(call: ast.Call, maker: str, named: dict[str, ast.Dict]) -> Iterator[str]:
    """The names of the values: of keywords, or of the dictionary after the code, which may have a name in the
    function."""
    for keyword in call.keywords:
        yield keyword.arg or "**"
    for value in call.args[CODE_AT.get(maker, 0) + 1 :]:
        yield from _keys(named.get(value.id) if isinstance(value, ast.Name) else value, named)


def _keys(value: ast.expr | None, named: dict[str, ast.Dict]) -> Iterator[str]:
    assert isinstance(value, ast.Dict), "values are written where the message is made, or in its function"
    for key, item in zip(value.keys, value.values, strict=True):
        if key is None:
            yield from _keys(named.get(getattr(item, "id", "")), named)
        else:
            assert isinstance(key, ast.Constant)
            yield key.value


def placeholders(*templates: str) -> set[str]:
    """The names of the values that the templates take."""
    return {name for text in templates for _, name, _, _ in Formatter().parse(text) if name}


SITES = list(sites())


def test_that_messages_are_found_in_the_code() -> None:
    assert len(SITES) > 60
    assert {site.maker for site in SITES} >= {"RequestError", "TargetError", "Notice", "Phrase", "Failed"}


@pytest.mark.parametrize("site", SITES, ids=lambda site: f"{site.where} {site.code}")
def test_that_a_message_is_known_and_is_given_its_values(site: Site) -> None:
    assert site.code in TABLES[site.maker]
    needed = placeholders(*TABLES[site.maker][site.code])
    assert site.given == needed or ("**" in site.given or site.given - needed == {"details"})


@pytest.mark.parametrize(
    "site", [site for site in SITES if site.maker in ERROR_CLASSES], ids=lambda site: site.where
)
def test_that_an_error_is_raised_as_the_class_of_its_kind(site: Site) -> None:
    assert ERROR_CLASSES[site.maker] == ERRORS[site.code].kind


def test_that_every_message_is_used() -> None:
    texts = [
        node.value
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "core").rglob("*.sql")]
    everything = "\n".join(texts)
    made_by_class = {"cancelled"}
    for code in {*ERRORS, *NOTICES, *PHRASES} - made_by_class:
        # “missing: id” is put together from two words
        assert re.search(rf"\b{code.partition(':')[0]}\b", everything), code


@pytest.mark.parametrize("code", [*ERRORS, *NOTICES, *PHRASES])
def test_that_a_code_is_a_name_that_stays(code: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*(: (id|timestamp|type))?", code)


def test_that_no_code_is_in_two_tables() -> None:
    codes = [*ERRORS, *NOTICES, *PHRASES]
    assert len(codes) == len(set(codes))


def test_that_every_code_is_documented_with_its_exit_code() -> None:
    guide = (ROOT / "core" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (.*) \|$", guide, re.MULTILINE)
    assert [(code, int(exit_code), title) for code, exit_code, title in rows] == [
        (spec.code, spec.exit_code, spec.title) for spec in ERRORS.values()
    ]
    notices = re.findall(r"^\| `(\w+)` \| (info|warning) \| (.*) \|$", guide, re.MULTILINE)
    assert notices == [(spec.code, spec.level, spec.text) for spec in NOTICES.values()]
