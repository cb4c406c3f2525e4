"""Dates: months are added to an anchor and clamped, never iterated."""

from __future__ import annotations

import datetime

from alms._operation import Declared, operation


@operation("calendar.add_months", take="date")
def add_months(date: datetime.date, months: int) -> datetime.date:
    """Adds months to a date: anchor + n, clamped to the month's last day.

    >>> import alms, datetime
    >>> alms.add_months(datetime.date(2023, 1, 31), 2)
    datetime.date(2023, 3, 31)

    Args:
        date: The anchor.
        months: How many months on; negative for back.
    """
    raise Declared
