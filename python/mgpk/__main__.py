"""``python -m mgpk`` is the command ``mgpk``."""

import sys

from mgpk.cli import main

if __name__ == "__main__":
    sys.exit(main())
