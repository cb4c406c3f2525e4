//! Who was suspended and who came back in the month.

use super::{MonthEnd, heading, table};
use alms_core::calendar::Date;
use alms_core::tokens::{Effect, Entry, Holder, Status};
use std::io::{self, Write};

/// Prints a row per suspension and reactivation, by date (TOK-6).
pub(super) fn print(out: &mut dyn Write, month_end: &MonthEnd<'_>) -> io::Result<()> {
    let MonthEnd { job, ledger, .. } = month_end;
    let mut turns: Vec<(Date, &Holder, Effect, String)> = Vec::new();
    for booking in ledger.bookings().filter(|booking| job.month.contains(booking.effective())) {
        for effect in booking.effects().filter(|effect| effect.before().status != effect.after().status) {
            let holder = ledger.holder(effect.account).filter(|holder| job.accounts.contains(&holder.uid));
            turns.extend(holder.map(|holder| (booking.effective(), holder, effect, cause(&booking.entry()))));
        }
    }
    if turns.is_empty() {
        return writeln!(out, "\nNobody was suspended or reactivated in {} (TOK-6).", job.month);
    }
    // Stable: what happened on a day stays in its order.
    turns.sort_by_key(|(on, ..)| *on);
    heading(out, "Suspended below zero, reactivated above zero (TOK-6)")?;
    let mut table = table(&["Date", "Account", "Stock", "Then", "By"]);
    for (on, holder, effect, cause) in turns {
        let (before, after) = (effect.before(), effect.after());
        let then = match after.status {
            Status::Suspended => "SUSPENDED",
            Status::Active => "reactivated",
        };
        let stock = format!("{} → {}", before.balance, after.balance);
        table.add_row([on.to_string(), holder.name.to_string(), stock, then.to_owned(), cause]);
    }
    writeln!(out, "{table}")
}

/// What did it.
fn cause(entry: &Entry) -> String {
    match entry {
        Entry::Order { po_number, .. } => format!("order {po_number}"),
        Entry::Transfer { po_number, .. } => format!("transfer {po_number}"),
        Entry::CreditNote { .. } => "credit note".to_owned(),
        Entry::DebitNote { .. } => "debit note".to_owned(),
        Entry::Grant { .. } => "complimentary tokens".to_owned(),
        Entry::Withdrawal { reason, .. } => format!("tokens taken back: {reason}"),
        Entry::Registration { serial, .. } => format!("registration {serial}"),
        Entry::Consumption { month, .. } => format!("use of {month}"),
        Entry::Edit { target, .. } => format!("edit of {target}"),
        Entry::Delete { target } => format!("deletion of {target}"),
        other => other.booking_type().to_string(),
    }
}
