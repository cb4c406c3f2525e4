//! The statement of the partner's own stock.

use super::chart::{self, MonthBars};
use super::{MonthEnd, counted, heading, number, table};
use alms_core::tokens::{Flows, Position, Report, statement};
use std::io::{self, Write};

/// Prints the stock, what moved it in the month, and the past year (TOK-9).
pub(super) fn print(
    out: &mut dyn Write,
    month_end: &MonthEnd<'_>,
    partner: &Position<'_>,
    year: &[Report<'_>],
) -> io::Result<()> {
    let MonthEnd { job, ledger, .. } = month_end;
    let statement = statement(ledger, partner, job.on, month_end.peaks(&job.partner));
    heading(out, &format!("Statement of {} on {} (TOK-9)", partner.holder.name, job.on))?;
    if let Some(report) = year.last() {
        flows(out, report)?;
    }
    let (stock, month) = (statement.standing, statement.month);
    writeln!(
        out,
        "Wholesale stock on {}: {}, {}.",
        job.on,
        counted(stock.balance.get(), "token"),
        stock.status
    )?;
    if let Some(expected) = month.expected_end.filter(|_| job.on < month.so_far.month.last_day()) {
        let expected = counted(expected.get(), "token");
        writeln!(out, "Expected at the end of {}: {expected} (TOK-4).", month.so_far.month)?;
    }
    if let Some(peak) = ledger.peak(partner, job.month) {
        writeln!(out, "Own systems: a peak of {peak}, recorded and not taken from the stock (TOK-3).")?;
    }
    heading(out, "The stock in the past 12 months, in tokens")?;
    let months = year.iter().map(|report| {
        let Flows { purchased, sold, closing, .. } = report.account.figures.flows;
        MonthBars { month: report.month, bars: [purchased, sold], stock: closing }
    });
    chart::print(out, ["Bought", "Sold on"], &months.collect::<Vec<_>>())
}

/// A row per kind of movement that there was, from the stock before to the stock after.
fn flows(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let flows = &report.account.figures.flows;
    let mut table = table(&["", "Tokens"]);
    let mut row = |name: &str, tokens: i64| {
        table.add_row([name.into(), number(tokens)]);
    };
    row(&format!("Stock before {}", report.month.first_day()), flows.opening.get());
    let moved = [
        ("Bought from the vendor (ORD-1, ORD-2)", flows.purchased.get()),
        ("Sold on to customers (ORD-1, ORD-3)", flows.sold.get().saturating_neg()),
        ("Credit and debit notes (ORD-5)", flows.adjusted.get()),
        ("Complimentary tokens (ORD-5)", flows.granted.get()),
        ("Registered systems (TOK-7)", flows.registered.get()),
        ("Used (TOK-2)", flows.consumed.get().saturating_neg()),
    ];
    for (name, tokens) in moved.into_iter().filter(|(_, tokens)| *tokens != 0) {
        row(name, tokens);
    }
    row(&format!("Stock after {}", report.month.last_day()), flows.closing.get());
    writeln!(out, "{table}")
}
