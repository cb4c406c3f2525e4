"""What a host counts on: memory that stays flat, threads that run side by side, an import that takes no time."""

from __future__ import annotations

import datetime
import gc
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial

import alms

from .conformance import vectors

DAY = datetime.date(2023, 3, 25)
CALLS = 1_000_000
LEFT_KIB_MAX = 4 * 1024


def account(count: int) -> alms.Account:
    systems = [
        alms.System(f"LA{number:014}", "RV55", "active", DAY - datetime.timedelta(number % 300))
        for number in range(count)
    ]
    return alms.Account(
        "a1", "Acme", instance="na", format="legacy", kind="customer", tokens=count * 7, systems=systems
    )


def resident_kib() -> int:
    """What this process holds; where Linux does not say it, the most that it ever held: a leak shows in that too."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
    except FileNotFoundError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most // 1024 if sys.platform == "darwin" else most


def test_memory_stays_flat_over_a_million_calls() -> None:
    small = account(2)
    plan = alms.plan_migration(small, on=DAY)

    works: list[Callable[[], object]] = [
        lambda: alms.plan_migration(small, on=DAY),
        lambda: plan.systems[0].end_date,
        lambda: plan.systems[0].rules,
        lambda: small.systems.find("LA1"),
        lambda: alms.System("LA1", "RV55", "active", DAY),
    ]

    def calls(count: int) -> None:
        for number in range(count):
            works[number % len(works)]()

    calls(CALLS // 20)
    gc.collect()
    before = resident_kib()
    calls(CALLS - CALLS // 20)
    gc.collect()
    assert resident_kib() - before < LEFT_KIB_MAX


def together(*works: Callable[[], object]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_threads_run_side_by_side() -> None:
    """While a plan is made in one thread, another goes on with Python code."""
    big = account(300_000)
    ticks, stop = [0], threading.Event()

    def tick() -> None:
        while not stop.is_set():
            ticks[0] += 1
            time.sleep(0)

    def plan() -> None:
        try:
            for _ in range(3):
                assert alms.plan_migration(big, on=DAY).fingerprint
        finally:
            stop.set()

    # With the lock held for as long as a plan takes, there would be a tick or two between the plans.
    together(tick, plan)
    assert ticks[0] > 50


def test_threads_share_values() -> None:
    shared = alms.plan_migration(account(1_000), on=DAY)
    found: list[tuple[str, int]] = []

    def read() -> None:
        found.append((shared.fingerprint, sum(row.tokens for row in shared.systems)))

    together(*[read] * 8)
    assert len(found) == 8
    assert len(set(found)) == 1


def test_eight_threads_answer_every_vector() -> None:
    """The recorded bytes, while seven others ask; each thread begins elsewhere."""
    calls = [(vector.op, vector.text, vector.output()) for vector in vectors()]
    answered = [0] * 8
    wrong: list[tuple[str, str, str]] = []

    def ask(thread: int) -> None:
        start = thread * len(calls) // 8
        for op, text, output in calls[start:] + calls[:start]:
            try:
                found = alms.call_json(op, text)
            except alms.AlmsError as error:
                found = json.dumps(error.to_dict(), ensure_ascii=False, separators=(",", ":"))
            answered[thread] += 1
            if found != output:
                wrong.append((op, text, found))

    together(*[partial(ask, thread) for thread in range(8)])
    assert wrong == []
    assert answered == [len(calls)] * 8


IMPORT_MS_MAX = 20


def test_the_import_takes_no_time() -> None:
    """CPU time of `import alms`, beyond that of a bare interpreter; the best of several runs."""
    code = "import time; start = time.process_time(); import alms; print(time.process_time() - start)"
    runs = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(7)
    ]
    assert min(runs) * 1000 < IMPORT_MS_MAX


def test_no_table_library_is_imported() -> None:
    libraries = {"pandas", "polars", "pyarrow", "numpy", "matplotlib", "rich"}
    code = f"import alms, sys; alms.plan_fleet, alms.Quote; print(sorted({libraries} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
