"""A partner's month end: the peaks of the month, what they take, who must buy by when, and a statement.

python month_end.py
"""

from __future__ import annotations

import datetime

import alms

LAST_DAY = datetime.date(2023, 5, 31)
HOLDERS = [
    alms.Holder("P-1", "Partner", alms.Kind.RESELLER, ["boss@partner.example"], opening=600),
    alms.Holder("C-1", "Acme Buses", alms.Kind.CUSTOMER, ["it@acme.example"], ["P-1"], opening=60),
    alms.Holder("C-2", "Bolt Taxis", alms.Kind.CUSTOMER, ["it@bolt.example"], ["P-1"], opening=5),
]
DAILY = [("C-1", 1, 6), ("C-1", 9, 8), ("C-1", 30, 7), ("C-2", 2, 9)]


def main() -> None:
    """Books May and prints what the partner wants to know."""
    counts = [alms.DailyCount(account, datetime.date(2023, 5, day), active) for account, day, active in DAILY]
    metered = alms.meter(counts)
    bookings = list(metered.bookings)
    for account in alms.replay(HOLDERS, bookings).accounts:
        print(f"{account.uid}: {account.balance} tokens, {account.status}")

    # C-2 is suspended. What the partner is about to do is shown before it is done, by the same computation.
    transfer = alms.Transfer("T-1", LAST_DAY, partner="P-1", customer="C-2", packs=2, po_number="PO-77")
    preview = alms.preview(HOLDERS, bookings, transfer)
    for effect in preview.effects:
        print(f"{effect.account}: {effect.balance_before} → {effect.balance_after}, {effect.status_after}")
    print(f"reactivated: {', '.join(preview.result.reactivated)}")
    bookings.append(transfer)

    # A second order under the same key would be somebody's mistake: the ledger says so, and changes nothing.
    (*_, refused) = alms.replay(HOLDERS, [*bookings, transfer.replace(packs=3)]).results
    if refused.error is not None:
        print(f"{refused.error.code} ({refused.error.rule}): {refused.error.message}")

    grid = alms.subaccounts(
        HOLDERS,
        bookings,
        "P-1",
        on=LAST_DAY,
        usage=[alms.SubaccountUsage(peak.account, current_peak=peak.peak) for peak in metered.peaks],
        sort=[alms.SortKey(alms.SubaccountColumn.BUY_BY)],
    )
    for row in grid.rows:
        print(f"{row.name}: {row.balance} tokens, buy by {row.buy_by}")
    statement = alms.statement(HOLDERS, bookings, "C-1", on=LAST_DAY, current_peak=8)
    print(f"{statement.name}: {statement.balance} tokens, the forecast says {statement.forecast.buy_by}")


if __name__ == "__main__":
    main()
