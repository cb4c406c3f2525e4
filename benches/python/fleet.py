"""A whole fleet at once, beside what one would write with NumPy, pandas, Polars, DuckDB and plain Python instead.

Run it with a Python that has the wheel and the libraries: `python benches/python/fleet.py [systems …]`; 1,000,000
systems unless told otherwise. All programs get the same rows and have to give the same outcome, end date and tokens for
every system. CPU time of all threads, the best of several runs. "Polars, whole" is the whole job: the names of the
outcomes, the rule of each row and the figures of the accounts, too, which alms gives in the same call.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable

# Read when Polars is imported.
os.environ["POLARS_MAX_THREADS"] = "1"

import fleet_whole_job
import numpy as np
from fleet_data import Fleet, fleet
from fleet_programs import PROGRAMS, Answers, with_alms
from polars.testing import assert_frame_equal

REPEATS = 5
SECONDS = 2.0
"""A program is run again until its runs took so long: on a shared machine a few short ones may all be disturbed."""
SECONDS_MAX = 8.0
"""A program is not run again once its runs took so long."""
FORMS = {"integer keys, sorted": False, "string keys, random order": True}


def seconds(work: Callable[[], object]) -> float:
    """The best of several runs."""
    times: list[float] = []
    gc.collect()
    while (len(times) < REPEATS or sum(times) < SECONDS) and sum(times) < SECONDS_MAX:
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def same(ours: Answers, theirs: Answers) -> bool:
    """Whether two programs agree on every system."""
    return all(
        np.array_equal(one, other, equal_nan=one.dtype.kind in "fM") for one, other in zip(ours, theirs, strict=True)
    )


def main() -> None:
    """Prints a table per form of the keys: nanoseconds per system, and how many times those of alms."""
    for count in [int(argument) for argument in sys.argv[1:]] or [1_000_000]:
        for form, text in FORMS.items():
            print(f"\n{count:,} systems, {form}: nanoseconds of CPU time per system")
            print(f"{'':15} {'ns':>9} {'ratio':>8}")
            measure(count, text=text)


def measure(count: int, *, text: bool) -> None:
    """Measures one fleet; a program that gives other answers ends the run."""
    given = fleet(count, text=text)
    expected: Answers | None = None
    times: dict[str, float] = {}
    for name, program in PROGRAMS.items():
        work, answers = program(given)
        found = answers(work())
        expected = expected or found
        assert same(expected, found), f"{name} gives other answers"
        times[name] = seconds(work) * 1e9 / count
        print(f"{name:15} {times[name]:>9.1f} {times[name] / times['alms']:>7.1f}x", flush=True)
    if text:
        whole = whole_job(given) * 1e9 / count
        ratio = whole / times["alms"]
        print(f"{'Polars, whole':15} {whole:>9.1f} {ratio:>7.1f}x", flush=True)
        print(f"target: at least 4 times as fast as Polars: {ratio:.1f} ({'met' if ratio >= 4 else 'missed'})")
    else:
        ours = times["alms"]
        print(f"target: at most 8 ns: {ours:.1f} ({'met' if ours <= 8 else 'missed'})")


def whole_job(given: Fleet) -> float:
    """Seconds that Polars takes for all that a plan says; other answers end the run."""
    (ours, _), (theirs, answers) = with_alms(given), fleet_whole_job.with_polars(given)
    for expected, found in zip(fleet_whole_job.of_alms(ours()), answers(theirs()), strict=True):
        assert_frame_equal(expected, found)
    return seconds(theirs)


if __name__ == "__main__":
    main()
