"""A plan over a list of systems, beside the loop that one would write with python-dateutil instead.

Run it with a Python that has the wheel and python-dateutil: `python benches/python/plan.py`. Both programs get the
same list of objects and have to give the same outcome and end date for every system; the loop leaves out all else
(rules, statement of tokens, warnings, fingerprint).
"""

from __future__ import annotations

import datetime
import gc
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

import alms

ON = datetime.date(2023, 3, 25)
STATES = [
    alms.SystemState.MAINTENANCE,
    alms.SystemState.INVENTORY,
    *[alms.SystemState.SUSPENDED] * 3,
    *[alms.SystemState.ACTIVE] * 15,
]
MODELS = ["RV50", "RV55", "GX450", "LX60"]
REPEATS = 7


@dataclass(frozen=True, slots=True)
class PlainSystem:
    """What the loop needs to know of a system."""

    serial: str
    state: str
    last_communication: datetime.date | None
    support_end: datetime.date | None


def systems(count: int) -> list[alms.System]:
    """A spread of fates, with serials out of order, as a real export has them."""
    start = datetime.date(2022, 1, 1)

    def day(number: int) -> datetime.date:
        return start + datetime.timedelta(number % 700)

    return [
        alms.System(
            f"LA{number * 7_919_777 % 99_999_989:014}",
            MODELS[number % 4],
            STATES[number % 20],
            None if number % 20 == 5 else day(number * 37),
            day(number * 53) if number % 5 == 0 else None,
            day(number * 11),
        )
        for number in range(count)
    ]


def plain(fleet: list[PlainSystem], tokens: int, on: datetime.date) -> list[tuple[str, datetime.date | None]]:
    """The loop: classify, divide, write down an outcome and a date."""
    cutoff = on - relativedelta(months=12)
    planned: list[tuple[str, datetime.date | None]] = []
    basic = 0
    for system in fleet:
        if system.state == "maintenance":
            planned.append(("inventory", None))
        elif system.support_end is not None and system.support_end >= on:
            # The calendar months between the two days, whatever the days are.
            months = relativedelta(system.support_end.replace(day=1), on.replace(day=1))
            tokens -= months.years * 12 + months.months
            planned.append(("airlink_complete", system.support_end))
        elif system.last_communication is None or system.last_communication < cutoff:
            planned.append(("deleted", None))
        elif system.state == "inventory":
            planned.append(("inventory", None))
        else:
            basic += 1
            planned.append(("airlink_basic", None))
    granted = max(tokens, 0) // basic if basic else 0
    return [
        (outcome, on + relativedelta(months=granted)) if outcome == "airlink_basic" else (outcome, date)
        for outcome, date in planned
    ]


def plan(fleet: list[alms.System], tokens: int) -> alms.Plan:
    """The same with the library: an account of the list, and its plan."""
    account = alms.Account(
        "bench", "Bench Buses", instance="na", format="legacy", kind="customer", tokens=tokens, systems=fleet
    )
    return alms.plan_migration(account, on=ON)


def nanoseconds(work: Callable[[], object], count: int) -> float:
    """Per system, the median of several runs that are each long enough to be measured."""
    rounds = max(1, 200_000 // count)
    times = []
    for _ in range(REPEATS):
        gc.collect()
        start = time.process_time_ns()
        for _ in range(rounds):
            work()
        times.append((time.process_time_ns() - start) / rounds / count)
    return statistics.median(times)


def main() -> None:
    """Prints a row per size of fleet."""
    print(f"nanoseconds of CPU time per system (medians of {REPEATS} runs), Python {sys.version.split()[0]}")
    print(f"{'systems':>9} {'dateutil':>9} {'plan':>7} {'ratio':>7} {'+fingerprint':>13} {'+all rows':>10}")
    for count in [int(argument) for argument in sys.argv[1:]] or [100, 500, 10_000, 100_000]:
        print(row_of(count))


def row_of(count: int) -> str:
    """Measures one size."""
    fleet, tokens = systems(count), count * 7
    plain_fleet = [PlainSystem(s.serial, s.state.value, s.last_communication, s.support_end) for s in fleet]
    rows = [(row.outcome.value, row.end_date) for row in plan(fleet, tokens).systems]
    assert rows == plain(plain_fleet, tokens, ON), "the loop gives other answers"
    loop = nanoseconds(lambda: plain(plain_fleet, tokens, ON), count)
    ours = nanoseconds(lambda: plan(fleet, tokens), count)
    signed = nanoseconds(lambda: plan(fleet, tokens).fingerprint, count)
    read = nanoseconds(lambda: [(row.outcome, row.end_date) for row in plan(fleet, tokens).systems], count)
    return f"{count:>9} {loop:>9.0f} {ours:>7.1f} {loop / ours:>6.1f}x {signed:>13.1f} {read:>10.1f}"


if __name__ == "__main__":
    main()
