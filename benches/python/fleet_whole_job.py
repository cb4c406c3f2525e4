"""All that a plan says, as one would write it with Polars: names, the rule of each row, the figures of the accounts.

The programs of `fleet_programs` answer three columns of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
from fleet_data import ON, Fleet
from fleet_programs import CUTOFF, MONTH, Program

OUTCOME = pl.Enum(["deleted", "inventory", "airlink_complete", "airlink_basic"])
RULE = pl.Enum(["MIG-3", "MIG-4", "MIG-7", "MIG-8", "MIG-13", "MIG-9"])
ROW = ["account", "outcome", "end_date", "tokens", "rule"]
FIGURES = ["account", "opening", "written_off", "complete", "basic", "unallocated", "shortfall", "granted_months"]
FIGURES += ["basic_end_date", "deleted", "inventory", "airlink_complete", "airlink_basic"]


def with_polars(fleet: Fleet) -> tuple[Program, Callable[[Any], list[pl.DataFrame]]]:
    """Two lazy frames that are collected together, so that what they share is worked out once; on one thread."""
    systems, pools = pl.DataFrame(fleet.systems), pl.DataFrame(fleet.accounts)

    def work() -> list[pl.DataFrame]:
        rows = _classified(systems.lazy())
        accounts = _figures(pools.lazy(), rows)
        planned = _planned(rows, accounts, systems.columns)
        return pl.collect_all([planned, accounts.select(FIGURES)])

    return work, lambda tables: [tables[0].select(ROW), tables[1]]


def of_alms(tables: Any) -> list[pl.DataFrame]:
    """What the program above gives, out of the tables of alms."""
    rows, accounts = (pl.DataFrame(table) for table in tables)
    names = [pl.col("outcome").cast(pl.String).cast(OUTCOME), pl.col("rule").cast(pl.String).cast(RULE)]
    return [rows.with_columns(names).select(ROW), accounts.select(FIGURES)]


def _classified(systems: pl.LazyFrame) -> pl.LazyFrame:
    state, last, support = pl.col("state"), pl.col("last_communication"), pl.col("support_end")
    rule = (
        pl.when(state == "maintenance")
        .then(pl.lit("MIG-3", RULE))
        .when(support >= ON)
        .then(pl.lit("MIG-4", RULE))
        .when(last.is_null())
        .then(pl.lit("MIG-7", RULE))
        .when(last < CUTOFF)
        .then(pl.lit("MIG-8", RULE))
        .when(state == "inventory")
        .then(pl.lit("MIG-13", RULE))
        .otherwise(pl.lit("MIG-9", RULE))
    )
    outcome = (
        pl.when(pl.col("rule") == "MIG-9")
        .then(pl.lit("airlink_basic", OUTCOME))
        .when(pl.col("rule") == "MIG-4")
        .then(pl.lit("airlink_complete", OUTCOME))
        .when(pl.col("rule").is_in(["MIG-7", "MIG-8"]))
        .then(pl.lit("deleted", OUTCOME))
        .otherwise(pl.lit("inventory", OUTCOME))
    )
    months = support.dt.year().cast(pl.Int64) * 12 + support.dt.month() - MONTH
    rows = systems.with_columns(rule=rule).with_columns(outcome=outcome)
    return rows.with_columns(takes=pl.when(pl.col("rule") == "MIG-4").then(months).otherwise(0))


def _figures(pools: pl.LazyFrame, rows: pl.LazyFrame) -> pl.LazyFrame:
    counts = {name: (pl.col("outcome") == name).sum().cast(pl.Int64) for name in OUTCOME.categories}
    sums = rows.group_by("account").agg(demand=pl.col("takes").sum(), **counts)
    opening, demand, systems = pl.col("opening"), pl.col("demand"), pl.col("airlink_basic")
    stock, granted = opening.clip(lower_bound=0), pl.col("granted_months")
    accounts = pools.join(sums, on="account", how="left", maintain_order="left").rename({"tokens": "opening"})
    accounts = accounts.with_columns(
        written_off=(-opening).clip(lower_bound=0),
        complete=pl.min_horizontal(stock, demand),
        shortfall=(demand - stock).clip(lower_bound=0),
    )
    left = stock - pl.col("complete")
    accounts = accounts.with_columns(granted_months=pl.when(systems > 0).then(left // systems.clip(lower_bound=1)))
    basic = granted.fill_null(0) * systems
    return accounts.with_columns(
        basic=basic,
        unallocated=left - basic,
        basic_end_date=pl.lit(ON).dt.offset_by(pl.format("{}mo", "granted_months")),
    )


def _planned(rows: pl.LazyFrame, accounts: pl.LazyFrame, given: list[str]) -> pl.LazyFrame:
    grants = accounts.select("account", "granted_months", "basic_end_date")
    basic, complete = pl.col("rule") == "MIG-9", pl.col("rule") == "MIG-4"
    return (
        rows.join(grants, on="account", how="left", maintain_order="left")
        .with_columns(
            end_date=pl.when(basic).then("basic_end_date").when(complete).then("support_end"),
            tokens=pl.when(basic).then("granted_months").otherwise("takes"),
        )
        .select(*given, "outcome", "end_date", "tokens", "rule")
    )
