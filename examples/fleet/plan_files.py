"""Plans the migration of a fleet that does not fit into memory: `python plan_files.py --help`."""

import os
import sys

# Arrow's own pools keep what they have freed for later: faster for one large table, no bound for a stream of them.
# Arrow reads this when it is imported.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

from fleet_files.command import main

if __name__ == "__main__":
    sys.exit(main())
