//! What clients book: mostly sound, sometimes what a rule refuses.

use crate::random::Random;
use crate::world::{Party, World};
use serde_json::{Value, json};

/// A booking with a key that nobody has used.
pub(crate) fn booking(key: &str, world: &World, own_orders: &[String], random: &mut Random) -> Option<Value> {
    let kind = random.below(100);
    let customer = random.one_of(&world.customers)?;
    let partner = partner_of(customer, world, random)?;
    let packs = random.below(9).saturating_add(1);
    let tokens = random.below(40).saturating_add(1);
    let po_number = format!("PO {}", random.below(1_000));
    let fields = match kind {
        0..25 => json!({"type": "order", "po_number": po_number, "partner": partner, "packs": packs}),
        25..40 => delegation(&po_number, partner, packs, customer, random),
        40..62 => {
            json!({"type": "transfer", "po_number": po_number, "partner": partner, "customer": customer.uid,
            "packs": packs})
        }
        62..70 => {
            json!({"type": "credit_note", "partner": partner, "customer": customer.uid, "tokens": tokens})
        }
        70..75 => {
            json!({"type": "debit_note", "partner": partner, "customer": customer.uid, "tokens": tokens})
        }
        75..82 => json!({"type": "grant", "account": customer.uid, "tokens": tokens}),
        82..89 => registration(customer, random),
        89..95 => consumption(customer, random),
        95..98 => json!({"type": "edit", "target": random.one_of(own_orders)?, "packs": packs}),
        _ => json!({"type": "delete", "target": random.one_of(own_orders)?}),
    };
    let Value::Object(mut fields) = fields else { return None };
    fields.insert("key".to_owned(), key.into());
    let on = if (89..95).contains(&kind) { "2025-01-31" } else { "2023-05-16" };
    fields.insert("on".to_owned(), on.into());
    Some(Value::Object(fields))
}

/// Mostly one of the customer's partners.
fn partner_of<'a>(customer: &'a Party, world: &'a World, random: &mut Random) -> Option<&'a String> {
    if random.below(20) == 0 {
        return random.one_of(&world.partners).map(|partner| &partner.uid);
    }
    random.one_of(&customer.partners)
}

fn delegation(po_number: &str, partner: &str, packs: u64, customer: &Party, random: &mut Random) -> Value {
    let mut order = json!({"type": "order", "po_number": po_number, "partner": partner, "packs": packs,
        "customer_admin": customer.admin});
    if let Value::Object(fields) = &mut order {
        let by_name = random.below(2) == 0;
        let (field, value) =
            if by_name { ("customer_name", &customer.name) } else { ("customer_uid", &customer.uid) };
        fields.insert(field.to_owned(), value.as_str().into());
    }
    order
}

/// Some serials come twice: a system brings its Service Pack once.
fn registration(customer: &Party, random: &mut Random) -> Value {
    let serial = format!("LA{}", random.below(20_000));
    json!({"type": "registration", "account": customer.uid, "serial": serial, "model": "RV55"})
}

/// Some months come twice: a month is booked once.
fn consumption(customer: &Party, random: &mut Random) -> Value {
    let number = random.below(240);
    let (year, month) = (2005_u64.saturating_add(number / 12), number.wrapping_rem(12).saturating_add(1));
    let peak = random.below(20);
    json!({"type": "consumption", "account": customer.uid, "month": format!("{year}-{month:02}"), "peak": peak})
}
