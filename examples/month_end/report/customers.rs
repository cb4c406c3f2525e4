//! What went in and out of the customers' stocks.

use super::chart::{self, MonthBars};
use super::{heading, number, table};
use alms_core::tokens::{Flows, Report};
use comfy_table::Cell;
use std::io::{self, Write};

/// Prints a row per customer, their sum, and the sums of the past year (TOK-9).
pub(super) fn print(out: &mut dyn Write, year: &[Report<'_>]) -> io::Result<()> {
    if let Some(report) = year.last() {
        heading(out, &format!("The customers in {}, in tokens (TOK-9)", report.month))?;
        let mut table = table(&["Account", "Start", "Bought", "Notes", "Free", "Reg.", "Used", "End"]);
        for customer in &report.customers {
            table.add_row(row(customer.holder.name.as_str(), &customer.figures.flows));
        }
        table.add_row(row("Together", &report.total));
        writeln!(out, "{table}")?;
    }
    heading(out, "The customers in the past 12 months, in tokens")?;
    let months = year.iter().map(|report| {
        let Flows { purchased, consumed, closing, .. } = report.total;
        MonthBars { month: report.month, bars: [consumed, purchased], stock: closing }
    });
    chart::print(out, ["Used", "Bought"], &months.collect::<Vec<_>>())
}

/// Notes are credit and debit notes, free are complimentary tokens, reg. are first-year registrations.
fn row(name: &str, flows: &Flows) -> Vec<Cell> {
    let Flows { opening, purchased, sold, adjusted, granted, registered, consumed, closing } = *flows;
    // A customer that is a partner itself has sold some of it on.
    let bought = purchased.get().saturating_sub(sold.get());
    let others = [adjusted, granted, registered, consumed, closing].map(number);
    [Cell::new(name), number(opening), number(bought)].into_iter().chain(others).collect()
}
