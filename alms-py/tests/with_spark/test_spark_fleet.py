"""examples/spark on a real local Spark: the answers of one call over everything, also when a worker dies."""

from __future__ import annotations

import datetime
import os
import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import alms

pytest.importorskip("pyspark")
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
SPARK, FLEET = EXAMPLES / "spark", EXAMPLES / "fleet"
PY_FILES = [SPARK / "spark_fleet.py", FLEET / "plain_texts.py", FLEET / "whole_accounts.py"]
DAY = datetime.date(2023, 3, 25)
SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
    # So small that every account straddles batches.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
    # Nothing here runs for long: starting fast is what counts.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.ui.showConsoleProgress": "false",
}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Two threads; a task may fail three times."""
    sys.path[:0] = [str(SPARK), str(FLEET)]
    os.environ.update(SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2, 4]")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    for file in PY_FILES:
        session.sparkContext.addPyFile(str(file))
    yield session
    session.stop()


def fleet(*, numbered: bool) -> tuple[Any, Any]:
    """Tables in a random order, with bad rows and accounts of one system and of thousands."""
    picker = random.Random(6)

    def day(days: int) -> datetime.date | None:
        return picker.choice([None, datetime.date(2022, 1, 1) + datetime.timedelta(picker.randrange(days))])

    def key(number: int) -> Any:
        return number if numbered else f"A{number}"

    rows = [
        {
            "serial": f"LA{number}",
            "account": key(picker.choice([0, picker.randrange(82)])) if number % 997 else None,
            "state": picker.choice(list(alms.SystemState)).value if number % 1_999 else "broken",
            "last_communication": day(500),
            "support_end": day(900),
            "the `site`": picker.choice(["north", None]),
        }
        for number in range(8_000)
    ]
    pools = [
        {
            "account": key(number),
            "tokens": picker.randint(-20, 3_000) if number % 19 else None,
            "on": day(600) if number % 3 else None,
        }
        for number in range(80)
    ]
    pools += [pools[5], {"account": None, "tokens": 1, "on": None}]
    picker.shuffle(pools)
    pools[3:3] = [{"account": key(900 + number), "tokens": 5, "on": None} for number in range(10)]
    return pa.Table.from_pylist(rows), pa.Table.from_pylist(pools)


def sorted_rows(table: Any) -> list[str]:
    """The rows in an order of their own."""
    return sorted(map(repr, pa.table(table).to_pylist()))


def check(planned: Any, systems: Any, accounts: Any, policy: alms.Policy | None = None) -> None:
    expected = alms.plan_fleet(systems, accounts, on=DAY, policy=policy)
    assert planned.systems.columns == pa.table(expected.systems).column_names
    assert sorted_rows(planned.systems.toArrow()) == sorted_rows(expected.systems)
    assert sorted_rows(planned.accounts.toArrow()) == sorted_rows(expected.accounts)


@pytest.mark.parametrize("rows_min", [1, 500, 100_000])
def test_the_answers_are_those_of_one_call(spark: Any, rows_min: int) -> None:
    import spark_fleet

    systems, accounts = fleet(numbered=rows_min == 500)
    policy = alms.Policy(month_rounding=alms.MonthRounding.PRO_RATA_DAYS)
    frames = [spark.createDataFrame(table) for table in (systems, accounts)]
    planned = spark_fleet.plan(*frames, on=DAY, policy=policy, rows_min=rows_min)
    check(planned, systems, accounts, policy)
    planned.both.unpersist()


def test_a_worker_that_is_killed_changes_nothing(spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import spark_fleet

    marker, made = tmp_path / "killed", spark_fleet.planner

    def planner(*arguments: Any) -> Any:
        work = made(*arguments)

        def dies_once(batches: Iterator[Any]) -> Iterator[Any]:
            for number, batch in enumerate(work(batches)):
                # Amid a partition: some of its rows were handed over already.
                if number == 3 and not marker.exists():
                    marker.write_text(str(os.getpid()))
                    os.kill(os.getpid(), signal.SIGKILL)
                yield batch

        return dies_once

    monkeypatch.setattr(spark_fleet, "planner", planner)
    systems, accounts = fleet(numbered=False)
    frames = [spark.createDataFrame(table) for table in (systems, accounts)]
    planned = spark_fleet.plan(*frames, on=DAY, rows_min=100)
    check(planned, systems, accounts)
    planned.both.unpersist()
    assert int(marker.read_text()) != os.getpid()


def test_a_wrong_column_is_named_before_anything_runs(spark: Any) -> None:
    import spark_fleet

    systems, accounts = fleet(numbered=False)
    frames = [spark.createDataFrame(table) for table in (systems.drop_columns("state"), accounts)]
    with pytest.raises(TypeError, match="systems has no column state"):
        spark_fleet.plan(*frames, on=DAY)


def test_the_job(spark: Any, tmp_path: Path) -> None:
    """From folder to folder; the session is that of the other tests."""
    import plan_spark

    systems, accounts = fleet(numbered=False)
    pq.write_table(systems, tmp_path / "systems.parquet")
    pq.write_table(accounts, tmp_path / "accounts.parquet")
    names = ["systems.parquet", "accounts.parquet", "planned", "plans"]
    plan_spark.main([*[str(tmp_path / name) for name in names], "--on", str(DAY), "--partitions", "3"])
    expected = alms.plan_fleet(systems, accounts, on=DAY)
    assert sorted_rows(pq.read_table(tmp_path / "planned")) == sorted_rows(expected.systems)
    assert sorted_rows(pq.read_table(tmp_path / "plans")) == sorted_rows(expected.accounts)
