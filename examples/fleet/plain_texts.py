"""Gives the names in a plan's tables as plain texts; needs pyarrow and nothing else."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

NAMES = ("outcome", "rule", "error")


def plain_texts(table: Any) -> pa.Table:
    """The table without dictionaries in the columns of the plan.

    `alms.plan_fleet` holds each name once and a byte per row. Spark reads no dictionaries, and the parts of a file have
    to be of one type, whatever stands in them.
    """
    plan = pa.table(table)
    for place, name in enumerate(plan.column_names):
        if name in NAMES and pa.types.is_dictionary(plan.schema.field(place).type):
            plan = plan.set_column(place, name, plan[name].cast(pa.string()))
    return plan
