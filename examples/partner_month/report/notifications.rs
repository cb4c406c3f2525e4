//! Who is told, and with which file.

use super::{heading, number, table};
use alms_core::export::notification_file_name;
use alms_core::reseller::RenewalNotifications;
use alms_core::text::Email;
use std::io::{self, Write};
use std::path::Path;

/// Prints a row per message, and what keeps one from those who should have it (RES-3).
pub(super) fn print(
    out: &mut dyn Write,
    notifications: &RenewalNotifications<'_>,
    folder: &Path,
) -> io::Result<()> {
    heading(out, "The renewal notifications of the month (RES-3)")?;
    if notifications.messages.is_empty() {
        writeln!(out, "None.")?;
    } else {
        let mut table = table(&["Customer", "First renewal", "Systems", "File"]);
        for message in &notifications.messages {
            let first = message.systems.first().map(|ending| ending.end_date.to_string());
            table.add_row([
                message.customer.name.to_string().into(),
                first.unwrap_or_default().into(),
                number(message.systems.len()),
                notification_file_name(message).into(),
            ]);
        }
        writeln!(out, "{table}")?;
        writeln!(out, "The files are in {}.", folder.display())?;
        // All of them are of one reseller.
        if let Some(message) = notifications.messages.first() {
            let list =
                |emails: &[&Email]| emails.iter().map(|email| email.as_str()).collect::<Vec<_>>().join(", ");
            writeln!(out, "To {}, copy to {}.", list(&message.to), list(&message.cc))?;
        }
    }
    if !notifications.findings.is_empty() {
        let mut table = table(&["Account", "Rule", "To look at"]);
        for finding in &notifications.findings {
            let rule = finding.code.rule().to_string();
            table.add_row([finding.account.to_string(), rule, finding.message.clone()]);
        }
        writeln!(out, "{table}")?;
    }
    Ok(())
}
