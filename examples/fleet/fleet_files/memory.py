"""The memory that a run may take, and what it took."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
BYTES_MIN = 80 << 20
"""Beyond what the interpreter and its libraries hold, to do anything at all."""
PLAN_BYTES_PER_ROW = 160
"""What planning holds for a row, beside the row: 25 to 30 bytes, more where serials are looked at for repeats, and
memory comes in large pieces."""
COPIES = 4
"""A row as it was read, joined with the others, planned, and on its way out."""


class UsageError(ValueError):
    """The command line is wrong."""


def bytes_of(text: str) -> int:
    """The number of bytes that `512M` or `2GiB` says."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?", text.strip().lower())
    if not found:
        raise ValueError(f"`{text}` is no size; write it as 512M or 2G")
    return int(float(found[1]) * UNITS[found[2]])


def rows_within(bound: int, row_bytes: float) -> int:
    """How many rows can be planned at once under this bound. Raises UsageError when the bound is too tight."""
    free = bound - resident()
    if free < BYTES_MIN:
        needed = (resident() + BYTES_MIN >> 20) + 1
        raise UsageError(f"{bound >> 20}M of memory are too little; give at least --memory {needed}M")
    return int(free / (COPIES * row_bytes + PLAN_BYTES_PER_ROW))


def resident() -> int:
    """The bytes of this process in memory."""
    return _status("VmRSS")


def peak() -> int:
    """The most that there were."""
    return _status("VmHWM")


def _status(name: str) -> int:
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(rf"{name}:\s+(\d+) kB", status.read_text())
        if found:
            return int(found[1]) << 10
    # The peak, where there is nothing better; macOS counts bytes, others KiB.
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest if sys.platform == "darwin" else highest << 10
