"""What the bundled program shannon-export starts with."""

import sys

from shannon_core.cli import main

sys.exit(main())
