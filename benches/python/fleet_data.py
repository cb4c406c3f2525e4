"""The fleets that the benchmark plans: the same for the same size, on every machine."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

ON = datetime.date(2023, 3, 31)
"""A last day of a month: adding months has to clamp."""
ACCOUNT_SYSTEMS_MAX = 500
STATES = ["active", "suspended", "inventory", "maintenance"]
SHARES = [0.75, 0.15, 0.05, 0.05]
SEED = 6
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Fleet:
    """A fleet as Arrow tables; every program turns them into its own form before its time runs."""

    systems: pa.Table
    accounts: pa.Table


def fleet(count: int, *, text: bool) -> Fleet:
    """Accounts of 1 to 500 systems: with `text` under names and in random order, else under numbers and sorted."""
    random = np.random.default_rng(SEED)
    sizes = random.integers(1, ACCOUNT_SYSTEMS_MAX + 1, max(1, count // 50))
    owners = np.repeat(np.arange(len(sizes)), sizes)[:count]
    while len(owners) < count:
        owners = np.concatenate([owners, owners[: count - len(owners)] + owners[-1] + 1])
    numbers = np.unique(owners)
    if text:
        random.shuffle(owners)
    today = np.datetime64(ON)
    systems = {
        "account": _named(owners, text=text),
        "state": pa.array(STATES).take(pa.array(random.choice(len(STATES), count, p=SHARES))),
        "last_communication": _days(today - random.integers(0, 500, count), random.random(count) < 0.05),
        "support_end": _days(today + random.integers(-300, 600, count), random.random(count) < 0.7),
    }
    accounts = {"account": _named(numbers, text=text), "tokens": random.integers(-10, 4_000, len(numbers))}
    return Fleet(pa.table(systems), pa.table(accounts))


def _named(numbers: Array, *, text: bool) -> pa.Array:
    # Names such as a UID has, in an order of their own.
    return pa.array([f"{number * 2_654_435_761 % 2**32:08x}{number:08}" for number in numbers] if text else numbers)


def _days(days: Array, missing: Array) -> pa.Array:
    return pa.array(days, pa.date32(), mask=missing)
