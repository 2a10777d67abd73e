"""The modules of the benchmarks stand beside the tests of them, as scripts do."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
