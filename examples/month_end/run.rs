//! From the command line to the output.

use crate::args::Args;
use crate::booking::Job;
use crate::report::{self, MonthEnd};
use crate::{files, input};
use alms_core::export;
use alms_core::reseller::{SubaccountFilter, SubaccountUsage, subaccounts};
use alms_core::tokens::{UpdateFilter, stock_updates};
use anyhow::Result;
use std::io::Write;
use std::path::Path;

/// Does what the command line says.
pub(crate) fn run(args: &Args, out: &mut dyn Write) -> Result<()> {
    let mut ledger = input::ledger(args)?;
    let mut counts = input::counts(args, &ledger)?;
    let job = Job::new(args, &ledger, &counts)?;
    let left_out = counts.cut_after(job.on);
    let meter = counts.meter();
    let booked = job.book(&mut ledger, &meter, &args.only)?;
    let month_end = MonthEnd {
        job: &job,
        ledger: &ledger,
        counts: &counts,
        meter: &meter,
        left_out,
        booked: &booked,
        within: args.within,
        saved: args.save.as_deref(),
    };
    write_files(args, &month_end)?;
    report::print(out, &month_end)
}

fn write_files(args: &Args, month_end: &MonthEnd<'_>) -> Result<()> {
    let MonthEnd { job, ledger, .. } = month_end;
    let mut files: Vec<(&Path, String)> = Vec::new();
    if let Some(path) = &args.save {
        files.push((path, files::ledger_lines(ledger)?));
    }
    if let Some(path) = &args.grid {
        let all = SubaccountFilter::default();
        let usage: Vec<SubaccountUsage> = month_end.usage().collect();
        let grid = subaccounts(ledger, &job.partner, job.on, &usage, &all, &report::BY_DATE)?;
        files.push((path, export::subaccounts_csv(&grid.rows)));
    }
    if let Some(path) = &args.orders {
        let partner = ledger.account(&job.partner)?;
        let updates = stock_updates(ledger, &partner, job.on, &UpdateFilter::default());
        files.push((path, export::updates_csv(&updates)));
    }
    files::write(&files)
}
