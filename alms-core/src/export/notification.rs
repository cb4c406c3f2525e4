use super::{Cell, table};
use crate::reseller::RenewalNotification;
use crate::subscriptions::Ending;

/// The attachment of a renewal notification: each system that comes up for renewal (RES-3).
pub fn notification_csv(notification: &RenewalNotification<'_>) -> String {
    let header = ["Serial Number", "Model", "Offer", "End Date", "Days Left", "Warranty End"];
    table(header, notification.systems.iter().map(row))
}

/// The attachment's file name: `renewals_<UID>_<YYYY-MM>.csv`, of characters that every file system takes.
pub fn notification_file_name(notification: &RenewalNotification<'_>) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    let uid: String = notification.customer.uid.as_str().chars().map(plain).collect();
    format!("renewals_{uid}_{}.csv", notification.month)
}

fn row(ending: &Ending<'_>) -> [Cell; 6] {
    let origin = &ending.holding.origin;
    [
        Cell::text(origin.serial.as_str()),
        Cell::text(origin.model.as_str()),
        Cell::text(ending.state.offer.as_str()),
        Cell::value(Some(ending.end_date)),
        Cell::value(Some(ending.days_left)),
        Cell::value(ending.state.warranty_end),
    ]
}
