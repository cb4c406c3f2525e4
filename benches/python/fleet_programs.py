"""The job as one would write it without alms: which outcome, until when, for how many tokens, under default policies.

All leave out what alms does besides: the figures of the accounts, the rule of each row, bad rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from dateutil.relativedelta import relativedelta
from fleet_data import ON, Array, Fleet

OUTCOMES = ["deleted", "inventory", "airlink_complete", "airlink_basic"]
DELETED, INVENTORY, COMPLETE, BASIC = range(4)
CUTOFF = ON - relativedelta(months=12)
MONTH = ON.year * 12 + ON.month

Answers = tuple[Array, Array, Array]
"""Outcome as a number, end date (NaT for none), tokens."""
Program = Callable[[], Any]


def with_alms(fleet: Fleet) -> tuple[Program, Callable[[Any], Answers]]:
    """The library."""
    import alms

    def work() -> Any:
        result = alms.plan_fleet(fleet.systems, fleet.accounts, on=ON)
        return pa.table(result.systems), pa.table(result.accounts)

    def answers(tables: Any) -> Answers:
        rows = tables[0]
        ends = rows["end_date"].to_numpy().astype("datetime64[D]")
        return _numbers(rows["outcome"].to_pylist()), ends, rows["tokens"].to_numpy()

    return work, answers


def with_alms_by_code(fleet: Fleet) -> tuple[Program, Callable[[Any], Answers]]:
    """The library, the states dictionary-encoded."""
    states = fleet.systems["state"].combine_chunks().dictionary_encode()
    place = fleet.systems.column_names.index("state")
    return with_alms(Fleet(fleet.systems.set_column(place, "state", states), fleet.accounts))


def _numbers(outcomes: Iterable[str]) -> Array:
    number = {name: place for place, name in enumerate(OUTCOMES)}
    return np.array([number[outcome] for outcome in outcomes])


def with_numpy(fleet: Fleet) -> tuple[Program, Callable[[Any], Answers]]:
    """Arrays; states as numbers, which is kind to NumPy."""
    systems, pools = fleet.systems, fleet.accounts
    account, pool_account = systems["account"].to_numpy(), pools["account"].to_numpy()
    state = systems["state"].combine_chunks().dictionary_encode()
    names = state.dictionary.to_pylist()
    states = state.indices.to_numpy()
    last = systems["last_communication"].to_numpy().astype("datetime64[D]")
    support = systems["support_end"].to_numpy().astype("datetime64[D]")
    tokens = pools["tokens"].to_numpy()

    def work() -> Answers:
        order = np.argsort(pool_account, kind="stable")
        code = order[np.searchsorted(pool_account, account, sorter=order)]
        complete = support >= np.datetime64(ON)
        kept = last >= np.datetime64(CUTOFF)
        maintenance, inventory = (states == names.index(name) for name in ("maintenance", "inventory"))
        conditions = [maintenance, complete, ~kept, inventory]
        outcome = np.select(conditions, [INVENTORY, COMPLETE, DELETED, INVENTORY], BASIC)
        complete, basic = outcome == COMPLETE, outcome == BASIC
        months = support.astype("datetime64[M]") - np.datetime64(ON, "M")
        takes = np.where(complete, months.astype(np.int64), 0)
        taken = np.bincount(code, takes, len(tokens)).astype(np.int64)
        systems_basic = np.bincount(code, basic, len(tokens)).astype(np.int64)
        granted = np.maximum(tokens - taken, 0) // np.maximum(systems_basic, 1)
        end = np.where(basic, _end_dates(granted)[code], np.where(complete, support, np.datetime64("NaT")))
        return outcome, end, np.where(basic, granted[code], takes)

    return work, lambda answers: answers


def _end_dates(months: Array) -> Array:
    month = np.datetime64(ON, "M") + months
    last_day = (month + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.minimum(month.astype("datetime64[D]") + np.timedelta64(ON.day - 1, "D"), last_day)


def with_pandas(fleet: Fleet) -> tuple[Program, Callable[[Any], Answers]]:
    """Data frames."""
    systems, pools = fleet.systems.to_pandas(date_as_object=False), fleet.accounts.to_pandas()

    def work() -> Any:
        on, cutoff = pd.Timestamp(ON), pd.Timestamp(CUTOFF)
        last, support = systems["last_communication"], systems["support_end"]
        rows = systems[["account"]].copy()
        conditions = [
            systems["state"] == "maintenance",
            support >= on,
            ~(last >= cutoff),
            systems["state"] == "inventory",
        ]
        rows["outcome"] = np.select(conditions, [INVENTORY, COMPLETE, DELETED, INVENTORY], BASIC)
        complete, basic = rows["outcome"] == COMPLETE, rows["outcome"] == BASIC
        months = (support.dt.year * 12 + support.dt.month - MONTH).where(complete, 0)
        sums = pd.DataFrame({"account": rows["account"], "taken": months, "basic": basic}).groupby("account").sum()
        grants = pools.join(sums, on="account").fillna({"taken": 0, "basic": 0})
        left = (grants["tokens"] - grants["taken"]).clip(lower=0)
        grants["granted"] = (left // grants["basic"].clip(lower=1)).astype("int64")
        ends = {month: on + pd.DateOffset(months=month) for month in grants["granted"].unique().tolist()}
        grants["basic_end"] = grants["granted"].map(ends)
        rows = rows.merge(grants[["account", "granted", "basic_end"]], on="account", how="left")
        rows["end_date"] = rows["basic_end"].where(basic, support.where(complete))
        rows["tokens"] = rows["granted"].where(basic, months)
        return rows

    def answers(rows: Any) -> Answers:
        ends = rows["end_date"].to_numpy().astype("datetime64[D]")
        return rows["outcome"].to_numpy(), ends, rows["tokens"].to_numpy()

    return work, answers


def with_polars(fleet: Fleet) -> tuple[Program, Callable[[Any], Answers]]:
    """Expressions, lazily, on one thread (`POLARS_MAX_THREADS`)."""
    return _with_polars(pl.DataFrame(fleet.systems), pl.DataFrame(fleet.accounts))


def with_polars_by_code(fleet: Fleet) -> tuple[Program, Callable[[Any], Answers]]:
    """The same, the states as the codes of an enumeration."""
    states = pl.Enum(fleet.systems["state"].unique().to_pylist())
    systems = pl.DataFrame(fleet.systems).with_columns(pl.col("state").cast(states))
    return _with_polars(systems, pl.DataFrame(fleet.accounts))


def _with_polars(systems: pl.DataFrame, pools: pl.DataFrame) -> tuple[Program, Callable[[Any], Answers]]:
    def work() -> pl.DataFrame:
        state, last, support = pl.col("state"), pl.col("last_communication"), pl.col("support_end")
        outcome = (
            pl.when(state == "maintenance")
            .then(pl.lit(INVENTORY, pl.Int8))
            .when(support >= ON)
            .then(pl.lit(COMPLETE, pl.Int8))
            .when((last >= CUTOFF).fill_null(False).not_())
            .then(pl.lit(DELETED, pl.Int8))
            .when(state == "inventory")
            .then(pl.lit(INVENTORY, pl.Int8))
            .otherwise(pl.lit(BASIC, pl.Int8))
        )
        complete, basic = pl.col("outcome") == COMPLETE, pl.col("outcome") == BASIC
        months = support.dt.year().cast(pl.Int64) * 12 + support.dt.month() - MONTH
        rows = systems.lazy().with_columns(outcome=outcome)
        rows = rows.with_columns(takes=pl.when(complete).then(months).otherwise(0))
        sums = rows.group_by("account").agg(taken=pl.col("takes").sum(), basic=basic.sum().cast(pl.Int64))
        left = (pl.col("tokens") - pl.col("taken")).clip(lower_bound=0)
        granted = left // pl.col("basic").clip(lower_bound=1)
        grants = pools.lazy().join(sums, on="account").select("account", granted=granted)
        ends = pl.lit(ON).dt.offset_by(pl.format("{}mo", "granted"))
        grants = grants.with_columns(basic_end=ends)
        return (
            rows.join(grants, on="account", how="left", maintain_order="left")
            .with_columns(
                end_date=pl.when(basic).then("basic_end").when(complete).then("support_end"),
                tokens=pl.when(basic).then("granted").otherwise("takes"),
            )
            .select(*systems.columns, "outcome", "end_date", "tokens")
            .collect()
        )

    def answers(rows: pl.DataFrame) -> Answers:
        return rows["outcome"].to_numpy(), rows["end_date"].to_numpy(), rows["tokens"].to_numpy()

    return work, answers


SQL = """
with classed as (
    select *, case
        when state = 'maintenance' then 'inventory'
        when support_end >= $on then 'airlink_complete'
        when last_communication is null or last_communication < $cutoff then 'deleted'
        when state = 'inventory' then 'inventory'
        else 'airlink_basic' end as outcome,
        case when outcome = 'airlink_complete' then year(support_end) * 12 + month(support_end) - $month
            else 0 end as takes
    from systems
), sums as (
    select account, sum(takes) as taken, count(*) filter (outcome = 'airlink_basic') as basic
    from classed group by account
), grants as (
    select account, (greatest(tokens - taken, 0) // greatest(basic, 1))::bigint as granted,
        ($on + to_months(granted::integer))::date as basic_end
    from accounts join sums using (account)
)
select classed.account, state, last_communication, support_end, outcome,
    case outcome when 'airlink_basic' then basic_end when 'airlink_complete' then support_end end as end_date,
    case outcome when 'airlink_basic' then granted else takes end as tokens
from classed left join grants using (account) order by row
"""


def with_duckdb(fleet: Fleet) -> tuple[Program, Callable[[Any], Answers]]:
    """SQL, on one thread, over a table in memory; the order of the rows is asked for, as alms keeps it."""
    connection = duckdb.connect()
    connection.execute("set threads = 1")
    for name, table in (("systems", fleet.systems), ("accounts", fleet.accounts)):
        connection.register("given", table)
        connection.execute(f"create table {name} as select *, (row_number() over ()) as row from given")
    values = {"on": ON, "cutoff": CUTOFF, "month": MONTH}

    def work() -> Any:
        return connection.sql(SQL, params=values).to_arrow_table()

    def answers(rows: Any) -> Answers:
        ends = rows["end_date"].to_numpy().astype("datetime64[D]")
        return _numbers(rows["outcome"].to_pylist()), ends, rows["tokens"].to_numpy()

    return work, answers


def with_python(fleet: Fleet) -> tuple[Program, Callable[[Any], Answers]]:
    """A loop over tuples, with dateutil."""
    columns = [fleet.systems[name].to_pylist() for name in fleet.systems.column_names]
    rows = list(zip(*columns, strict=True))
    pools = dict(zip(*[fleet.accounts[name].to_pylist() for name in ("account", "tokens")], strict=True))

    def work() -> list[tuple[int, datetime.date | None, int]]:
        left, basic, first = dict(pools), dict.fromkeys(pools, 0), ON.replace(day=1)
        found: list[tuple[int, datetime.date | None, int]] = []
        for account, state, last, support in rows:
            if state == "maintenance":
                found.append((INVENTORY, None, 0))
            elif support is not None and support >= ON:
                apart = relativedelta(support.replace(day=1), first)
                months = apart.years * 12 + apart.months
                left[account] -= months
                found.append((COMPLETE, support, months))
            elif last is None or last < CUTOFF:
                found.append((DELETED, None, 0))
            elif state == "inventory":
                found.append((INVENTORY, None, 0))
            else:
                basic[account] += 1
                found.append((BASIC, None, 0))
        granted = {account: max(left[account], 0) // max(count, 1) for account, count in basic.items()}
        ends = {account: ON + relativedelta(months=months) for account, months in granted.items()}
        return [
            (BASIC, ends[row[0]], granted[row[0]]) if answer[0] == BASIC else answer
            for row, answer in zip(rows, found, strict=True)
        ]

    def answers(found: list[tuple[int, datetime.date | None, int]]) -> Answers:
        outcome, end, tokens = zip(*found, strict=True)
        return np.array(outcome), np.array(end, "datetime64[D]"), np.array(tokens)

    return work, answers


PROGRAMS = {
    "alms": with_alms,
    "alms, by code": with_alms_by_code,
    "NumPy": with_numpy,
    "pandas": with_pandas,
    "Polars": with_polars,
    "Polars, by code": with_polars_by_code,
    "DuckDB": with_duckdb,
    "Python": with_python,
}
