//! What becomes of a list of registrations.

use super::{counted, heading, number, table};
use alms_core::import::csv::registrations::{BulkFile, RegistrationError, RegistrationFile};
use alms_core::reseller::{AccountRegistrations, BulkRegistered};
use alms_core::text::visible;
use anyhow::Result;
use std::io::Write;

/// How many notes and columns are shown one by one.
const SHOWN_MAX: usize = 20;

/// Tells on standard error what a person should know about the file.
pub(crate) fn tell(name: &str, file: &RegistrationFile<'_>) {
    for note in file.notes().iter().take(SHOWN_MAX) {
        eprintln!("note: {name}: {note}");
    }
    let notes = file.note_counts().values().fold(0, |sum: usize, count| sum.saturating_add(*count));
    if notes > SHOWN_MAX {
        eprintln!("… and {} more notes", notes.saturating_sub(SHOWN_MAX));
    }
    for finding in file.findings() {
        eprintln!("warning: {name}: {finding}");
    }
    let ignored = file.ignored_columns();
    if !ignored.is_empty() {
        let shown: Vec<String> = ignored.iter().take(SHOWN_MAX).map(|title| format!("`{title}`")).collect();
        let more = ignored.len().saturating_sub(shown.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        eprintln!("note: {name}: columns that are not read: {}{more}", shown.join(", "));
    }
    if file.rest_lost() {
        eprintln!("warning: {name}: the rest of the file could not be read; correct the last bad row");
    }
}

/// Prints what results by account, and what is wrong with the other rows (RES-4).
pub(crate) fn print(out: &mut dyn Write, name: &str, bulk: &BulkFile<'_>) -> Result<()> {
    heading(out, &format!("Bulk registration of {name} (RES-4)"))?;
    let bad: Vec<_> = bulk.results().filter(|row| row.result.is_err()).collect();
    writeln!(out, "{} can be registered, {} cannot.", counted(bulk.good(), "row"), bulk.refused())?;
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
    for row in &bad {
        for (index, error) in row.result.err().into_iter().flatten().enumerate() {
            // The line of a row stands beside its first error only.
            let line = if index == 0 { row.row.line.to_string() } else { String::new() };
            let cell = format!("{}\n{}", error.field, error.value);
            table.add_row([number(line), cell.trim_end().into(), said(error).into()]);
        }
    }
    writeln!(out, "{table}")?;
    if bulk.refused() > bad.len() {
        writeln!(out, "… and {} more rows", bulk.refused().saturating_sub(bad.len()))?;
    }
    Ok(())
}

/// The offers of an account's new systems, each with its number and the end of its service.
fn offers(account: &AccountRegistrations<'_>) -> String {
    let mut offers: Vec<(String, usize)> = Vec::new();
    for registered in &account.registered {
        let text = match registered {
            BulkRegistered::Subscription(subscription) => match subscription.end_date {
                Some(end_date) => format!("{} until {end_date}", subscription.offer),
                None => format!("{} in inventory until it is ordered (SER-1)", subscription.offer),
            },
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
    visible(&format!("{}{rule}", error.cause))
}
