//! Who must renew what by when.

use super::{Month, heading, number, table};
use alms_core::calendar::Date;
use alms_core::subscriptions::{Ending, LateRenewal, due};
use alms_core::text::OfferName;
use anyhow::Result;
use std::io::Write;

/// How many serial numbers stand in a row.
const SERIALS_MAX: usize = 1;

/// Systems of one customer and offer that end on one day.
struct Group<'a> {
    end_date: Date,
    customer: &'a str,
    offer: OfferName,
    serials: Vec<String>,
}

/// Prints a row per day, customer and offer: what has ended, then what ends (SUB-3, SUB-5).
pub(super) fn print(out: &mut dyn Write, month: &Month<'_>) -> Result<()> {
    let on = month.query.on;
    let (mut groups, mut by_themselves, mut inventory) = (Vec::new(), 0_u32, 0_u32);
    for customer in month.notified {
        let found = due(&customer.subscriptions, on, month.within, LateRenewal::FromOrder)?;
        for ending in found.lapsed.iter().chain(&found.due) {
            add(&mut groups, customer.name.as_str(), ending);
        }
        by_themselves = by_themselves.saturating_add(found.by_themselves);
        inventory = inventory.saturating_add(found.inventory);
    }
    // Stable: of one day the customers stay in their order.
    groups.sort_by_key(|group: &Group<'_>| group.end_date);
    heading(out, &format!("Who must renew within {} days (SUB-5)", month.within))?;
    if groups.is_empty() {
        writeln!(out, "Nobody.")?;
    } else {
        let mut table = table(&["Ends", "Customer", "Offer", "No.", "Systems"]);
        for group in &groups {
            let ended = if group.end_date <= on { "ENDED " } else { "" };
            table.add_row([
                format!("{ended}{}", group.end_date).into(),
                group.customer.into(),
                group.offer.to_string().into(),
                number(group.serials.len()),
                shown(&group.serials).into(),
            ]);
        }
        writeln!(out, "{table}")?;
    }
    writeln!(out, "No order: {by_themselves} that go on by themselves, {inventory} in inventory.")?;
    Ok(())
}

fn add<'a>(groups: &mut Vec<Group<'a>>, customer: &'a str, ending: &Ending<'_>) {
    let (end_date, offer, serial) =
        (ending.end_date, ending.state.offer, ending.holding.origin.serial().to_string());
    let same = |group: &&mut Group<'_>| {
        group.end_date == end_date && group.customer == customer && group.offer == *offer
    };
    match groups.iter_mut().find(same) {
        Some(group) => group.serials.push(serial),
        None => groups.push(Group { end_date, customer, offer: offer.clone(), serials: vec![serial] }),
    }
}

/// The first serial numbers, and how many more there are.
fn shown(serials: &[String]) -> String {
    let first: Vec<&str> = serials.iter().take(SERIALS_MAX).map(String::as_str).collect();
    match serials.len().saturating_sub(SERIALS_MAX) {
        0 => first.join(", "),
        more => format!("{} + {more}", first.join(", ")),
    }
}
