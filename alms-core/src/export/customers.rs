use super::{Cell, table};
use crate::reseller::{CustomerRow, Windows};
use crate::text::Email;

/// The rows of a Customers page as CSV (RES-2); the administrators are separated by `; `.
///
/// ```
/// use alms_core::{export::customers_csv, reseller::Windows};
/// assert!(customers_csv(&[], Windows::default()).contains(",1-30 Days,31-60 Days,61-90 Days,"));
/// ```
pub fn customers_csv(rows: &[CustomerRow<'_>], windows: Windows) -> String {
    let [first, second, third] = windows.days().map(|(from, until)| format!("{from}-{until} Days"));
    let header = [
        "Name",
        "UID",
        "Total Systems",
        "Active Systems",
        "Initial Renewal",
        "Renewal Systems",
        "Overdue Systems",
        &first,
        &second,
        &third,
        "Partner Profile",
        "Last Login Date",
        "Administrators",
    ];
    table(header, rows.iter().map(row))
}

fn row(row: &CustomerRow<'_>) -> [Cell; 13] {
    let administrators: Vec<&str> = row.customer.administrators.iter().map(Email::as_str).collect();
    let [first, second, third] = row.renewals.windows;
    [
        Cell::text(row.customer.name.as_str()),
        Cell::text(row.customer.uid.as_str()),
        Cell::value(Some(row.renewals.total_systems)),
        Cell::value(Some(row.renewals.active_systems)),
        Cell::value(row.renewals.initial_renewal),
        Cell::value(Some(row.renewals.renewal_systems)),
        Cell::value(Some(row.renewals.overdue_systems)),
        Cell::value(Some(first)),
        Cell::value(Some(second)),
        Cell::value(Some(third)),
        Cell::text(row.profile.as_str()),
        Cell::value(row.customer.last_login),
        Cell::text(&administrators.join("; ")),
    ]
}
