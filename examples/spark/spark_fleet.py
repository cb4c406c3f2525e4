"""Plans the migration of a fleet on Spark, with the answers of one `alms.plan_fleet` over everything.

Executors need this file, plain_texts.py and whole_accounts.py (`--py-files`), and alms, pyarrow and pandas in their
Python.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StructField, StructType

import alms
from plain_texts import plain_texts
from whole_accounts import whole_accounts

Work = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]
ROWS_MIN = 100_000
"""Rows that are planned at once: enough to make a call worth it, few enough to fit anywhere."""


class Planned(NamedTuple):
    """What `plan` gives."""

    systems: DataFrame
    accounts: DataFrame
    both: DataFrame
    """Both kinds of rows, on the executors' disks once the first is used: `both.unpersist()` frees them."""


def plan(
    systems: DataFrame,
    accounts: DataFrame,
    *,
    on: datetime.date | None = None,
    policy: alms.Policy | None = None,
    partitions: int | None = None,
    rows_min: int = ROWS_MIN,
) -> Planned:
    """The planned systems and accounts, with the columns of `alms.plan_fleet`, in no order.

    Args:
        systems: As for `alms.plan_fleet`.
        accounts: As for `alms.plan_fleet`. Of an account that stands there twice, the row that sorts first counts.
        on: The migration date of all accounts whose row does not say one.
        policy: The policy; the rulebook's defaults where absent.
        partitions: The number of tasks; Spark's `spark.sql.shuffle.partitions` where absent.
        rows_min: Rows that a task plans at once; an account that is larger is planned as a whole.

    Raises:
        TypeError: A missing column, or one of another type.
    """
    settings = (policy or alms.Policy()).to_dict()
    schema = _schema(systems, accounts)
    grouped = _grouped(systems, accounts, partitions)
    both = grouped.mapInArrow(planner(on, settings, rows_min), schema).persist(StorageLevel.DISK_ONLY)
    return Planned(_kind(both, "system"), _kind(both, "pool"), both)


def _schema(systems: DataFrame, accounts: DataFrame) -> StructType:
    """What comes out: asked of the library itself, with tables of no rows."""
    spark = systems.sparkSession
    result = alms.plan_fleet(_no_rows(spark, systems), _no_rows(spark, accounts))
    tables = plain_texts(result.systems), pa.table(result.accounts)
    planned, plans = (spark.createDataFrame(table).schema for table in tables)
    return StructType([StructField("system", planned), StructField("pool", plans)])


def _no_rows(spark: SparkSession, frame: DataFrame) -> pa.Table:
    return spark.createDataFrame([], frame.schema).toArrow()


def _kind(both: DataFrame, name: str) -> DataFrame:
    return both.where(F.col(name).isNotNull()).select(f"{name}.*")


def _grouped(systems: DataFrame, accounts: DataFrame, partitions: int | None) -> DataFrame:
    """The rows of both tables, all of an account in one partition and side by side."""
    system, pool = F.struct(*map(_quoted, systems.columns)), F.struct(*map(_quoted, accounts.columns))
    no_system, no_pool = F.lit(None).cast(systems.schema), F.lit(None).cast(accounts.schema)
    # As text, since one table may number the accounts and the other write the numbers down.
    key = F.col("account").cast("string")
    # Rows without an account need not meet: spread, they do not become one long task.
    home = F.when(key.isNull(), F.xxhash64(system)), F.when(key.isNull(), F.xxhash64(pool))
    rows = systems.select(key.alias("key"), F.coalesce(home[0], F.xxhash64(key)).alias("home"), system.alias("system"))
    pools = accounts.select(key.alias("key"), F.coalesce(home[1], F.xxhash64(key)).alias("home"), pool.alias("pool"))
    union = rows.withColumn("pool", no_pool).unionByName(pools.withColumn("system", no_system))
    spread = union.repartition(partitions, "home") if partitions else union.repartition("home")
    # Systems last: their own order within an account does not matter.
    return spread.sortWithinPartitions("key", F.col("system").isNotNull(), "pool").select("key", "system", "pool")


def _quoted(name: str) -> Any:
    return F.col("`" + name.replace("`", "``") + "`")


def planner(on: datetime.date | None, settings: dict[str, Any], rows_min: int) -> Work:
    """What a task does with its rows."""

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for table in whole_accounts(batches, rows_min, "key"):
            result = alms.plan_fleet(_rows(table, "system"), _rows(table, "pool"), on=on, policy=settings)
            yield from _wrapped({"system": plain_texts(result.systems), "pool": pa.table(result.accounts)}, rows_min)

    return work


def _rows(table: pa.Table, name: str) -> pa.Table:
    """The rows of one kind with their own columns."""
    column = table[name].combine_chunks()
    chosen = column.filter(pc.is_valid(column))
    return pa.Table.from_arrays(chosen.flatten(), schema=pa.schema(list(chosen.type)))


def _wrapped(tables: dict[str, pa.Table], rows_max: int) -> Iterator[pa.RecordBatch]:
    """The rows of both kinds as `_schema` says: a row has one of them, the other is null."""
    types = {name: pa.struct(list(table.schema)) for name, table in tables.items()}
    for kind, table in tables.items():
        for batch in table.to_batches(max_chunksize=rows_max):
            missing = {name: pa.nulls(batch.num_rows, of) for name, of in types.items() if name != kind}
            columns = {**missing, kind: batch.to_struct_array()}
            yield pa.RecordBatch.from_arrays([columns[name] for name in types], names=list(types))
