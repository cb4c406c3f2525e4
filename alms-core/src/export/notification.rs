use super::{Cell, table};
use crate::calendar::Month;
use crate::reseller::{RenewalNotice, RenewalNotification};
use crate::subscriptions::Ending;
use crate::text::Uid;
use sha2::{Digest, Sha256};

/// The attachment of a renewal notification: each system that comes up for renewal (RES-3).
pub fn notification_csv(notification: &RenewalNotification<'_>) -> String {
    systems(&notification.systems)
}

/// The attachment of a notice to a customer's own administrators: each system whose service ends soon (SUB-5).
pub fn notice_csv(notice: &RenewalNotice<'_>) -> String {
    systems(&notice.systems)
}

fn systems(systems: &[Ending<'_>]) -> String {
    let header = ["Serial Number", "Model", "Offer", "End Date", "Days Left", "Warranty End"];
    table(header, systems.iter().map(row))
}

/// The most characters of a UID in a file name; with the rest the name stays below 100 bytes.
const UID_CHARS_MAX: usize = 40;

/// The names of devices, which Windows takes for no file.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The attachment's file name: `renewals_<UID>_<YYYY-MM>.csv`, of characters that every file system takes.
///
/// The names of different accounts differ, in capitals or not: a UID of other characters than small letters, digits
/// and `-`, or of more than 40, is followed by eight digits of its SHA-256.
pub fn notification_file_name(notification: &RenewalNotification<'_>) -> String {
    file_name(&notification.customer.uid, notification.month)
}

/// The same name for the attachment of a notice.
pub fn notice_file_name(notice: &RenewalNotice<'_>) -> String {
    file_name(&notice.customer.uid, notice.month)
}

fn file_name(uid: &Uid, month: Month) -> String {
    format!("renewals_{}_{month}.csv", plain(uid.as_str()))
}

/// A name for a file that no other UID gets.
fn plain(uid: &str) -> String {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if uid.chars().all(is_plain) && uid.len() <= UID_CHARS_MAX && !DEVICES.contains(&uid) {
        return uid.to_owned();
    }
    let mut name: String = uid
        .chars()
        .take(UID_CHARS_MAX)
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' })
        .collect();
    name.push('_');
    for byte in Sha256::digest(uid).iter().take(4) {
        name.push_str(&format!("{byte:02x}"));
    }
    name
}

fn row(ending: &Ending<'_>) -> [Cell; 6] {
    let origin = &ending.holding.origin;
    [
        Cell::serial(origin.serial()),
        Cell::text(origin.model().as_str()),
        Cell::text(ending.state.offer.as_str()),
        Cell::value(Some(ending.end_date)),
        Cell::value(Some(ending.days_left)),
        Cell::value(ending.state.warranty_end),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_of_different_accounts_differ_on_every_file_system() {
        let long = "x".repeat(256);
        let longer = format!("{}y", "x".repeat(255));
        let uids = [
            "a", "A", "a/b", "a\\b", "a_b", "é", "e", "..", ".", "", "con", "CON", "a b", &long, &longer,
            "ab:c",
        ];
        let names: BTreeSet<String> = uids.iter().map(|uid| plain(uid).to_lowercase()).collect();
        assert_eq!(names.len(), uids.len());
        for name in names {
            assert!(name.len() <= 60 && !DEVICES.contains(&name.as_str()), "{name}");
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')), "{name}");
        }
        assert_eq!(plain("acme-1"), "acme-1");
    }
}
