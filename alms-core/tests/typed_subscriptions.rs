//! Typed Rust and JSON apply the same rules: what a document says, said in typed values, has the same answer.
//!
//! The documents are read here a second time, field by field and without a default, so that a rule that only the border
//! knew would show.
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

use alms_core::calendar::{Date, Months};
use alms_core::offers::ProductKind;
use alms_core::subscriptions::{
    Backdating, Change, Event, Holding, LateRenewal, LifeState, Origin, OriginData, OriginError, StatedState,
    SubscriptionBilling, due, renew, state,
};
use alms_core::wire;
use naive_subscriptions::CONNECTIVITY;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::cases;

/// The output document of an operation, or its error.
fn call(operation: &str, input: &Value) -> Result<Value, Value> {
    let parsed = |text: &str| serde_json::from_str(text).expect("the library writes JSON");
    match wire::call(operation, &input.to_string()) {
        Ok(text) => Ok(parsed(&text)),
        Err(error) => Err(parsed(&error.to_json())),
    }
}

fn date(value: &Value) -> Option<Date> {
    value.as_str().map(|text| text.parse().expect("a day"))
}

fn months(value: &Value) -> Option<Months> {
    value.as_i64().map(|count| Months::try_new(count).expect("months"))
}

/// The length of a term: months, or years of twelve.
fn length(value: &Value) -> Months {
    let years = value["years"].as_i64().map(|years| Months::try_new(12 * years).expect("months"));
    months(&value["months"]).or(years).expect("a length")
}

fn late(value: &Value) -> LateRenewal {
    let days = |name: &str, default: u32| {
        value["backdated"][name].as_u64().map_or(default, |days| u32::try_from(days).expect("days"))
    };
    match value.as_str() {
        Some("from_end") => LateRenewal::FromEnd,
        _ if value.is_object() => LateRenewal::Backdated(Backdating {
            grace_days: days("grace_days", 10),
            max_days: days("max_days", 180),
        }),
        _ => LateRenewal::FromOrder,
    }
}

fn billing(value: &Value) -> SubscriptionBilling {
    value["billing"].as_str().map_or(SubscriptionBilling::PrePaid, |name| name.parse().expect("a billing"))
}

/// The facts of a document as they are given.
fn data(doc: &Value) -> OriginData {
    let text = |name: &str| doc[name].as_str().unwrap_or("-");
    OriginData {
        model: doc["model"].as_str().unwrap_or_default().parse().expect("a model"),
        kind: if CONNECTIVITY.contains(&text("offer")) {
            ProductKind::Connectivity
        } else {
            ProductKind::Support
        },
        billing: billing(doc),
        renews_every: months(&doc["renews_every_months"]),
        state: doc["state"].as_str().and_then(|state| state.parse::<StatedState>().expect("a state").life()),
        as_of: date(&doc["as_of"]),
        first_registered: date(&doc["first_registered"]),
        registered: date(&doc["registered"]),
        start_date: date(&doc["start_date"]),
        terms_from: date(&doc["terms_from"]),
        included_until: date(&doc["included_until"]),
        end_date: date(&doc["end_date"]),
        warranty_end: date(&doc["warranty_end"]),
        ..OriginData::new(text("serial").parse().expect("a serial"), text("offer").parse().expect("an offer"))
    }
}

fn event(doc: &Value) -> Event {
    let offer = || doc["offer"].as_str().map(|offer| offer.parse().expect("an offer"));
    let effective = date(&doc["effective"]);
    let change = match doc["type"].as_str().expect("a type") {
        "renewal" => Change::Renewal { months: length(doc), offer: offer() },
        "activation" => Change::Activation { months: length(doc), offer: offer() },
        "offer_change" => Change::OfferChange { offer: offer().expect("an offer"), effective },
        "period_change" => Change::PeriodChange { months: length(doc), effective },
        "termination" if doc["withdraw"] == true => Change::Withdrawal,
        "termination" => Change::Termination { effective },
        other => panic!("an event of the type {other}"),
    };
    Event { on: date(&doc["on"]).expect("a day"), change }
}

fn holding(doc: &Value) -> Result<Holding, OriginError> {
    // What is wrong with the beginning is said before the events are read.
    let origin = Origin::try_new(data(doc))?;
    Ok(Holding { origin, events: doc["events"].as_array().into_iter().flatten().map(event).collect() })
}

/// What is wrong with the shape of a document is not said in typed values.
fn is_of_shape(error: &Value) -> bool {
    error["code"] == "invalid_input" && error["path"].as_str().is_some_and(|path| !path.ends_with("end_date"))
}

fn shown(day: Option<Date>) -> Value {
    json!(day.map(|day| day.to_string()))
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn a_state_in_typed_values_is_the_documents(input in subscriptions::state()) {
        let answer = call("subscriptions.state", &input);
        if answer.as_ref().is_err_and(is_of_shape) {
            return Ok(());
        }
        let on = date(&input["on"]).expect("a day");
        let typed = match holding(&input["subscription"]) {
            Ok(holding) => holding,
            Err(error) => {
                let refused = answer.expect_err("typed values are refused");
                prop_assert_eq!(&refused["code"], error.code().as_str(), "{}", refused);
                return Ok(());
            }
        };
        let Ok(state) = state(&typed, on, late(&input["late"])) else {
            prop_assert_eq!(&answer.expect_err("the calendar ends")["code"], "date_out_of_range");
            return Ok(());
        };
        let answer = answer.expect("typed values have an answer");
        prop_assert_eq!(&answer["state"], state.state.as_str());
        prop_assert_eq!(&answer["service"], state.state == LifeState::Active);
        prop_assert_eq!(&answer["offer"], state.offer.as_str());
        prop_assert_eq!(&answer["included_year"], state.included_year);
        prop_assert_eq!(&answer["end_date"], &shown(state.end_date));
        prop_assert_eq!(&answer["terminates_on"], &shown(state.terminates_on));
        prop_assert_eq!(&answer["renews_by_itself"], state.renews_by_itself);
        prop_assert_eq!(&answer["warranty_end"], &shown(state.warranty_end));
        prop_assert_eq!(&answer["warranty"], state.under_warranty);
        prop_assert_eq!(&answer["notification"]["from"], &shown(state.notify_from));
        for (said, outcome) in answer["events"].as_array().expect("events").iter().zip(&state.events) {
            match &outcome.result {
                Ok(effect) => {
                    prop_assert_eq!(&said["effect"]["from"], &shown(Some(effect.from)));
                    prop_assert_eq!(&said["effect"]["end_date"], &shown(effect.end_date));
                    prop_assert_eq!(&said["effect"]["warranty_end"], &shown(effect.warranty_end));
                }
                Err(refusal) => prop_assert_eq!(&said["error"]["code"], refusal.code().as_str()),
            }
        }
    }

    #[test]
    fn a_renewal_in_typed_values_is_the_documents(input in subscriptions::renew()) {
        let answer = call("subscriptions.renew", &input);
        let doc = &input["subscription"];
        if answer.as_ref().is_err_and(|error| is_of_shape(error) || error["code"] == "no_end_date") {
            return Ok(());
        }
        let origin = match Origin::try_new(data(doc)) {
            Ok(origin) => origin,
            Err(error) => {
                let refused = answer.expect_err("typed values are refused");
                prop_assert_eq!(&refused["code"], error.code().as_str(), "{}", refused);
                return Ok(());
            }
        };
        if origin.renews_every().is_some() {
            prop_assert_eq!(&answer.expect_err("no order")["code"], "billing_mismatch");
            return Ok(());
        }
        let term = origin.term().expect("a term, for the document has one");
        match renew(&term, length(&input), date(&input["on"]).expect("a day"), late(&input["late"])) {
            Ok(renewal) => {
                let answer = answer.expect("typed values have an answer");
                prop_assert_eq!(&answer["end_date"], &shown(Some(renewal.end_date)));
                prop_assert_eq!(&answer["warranty_end"], &shown(renewal.warranty_end));
                prop_assert_eq!(&answer["terms_from"], &shown(Some(renewal.term.terms_from)));
                prop_assert_eq!(&answer["reactivated"], renewal.reactivated);
            }
            Err(error) => prop_assert_eq!(&answer.expect_err("no renewal")["code"], error.code().as_str()),
        }
    }

    #[test]
    fn what_is_due_in_typed_values_is_the_documents(input in subscriptions::due()) {
        let Ok(answer) = call("subscriptions.due", &input) else { return Ok(()) };
        let subscriptions = input["subscriptions"].as_array().expect("subscriptions");
        let fleet: Vec<Holding> = subscriptions.iter().map(|doc| holding(doc).expect("a subscription")).collect();
        let days = input["within_days"].as_u64().map_or(90, |days| u32::try_from(days).expect("days"));
        let due = due(&fleet, date(&input["on"]).expect("a day"), days, late(&input["late"])).expect("an answer");
        let serials = |list: &Value| -> Vec<String> {
            let serials = list.as_array().expect("a list").iter().map(|one| one["serial"].as_str().expect("a serial"));
            serials.map(str::to_owned).collect()
        };
        let typed = |list: &[alms_core::subscriptions::Ending<'_>]| -> Vec<String> {
            list.iter().map(|ending| ending.holding.origin.serial().to_string()).collect()
        };
        prop_assert_eq!(serials(&answer["due"]), typed(&due.due));
        prop_assert_eq!(serials(&answer["lapsed"]), typed(&due.lapsed));
    }
}
