"""Measures the program beside its rivals: ``python packaging/tasks.py bench``.

Data is made, whole processes run in turn, medians and peaks of memory are printed as one table.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from bench import Bench
from sections import CHECKED, SECTIONS
from table import Row, as_markdown, as_record

CHECK_EVENTS = 200_000


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="tasks.py bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--events", type=int, help="how many events (default 1,000,000; with --check 200,000)"
    )
    parser.add_argument("--runs", type=int, default=3, help="how often each process runs (default 3)")
    parser.add_argument("--only", action="append", choices=SECTIONS, help="only this section, repeatable")
    parser.add_argument(
        "--check", action="store_true", help="fail where a ratio has fallen far behind; for CI"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table for programs too")
    parser.add_argument(
        "--folder",
        type=Path,
        help="where data, cache and exports go while it runs (default: a temporary folder)",
    )
    return parser.parse_args()


def main() -> int:
    """Measure; the exit code."""
    asked = options()
    events = asked.events or (CHECK_EVENTS if asked.check else 1_000_000)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="shannon-bench-", dir=asked.folder) as scratch:
        bench = Bench(Path(scratch), events, asked.runs)
        for name in asked.only or (CHECKED if asked.check else SECTIONS):
            print(f"{name} …", file=sys.stderr, flush=True)
            rows += SECTIONS[name](bench)
    print(f"\n{events:,} events, median of {asked.runs}\n\n{as_markdown(rows)}\n")
    if asked.json:
        asked.json.write_text(
            json.dumps(as_record(rows, events, asked.runs), ensure_ascii=False, indent=1) + "\n",
            encoding="utf-8",
        )
    behind = [row for row in rows if row.has_fallen_behind] if asked.check else []
    for row in behind:
        print(
            f"Fallen behind: {row.what} {row.rival}: {row.checked:.2f}, at most {row.limit:.2f} is let pass",
            file=sys.stderr,
        )
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main())
