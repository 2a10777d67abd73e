"""What the bundled program shannon-exporter starts with."""

import sys

from shannon_gui.app import main

sys.exit(main())
