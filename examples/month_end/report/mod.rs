//! The month end for a person to keep, 80 columns wide.

mod booked;
mod buyers;
mod chart;
mod conservation;
mod customers;
mod metered;
mod statement;
#[path = "../../shared/tables.rs"]
mod tables;
mod turns;

pub(crate) use buyers::BY_DATE;
use tables::{counted, heading, number, table};

use crate::booking::{Booked, Job};
use crate::counts::Counts;
use alms_core::calendar::{Month, Months};
use alms_core::reseller::SubaccountUsage;
use alms_core::text::Uid;
use alms_core::tokens::{Ledger, Peaks, Position, Report, UsageMeter, report, statement};
use anyhow::Result;
use std::io::{self, Write};
use std::path::Path;

/// A month end and all that it was made of.
pub(crate) struct MonthEnd<'a> {
    /// Whose, which month, which day.
    pub(crate) job: &'a Job,
    /// The ledger, with the month booked.
    pub(crate) ledger: &'a Ledger,
    /// The daily counts up to the day.
    pub(crate) counts: &'a Counts,
    /// Their peaks.
    pub(crate) meter: &'a UsageMeter,
    /// How many counts are of days after the day.
    pub(crate) left_out: usize,
    /// What was booked.
    pub(crate) booked: &'a [Booked],
    /// Within how many days a customer has to buy to be listed.
    pub(crate) within: u32,
    /// Where the ledger with the bookings is written to.
    pub(crate) saved: Option<&'a Path>,
}

/// Prints all of it.
pub(crate) fn print(out: &mut dyn Write, month_end: &MonthEnd<'_>) -> Result<()> {
    let MonthEnd { job, ledger, .. } = month_end;
    let partner = ledger.account(&job.partner)?;
    let title = format!("Month end {} of {} ({})", job.month, partner.holder.name, job.partner);
    writeln!(out, "{title}\n{}", "=".repeat(title.chars().count()))?;
    match month_end.saved {
        Some(path) => writeln!(out, "Booked on {}, in {}.", job.on, path.display())?,
        None => writeln!(out, "A preview for {}: nothing is booked without --save.", job.on)?,
    }
    if let Some(skipped) = job.skipped {
        writeln!(out, "Not booked yet from {skipped} on: no stock below counts that use (TOK-2).")?;
    }
    metered::print(out, month_end)?;
    booked::print(out, month_end)?;
    turns::print(out, month_end)?;
    findings(out, month_end)?;
    buyers::print(out, month_end)?;
    let year = past_year(ledger, &partner, job.month);
    statement::print(out, month_end, &partner, &year)?;
    customers::print(out, &year)?;
    conservation::print(out, ledger, job.month)?;
    Ok(())
}

/// The monthly reports of the year that ends with this month, the oldest first (TOK-9).
fn past_year<'l>(ledger: &'l Ledger, partner: &Position<'l>, month: Month) -> Vec<Report<'l>> {
    let months = (0..12_u32).rev().filter_map(|back| month.plus(Months::from(back).negated()).ok());
    months.map(|month| report(ledger, partner, month)).collect()
}

/// What the statements of the accounts point out, such as too many systems in a trial (ACC-8).
fn findings(out: &mut dyn Write, month_end: &MonthEnd<'_>) -> io::Result<()> {
    let MonthEnd { job, ledger, .. } = month_end;
    let mut table = table(&["Account", "Rule", "To look at"]);
    for account in job.accounts(ledger) {
        let peaks = month_end.peaks(&account.holder.uid);
        for finding in statement(ledger, &account, job.on, peaks).findings {
            let (name, rule) = (account.holder.name.to_string(), finding.code.rule().to_string());
            table.add_row([name, rule, finding.message]);
        }
    }
    if table.is_empty() { Ok(()) } else { writeln!(out, "\n{table}") }
}

impl MonthEnd<'_> {
    /// The peaks that the counts know; that of the month before is in the ledger.
    fn peaks(&self, account: &Uid) -> Peaks {
        let current = self.meter.peak(account, Month::of(self.job.on));
        Peaks { previous: None, current: current.map(|metered| metered.peak) }
    }

    /// What the counts say of every customer.
    pub(crate) fn usage(&self) -> impl Iterator<Item = SubaccountUsage> {
        self.job.accounts.iter().map(|uid| SubaccountUsage {
            account: uid.clone(),
            active_systems: self.counts.latest(uid),
            peaks: self.peaks(uid),
        })
    }
}
