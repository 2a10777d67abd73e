"""What a person finds in every SQL script; how it is laid out is checked by sqruff (packaging/sqruff.cfg)."""

from itertools import takewhile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = [*sorted((ROOT / "core").rglob("*.sql")), *sorted((ROOT / "tests").rglob("*.sql"))]
LONGEST_LINE = 120


@pytest.fixture(params=SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def sql(request: pytest.FixtureRequest) -> str:
    path: Path = request.param
    return path.read_text(encoding="utf-8")


def test_that_a_script_begins_with_what_it_reads(sql: str) -> None:
    head = " ".join(takewhile(lambda line: line.startswith("-- "), sql.splitlines()))
    assert "Reads " in head or "Read no relation" in head


def test_that_the_lines_of_a_script_fit(sql: str) -> None:
    assert [line for line in sql.splitlines() if len(line) > LONGEST_LINE] == []


def test_that_a_script_has_no_white_space_at_ends(sql: str) -> None:
    assert sql.endswith("\n")
    assert [line for line in sql.removesuffix("\n").split("\n") if line != line.rstrip()] == []
