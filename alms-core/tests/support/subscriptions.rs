//! Random subscriptions, fleets and requests: real histories with their edges (month ends, leap days, the day before
//! and after an end), and the events that are refused.

use crate::naive_subscriptions::{Life, amount_in, is_refused};
use crate::support::naive_calendar::{Day, LAST, days_in_month};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

const OFFERS: [&str; 3] = ["AirLink Basic", "AirLink Complete", "AirLink Premium"];

pub fn late() -> impl Strategy<Value = Option<&'static str>> {
    select(vec![None, Some("from_order"), Some("from_end"), Some("from_end")])
}

/// A day from which the days of a document are counted; rarely close to the end of the calendar.
fn anchor() -> impl Strategy<Value = Day> {
    let year = prop_oneof![30 => 2019_i64..=2025, 4 => Just(2024_i64), 3 => 9_992_i64..=9_996];
    let day = prop_oneof![2 => 28_i64..=31, 2 => 1_i64..=31, 1 => Just(1_i64)];
    let month = prop_oneof![3 => 1_i64..=12, 1 => Just(2_i64)];
    (year, month, day).prop_map(|(year, month, day)| Day {
        year,
        month,
        day: day.min(days_in_month(year, month)),
    })
}

/// Months from an anchor, then days: mostly close to where terms end.
fn offset(months: i64) -> impl Strategy<Value = (i64, i64)> {
    let years = (0..=months / 12).prop_map(|years| years * 12);
    (
        prop_oneof![1 => years, 1 => 0..=months],
        prop_oneof![3 => Just(0_i64), 3 => -1_i64..=1, 2 => -40_i64..=40],
    )
}

pub fn shifted(day: Day, (months, days): (i64, i64)) -> Day {
    day.add_months(i128::from(months)).add_days(days).into_range()
}

#[derive(Clone, Debug)]
struct EventDraft {
    offset: (i64, i64),
    kind: &'static str,
    years: i64,
    offer: Option<&'static str>,
}

fn event() -> impl Strategy<Value = EventDraft> {
    let kinds =
        vec!["renewal", "renewal", "renewal", "activation", "offer_change", "offer_change", "termination"];
    let years = prop_oneof![9 => 1_i64..=5, 1 => 6_i64..=12];
    let offer = proptest::option::weighted(0.5, select(OFFERS.to_vec()));
    (offset(72), select(kinds), years, offer).prop_map(|(offset, kind, years, offer)| EventDraft {
        offset,
        kind,
        years,
        offer,
    })
}

/// A subscription that begins about an anchor.
fn subscription(anchor: Day) -> impl Strategy<Value = Value> {
    let begin = (offset(18), 0_usize..7, offset(60), 0_usize..6, any::<bool>());
    let billing = select(vec![
        ("pre_paid", None),
        ("pre_paid", None),
        ("pre_paid", None),
        ("pre_paid", Some(60)),
        ("pre_paid", Some(12)),
        ("direct", None),
        ("direct", Some(1)),
        ("direct", Some(3)),
        ("direct", Some(12)),
    ]);
    (begin, billing, select(OFFERS.to_vec()), proptest::collection::vec(event(), 0..5)).prop_map(
        move |((begun, origin, ends, warranty, explicit), (billing, every), offer, events)| {
            let begun = shifted(anchor, begun);
            let end = shifted(begun, (ends.0, ends.1.max(0)));
            let mut doc = json!({"serial": "S0", "offer": offer});
            match origin {
                0..=2 => doc["registered"] = json!(begun.text()),
                3 => doc["start_date"] = json!(begun.text()),
                4 => {
                    doc["registered"] = json!(begun.text());
                    doc["start_date"] = json!(shifted(begun, (ends.0.min(6), 0)).text());
                }
                5 => doc["registered"] = json!(begun.text()),
                _ => {
                    doc["state"] = json!("inventory");
                    doc[if explicit { "start_date" } else { "registered" }] = json!(begun.text());
                }
            }
            if (3..=5).contains(&origin) {
                doc["end_date"] = json!(end.max(shifted(begun, (6, 0))).text());
                doc["state"] = json!("active");
                doc["warranty_end"] = match warranty {
                    0 | 1 => doc["end_date"].clone(),
                    2 => json!(shifted(begun, (12, 0)).text()),
                    3 => json!(shifted(end, (ends.0, 1)).text()),
                    _ => Value::Null,
                };
            } else if warranty == 5 {
                doc["warranty_end"] = json!(shifted(begun, (18, 0)).text());
            }
            if explicit || billing != "pre_paid" {
                doc["billing"] = json!(billing);
            }
            if explicit {
                doc["model"] = json!("RV55");
            }
            doc["renews_every_months"] = json!(every);
            let direct = every.is_some() || billing == "direct";
            doc["events"] = events.iter().map(|event| event_doc(begun, event, direct)).collect();
            doc
        },
    )
}

fn event_doc(begun: Day, draft: &EventDraft, by_itself: bool) -> Value {
    let mut doc = json!({"on": shifted(begun, draft.offset).text(), "type": draft.kind});
    // A service that goes on by itself is rarely renewed, others are rarely changed.
    if by_itself && draft.kind == "renewal" && draft.years > 1 {
        doc["type"] = json!(if draft.years > 3 { "offer_change" } else { "termination" });
    } else if !by_itself && ["offer_change", "termination"].contains(&draft.kind) && draft.years > 1 {
        doc["type"] = json!("renewal");
    }
    if doc["type"] == "renewal" || doc["type"] == "activation" {
        doc["years"] = json!(draft.years);
    }
    if doc["type"] == "offer_change" {
        doc["offer"] = json!(draft.offer.unwrap_or("AirLink Complete"));
    } else if doc["type"] != "termination" {
        doc["offer"] = json!(draft.offer);
    }
    doc
}

/// Without the events that are refused.
fn accepted(mut doc: Value, late: &str) -> Value {
    let mut at = 0;
    while at < doc["events"].as_array().expect("events").len() {
        let refused =
            Life::until(&doc, LAST, late).1.iter().any(|(index, result)| *index == at && result.is_err());
        if refused {
            let _ = doc["events"].as_array_mut().expect("events").remove(at);
            // Without it another may be refused, or none.
            at = 0;
        } else {
            at += 1;
        }
    }
    assert!(!is_refused(&doc, LAST, late), "{doc}");
    doc
}

fn request(anchor: Day, on: (i64, i64), late: Option<&'static str>) -> Value {
    let mut input = json!({"on": shifted(anchor, on).text()});
    if let Some(late) = late {
        input["late"] = json!(late);
    }
    input
}

/// `subscriptions.state`
pub fn state() -> impl Strategy<Value = Value> {
    let parts = anchor().prop_flat_map(|anchor| (Just(anchor), subscription(anchor), offset(84), late()));
    parts.prop_map(|(anchor, subscription, on, late)| {
        let mut input = request(anchor, on, late);
        input["subscription"] = subscription;
        input
    })
}

/// A fleet and a day on it: `subscriptions`, `on`, perhaps `late`.
fn fleet() -> impl Strategy<Value = (Day, Value)> {
    let near = anchor().prop_filter("a term of ten years has an end", |anchor| anchor.year < 9_000);
    let parts = near.prop_flat_map(|anchor| {
        (Just(anchor), proptest::collection::vec(subscription(anchor), 0..6), offset(72), late(), 0_u8..12)
    });
    parts.prop_map(|(anchor, subscriptions, on, late, refused)| {
        let mut input = request(anchor, on, late);
        let numbered = subscriptions.into_iter().enumerate().map(|(index, doc)| {
            let mut doc = if refused == 0 { doc } else { accepted(doc, late.unwrap_or("from_order")) };
            doc["serial"] = json!(format!("S{index}"));
            doc
        });
        input["subscriptions"] = numbered.collect();
        (anchor, input)
    })
}

/// `subscriptions.due`
pub fn due() -> impl Strategy<Value = Value> {
    let within = prop_oneof![2 => Just(None), 1 => (0_i64..=800).prop_map(Some), 1 => Just(Some(0))];
    (fleet(), within).prop_map(|((_, mut input), within)| {
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

/// Prices of most offers and terms, in whole coins or not.
fn prices(whole: bool) -> impl Strategy<Value = Vec<Value>> {
    let terms: Vec<(&str, i64)> =
        OFFERS.iter().flat_map(|offer| [1, 3, 12, 24, 36, 60].map(|months| (*offer, months))).collect();
    let price = (0_i128..=3_000, select(vec![0_i128, 0, 500, 125]))
        .prop_map(move |(coins, part)| coins * 1_000 + if whole { 0 } else { part });
    let drawn = proptest::collection::vec((price, 0_u8..14), terms.len());
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
    (fleet(), offset(30), prices(false), -1_i64..=20).prop_map(|((anchor, mut input), until, prices, odd)| {
        let input = input.as_object_mut().expect("an object");
        let from = input.remove("on").expect("a day");
        let _ = input.remove("late");
        let from_day = Day::parse(from.as_str().expect("a day"));
        // Sometimes a day before `from`, or a day too late.
        let until = match odd {
            0 => shifted(from_day, (120, until.1.clamp(-1, 1))),
            -1 => shifted(anchor, until),
            _ => shifted(from_day, (until.0, until.1.max(0))),
        };
        json!({"subscriptions": input["subscriptions"], "from": from, "until": until.text(), "prices": prices})
    })
}

/// `subscriptions.quote`
pub fn quote() -> impl Strategy<Value = Value> {
    let discount = prop_oneof![
        2 => Just(None),
        2 => (0_u32..=10_000).prop_map(|percent| Some(("percent", format!("{}.{:02}", percent / 100, percent % 100)))),
        3 => (0_i128..=300).prop_map(|coins| Some(("amount", coins.to_string()))),
        1 => (0_i128..=3_000_000).prop_map(|coins| Some(("amount", coins.to_string()))),
    ];
    let priced = discount.prop_flat_map(|discount| {
        let whole = matches!(discount, Some(("amount", _)));
        (Just(discount), prices(whole))
    });
    let wish = prop_oneof![
        select(vec![1_i64, 1, 2, 3, 5, 4]).prop_map(|years| (Some(years), (0, 0))),
        offset(100).prop_map(|until| (None, until)),
    ];
    (fleet(), offset(40), wish, priced).prop_map(
        |((_, mut input), due_until, (years, until), (discount, prices))| {
            let on = Day::parse(input["on"].as_str().expect("a day"));
            input["due_until"] = json!(shifted(on, (due_until.0 * 2, due_until.1.max(-1))).text());
            input["renew"] = match years {
                Some(years) => json!({"years": years}),
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
    (fleet(), offset(60), wished).prop_map(
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
