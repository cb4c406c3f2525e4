"""Fleets for the tests of examples/fleet, and the files of a run."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

import alms

DAY = datetime.date(2023, 3, 25)


def dates(days: Any, missing: Any) -> Any:
    return pa.array(np.datetime64("2022-01-01") + days.astype("timedelta64[D]"), pa.date32(), mask=missing)


def fleet(systems: int, accounts: int, *, text: bool, seed: int = 6) -> tuple[Any, Any]:
    """Tables in a random order, with every kind of bad row, accounts without systems, twice and without a key."""
    random = np.random.default_rng(seed)

    def keys(numbers: Any, missing: float) -> Any:
        mask = random.random(len(numbers)) < missing
        return pa.array([f"A{number:06}" for number in numbers] if text else numbers, mask=mask)

    states = random.choice(
        ["active", "suspended", "inventory", "maintenance", "broken", ""],
        systems,
        p=[0.7, 0.1, 0.1, 0.0995, 0.0003, 0.0002],
    )
    table = pa.table(
        {
            "serial": pa.array([f"LA{number:08}" for number in range(systems)]),
            "account": keys(random.integers(0, accounts + 2, systems), 0.0002),
            "state": pa.array(states, mask=states == ""),
            "last_communication": dates(random.integers(0, 500, systems), random.random(systems) < 0.1),
            "support_end": dates(random.integers(0, 900, systems), random.random(systems) < 0.7),
        }
    )
    # Every fiftieth account stands there twice, and some have no systems.
    numbers = np.concatenate([np.arange(accounts + 20), np.arange(0, accounts, 50)])
    random.shuffle(numbers)
    pools = pa.table(
        {
            "account": keys(numbers, 0.002),
            "tokens": pa.array(random.integers(-50, 5_000, len(numbers)), mask=random.random(len(numbers)) < 0.01),
            "on": dates(random.integers(400, 700, len(numbers)), random.random(len(numbers)) < 0.5),
        }
    )
    return table, pools


def write(table: Any, path: Path) -> Path:
    if path.suffix == ".csv":
        pyarrow.csv.write_csv(table, path)
    else:
        pq.write_table(table, path, row_group_size=1_000)
    return path


def read(path: Path, like: Any) -> Any:
    """What was written, in the types of the table that it is compared with."""
    if path.suffix == ".csv":
        options = pyarrow.csv.ConvertOptions(
            column_types={field.name: field.type for field in like.schema}, strings_can_be_null=True, null_values=[""]
        )
        return pyarrow.csv.read_csv(path, convert_options=options)
    return pq.read_table(path)


class Files:
    """The files of a run."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self.systems, self.accounts = folder / f"systems{suffix}", folder / f"accounts{suffix}"
        self.systems_out, self.accounts_out = folder / f"planned{suffix}", folder / f"plans{suffix}"

    def run(self, **settings: Any) -> Any:
        from fleet_files.run import Job, Run

        return Run(Job(self.systems, self.accounts, self.systems_out, self.accounts_out, **settings)).go()

    def check(self, systems: Any, accounts: Any, *, in_order: bool = True, **policy: Any) -> None:
        """Compares what was written with one call over everything."""
        from plain_texts import plain_texts

        expected = alms.plan_fleet(systems, accounts, on=DAY, policy=alms.Policy(**policy))
        for path, table in ((self.systems_out, expected.systems), (self.accounts_out, expected.accounts)):
            wanted = plain_texts(table)
            found = read(path, wanted)
            if not in_order:
                by_all = [(name, "ascending") for name in wanted.column_names]
                wanted, found = wanted.sort_by(by_all), found.sort_by(by_all)
            assert found.column_names == wanted.column_names
            for name in wanted.column_names:
                assert found[name].combine_chunks() == wanted[name].combine_chunks(), name


def random_parts(rows: int, parts: int) -> Iterator[Any]:
    random = np.random.default_rng(1)
    for part in range(parts):
        count = rows // parts
        yield pa.table(
            {
                "account": random.integers(0, 10_000, count),
                "serial": pa.array(np.arange(part * count, (part + 1) * count)).cast(pa.string()),
                "state": pa.array(random.choice(["active", "suspended", "maintenance"], count)),
                "last_communication": dates(random.integers(0, 500, count), np.zeros(count, bool)),
                "support_end": dates(random.integers(0, 900, count), random.random(count) < 0.5),
            }
        )
