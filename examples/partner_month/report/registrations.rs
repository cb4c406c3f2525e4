//! What becomes of a list of registrations.

use super::{counted, heading, number, table};
use alms_core::import::csv::registrations::{BulkFile, RegistrationError};
use alms_core::reseller::{AccountRegistrations, BulkRegistered};
use anyhow::Result;
use std::io::Write;

/// Prints what results by account, and what is wrong with the other rows (RES-4).
pub(crate) fn print(out: &mut dyn Write, name: &str, bulk: &BulkFile<'_>) -> Result<()> {
    heading(out, &format!("Bulk registration of {name} (RES-4)"))?;
    let (good, bad): (Vec<_>, Vec<_>) = bulk.results().partition(|row| row.result.is_ok());
    writeln!(out, "{} can be registered, {} cannot.", counted(good.len(), "row"), bad.len())?;
    let registered = bulk.registered();
    if !registered.is_empty() {
        let mut table = table(&["Account", "New", "Then", "Offers"]);
        for account in &registered {
            table.add_row([
                account.account.uid.to_string().into(),
                number(account.registered.len()),
                number(account.systems),
                offers(account).into(),
            ]);
        }
        writeln!(out, "{table}")?;
    }
    if bad.is_empty() {
        return Ok(());
    }
    let mut table = table(&["Line", "Cell", "What to do"]);
    for row in bad {
        for (index, error) in row.result.err().into_iter().flatten().enumerate() {
            // The line of a row stands beside its first error only.
            let line = if index == 0 { row.row.line.to_string() } else { String::new() };
            let cell = format!("{}\n{}", error.field, error.value);
            table.add_row([number(line), cell.trim_end().into(), said(error).into()]);
        }
    }
    writeln!(out, "{table}")?;
    Ok(())
}

/// The offers of an account's new systems, each with its number and the end of its service.
fn offers(account: &AccountRegistrations<'_>) -> String {
    let mut offers: Vec<(String, usize)> = Vec::new();
    for registered in &account.registered {
        let text = match registered {
            BulkRegistered::Subscription(subscription) => {
                format!("{} until {}", subscription.offer, subscription.end_date)
            }
            BulkRegistered::Booking(_) => "a Service Pack to book (TOK-7)".to_owned(),
        };
        match offers.iter_mut().find(|(other, _)| *other == text) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => offers.push((text, 1)),
        }
    }
    let line = |(text, count): &(String, usize)| format!("{count} × {text}");
    offers.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The error, with its rule.
fn said(error: &RegistrationError) -> String {
    let rule = error.rule().map_or_else(String::new, |rule| format!(" ({rule})"));
    format!("{}{rule}", error.cause)
}
