//! Lists for people as CSV, and renewals as iCalendar (feature `files`).
//!
//! RFC 4180 quotes, lines that end in LF, dates as `YYYY-MM-DD`, an empty cell for what is not known. A text that a
//! spreadsheet would take for a formula gets an apostrophe in front, which makes it a text again ([`guarded`]).

mod cell;
#[cfg(feature = "reseller")]
mod customers;
pub(crate) mod formula;
#[cfg(feature = "reseller")]
mod notification;
#[cfg(feature = "subscriptions")]
mod renewals;
#[cfg(feature = "reseller")]
mod subaccounts;
#[cfg(feature = "ledger")]
mod updates;

#[cfg(feature = "reseller")]
pub use customers::customers_csv;
pub use formula::guarded;
#[cfg(feature = "reseller")]
pub use notification::{notice_csv, notice_file_name, notification_csv, notification_file_name};
#[cfg(feature = "subscriptions")]
pub use renewals::{RenewalsCalendar, renewals_ics};
#[cfg(feature = "reseller")]
pub use subaccounts::subaccounts_csv;
#[cfg(feature = "ledger")]
pub use updates::updates_csv;

use cell::Cell;

/// A header and rows as CSV.
fn table<const COLUMNS: usize>(
    header: [&str; COLUMNS],
    rows: impl Iterator<Item = [Cell; COLUMNS]>,
) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail, and only texts are written.
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(row.iter().map(Cell::as_str));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
