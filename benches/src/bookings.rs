//! A year of bookings of partners and their customers, and the plain map that adds them up.

use alms_core::account::Kind;
use alms_core::calendar::{Date, Months};
use alms_core::tokens::{Booking, Entry, Holder, Packs, PositiveTokens, Tokens};
use std::collections::{HashMap, HashSet};

/// Partners, each with as many customers.
const PARTNERS: usize = 20;
const CUSTOMERS: usize = 1000;

/// Partners with a large wholesale stock, and customers of theirs.
pub fn holders() -> Vec<Holder> {
    let partners = (0..PARTNERS).map(|index| holder(partner(index), Kind::Reseller, vec![], 1_000_000_000));
    let customers = (0..CUSTOMERS)
        .map(|index| holder(customer(index), Kind::Customer, vec![partner(index % PARTNERS)], 0));
    partners.chain(customers).collect()
}

fn partner(index: usize) -> String {
    format!("P{index:015}")
}

fn customer(index: usize) -> String {
    format!("C{index:015}")
}

fn holder(uid: String, kind: Kind, partners: Vec<String>, opening: i64) -> Holder {
    Holder {
        name: parsed(&uid),
        uid: parsed(&uid),
        kind,
        administrators: vec![],
        partners: partners.iter().map(|partner| parsed(partner)).collect(),
        opening: Tokens::try_new(opening).unwrap_or_default(),
        status: None,
    }
}

/// A text of the library; the texts of this file are all good ones.
#[expect(clippy::unwrap_used, reason = "a benchmark fails loudly")]
fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

/// Transfers, credit and debit notes in turn, each under a key of its own.
#[expect(clippy::unwrap_used, reason = "a benchmark fails loudly")]
pub fn bookings(count: usize) -> Vec<Booking> {
    let start: Date = parsed("2023-01-31");
    let dates: Vec<Date> = (0..12).map(|month| start.add_months(Months::from(month)).unwrap()).collect();
    (0..count)
        .map(|index| {
            // A stride that is no divisor visits the customers in no order.
            let customer_index = index.wrapping_mul(617) % CUSTOMERS;
            let (partner, customer) =
                (parsed(&partner(customer_index % PARTNERS)), parsed(&customer(customer_index)));
            let tokens = PositiveTokens::try_new(5).unwrap();
            let entry = match index % 3 {
                0 => Entry::Transfer {
                    po_number: parsed(&format!("PO-{index}")),
                    partner,
                    customer,
                    packs: Packs::try_new(2).unwrap(),
                },
                1 => Entry::CreditNote { partner, customer, tokens },
                _ => Entry::DebitNote { partner, customer, tokens },
            };
            let on = dates.get(index % 12).copied().unwrap();
            Booking { key: parsed(&format!("booking-{index:012}")), on, entry }
        })
        .collect()
}

/// What a script would do: a set of the keys it has seen, and a map of balances.
pub fn plain_balances(list: &[Booking]) -> HashMap<String, i64> {
    let mut balances: HashMap<String, i64> =
        holders().iter().map(|holder| (holder.uid.to_string(), holder.opening.get())).collect();
    let mut keys = HashSet::new();
    for booking in list {
        if !keys.insert(booking.key.as_str()) {
            continue;
        }
        let (from, to, tokens) = match &booking.entry {
            Entry::Transfer { partner, customer, packs, .. } => (partner, customer, packs.tokens().get()),
            Entry::CreditNote { partner, customer, tokens } => (partner, customer, tokens.get()),
            Entry::DebitNote { partner, customer, tokens } => (customer, partner, tokens.get()),
            _ => continue,
        };
        for (uid, change) in [(from, tokens.wrapping_neg()), (to, tokens)] {
            if let Some(balance) = balances.get_mut(uid.as_str()) {
                *balance = balance.wrapping_add(change);
            }
        }
    }
    balances
}

/// A request to replay these bookings.
pub fn replay_json(list: &[Booking]) -> String {
    let accounts: Vec<_> = holders().iter().map(holder_json).collect();
    let bookings: Vec<_> = list.iter().map(booking_json).collect();
    serde_json::json!({"accounts": accounts, "bookings": bookings}).to_string()
}

fn holder_json(holder: &Holder) -> serde_json::Value {
    let partners: Vec<&str> = holder.partners.iter().map(|partner| partner.as_str()).collect();
    serde_json::json!({"uid": holder.uid.as_str(), "name": holder.name.as_str(), "kind": holder.kind.as_str(),
        "partners": partners, "opening": holder.opening.get()})
}

fn booking_json(booking: &Booking) -> serde_json::Value {
    let (key, on) = (booking.key.as_str(), booking.on.to_string());
    let name = booking.entry.booking_type().as_str();
    match &booking.entry {
        Entry::Transfer { po_number, partner, customer, packs } => {
            serde_json::json!({"key": key, "on": on, "type": name, "po_number": po_number.as_str(),
                "partner": partner.as_str(), "customer": customer.as_str(), "packs": packs.get()})
        }
        Entry::CreditNote { partner, customer, tokens } | Entry::DebitNote { partner, customer, tokens } => {
            serde_json::json!({"key": key, "on": on, "type": name, "partner": partner.as_str(),
                "customer": customer.as_str(), "tokens": tokens.get()})
        }
        _ => serde_json::Value::Null,
    }
}
