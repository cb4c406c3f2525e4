//! The meter: each account's peak, and the days that it knows nothing of.

use super::{MonthEnd, counted, heading, number, table};
use std::io::{self, Write};

/// Prints a row per account (TOK-2).
pub(super) fn print(out: &mut dyn Write, month_end: &MonthEnd<'_>) -> io::Result<()> {
    let MonthEnd { job, ledger, counts, meter, left_out, .. } = month_end;
    heading(out, &format!("The meter: peaks of {} (TOK-2)", job.month))?;
    let mut table = table(&["Account", "UID", "Peak", "Days", "Days without a count"]);
    for account in job.accounts(ledger) {
        let holder = account.holder;
        let metered = meter.peak(&holder.uid, job.month);
        table.add_row([
            holder.name.to_string().into(),
            holder.uid.to_string().into(),
            number(metered.as_ref().map_or_else(|| "–".to_owned(), |metered| metered.peak.to_string())),
            number(format!("{} of {}", metered.map_or(0, |metered| metered.days_counted), job.month.days())),
            counts.gaps(&holder.uid, job.month).into(),
        ]);
    }
    writeln!(out, "{table}")?;
    if *left_out > 0 {
        let left_out = counted(*left_out, "count");
        writeln!(out, "Left out: {left_out} of days after {}.", job.on)?;
    }
    Ok(())
}
