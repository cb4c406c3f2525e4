"""Plans a fleet on Spark, from Parquet to Parquet: `spark-submit plan_spark.py --help`."""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Sequence

from pyspark.sql import SparkSession

import alms
from spark_fleet import plan


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the job and says what came out."""
    parser = argparse.ArgumentParser(description="Plans the migration of every account of a fleet on Spark.")
    parser.add_argument("systems", help="a row per system: account, state, last_communication, support_end")
    parser.add_argument("accounts", help="a row per account: account, tokens, and optionally on")
    parser.add_argument("systems_out", help="a new folder for the planned systems")
    parser.add_argument("accounts_out", help="a new folder for the plans")
    parser.add_argument("--on", metavar="DATE", type=datetime.date.fromisoformat, help="the migration date")
    parser.add_argument("--policy", metavar="JSON", default="{}", help='such as {"cleanup": "strict"}')
    parser.add_argument("--partitions", metavar="N", type=int, help="the number of tasks")
    given = parser.parse_args(arguments)
    spark = SparkSession.builder.appName("alms fleet").getOrCreate()
    planned = plan(
        spark.read.parquet(given.systems),
        spark.read.parquet(given.accounts),
        on=given.on,
        policy=alms.Policy.from_dict(json.loads(given.policy)),
        partitions=given.partitions,
    )
    planned.systems.write.parquet(given.systems_out)
    planned.accounts.write.parquet(given.accounts_out)
    planned.systems.groupBy("outcome", "error").count().orderBy("outcome", "error").show()
    planned.accounts.groupBy("planned", "error").count().orderBy("planned", "error").show()
    planned.both.unpersist()


if __name__ == "__main__":
    main()
