//! Random requests about subscriptions, for one or for a fleet.

#[path = "subscription_docs.rs"]
mod docs;

use crate::naive_subscriptions::{CONNECTIVITY, amount_in};
use crate::support::naive_calendar::Day;
pub use docs::late;
use docs::{OFFERS, accepted, anchor, offset, shifted, subscription, term, well_formed};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

fn request(anchor: Day, on: (i64, i64), late: &Value) -> Value {
    let mut input = json!({"on": shifted(anchor, on).text()});
    if !late.is_null() {
        input["late"] = late.clone();
    }
    input
}

/// `subscriptions.state`
pub fn state() -> impl Strategy<Value = Value> {
    let parts = anchor()
        .prop_flat_map(|anchor| (Just(anchor), subscription(anchor, 60), offset(84), late(), 0_u8..16));
    parts.prop_map(|(anchor, subscription, on, late, malformed)| {
        let mut input = request(anchor, on, &late);
        input["subscription"] = if malformed == 0 { subscription } else { well_formed(subscription) };
        input
    })
}

/// `subscriptions.renew`
pub fn renew() -> impl Strategy<Value = Value> {
    let parts = anchor().prop_flat_map(|anchor| {
        (Just(anchor), subscription(anchor, 60), offset(84), late(), term(), 0_u8..40)
    });
    parts.prop_map(|(anchor, mut subscription, on, late, (unit, length), odd)| {
        let mut input = request(anchor, on, &late);
        let fields = subscription.as_object_mut().expect("an object");
        let _ = fields.remove("events");
        // Most are pre-paid: the others are refused.
        if odd > 5 {
            let _ = (fields.remove("billing"), fields.remove("renews_every_months"));
        }
        if odd % 4 == 0 {
            let _ = fields.remove("serial");
        }
        input["subscription"] = subscription;
        input[unit] = json!(length);
        match odd {
            1 => input[unit] = Value::Null,
            2 => (input["years"], input["months"]) = (json!(1), json!(12)),
            _ => {}
        }
        input
    })
}

/// A fleet and a day on it: `subscriptions`, `on`, perhaps `late`; most events are such as count with this invoice day.
fn fleet(invoice_day: Option<i64>) -> impl Strategy<Value = (Day, Value)> {
    let near = anchor().prop_filter("a term of ten years has an end", |anchor| anchor.year < 9_000);
    let parts = near.prop_flat_map(|anchor| {
        let systems = proptest::collection::vec((subscription(anchor, 160), 0_u8..30), 0..6);
        (Just(anchor), systems, offset(72), late(), 0_u8..12)
    });
    parts.prop_map(move |(anchor, systems, on, late, refused)| {
        let mut input = request(anchor, on, &late);
        let mut subscriptions: Vec<Value> = Vec::new();
        for (index, (mut doc, twin)) in systems.into_iter().enumerate() {
            doc["serial"] = json!(format!("S{index}"));
            if let (Some(before), 0..6) = (subscriptions.last(), twin) {
                // Another subscription of the same system; rarely one that cannot be.
                doc["serial"] = before["serial"].clone();
                if twin > 2 {
                    doc = before.clone();
                }
                if twin > 0 {
                    doc["offer"] = json!(CONNECTIVITY[usize::from(twin % 3)]);
                }
            }
            subscriptions.push(if refused == 0 { doc } else { accepted(doc, &late, invoice_day) });
        }
        input["subscriptions"] = json!(subscriptions);
        (anchor, input)
    })
}

/// `subscriptions.due`
pub fn due() -> impl Strategy<Value = Value> {
    let within = prop_oneof![2 => Just(None), 1 => (0_i64..=800).prop_map(Some), 1 => Just(Some(0))];
    (fleet(None), within).prop_map(|((_, mut input), within)| {
        if within.is_some() {
            input["within_days"] = json!(within);
        }
        input
    })
}

/// An amount of a currency in thousandths of its smallest coin.
fn amount(thousandths: i128, currency: &str) -> Value {
    let coin = match currency {
        "JPY" => 1_000_000,
        "KWD" => 1_000,
        _ => 10_000,
    };
    amount_in(thousandths * coin / 1_000, &json!(currency))
}

/// Prices of most offers for terms of these lengths, in whole coins or not.
fn prices(whole: bool, lengths: &[i64]) -> impl Strategy<Value = Vec<Value>> + use<> {
    let of = |offer| lengths.iter().map(move |months| (offer, *months));
    let terms: Vec<(&str, i64)> = OFFERS.into_iter().chain(CONNECTIVITY).flat_map(of).collect();
    let price = (0_i128..=3_000, select(vec![0_i128, 0, 500, 125]))
        .prop_map(move |(coins, part)| coins * 1_000 + if whole { 0 } else { part });
    let drawn = proptest::collection::vec((price, 0_u8..20), terms.len());
    (drawn, select(vec!["USD", "JPY", "KWD"])).prop_map(move |(drawn, currency)| {
        let listed = terms.iter().zip(drawn).enumerate();
        let listed = listed.filter(|(index, (_, (_, kept)))| *kept > 0 || *index == 0);
        listed
            .map(|(_, ((offer, months), (price, _)))| {
                // Longer terms cost more, but not always in proportion.
                let price = price + i128::from(*months) * 50_000;
                json!({"offer": offer, "months": months, "price": amount(price, currency)})
            })
            .collect()
    })
}

/// `subscriptions.invoices`
pub fn invoices() -> impl Strategy<Value = Value> {
    let day = prop_oneof![
        2 => Just(Value::Null),
        1 => Just(json!("own")),
        3 => prop_oneof![1_i64..=28, Just(28_i64), Just(1_i64)].prop_map(|day| json!({"day": day})),
    ];
    let parts = day.prop_flat_map(|day| {
        let fleet = fleet(day["day"].as_i64());
        (Just(day), fleet, offset(30), prices(false, &[1, 3, 12, 24, 36, 60]), -1_i64..=20)
    });
    parts.prop_map(|(day, (anchor, mut input), until, prices, odd)| {
        let from = input["on"].take();
        let from_day = Day::parse(from.as_str().expect("a day"));
        // Sometimes a day before `from`, or a day too late.
        let until = match odd {
            0 => shifted(from_day, (120, until.1.clamp(-1, 1))),
            -1 => shifted(anchor, until),
            _ => shifted(from_day, (until.0, until.1.max(0))),
        };
        let mut request =
            json!({"subscriptions": input["subscriptions"].take(), "from": from, "until": until.text(), "prices": prices});
        if !day.is_null() {
            request["invoice_day"] = day;
        }
        request
    })
}

fn discount() -> impl Strategy<Value = Option<(&'static str, String)>> {
    let percent = |percent: u32| format!("{}.{:02}", percent / 100, percent % 100);
    prop_oneof![
        2 => Just(None),
        2 => (0_u32..=10_000).prop_map(move |off| Some(("percent", percent(off)))),
        3 => (0_i128..=300).prop_map(|coins| Some(("amount", coins.to_string()))),
        1 => (0_i128..=3_000_000).prop_map(|coins| Some(("amount", coins.to_string()))),
    ]
}

/// `subscriptions.quote`
pub fn quote() -> impl Strategy<Value = Value> {
    // Short ones are rare together: all ways to buy are tried.
    let lengths: Vec<&'static [i64]> = vec![
        &[12, 36, 60],
        &[12, 24, 36, 60],
        &[60, 12],
        &[1, 12],
        &[1, 12, 36],
        &[3, 12, 60],
        &[5, 9],
        &[36],
    ];
    let priced = (discount(), select(lengths)).prop_flat_map(|(discount, lengths)| {
        let whole = matches!(discount, Some(("amount", _)));
        (Just(discount), prices(whole, lengths))
    });
    let length = prop_oneof![
        3 => select(vec![1_i64, 1, 2, 3, 5, 4]).prop_map(|years| ("years", years)),
        3 => select(vec![12_i64, 12, 36, 60, 1, 3, 5]).prop_map(|months| ("months", months)),
    ];
    let wish = prop_oneof![
        length.prop_map(|length| (Some(length), (0, 0))),
        offset(100).prop_map(|until| (None, until)),
    ];
    (fleet(None), offset(40), wish, priced).prop_map(
        |((_, mut input), due_until, (length, until), (discount, prices))| {
            let on = Day::parse(input["on"].as_str().expect("a day"));
            input["due_until"] = json!(shifted(on, (due_until.0 * 2, due_until.1.max(-1))).text());
            input["renew"] = match length {
                Some((unit, length)) => json!({unit: length}),
                None => json!({"until": shifted(on, until).text()}),
            };
            if let Some((kind, value)) = discount {
                let value = match (kind, prices[0]["price"]["currency"].as_str()) {
                    ("amount", Some("USD")) => format!("{value}.07"),
                    ("amount", Some("KWD")) => format!("{value}.007"),
                    _ => value,
                };
                input["discount"] = json!({kind: value});
            }
            input["prices"] = json!(prices);
            input
        },
    )
}

/// `subscriptions.align`
pub fn align() -> impl Strategy<Value = Value> {
    let months = proptest::sample::subsequence(vec![1_i64, 3, 5, 6, 12, 24, 36, 60], 1..=3);
    let days = proptest::sample::subsequence(vec![30_i64, 90, 365, 366, 1_095, 1_825], 1..=2);
    let prices = proptest::collection::vec((0_i128..=90, select(vec![0_i128, 500])), 3);
    let wished = (0_u8..8, months, days, prices, select(vec!["USD", "JPY", "KWD"]));
    (fleet(None), offset(60), wished).prop_map(
        |((_, mut input), date, (method, months, days, prices, currency))| {
            let on = Day::parse(input["on"].as_str().expect("a day"));
            input["date"] = json!(shifted(on, (date.0, date.1.max(-1))).text());
            let (method, lengths) = match method {
                0 => (None, months),
                1 | 2 => (Some("terms"), months),
                3 | 4 => (Some("packs"), months),
                _ => (Some("pooled_days"), days),
            };
            if method.is_some() {
                input["method"] = json!(method);
            }
            let unit = |(length, (coins, part)): (&i64, &(i128, i128))| {
                let price = (coins + i128::from(*length) * 3) * 1_000 + part;
                json!({"name": format!("{length} long"), "length": length, "price": amount(price, currency)})
            };
            input["units"] = lengths.iter().zip(&prices).map(unit).collect();
            input
        },
    )
}
