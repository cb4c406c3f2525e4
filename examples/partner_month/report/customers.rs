//! The Customers page.

use super::{heading, number, table};
use alms_core::calendar::Date;
use alms_core::reseller::{CustomersPage, CustomersQuery};
use alms_core::text::Email;
use std::io::{self, Write};

/// Prints a row per customer: the numbers, then whom to talk to (RES-2).
pub(super) fn print(out: &mut dyn Write, query: &CustomersQuery, page: &CustomersPage<'_>) -> io::Result<()> {
    numbers(out, query, page)?;
    let mut table = table(&["Customer", "Administrators", "Last login", "Our profile"]);
    for row in &page.rows {
        let administrators: Vec<&str> = row.customer.administrators.iter().map(Email::as_str).collect();
        table.add_row([
            row.customer.name.to_string(),
            administrators.join("\n"),
            shown(row.customer.last_login),
            row.profile.to_string(),
        ]);
    }
    writeln!(out, "{table}")
}

fn numbers(out: &mut dyn Write, query: &CustomersQuery, page: &CustomersPage<'_>) -> io::Result<()> {
    heading(out, "The customers, the first renewal first (RES-2)")?;
    let windows = query.windows.days();
    let [first, second, third] = windows.map(|(_, last)| last.to_string());
    let headings = ["Customer", "All", "Act.", "Renewal", "No.", "Over", &first, &second, &third];
    let mut table = table(&headings);
    for row in &page.rows {
        let numbers = row.renewals;
        let [first, second, third] = numbers.windows;
        table.add_row([
            row.customer.name.to_string().into(),
            number(numbers.total_systems),
            number(numbers.active_systems),
            shown(numbers.initial_renewal).into(),
            number(numbers.renewal_systems),
            number(numbers.overdue_systems),
            number(first),
            number(second),
            number(third),
        ]);
    }
    writeln!(out, "{table}")?;
    let [first, second, third] = windows.map(|(from, until)| format!("{from}–{until}"));
    writeln!(out, "All systems; the active ones; the first renewal, and how many it is for; over:")?;
    writeln!(out, "ended and not renewed; then how many end in {first}, {second} and {third} days.")
}

fn shown(date: Option<Date>) -> String {
    date.map_or_else(|| "–".to_owned(), |date| date.to_string())
}
