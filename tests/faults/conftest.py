"""The fault laboratory: its modules lie beside the tests, which are not a package."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
