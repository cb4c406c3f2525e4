use crate::calendar::Date;
use crate::subscriptions::{Ending, NOTIFICATION_DAYS};
use crate::text::{OfferName, Text};
use ics::components::Property;
use ics::parameters;
use ics::properties::{Description, DtEnd, DtStart, Summary, Transp, Trigger};
use ics::{Alarm, Event, ICalendar, escape_text};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The most serials that an entry lists; the rest is counted.
const SERIALS_MAX: usize = 100;

/// The renewals of a fleet as an iCalendar file (RFC 5545): one all-day entry for each end date and offer, with a
/// reminder 90 days before (SUB-5).
///
/// `name` is the calendar's name, such as the account's; `on` is the day of the export. The same renewals under the
/// same name have the same UID, so that a calendar that reads a newer file updates its entries.
///
/// ```
/// let empty = alms_core::export::renewals_ics(&[], "2024-01-01".parse()?, &"Acme Buses".parse()?);
/// assert!(empty.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn renewals_ics(renewals: &[Ending<'_>], on: Date, name: &Text) -> String {
    let mut calendar = ICalendar::new("2.0", "-//alms//renewals//EN");
    calendar.push(Property::new("CALSCALE", "GREGORIAN"));
    calendar.push(Property::new("X-WR-CALNAME", plain(name.as_str())));
    let mut groups: BTreeMap<(Date, &OfferName), Vec<&Ending<'_>>> = BTreeMap::new();
    for ending in renewals {
        groups.entry((ending.end_date, ending.state.last_offer)).or_default().push(ending);
    }
    for ((end_date, offer), systems) in groups {
        calendar.add_event(event(end_date, offer, &systems, on, name));
    }
    let mut bytes = Vec::new();
    // Writing to memory does not fail, and only texts are written.
    let _ = calendar.write(&mut bytes);
    folded(&String::from_utf8(bytes).unwrap_or_default())
}

/// The file with lines of at most 75 octets (RFC 5545, 3.1). The writer folds as well, but does not count the space
/// with which it continues a line.
fn folded(text: &str) -> String {
    const OCTETS_MAX: usize = 75;
    let mut folded = String::with_capacity(text.len());
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut octets = 0_usize;
        for char in line.chars() {
            octets = octets.saturating_add(char.len_utf8());
            if octets > OCTETS_MAX {
                folded.push_str("\r\n ");
                octets = char.len_utf8().saturating_add(1);
            }
            folded.push(char);
        }
        folded.push_str("\r\n");
    }
    folded
}

fn event<'a>(end_date: Date, offer: &OfferName, systems: &[&Ending<'_>], on: Date, name: &Text) -> Event<'a> {
    let mut event = Event::new(uid(end_date, offer, name), format!("{}T000000Z", basic(on)));
    let count = systems.len();
    let noun = if count == 1 { "system" } else { "systems" };
    let summary = plain(&format!("Renew {offer}: {count} {noun}"));
    let mut start = DtStart::new(basic(end_date));
    start.append(parameters!("VALUE" => "DATE"));
    event.push(start);
    // The day after the last one, which the calendar may not have.
    if let Ok(next) = end_date.add_days(1) {
        let mut end = DtEnd::new(basic(next));
        end.append(parameters!("VALUE" => "DATE"));
        event.push(end);
    }
    event.push(Summary::new(summary.clone()));
    event.push(Description::new(plain(&description(systems))));
    event.push(Transp::transparent());
    if on.days_until(end_date) > i64::from(NOTIFICATION_DAYS) {
        let trigger = Trigger::new(format!("-P{NOTIFICATION_DAYS}D"));
        event.add_alarm(Alarm::display(trigger, Description::new(summary)));
    }
    event
}

fn description(systems: &[&Ending<'_>]) -> String {
    let mut text = String::from("Service ends on this day without a renewal (SUB-3).");
    for ending in systems.iter().take(SERIALS_MAX) {
        // Writing to a text does not fail.
        let _ = write!(text, "\n{}", ending.holding.origin.serial);
        if !ending.holding.origin.model.as_str().is_empty() {
            let _ = write!(text, " {}", ending.holding.origin.model);
        }
    }
    let rest = systems.len().saturating_sub(SERIALS_MAX);
    if rest > 0 {
        let _ = write!(text, "\nand {rest} more");
    }
    text
}

/// What makes an entry the same entry in the next export.
fn uid(end_date: Date, offer: &OfferName, name: &Text) -> String {
    let mut hasher = Sha256::new();
    for part in [end_date.iso().as_str(), offer.as_str(), name.as_str()] {
        hasher.update(part);
        hasher.update([0]);
    }
    let mut uid = String::with_capacity(42);
    for byte in hasher.finalize().iter().take(16) {
        let _ = write!(uid, "{byte:02x}");
    }
    uid.push_str("@alms");
    uid
}

/// A date as RFC 5545 writes it: `20240131`.
fn basic(date: Date) -> String {
    date.iso().as_str().replace('-', "")
}

/// A text as RFC 5545 takes it: escaped, and without control characters.
fn plain(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    escape_text(kept).into_owned()
}
