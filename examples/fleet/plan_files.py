"""Plans the migration of a fleet that does not fit into memory: `python plan_files.py --help`."""

import sys

from fleet_files.command import main

if __name__ == "__main__":
    sys.exit(main())
