"""The second front end: the same requests and the same progress events as the window, in a terminal.

Answers go to stdout, progress to stderr, events to files. Exit codes: 0 finished; 1 finished with errors or, under
--strict, with rejected lines; 2 bad arguments; 3 failed; 130 cancelled. Imports the session and all below it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from shannon_core.cli.arguments import argument_parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code."""
    options = argument_parser().parse_args(arguments)
    from shannon_core.cli.run import run

    return run(options)


if __name__ == "__main__":
    sys.exit(main())
