"""A fleet of many accounts as tables: planned with pandas, read with Polars; bad rows come out with their code.

python fleet_tables.py
"""

from __future__ import annotations

import datetime

import pandas
import polars

import alms

ON = datetime.date(2023, 3, 25)


def main() -> None:
    """Plans three accounts at once."""
    systems = pandas.DataFrame(
        {
            "account": ["A-1", "A-1", "A-2", "A-2", "A-9"],
            "serial": ["LA1", "LA2", "LA3", "LA4", "LA5"],
            "state": ["active", "active", "active", "broken", "active"],
            "last_communication": [datetime.date(2023, 3, 1)] * 5,
            "support_end": [None, datetime.date(2023, 8, 31), None, None, None],
        }
    )
    accounts = pandas.DataFrame({"account": ["A-1", "A-2"], "tokens": [13, 24]})
    result = alms.plan_fleet(systems, accounts, on=ON)
    planned = polars.DataFrame(result.systems)
    print(planned.select("serial", "outcome", "end_date", "tokens", "rule", "error"))
    print(polars.DataFrame(result.accounts).select("account", "planned", "error", "complete", "basic", "unallocated"))


if __name__ == "__main__":
    main()
