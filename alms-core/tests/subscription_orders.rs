//! What must hold between the operations on subscriptions: the calculator, the events of a history and the quote say the
//! same of the same order, nobody is invoiced without service, and no shown warranty is longer than it may be.
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

use naive_subscriptions::life::chain_start;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::naive_calendar::Day;
use support::{call, cases};

fn day(value: &Value) -> Day {
    Day::parse(value.as_str().unwrap_or_else(|| panic!("no day but {value}")))
}

fn date(value: &Value) -> Option<Day> {
    value.as_str().map(Day::parse)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no list but {value}"))
}

fn answer(operation: &str, input: &Value) -> Value {
    call(operation, input).unwrap_or_else(|code| panic!("{code} for {input}"))
}

fn state(subscription: &Value, on: Day, late: &Value) -> Result<Value, String> {
    let mut input = json!({"subscription": subscription, "on": on.text()});
    if !late.is_null() {
        input["late"] = late.clone();
    }
    call("subscriptions.state", &input)
}

/// With one more event, last in the list.
fn and_then(subscription: &Value, event: Value) -> Value {
    let mut after = subscription.clone();
    if after["events"].is_null() {
        after["events"] = json!([]);
    }
    after["events"].as_array_mut().expect("events").push(event);
    after
}

fn renewal_event(on: &str, months: i64) -> Value {
    json!({"on": on, "type": "renewal", "months": months})
}

/// The days of 2023 to 2026, and 29 February of the leap years around.
fn every_day() -> impl Iterator<Item = Day> {
    let leap_days = [2000, 2016, 2020, 2028, 2096].map(|year| Day { year, month: 2, day: 29 });
    let days = std::iter::successors(Some(Day::parse("2023-01-01")), |day| Some(day.next()));
    days.take_while(|day| day.year < 2027).chain(leap_days)
}

const LENGTHS: [(i64, i64); 6] = [(12, 36), (36, 12), (1, 11), (7, 30), (60, 12), (5, 1)];

/// SUB-2, through `subscriptions.renew`: the answer goes into the next order.
#[test]
fn two_renewals_are_one_of_both_lengths() {
    for registered in every_day() {
        let on = registered.add_days(20);
        for (first, second) in LENGTHS {
            let request = |subscription: &Value, months: i64| json!({"subscription": subscription, "months": months, "on": on.text()});
            let begun = json!({"registered": registered.text()});
            let once = answer("subscriptions.renew", &request(&begun, first + second));
            let half = answer("subscriptions.renew", &request(&begun, first));
            let mut after = begun.clone();
            for field in ["end_date", "warranty_end", "terms_from"] {
                if !half[field].is_null() {
                    after[field] = half[field].clone();
                }
            }
            if half["subscription"].is_object() {
                after = half["subscription"].clone();
            }
            let both = answer("subscriptions.renew", &request(&after, second));
            let expected = registered.add_months(i128::from(12 + first + second)).text();
            assert_eq!(once["end_date"], expected, "{begun} by {first} + {second} months at once");
            for field in ["end_date", "warranty_end"] {
                assert_eq!(both[field], once[field], "{field} of {begun} by {first}, then {second} months");
            }
        }
    }
}

/// SUB-2, through the events of a history: also where no registration is known, and after a late order.
#[test]
fn two_renewal_events_are_one_of_both_lengths() {
    for begun in every_day() {
        let on = begun.add_days(1).text();
        let documents = [
            json!({"serial": "A", "offer": "O", "registered": begun.text()}),
            json!({"serial": "A", "offer": "O", "end_date": begun.next().text(), "start_date": "1999-01-01"}),
            // Late by a day: the chain begins on the order's.
            json!({"serial": "A", "offer": "O", "end_date": begun.text(), "start_date": "1999-01-01"}),
        ];
        for (document, (first, second)) in documents.iter().zip(LENGTHS.into_iter().cycle().skip(1)) {
            let once = and_then(document, renewal_event(&on, first + second));
            let both = and_then(&and_then(document, renewal_event(&on, first)), renewal_event(&on, second));
            let (once, both) =
                (state(&once, Day::parse(&on), &Value::Null), state(&both, Day::parse(&on), &Value::Null));
            let (once, both) = (once.expect("a state"), both.expect("a state"));
            for field in ["end_date", "warranty_end", "state", "notification"] {
                assert_eq!(
                    both[field], once[field],
                    "{field} of {document} by {first}, then {second} months"
                );
            }
        }
    }
}

/// SUB-2, SUB-10: two lines of a quote end where one of both lengths does.
#[test]
fn two_terms_of_a_quote_are_one_of_both_lengths() {
    let price = |months: i64, amount: &str| json!({"offer": "O", "months": months, "price": {"amount": amount, "currency": "USD"}});
    for registered in every_day() {
        let on = registered.add_months(10);
        let wanted = registered.add_months(60);
        let request = json!({
            "subscriptions": [{"serial": "A", "offer": "O", "registered": registered.text()}],
            "on": on.text(), "due_until": on.add_months(6).text(), "renew": {"until": wanted.text()},
            "prices": [price(12, "100.00"), price(36, "250.00"), price(60, "999.00")],
        });
        let quote = answer("subscriptions.quote", &request);
        assert_eq!(quote["total"]["total"]["amount"], "350.00", "{request}");
        let system = &quote["systems"][0];
        assert_eq!(system["new_end_date"], wanted.text(), "{request}");
        let terms = json!([{"months": 36, "quantity": 1}, {"months": 12, "quantity": 1}]);
        assert_eq!(system["terms"], terms, "{request}");
    }
}

/// The serials of the direct subscriptions of a fleet say which one it is.
fn told_apart(mut input: Value) -> Value {
    for (index, subscription) in input["subscriptions"].as_array_mut().expect("a list").iter_mut().enumerate()
    {
        subscription["serial"] = json!(format!("N{index}"));
    }
    input
}

proptest! {
    #![proptest_config(cases(600))]

    /// SUB-7, RES-1: who is invoiced has service on that day, and is not a reseller.
    #[test]
    fn nobody_is_invoiced_without_service(input in subscriptions::invoices()) {
        let input = told_apart(input);
        let Ok(answer) = call("subscriptions.invoices", &input) else { return Ok(()) };
        let own = !input["invoice_day"].is_object();
        let until = day(&input["until"]);
        for invoice in list(&answer["invoices"]) {
            let on = day(&invoice["on"]);
            for (line, serial) in list(&invoice["lines"]).iter().flat_map(|line| list(&line["serials"]).iter().map(move |serial| (line, serial))) {
                let found = list(&input["subscriptions"]).iter().find(|subscription| subscription["serial"] == *serial);
                let subscription = found.expect("a subscription of the fleet");
                prop_assert_eq!(&subscription["billing"], "direct");
                // On the account's day a declaration waits longer or shorter, and the next may come too late for one of both.
                let settled = state(subscription, until, &Value::Null).expect("a state");
                let refused = list(&settled["events"]).iter().any(|event| event["ok"] == false);
                if !own && refused {
                    continue;
                }
                let state = state(subscription, on, &Value::Null).expect("a state");
                prop_assert_eq!(&state["service"], true, "{} on {} for {}", state, on.text(), input);
                prop_assert_eq!(&state["included_year"], false, "{} on {} for {}", state, on.text(), input);
                if own {
                    prop_assert_eq!(&state["offer"], &line["offer"], "{} for {}", invoice, subscription);
                    prop_assert_eq!(&line["start_date"], &invoice["on"], "{}", invoice);
                    let end = if state["terminates_on"].is_null() { &state["end_date"] } else { &line["end_date"] };
                    prop_assert_eq!(end, &line["end_date"], "{} for {}", invoice, subscription);
                }
            }
        }
    }

    /// SUB-7: the invoices of a system tile its time: each period begins where the one before ends.
    #[test]
    fn invoiced_periods_tile(input in subscriptions::invoices()) {
        let mut input = told_apart(input);
        let until = day(&input["from"]).add_months(60);
        input["until"] = json!(until.text());
        let Ok(answer) = call("subscriptions.invoices", &input) else { return Ok(()) };
        let mut ends: std::collections::BTreeMap<String, Value> = std::collections::BTreeMap::new();
        for invoice in list(&answer["invoices"]) {
            for (line, serial) in list(&invoice["lines"]).iter().flat_map(|line| list(&line["serials"]).iter().map(move |serial| (line, serial))) {
                prop_assert!(day(&line["start_date"]) < day(&line["end_date"]), "{}", line);
                let before = ends.insert(serial.as_str().expect("a serial").to_owned(), line["end_date"].clone());
                prop_assert!(before.is_none_or(|end| end == line["start_date"]), "{} for {}", line, input);
                if let Some(wanted) = input["invoice_day"]["day"].as_i64() {
                    prop_assert_eq!(day(&line["end_date"]).day, wanted, "{} for {}", line, input);
                }
            }
        }
    }

    /// SUB-2, SUB-4, SUB-8: the calculator and a history say the same of an order.
    #[test]
    fn renew_is_the_event_of_a_history(input in subscriptions::renew()) {
        let (on, late) = (day(&input["on"]), &input["late"]);
        let mut subscription = input["subscription"].clone();
        subscription["serial"] = json!("S0");
        let mut event = json!({"on": input["on"], "type": "renewal"});
        for unit in ["months", "years"] {
            event[unit] = input[unit].clone();
        }
        let told = state(&and_then(&subscription, event), on, late);
        let renewal = call("subscriptions.renew", &input);
        let by_itself = subscription["billing"] == "direct" || subscription["billing"] == "free" || !subscription["renews_every_months"].is_null();
        match (renewal, told) {
            (Ok(renewal), Ok(state)) => {
                let effect = &state["events"][0]["effect"];
                for field in ["end_date", "warranty_end", "reactivated", "rules"] {
                    prop_assert_eq!(&renewal[field], &effect[field], "{} of {}: {}", field, input, state["events"]);
                }
                prop_assert_eq!(&renewal["end_date"], &state["end_date"], "{}", input);
                // Before the start no warranty is shown.
                if state["state"] != "not_started" {
                    prop_assert_eq!(&renewal["warranty_end"], &state["warranty_end"], "{}", input);
                }
            }
            (Err(code), Ok(state)) => {
                // Inventory that goes on by itself has two faults.
                let either = by_itself && state["events"][0]["error"]["code"] == "no_end_date" && code == "billing_mismatch";
                prop_assert!(either || state["events"][0]["error"]["code"] == code.as_str(), "{} of {}: {}", code, input, state["events"]);
            }
            (Err(code), Err(other)) => {
                // With nothing known of its beginning there is no end date; and a document may have several faults.
                let both = ["no_end_date", "billing_mismatch", "invalid_input"];
                prop_assert!(code == other || both.contains(&code.as_str()), "{} and {} for {}", code, other, input);
            }
            (Ok(renewal), Err(code)) => prop_assert!(false, "{} and {} for {}", renewal, code, input),
        }
    }

    /// SUB-6: the shown warranty is not longer than the service, nor than five years from the first registration.
    #[test]
    fn no_warranty_outlives_the_service(input in subscriptions::state()) {
        let Ok(state) = call("subscriptions.state", &input) else { return Ok(()) };
        let subscription = &input["subscription"];
        let first = date(&subscription["first_registered"]).or(date(&subscription["registered"]));
        let limit = first.map(|first| first.add_months(60));
        let within = |shown: &Value, end: &Value| {
            let Some(shown) = date(shown) else { return true };
            date(end).is_none_or(|end| shown <= end) && limit.is_none_or(|limit| shown <= limit)
        };
        let goes_on = state["renews_by_itself"] == true || !state["terminates_on"].is_null();
        let end = if goes_on { &state["terminates_on"] } else { &state["end_date"] };
        prop_assert!(within(&state["warranty_end"], end), "{} for {}", state, input);
        if state["state"] == "inventory" || state["state"] == "not_started" {
            prop_assert!(state["warranty_end"].is_null() && state["warranty"] == false, "{} for {}", state, input);
        }
        if state["warranty"] == true {
            prop_assert!(day(&input["on"]) < day(&state["warranty_end"]) && state["service"] == true, "{} for {}", state, input);
            prop_assert!(first.is_none_or(|first| first <= day(&input["on"])), "{} for {}", state, input);
        }
        for event in list(&state["events"]).iter().filter(|event| event["ok"] == true) {
            let effect = &event["effect"];
            prop_assert!(within(&effect["warranty_end"], &effect["end_date"]), "{} for {}", event, input);
        }
    }

    /// SUB-10: who books what a quote says gets what it says.
    #[test]
    fn a_quote_is_what_its_terms_lead_to(input in subscriptions::quote()) {
        let Ok(quote) = call("subscriptions.quote", &input) else { return Ok(()) };
        let on = day(&input["on"]);
        for system in list(&quote["systems"]) {
            let Some(subscription) = only_one(&input, &system["serial"]) else { continue };
            let terms = list(&system["terms"]).iter();
            let months = terms.map(|term| term["months"].as_i64().expect("a value") * term["quantity"].as_i64().expect("a value")).sum();
            let booked = state(&and_then(subscription, renewal_event(&on.text(), months)), on, &input["late"]);
            let booked = booked.expect("a state");
            prop_assert_eq!(&booked["end_date"], &system["new_end_date"], "{} of {}", booked, input);
            // Before the start no warranty is shown.
            let shown = if booked["state"] == "not_started" { &system["warranty_end"] } else { &booked["warranty_end"] };
            prop_assert_eq!(shown, &system["warranty_end"], "{} of {}", booked, input);
            prop_assert!(day(&system["new_end_date"]) > on, "{} of {}", system, input);
        }
        for system in list(&quote["skipped"]).iter().filter(|system| system["reason"] == "term_over_before_order") {
            let needed = system["months_needed"].as_i64().expect("a number of months");
            let Some(subscription) = only_one(&input, &system["serial"]) else { continue };
            for (months, ok) in [(needed, true), (needed - 1, false)].into_iter().filter(|(months, _)| *months > 0) {
                let booked = state(&and_then(subscription, renewal_event(&on.text(), months)), on, &input["late"]);
                let last = list(&booked.expect("a state")["events"]).last().expect("an event").clone();
                prop_assert_eq!(&last["ok"], ok, "{} months: {} of {}", months, last, input);
            }
        }
    }

    /// The past may be told as events or as facts: a history that is cut after any of its first orders goes on alike.
    #[test]
    fn a_history_may_be_cut_anywhere(input in subscriptions::state()) {
        let on = day(&input["on"]);
        let mut rest = input["subscription"].clone();
        rest["events"].as_array_mut().expect("events").sort_by_key(|event| day(&event["on"]));
        let Ok(whole) = state(&rest, on, &input["late"]) else { return Ok(()) };
        while let Some(cut) = without_the_first_order(&rest, on, &input["late"]) {
            let state = state(&cut, on, &input["late"]).expect("a state");
            for field in ["state", "end_date", "warranty_end", "notification"] {
                prop_assert_eq!(&state[field], &whole[field], "{} of {} instead of {}", field, cut, input);
            }
            rest = cut;
        }
    }
}

/// With the effect of its first event for facts, where that is a pre-paid renewal that counts before a day.
fn without_the_first_order(subscription: &Value, on: Day, late: &Value) -> Option<Value> {
    let (order, events) = list(&subscription["events"]).split_first()?;
    let ordered = day(&order["on"]);
    if order["type"] != "renewal" || ordered > on {
        return None;
    }
    let mut cut = subscription.clone();
    cut["events"] = json!([]);
    let before = state(&cut, ordered, late).expect("a state");
    cut["events"] = json!([order]);
    let after = state(&cut, ordered, late).expect("a state");
    let effect = &after["events"][0]["effect"];
    if effect.is_null() {
        return None;
    }
    cut["end_date"] = effect["end_date"].clone();
    // Without a registration a stated warranty is its own limit, of which an effect shows no more than the service lasts.
    let is_limit = subscription["first_registered"].is_null() && subscription["registered"].is_null();
    if !(is_limit && effect["warranty_end"] == effect["end_date"]) {
        cut["warranty_end"] = effect["warranty_end"].clone();
    }
    cut["terms_from"] = json!(chain(subscription, &before["end_date"], &effect["from"]).text());
    cut["events"] = json!(events);
    Some(cut)
}

/// The subscription of a system; two are told apart by their offers, which events may change.
fn only_one<'a>(input: &'a Value, serial: &Value) -> Option<&'a Value> {
    let mut matching =
        list(&input["subscriptions"]).iter().filter(|subscription| subscription["serial"] == *serial);
    let first = matching.next();
    first.filter(|_| matching.next().is_none())
}

/// SUB-2: where the chain of a term began that an order has begun on this day.
fn chain(subscription: &Value, old: &Value, from: &Value) -> Day {
    if from == old { chain_start(subscription, day(old)).unwrap_or(day(old)) } else { day(from) }
}
