"""A renewal quote: what falls due, what it costs, and the dates after; then one common end date.

python renewal_quote.py
"""

from __future__ import annotations

import datetime
from decimal import Decimal

import alms

TODAY = datetime.date(2024, 1, 10)
FLEET = [
    alms.SubscriptionHistory(
        serial=f"LA{number}",
        offer="AirLink Complete",
        model="RV55",
        registered=datetime.date(2023, month, 15),
        billing=alms.SubscriptionBilling.PRE_PAID,
    )
    for number, month in enumerate([1, 2, 2, 3, 9], start=1)
]
PRICES = [
    alms.ListedTerm("AirLink Complete", 12, alms.Money(Decimal("36.00"), "USD")),
    alms.ListedTerm("AirLink Complete", 36, alms.Money(Decimal("97.20"), "USD")),
]


def main() -> None:
    """Prints a quote for three years, less ten percent, and a common end date."""
    quote = alms.quote(
        FLEET,
        alms.RenewFor(months=36),
        PRICES,
        on=TODAY,
        due_until=TODAY + datetime.timedelta(90),
        discount=alms.Discount(percent=Decimal(10)),
    )
    for line in quote.lines:
        print(f"{line.quantity} × {line.months} months of {line.offer} at {line.unit_price}: {line.total}")
    print(f"to pay: {quote.total.total} (list {quote.total.list}, discount {quote.total.discount})")
    for system in quote.systems:
        print(f"{system.serial}: {system.end_date} → {system.new_end_date}")
    for skipped in quote.skipped:
        print(f"{skipped.serial}: {skipped.reason.replace('_', ' ')} ({skipped.rule})")

    terms = [alms.WeightedTerm(1, (system.new_end_date - TODAY).days) for system in quote.systems]
    together = alms.coterm(terms, base=TODAY)
    print(f"all of them together: {together.end_date}, {together.exact} days from today")


if __name__ == "__main__":
    main()
