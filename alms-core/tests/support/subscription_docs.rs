//! Random subscriptions: real histories with their edges (month ends, leap days, the day before and after an end),
//! and the facts and events that are refused.

use crate::naive_subscriptions::{CONNECTIVITY, Life, event_faults, is_refused};
use crate::support::naive_calendar::{Day, LAST, days_in_month};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

pub const OFFERS: [&str; 3] = ["AirLink Basic", "AirLink Complete", "AirLink Premium"];

/// The policy for late orders, null where absent.
pub fn late() -> impl Strategy<Value = Value> {
    let most = prop_oneof![1 => Just(0_i64), 3 => 0_i64..=60, 3 => 0_i64..=400];
    let backdated = (proptest::option::of(0_i64..=45), proptest::option::of(most));
    prop_oneof![
        1 => Just(Value::Null),
        1 => Just(json!("from_order")),
        2 => Just(json!("from_end")),
        2 => backdated.prop_map(|(grace, most)| {
            let mut policy = json!({});
            for (name, days) in [("grace_days", grace), ("max_days", most)] {
                if days.is_some() {
                    policy[name] = json!(days);
                }
            }
            json!({"backdated": policy})
        }),
    ]
}

/// A day from which the days of a document are counted; rarely close to the end of the calendar.
pub fn anchor() -> impl Strategy<Value = Day> {
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
pub fn offset(months: i64) -> impl Strategy<Value = (i64, i64)> {
    let years = (0..=months / 12).prop_map(|years| years * 12);
    (
        prop_oneof![1 => years, 1 => 0..=months],
        prop_oneof![3 => Just(0_i64), 3 => -1_i64..=1, 2 => -40_i64..=40],
    )
}

pub fn shifted(day: Day, (months, days): (i64, i64)) -> Day {
    day.add_months(i128::from(months)).add_days(days).into_range()
}

/// A length in months or in years.
pub fn term() -> impl Strategy<Value = (&'static str, i64)> {
    prop_oneof![
        4 => (1_i64..=5).prop_map(|years| ("years", years)),
        4 => select(vec![12_i64, 36, 60]).prop_map(|months| ("months", months)),
        3 => (1_i64..=40).prop_map(|months| ("months", months)),
        1 => (6_i64..=12).prop_map(|years| ("years", years)),
    ]
}

#[derive(Clone, Debug)]
struct EventDraft {
    offset: (i64, i64),
    kind: &'static str,
    term: (&'static str, i64),
    offer: Option<&'static str>,
    /// How much later than declared it is to take effect.
    effective: Option<(i64, i64)>,
    odd: u8,
}

fn event() -> impl Strategy<Value = EventDraft> {
    let kinds = vec![
        "renewal",
        "renewal",
        "activation",
        "offer_change",
        "offer_change",
        "termination",
        "withdrawal",
        "period_change",
    ];
    let early = (-4_i64..=0, 0_i64..=3);
    let day = prop_oneof![12 => offset(72), 1 => early];
    let offer = proptest::option::weighted(0.5, select(OFFERS.to_vec()));
    let effective = proptest::option::weighted(0.4, offset(14));
    (day, select(kinds), term(), offer, effective, 0_u8..40).prop_map(
        |(offset, kind, term, offer, effective, odd)| EventDraft {
            offset,
            kind,
            term,
            offer,
            effective,
            odd,
        },
    )
}

/// How a subscription begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beginning {
    /// Registered, and the rules say the rest.
    Registered,
    /// With a later first day.
    Later,
    /// The serial was registered before, somewhere else.
    Elsewhere,
    /// Only that is known.
    OnlyFirst,
    /// The first day and the end are known, the registration is not.
    Started,
    /// The end is stated.
    Stated,
    /// Not in service yet.
    Inventory,
}

fn beginning() -> impl Strategy<Value = Beginning> {
    prop_oneof![
        3 => Just(Beginning::Registered),
        1 => Just(Beginning::Later),
        2 => Just(Beginning::Elsewhere),
        1 => Just(Beginning::OnlyFirst),
        1 => Just(Beginning::Started),
        2 => Just(Beginning::Stated),
        1 => Just(Beginning::Inventory),
    ]
}

/// What is rarely stated, and what is wrong.
#[derive(Clone, Debug)]
struct Rare {
    warranty: u8,
    explicit: bool,
    terms_from: u8,
    included: u8,
    gap: (i64, i64),
    fault: u8,
}

fn rare(faults_in: u8) -> impl Strategy<Value = Rare> {
    (0_u8..6, any::<bool>(), 0_u8..14, 0_u8..14, offset(30), 0_u8..faults_in).prop_map(
        |(warranty, explicit, terms_from, included, gap, fault)| Rare {
            warranty,
            explicit,
            terms_from,
            included,
            gap,
            fault,
        },
    )
}

fn billing() -> impl Strategy<Value = (&'static str, Option<i64>)> {
    select(vec![
        ("pre_paid", None),
        ("pre_paid", None),
        ("pre_paid", None),
        ("pre_paid", None),
        ("pre_paid", Some(60)),
        ("pre_paid", Some(12)),
        ("direct", None),
        ("direct", None),
        ("direct", Some(1)),
        ("direct", Some(3)),
        ("direct", Some(12)),
        ("free", None),
        ("free", Some(60)),
        ("free", Some(12)),
    ])
}

fn offer() -> impl Strategy<Value = &'static str> {
    prop_oneof![9 => select(OFFERS.to_vec()), 1 => select(CONNECTIVITY.to_vec())]
}

/// A subscription that begins about an anchor; of `faults_in` about four have facts that cannot be.
pub fn subscription(anchor: Day, faults_in: u8) -> impl Strategy<Value = Value> {
    let begin = (offset(18), beginning(), offset(60));
    let events = proptest::collection::vec(event(), 0..5);
    (begin, billing(), offer(), rare(faults_in), events).prop_map(
        move |((begun, beginning, ends), (billing, every), offer, rare, events)| {
            let begun = shifted(anchor, begun);
            let end = shifted(begun, (ends.0, ends.1.max(0)));
            let mut doc = json!({"serial": "S0", "offer": offer});
            if rare.explicit || billing != "pre_paid" {
                doc["billing"] = json!(billing);
            }
            doc["renews_every_months"] = json!(every);
            match beginning {
                Beginning::Inventory => inventory(&mut doc, begun, &rare),
                Beginning::Elsewhere | Beginning::OnlyFirst => {
                    registered_before(&mut doc, begun, end, beginning, &rare);
                }
                _ => begun_here(&mut doc, begun, end, beginning, &rare),
            }
            rare_facts(&mut doc, begun, end, &rare);
            wrong_facts(&mut doc, begun, rare.fault);
            let by_itself = every.is_some() || billing != "pre_paid";
            doc["events"] = event_docs(begun, &events, by_itself);
            doc
        },
    )
}

fn begun_here(doc: &mut Value, begun: Day, end: Day, beginning: Beginning, rare: &Rare) {
    let known = if beginning == Beginning::Started { "start_date" } else { "registered" };
    doc[known] = json!(begun.text());
    if beginning == Beginning::Later {
        doc["start_date"] = json!(shifted(begun, (rare.gap.0, rare.gap.1.abs())).text());
    } else if beginning != Beginning::Registered {
        doc["end_date"] = json!(end.text());
    }
    if beginning == Beginning::Stated && rare.explicit {
        let start = shifted(begun, (rare.gap.0 / 4, 0));
        doc["start_date"] = json!(start.text());
        doc["end_date"] = json!(end.max(start).text());
    }
}

fn registered_before(doc: &mut Value, begun: Day, end: Day, beginning: Beginning, rare: &Rare) {
    let mut first = begun;
    if beginning == Beginning::Elsewhere {
        doc["registered"] = json!(begun.text());
        first = begun.add_months(-i128::from(rare.gap.0)).add_days(-rare.gap.1.abs()).into_range();
        if !rare.explicit && rare.warranty > 3 {
            doc["start_date"] = json!(shifted(begun, (rare.gap.0 / 2, 0)).text());
        }
    }
    doc["first_registered"] = json!(first.text());
    if rare.explicit {
        doc["end_date"] = json!(end.text());
    }
}

fn inventory(doc: &mut Value, begun: Day, rare: &Rare) {
    doc["state"] = json!("inventory");
    let field = ["registered", "start_date", "first_registered"][usize::from(rare.warranty % 3)];
    doc[field] = json!(begun.text());
    if rare.explicit && field == "registered" {
        doc["start_date"] = json!(shifted(begun, (rare.gap.0 / 3, 0)).text());
    }
}

fn rare_facts(doc: &mut Value, begun: Day, end: Day, rare: &Rare) {
    let stated = doc["end_date"].is_string();
    if stated && rare.explicit {
        doc["state"] = json!("active");
        doc["model"] = json!("RV55");
        doc["account"] = json!("c1");
    }
    match (rare.warranty, stated) {
        (0 | 1, true) => doc["warranty_end"] = doc["end_date"].clone(),
        (2, true) => doc["warranty_end"] = json!(shifted(begun, (12, 0)).text()),
        (3, true) => doc["warranty_end"] = json!(shifted(end, (rare.gap.0, 1)).text()),
        (5, false) => doc["warranty_end"] = json!(shifted(begun, (18, 0)).text()),
        _ => {}
    }
    match rare.terms_from {
        0 => doc["terms_from"] = json!(begun.text()),
        1 => doc["terms_from"] = json!(end.add_months(-i128::from(rare.gap.0)).into_range().text()),
        2 => doc["terms_from"] = json!(end.add_days(2).add_months(-48).into_range().text()),
        3 => doc["terms_from"] = json!(shifted(begun, rare.gap).text()),
        _ => {}
    }
    if rare.included == 0 {
        doc["included_until"] = json!(shifted(begun, rare.gap).text());
    }
}

/// Facts that no subscription can have.
fn wrong_facts(doc: &mut Value, begun: Day, fault: u8) {
    match fault {
        0 => {
            doc["registered"] = json!(begun.add_days(1).into_range().text());
            doc["start_date"] = json!(begun.text());
        }
        1 => doc["end_date"] = json!(begun.previous().text()),
        2 => doc["first_registered"] = json!(begun.add_days(1).into_range().text()),
        3 => {
            doc["registered"] = Value::Null;
            doc["first_registered"] = Value::Null;
        }
        _ => {}
    }
}

/// The kind of an event: a service that goes on by itself is rarely renewed, others are rarely changed.
fn event_kind(draft: &EventDraft, by_itself: bool) -> &'static str {
    let order = ["renewal", "activation"].contains(&draft.kind);
    match (by_itself, order) {
        (true, true) if draft.kind == "renewal" && draft.odd > 20 => "offer_change",
        (true, true) if draft.kind == "renewal" && draft.odd > 8 => "termination",
        (false, false) if draft.odd > 8 => "renewal",
        _ => draft.kind,
    }
}

/// Events; many soon after the one before, while it waits for its day.
fn event_docs(begun: Day, drafts: &[EventDraft], by_itself: bool) -> Value {
    let mut docs: Vec<Value> = Vec::new();
    for draft in drafts {
        let before = docs.last().and_then(|event| event["on"].as_str()).map(Day::parse);
        let soon = |before| shifted(before, (0, draft.offset.1.abs()));
        let on = before.filter(|_| draft.odd % 2 == 0).map(soon);
        docs.push(event_doc(on.unwrap_or(shifted(begun, draft.offset)), draft, by_itself));
    }
    json!(docs)
}

fn event_doc(on: Day, draft: &EventDraft, by_itself: bool) -> Value {
    let kind = event_kind(draft, by_itself);
    let mut doc = json!({"on": on.text(), "type": kind});
    let (unit, length) = draft.term;
    match kind {
        "renewal" | "activation" => {
            doc[unit] = json!(length);
            doc["offer"] = json!(draft.offer);
        }
        "offer_change" => doc["offer"] = json!(draft.offer.unwrap_or("AirLink Complete")),
        "period_change" if draft.odd == 7 => doc["months"] = json!(3),
        "period_change" => doc["months"] = json!(if length % 2 == 0 { 1 } else { 12 }),
        "withdrawal" => {
            doc["type"] = json!("termination");
            doc["withdraw"] = json!(true);
        }
        _ => {}
    }
    let declared = ["offer_change", "termination", "period_change"].contains(&kind);
    if let (Some((months, days)), true) = (draft.effective, declared) {
        doc["effective"] = json!(shifted(on, (months, days.max(0))).text());
    }
    match (draft.odd, kind) {
        (0, "renewal" | "activation") => doc[unit] = Value::Null,
        (1, "renewal" | "activation") => (doc["years"], doc["months"]) = (json!(1), json!(12)),
        (2, "withdrawal") => doc["effective"] = json!(on.text()),
        (3, _) if declared => doc["effective"] = json!(on.previous().into_range().text()),
        _ => {}
    }
    doc
}

/// Without the events that are malformed: one of them spoils a whole document.
pub fn well_formed(mut doc: Value) -> Value {
    let events = doc["events"].as_array_mut().expect("events");
    events.retain(|event| event_faults(event).is_empty());
    doc
}

/// Without the events that are refused.
pub fn accepted(doc: Value, late: &Value, invoice_day: Option<i64>) -> Value {
    let mut doc = well_formed(doc);
    let mut facts = doc.clone();
    facts["events"] = json!([]);
    if is_refused(&facts, LAST, late, invoice_day) {
        return doc;
    }
    let mut at = 0;
    while at < doc["events"].as_array().expect("events").len() {
        let outcomes = Life::until(&doc, LAST, late, invoice_day).1;
        if outcomes.iter().any(|(index, result)| *index == at && result.is_err()) {
            let _ = doc["events"].as_array_mut().expect("events").remove(at);
            // Without it another may be refused, or none.
            at = 0;
        } else {
            at += 1;
        }
    }
    doc
}
