"""Plans a part of the fleet, in which every account is whole, and counts what comes out."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

import alms
from fleet_files.columns import CORE_OF_A_FAULT, FAULT, ROW
from fleet_files.csv_text import NO_DATE
from plain_texts import plain_texts

FIGURES = (
    "opening",
    "written_off",
    "complete",
    "basic",
    "pro_rata",
    "unallocated",
    "overgranted",
    "shortfall",
)


@dataclass
class Counts:
    """What the summary says."""

    systems: Counter[str] = field(default_factory=Counter)
    """Rows of systems by outcome or error."""
    accounts: Counter[str] = field(default_factory=Counter)
    """Rows of accounts: `planned`, or by error."""
    tokens: Counter[str] = field(default_factory=Counter)
    """Sums over the planned accounts."""


class Planner:
    """The settings of a run, and its counts."""

    def __init__(self, on: datetime.date | None, policy: alms.Policy) -> None:
        self._on = on
        self._policy = policy
        self.counts = Counts()

    def plan(self, systems: pa.Table, accounts: pa.Table) -> tuple[pa.Table, pa.Table]:
        """The tables of systems and of accounts, each with its rows' numbers; counts them."""
        planned = self._planned(systems, accounts)
        self._count(*planned)
        return planned

    def schemas(self, systems: pa.Schema, accounts: pa.Schema) -> tuple[pa.Schema, pa.Schema]:
        """What the tables look like."""
        planned = self._planned(systems.empty_table(), accounts.empty_table())
        return planned[0].schema, planned[1].schema

    def _planned(self, systems: pa.Table, accounts: pa.Table) -> tuple[pa.Table, pa.Table]:
        result = alms.plan_fleet(systems, accounts, on=self._on, policy=self._policy)
        planned, plans = plain_texts(result.systems), pa.table(result.accounts)
        plans = plans.append_column(ROW, accounts[ROW])
        if FAULT in accounts.column_names:
            plans = _with_faults(plans, accounts[FAULT])
        if FAULT in systems.column_names:
            planned = _without_stand_ins(_with_faults(planned, systems[FAULT]))
        return planned, plans

    def _count(self, systems: pa.Table, accounts: pa.Table) -> None:
        _add(self.counts.systems, pc.coalesce(systems["error"], systems["outcome"]))
        _add(self.counts.accounts, pc.coalesce(accounts["error"], pa.scalar("planned")))
        for figure in FIGURES:
            # A sum beyond int64 is not worth a check: tokens are at most 10^15 a row.
            self.counts.tokens[figure] += pc.sum(accounts[figure]).as_py() or 0


def _with_faults(table: pa.Table, faults: pa.ChunkedArray) -> pa.Table:
    """The table in which the error of a value that stands in for a text is the fault of the text."""
    by_the_text = pc.and_(pc.is_in(table["error"], pa.array(sorted(CORE_OF_A_FAULT))), pc.is_valid(faults))
    error = pc.if_else(by_the_text, faults, table["error"])
    return table.set_column(table.column_names.index("error"), table.schema.field("error"), error)


def _without_stand_ins(systems: pa.Table) -> pa.Table:
    for place, name in enumerate(systems.column_names):
        if name in ("last_communication", "support_end"):
            dates = systems[name]
            stood_in = pc.and_kleene(pc.is_valid(systems[FAULT]), pc.equal(dates, pa.scalar(NO_DATE)))
            none = pa.scalar(None, dates.type)
            systems = systems.set_column(place, systems.schema.field(name), pc.if_else(stood_in, none, dates))
    return systems


def _add(counter: Counter[str], values: pa.ChunkedArray) -> None:
    for pair in pc.value_counts(values).to_pylist():
        counter[pair["values"]] += pair["counts"]
