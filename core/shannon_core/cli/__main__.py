"""Lets ``python -m shannon_core.cli`` run the command line."""

import sys

from shannon_core.cli import main

sys.exit(main())
