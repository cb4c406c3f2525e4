use super::{Cell, table};
use crate::reseller::Subaccount;
use crate::text::Email;

/// The rows of a Subaccounts grid as CSV (RES-7); the administrators are separated by `; `.
///
/// ```
/// assert!(alms_core::export::subaccounts_csv(&[]).starts_with("UID,Name,Kind,Administrators,Balance,"));
/// ```
pub fn subaccounts_csv(rows: &[Subaccount<'_>]) -> String {
    let header = [
        "UID",
        "Name",
        "Kind",
        "Administrators",
        "Balance",
        "Status",
        "Active Systems",
        "Previous Peak",
        "Current Peak",
        "Predicted Use",
        "Months Left",
        "Buy By",
    ];
    table(header, rows.iter().map(row))
}

fn row(row: &Subaccount<'_>) -> [Cell; 12] {
    let administrators: Vec<&str> = row.holder.administrators.iter().map(Email::as_str).collect();
    [
        Cell::text(row.holder.uid.as_str()),
        Cell::text(row.holder.name.as_str()),
        Cell::value(Some(row.holder.kind)),
        Cell::text(&administrators.join("; ")),
        Cell::value(Some(row.standing.balance)),
        Cell::value(Some(row.standing.status)),
        Cell::value(row.active_systems),
        Cell::value(row.peaks.previous),
        Cell::value(row.peaks.current),
        Cell::value(row.forecast.predicted_use),
        Cell::value(row.forecast.months_left),
        Cell::value(row.forecast.buy_by),
    ]
}
