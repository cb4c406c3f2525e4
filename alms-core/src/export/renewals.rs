use crate::calendar::Date;
use crate::subscriptions::{Ending, NOTIFICATION_DAYS};
use crate::text::{OfferName, Serial, Text, Uid};
use ics::components::Property;
use ics::parameters;
use ics::properties::{Description, DtEnd, DtStart, Summary, Transp, Trigger};
use ics::{Alarm, Event, ICalendar, escape_text};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The most serials that an entry lists; the rest is counted.
const SERIALS_MAX: usize = 100;

/// The renewals of a fleet as an iCalendar file (RFC 5545): one all-day entry for each end date, account and offer, with a
/// reminder 90 days before (SUB-5).
///
/// `name` is the calendar's name, such as the account's; `on` is the day of the export. An entry is known by the account
/// (without one by the calendar's name), the offer and the first of its serials, so that a calendar that reads a newer file
/// updates it: after a renewal it has the same UID and a higher SEQUENCE. `None` if nothing ends: a calendar without an
/// entry is not valid.
///
/// ```
/// let empty = alms_core::export::renewals_ics(&[], "2024-01-01".parse()?, &"Acme Buses".parse()?);
/// assert_eq!(empty, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn renewals_ics(renewals: &[Ending<'_>], on: Date, name: &Text) -> Option<RenewalsCalendar> {
    let mut calendar = ICalendar::new("2.0", "-//alms//renewals//EN");
    calendar.push(Property::new("CALSCALE", "GREGORIAN"));
    calendar.push(Property::new("X-WR-CALNAME", plain(name.as_str())));
    let mut groups: BTreeMap<Group<'_>, Vec<&Ending<'_>>> = BTreeMap::new();
    for ending in renewals {
        let account = ending.holding.origin.data().account.as_ref();
        let group = Group { end_date: ending.end_date, account, offer: ending.state.last_offer };
        groups.entry(group).or_default().push(ending);
    }
    let events = groups.len();
    for (group, systems) in groups {
        calendar.add_event(event(group, &systems, on, name));
    }
    if events == 0 {
        return None;
    }
    let mut bytes = Vec::new();
    // Writing to memory does not fail, and only texts are written.
    let _ = calendar.write(&mut bytes);
    Some(RenewalsCalendar { ics: folded(&String::from_utf8(bytes).unwrap_or_default()), events })
}

/// A calendar file and the number of its entries, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenewalsCalendar {
    /// The iCalendar file.
    pub ics: String,
    /// How many entries it has.
    pub events: usize,
}

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Group<'a> {
    end_date: Date,
    account: Option<&'a Uid>,
    offer: &'a OfferName,
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

fn event<'a>(group: Group<'_>, systems: &[&Ending<'_>], on: Date, name: &Text) -> Event<'a> {
    let Group { end_date, account, offer } = group;
    let first = systems.iter().map(|ending| ending.holding.origin.serial()).min();
    let uid =
        uid([account.map_or(name.as_str(), Uid::as_str), offer.as_str(), first.map_or("", Serial::as_str)]);
    let mut event = Event::new(uid, format!("{}T000000Z", basic(on)));
    // A renewal moves the end, and the sequence with it.
    event.push(Property::new("SEQUENCE", Date::MIN.days_until(end_date).to_string()));
    let count = systems.len();
    let noun = if count == 1 { "system" } else { "systems" };
    let of_account = account.map_or_else(String::new, |account| format!(" ({account})"));
    let summary = plain(&format!("Renew {offer}: {count} {noun}{of_account}"));
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
        let _ = write!(text, "\n{}", ending.holding.origin.serial());
        if !ending.holding.origin.model().as_str().is_empty() {
            let _ = write!(text, " {}", ending.holding.origin.model());
        }
    }
    let rest = systems.len().saturating_sub(SERIALS_MAX);
    if rest > 0 {
        let _ = write!(text, "\nand {rest} more");
    }
    text
}

/// What makes an entry the same entry in the next export.
fn uid(parts: [&str; 3]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
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
