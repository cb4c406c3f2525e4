//! The bookings of the month end.

use super::{MonthEnd, heading, number, table};
use crate::booking::Booked;
use alms_core::account::Kind;
use alms_core::tokens::{Effect, Status, Tokens};
use anyhow::Result;
use std::io::Write;

/// Prints a row per booking, and which accounts have none.
pub(super) fn print(out: &mut dyn Write, month_end: &MonthEnd<'_>) -> Result<()> {
    let MonthEnd { job, ledger, booked, .. } = month_end;
    heading(out, "Month-end bookings: one token per system of the peak (TOK-2)")?;
    let mut table = table(&["Account", "Peak", "Taken", "Before", "After", "Then"]);
    for Booked { metered, effect } in *booked {
        let holder = ledger.account(&metered.account)?.holder;
        table.add_row([
            holder.name.to_string().into(),
            number(metered.peak),
            number(effect.change.get().saturating_neg()),
            number(effect.before().balance),
            number(effect.after().balance),
            then(holder.kind, effect).into(),
        ]);
    }
    writeln!(out, "{table}")?;
    for account in job.accounts(ledger).filter(|account| ledger.peak(account, job.month).is_none()) {
        let uid = &account.holder.uid;
        writeln!(out, "Not booked: {}. Once it is counted, --only {uid} books it.", account.holder.name)?;
    }
    Ok(())
}

/// What the account is after it.
fn then(kind: Kind, effect: &Effect) -> &'static str {
    match (effect.before().status, effect.after().status) {
        _ if !kind.consumes_tokens() => "records only (TOK-3)",
        (Status::Active, Status::Suspended) => "SUSPENDED (TOK-6)",
        (Status::Suspended, Status::Suspended) => "suspended (TOK-6)",
        (_, Status::Active) if effect.after().balance == Tokens::ZERO => "active at 0 (TOK-6)",
        (_, Status::Active) => "active",
    }
}
