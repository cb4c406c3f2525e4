"""Plan the migration of a CSV export, agree to it, and write down what comes of it.

python migrate_csv.py systems.csv 261 2023-03-25
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import alms

DATA = Path(__file__).parents[1] / "migrate" / "data"


def main(file: str = str(DATA / "example-2.csv"), tokens: str = "60", day: str = "2023-05-15") -> None:
    """Plans, prints what a customer should know, and applies the plan."""
    read = alms.systems_from_csv(Path(file).read_text(encoding="utf-8"))
    for finding in read.findings:
        print(f"{file}: {finding.message}", file=sys.stderr)
    if read.errors:
        # A plan without the bad rows would be a plan of another account.
        for error in read.errors:
            print(f"{file}:{error.line}: {error.message}", file=sys.stderr)
        raise SystemExit(f"{read.bad_rows} of {read.rows} rows cannot be read; correct them")
    account = alms.Account(
        "A-1",
        "Acme Buses",
        instance=alms.Instance.NA,
        format=alms.Format.LEGACY,
        kind=alms.Kind.CUSTOMER,
        tokens=int(tokens),
        systems=read.systems,
    )
    on = datetime.date.fromisoformat(day)
    plan = alms.plan_migration(account, on=on)
    basic = plan.basic
    if basic is not None:
        print(f"{basic.systems} systems get AirLink Basic until {basic.end_date}: {basic.months} months, rounded down")
    for warning in plan.warnings:
        print(f"{warning.rule}: {warning.message}")
    for row in plan.systems:
        if row.outcome is alms.Outcome.DELETED:
            print(alms.explain_migration(account, row.serial, on=on).text)

    # The customer agrees to this plan and to no other.
    consent = alms.Consent(on=on, fingerprint=plan.fingerprint, by="J. Doe")
    applied = alms.apply_migration(account, plan, consent=consent)
    print(f"{len(applied.subscriptions)} subscriptions; deleted systems, to be registered again:")
    print(alms.systems_to_csv(applied.export), end="")


if __name__ == "__main__":
    main(*sys.argv[1:])
