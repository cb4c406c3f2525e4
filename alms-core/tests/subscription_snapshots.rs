//! A subscription as it is at the end of a day stands for its history: what is asked about that day or a later one has the
//! same answer.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

#[expect(dead_code, reason = "the differential test uses the rest")]
#[expect(unreachable_pub, reason = "a test binary has no outside")]
#[path = "support/naive_subscriptions.rs"]
mod naive_subscriptions;

#[expect(dead_code, reason = "the differential test uses the rest")]
#[expect(unreachable_pub, reason = "a test binary has no outside")]
#[path = "support/subscriptions.rs"]
mod subscriptions;

use alms_core::wire;
use naive_subscriptions::CONNECTIVITY;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::cases;
use support::naive_calendar::Day;

/// The output document of an operation, or the code of its error.
fn call(operation: &str, input: &Value) -> Result<Value, String> {
    match wire::call(operation, &input.to_string()) {
        Ok(text) => Ok(serde_json::from_str(&text).expect("the library writes JSON")),
        Err(error) => Err(error.code().to_owned()),
    }
}

fn day(value: &Value) -> Day {
    Day::parse(value.as_str().unwrap_or_else(|| panic!("no day but {value}")))
}

/// A state without what depends on how it is known: the events of the past have no outcome in one that is known later, and
/// an error says at which place of the list.
fn answer(mut state: Value, after: &Value) -> Value {
    let mut events: Vec<Value> = state["events"].as_array().expect("events").clone();
    events.retain(|event| day(&event["on"]) > day(after));
    for event in &mut events {
        event["error"] = event["error"]["code"].clone();
    }
    if !events.is_empty() {
        // That a termination to come brings the warranty back to the day that was once stated is not known any more.
        for rules in [state["rules"].take(), state["subscription"]["rules"].take()] {
            let others = rules.as_array().expect("rules").iter().filter(|rule| **rule != "SUB-6");
            state["rules_of_both"] = json!([state["rules_of_both"], others.collect::<Vec<_>>()]);
        }
    }
    state["events"] = json!(events);
    state
}

fn state(subscription: &Value, on: &Value, late: &Value) -> Result<Value, String> {
    call("subscriptions.state", &json!({"subscription": subscription, "on": on, "late": late}))
}

fn later(on: &Value, months: i64, days: i64) -> Value {
    json!(day(on).add_months(i128::from(months)).add_days(days).into_range().text())
}

/// The state by a subscription that is known as of the day `known` is the one by its whole history.
fn stands_for(
    whole: &Value,
    kept: &Value,
    known: &Value,
    on: &Value,
    late: &Value,
) -> Result<(), TestCaseError> {
    let (by_whole, by_kept) = (state(whole, on, late), state(kept, on, late));
    let (by_whole, by_kept) =
        (by_whole.map(|state| answer(state, known)), by_kept.map(|state| answer(state, known)));
    prop_assert_eq!(&by_kept, &by_whole, "on {}: {} for {}", on, kept, whole);
    Ok(())
}

proptest! {
    #![proptest_config(cases(4_000))]

    /// Into the same operation on the same day, and on any later one, events to come included.
    #[test]
    fn a_state_stands_for_its_history(input in subscriptions::state(), months in 0_i64..80, days in 0_i64..40) {
        let (on, late) = (&input["on"], &input["late"]);
        let Ok(told) = state(&input["subscription"], on, late) else { return Ok(()) };
        let kept = &told["subscription"];
        prop_assert_eq!(&kept["as_of"], on);
        for event in kept["events"].as_array().expect("events") {
            let waits = day(&event["on"]) > day(on) || day(&event["effective"]) > day(on);
            prop_assert!(waits, "{} in {}", event, kept);
        }
        stands_for(&input["subscription"], kept, on, on, late)?;
        stands_for(&input["subscription"], kept, on, &later(on, months, days), late)?;
    }

    /// What a renewal gives goes into the next one: it ends as the events of both orders do.
    #[test]
    fn renewals_one_after_the_other_are_those_of_the_events(
        input in subscriptions::renew(), more in 1_i64..40, months in 0_i64..50, days in 0_i64..40
    ) {
        let late = &input["late"];
        let Ok(once) = call("subscriptions.renew", &input) else { return Ok(()) };
        prop_assert_eq!(&once["subscription"]["as_of"], &input["on"]);
        prop_assert_eq!(&once["subscription"]["terms_from"], &once["terms_from"]);
        let on = later(&input["on"], months, days);
        let next = json!({"subscription": once["subscription"], "months": more, "on": on, "late": late});
        let Ok(twice) = call("subscriptions.renew", &next) else { return Ok(()) };

        let length = if input["months"].is_null() { 12 * input["years"].as_i64().expect("a length") } else {
            input["months"].as_i64().expect("a length")
        };
        let mut whole = input["subscription"].clone();
        (whole["serial"], whole["events"]) = (json!("S0"), json!([
            {"on": input["on"], "type": "renewal", "months": length},
            {"on": on, "type": "renewal", "months": more},
        ]));
        let Ok(told) = state(&whole, &on, late) else { return Ok(()) };
        let effect = &told["events"][1]["effect"];
        prop_assert_eq!(&twice["end_date"], &effect["end_date"], "{} for {}", twice, whole);
        prop_assert_eq!(&twice["warranty_end"], &effect["warranty_end"], "{} for {}", twice, whole);
        prop_assert_eq!(&twice["reactivated"], &effect["reactivated"]);
        let mut kept = twice["subscription"].clone();
        kept["serial"] = json!("S0");
        stands_for(&whole, &kept, &on, &on, late)?;
        stands_for(&whole, &kept, &on, &later(&on, months, days), late)?;
    }

    /// SUB-7: what is invoiced after the day is the same.
    #[test]
    fn invoices_after_the_day_are_those_of_the_history(input in subscriptions::state(), months in 1_i64..30) {
        let (on, late) = (&input["on"], &input["late"]);
        let Ok(told) = state(&input["subscription"], on, late) else { return Ok(()) };
        let offers = ["AirLink Basic", "AirLink Complete", "AirLink Premium"].into_iter().chain(CONNECTIVITY);
        let price = json!({"amount": "7.00", "currency": "USD"});
        let prices: Vec<Value> = offers
            .flat_map(|offer| [1, 3, 12].map(|months| json!({"offer": offer, "months": months, "price": price})))
            .collect();
        let invoices = |subscription: &Value| {
            let (from, until) = (later(on, 0, 1), later(on, months, 1));
            let input = json!({"subscriptions": [subscription], "from": from, "until": until, "prices": prices});
            call("subscriptions.invoices", &input)
        };
        // A history with an event that is refused has no invoices; without the event it has.
        let Ok(whole) = invoices(&input["subscription"]) else { return Ok(()) };
        prop_assert_eq!(invoices(&told["subscription"]), Ok(whole), "{} for {}", told, input);
    }
}
