//! What must hold for every subscription, whatever the dates: no day is paid for twice or not at all, nothing that
//! happens later changes what was, and what is bought suffices and is needed.
//!
//! The differential test would miss a mistake that both implementations make; these are the promises themselves.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
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
use alms_core::subscriptions::Periods;
use naive_subscriptions::life::chain_start;
use naive_subscriptions::{days, parse};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::naive_calendar::{Day, days_in_month};
use support::{call, cases};

fn date(day: Day) -> Date {
    day.text().parse().expect("a day of the calendar")
}

fn day(value: &Value) -> Day {
    Day::parse(value.as_str().unwrap_or_else(|| panic!("no day but {value}")))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no list but {value}"))
}

fn amount(value: &Value) -> i128 {
    parse(value["amount"].as_str().expect("an amount"))
}

fn integer(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("no integer but {value}"))
}

/// The periods of 400 years after `anchor`: each begins where the one before ends, and has at least one day.
fn tile(anchor: Day, length: u32) {
    let until = Day { year: anchor.year + 400, ..anchor };
    let periods = Periods::after(date(anchor), Months::YEAR, Months::from(length));
    let mut expected = anchor.add_months(12);
    for index in 0.. {
        let period = periods.period(index).expect("a period within the calendar");
        let what = || format!("period {index} of {length} months after {}", anchor.text());
        assert_eq!(period.start_date.to_string(), expected.text(), "{}", what());
        assert!(period.start_date < period.end_date, "{}", what());
        // Its day is the anchor's, or the last of a shorter month: a short month shortens no later period.
        let last = days_in_month(expected.year, expected.month);
        assert_eq!(expected.day, anchor.day.min(last), "{}", what());
        assert_eq!(periods.index_of(period.start_date), Some(index), "{}", what());
        let before = period.start_date.minus_days(1).unwrap();
        assert_eq!(periods.index_of(before), index.checked_sub(1), "the day before {}", what());
        expected = day(&json!(period.end_date.to_string()));
        if expected > until {
            break;
        }
    }
}

/// SUB-7: every day on which a month can be anchored, and every length.
#[test]
fn periods_tile_for_every_anchor_day_and_length() {
    // A leap year and the year before it: all that a February can do to an anchor within 400 years.
    let months = [(2024, 2), (2023, 2), (2023, 1), (2023, 4)];
    for (year, month) in months {
        for day in 1..=days_in_month(year, month) {
            // All lengths for the days that months differ in, the common ones for the others.
            let lengths: Vec<u32> = if day >= 28 { (1..=60).collect() } else { vec![1, 3, 12, 60] };
            lengths.into_iter().for_each(|length| tile(Day { year, month, day }, length));
        }
    }
}

/// SUB-7: the days themselves are counted through four centuries, one by one.
#[test]
fn no_day_is_in_two_periods_or_in_none() {
    for (anchor, length) in [("2023-01-31", 1), ("2024-02-29", 12), ("2023-08-30", 7), ("2024-02-29", 48)] {
        let anchor = Day::parse(anchor);
        let periods = Periods::after(date(anchor), Months::YEAR, Months::from(length));
        let (mut today, mut index) = (anchor.add_months(12), 0);
        let last = Day { year: anchor.year + 400, ..anchor };
        while today < last {
            let period = periods.period(index).unwrap();
            if date(today) == period.end_date {
                index += 1;
            }
            assert_eq!(periods.index_of(date(today)), Some(index), "{} from {}", today.text(), anchor.text());
            let period = periods.period(index).unwrap();
            assert!(period.start_date <= date(today) && date(today) < period.end_date);
            today = today.next();
        }
    }
}

fn any_end() -> impl Strategy<Value = Day> {
    (2000_i64..=2100, prop_oneof![4 => 1_i64..=12, 1 => Just(2_i64)], prop_oneof![1_i64..=31, 28_i64..=31])
        .prop_map(|(year, month, day)| Day { year, month, day: day.min(days_in_month(year, month)) })
}

proptest! {
    #![proptest_config(cases(1_000))]

    /// SUB-2: renewing in time by a and then by b months is renewing by a + b, whatever is known of the beginning.
    #[test]
    fn renewals_add_up(
        end in any_end(), a in 1_i64..=70, b in 1_i64..=70, early in 0_i64..=400, known in 0_i64..=30, facts in 0_u8..4,
    ) {
        let (on, known) = (end.add_days(-early), end.add_months(-i128::from(known)));
        let mut subscription = json!({"end_date": end.text(), "warranty_end": end.text()});
        for (field, asked) in [("registered", facts > 1), ("terms_from", facts % 2 == 1)] {
            if asked {
                subscription[field] = json!(known.text());
            }
        }
        let first = renewed(&subscription, a, on);
        let second = renewed(&handed_over(&subscription, &first), b, on);
        let once = renewed(&subscription, a + b, on);
        prop_assert_eq!(&second["end_date"], &once["end_date"], "{}", subscription);
        prop_assert_eq!(&second["warranty_end"], &once["warranty_end"], "{}", subscription);
        prop_assert!([&first, &second, &once].iter().all(|renewal| renewal["reactivated"] == false));
    }

    /// The state on a day is a function of what happened up to it.
    #[test]
    fn no_later_event_and_no_order_of_the_list_counts(
        input in subscriptions::state(), seed in any::<proptest::sample::Index>(),
    ) {
        let Ok(state) = call("subscriptions.state", &input) else { return Ok(()) };
        let on = day(&input["on"]);
        prop_assume!(on.next().in_range());
        let events = list(&input["subscription"]["events"]).to_vec();

        let mut past = input.clone();
        let counts = |event: &&Value| day(&event["on"]) <= on;
        past["subscription"]["events"] = events.iter().filter(counts).cloned().collect();
        let mut future = input.clone();
        let added = future["subscription"]["events"].as_array_mut().expect("events");
        added.push(json!({"on": on.next().text(), "type": "renewal", "years": 5, "offer": "AirLink Premium"}));
        added.push(json!({"on": on.next().text(), "type": "termination"}));
        added.push(json!({"on": on.next().text(), "type": "period_change", "months": 12, "effective": on.next().text()}));
        for other in [&past, &future] {
            let mut other_state = call("subscriptions.state", other).expect("an answer, too");
            // Only the places of refused events in the list may differ, and what is still to come.
            let mut state = state.clone();
            forget_places(&mut other_state);
            forget_places(&mut state);
            prop_assert_eq!(other_state, state, "{}", other);
        }

        // Events of different days in another order: sorted, backwards, and turned round somewhere.
        let mut days: Vec<&Value> = events.iter().map(|event| &event["on"]).collect();
        days.sort_by_key(|on| day(on));
        prop_assume!(days.windows(2).all(|pair| pair[0] != pair[1]));
        let mut turned = events.clone();
        turned.rotate_left(if events.is_empty() { 0 } else { seed.index(events.len()) });
        let backwards: Vec<Value> = events.iter().rev().cloned().collect();
        for order in [turned, backwards] {
            let mut other = input.clone();
            other["subscription"]["events"] = json!(order);
            let mut other_state = call("subscriptions.state", &other).expect("an answer, too");
            let mut state = state.clone();
            forget_places(&mut other_state);
            forget_places(&mut state);
            prop_assert_eq!(other_state, state, "{}", other);
        }
    }

    /// SUB-10: a quote adds up to the cent, by line and in all, and its lines are what its systems get.
    #[test]
    fn a_quote_adds_up(input in subscriptions::quote()) {
        let Ok(quote) = call("subscriptions.quote", &input) else { return Ok(()) };
        for field in ["list", "discount", "total"] {
            let sum: i128 = list(&quote["lines"]).iter().map(|line| amount(&line[field])).sum();
            prop_assert_eq!(sum, amount(&quote["total"][field]), "{} of {}", field, quote);
        }
        for line in list(&quote["lines"]).iter().chain([&quote["total"]]) {
            prop_assert_eq!(amount(&line["list"]) - amount(&line["discount"]), amount(&line["total"]));
            prop_assert!(amount(&line["total"]) >= 0 && amount(&line["discount"]) >= 0, "{}", line);
        }
        if let Some(off) = input["discount"]["amount"].as_str() {
            prop_assert_eq!(amount(&quote["total"]["discount"]), parse(off), "{}", quote);
        }
        let bought: i64 = list(&quote["lines"]).iter().map(|line| integer(&line["quantity"])).sum();
        let terms = list(&quote["systems"]).iter().flat_map(|system| list(&system["terms"]));
        prop_assert_eq!(bought, terms.map(|term| integer(&term["quantity"])).sum::<i64>());
        let all = list(&quote["systems"]).len() + list(&quote["skipped"]).len();
        prop_assert_eq!(all, list(&input["subscriptions"]).len());
        let due: i64 = list(&quote["months"]).iter().chain([&quote["lapsed"]]).map(|row| integer(&row["systems"])).sum();
        prop_assert_eq!(due, i64::try_from(list(&quote["systems"]).len()).unwrap());
        if !input["renew"]["until"].is_null() {
            let until = day(&input["renew"]["until"]);
            let reached = list(&quote["systems"]).iter().all(|system| day(&system["new_end_date"]) >= until);
            prop_assert!(reached, "{}", quote);
        }
    }

    /// SUB-9: everyone reaches the wanted date, and no unit could be left out.
    #[test]
    fn what_is_bought_suffices_and_is_needed(input in subscriptions::align()) {
        let Ok(answer) = call("subscriptions.align", &input) else { return Ok(()) };
        let wanted = day(&input["date"]);
        for system in list(&answer["systems"]) {
            let end = day(&system["new_end_date"]);
            prop_assert!(end >= wanted, "{} in {}", system, answer);
            prop_assert_eq!(integer(&system["surplus_days"]), days(wanted, end));
        }
        let length = |name: &Value| {
            let unit = list(&input["units"]).iter().find(|unit| unit["name"] == *name).expect("a unit");
            integer(&unit["length"])
        };
        let bought = |rows: &Value| -> i64 {
            list(rows).iter().map(|row| integer(&row["quantity"]) * length(&row["name"])).sum()
        };
        prop_assert_eq!(bought(&answer["lines"]), integer(&answer["needed"]) + integer(&answer["left_over"]));
        let total: i128 = list(&answer["lines"]).iter().map(|line| amount(&line["amount"])).sum();
        prop_assert_eq!(total, amount(&answer["total"]));

        // A unit less is too little: for the system that it was bought for, or for the fleet. A unit that costs
        // nothing takes the place of others, so that what it leaves over may be as long as they are.
        let shortest = |rows: &Value| list(rows).iter().map(|row| length(&row["name"])).min();
        if input["method"].as_str().unwrap_or("terms") == "terms" {
            for system in list(&answer["systems"]) {
                let gets = integer(&system["gets"]);
                prop_assert_eq!(bought(&system["units"]), gets);
                let same = |other: &&Value| other["serial"] == system["serial"];
                let mut subscriptions = list(&input["subscriptions"]).iter().filter(same);
                let subscription = subscriptions.next().expect("a subscription of the fleet");
                // Two subscriptions of one system are told apart by their offers, which events may change.
                if let (Some(shortest), None) = (shortest(&system["units"]), subscriptions.next()) {
                    let end = ordered(&input, subscription, gets - shortest);
                    let reached = wanted.max(day(&input["on"]).next());
                    prop_assert!(end.is_none_or(|end| end < reached), "{} months less in {}", shortest, system);
                    prop_assert_eq!(ordered(&input, subscription, gets), Some(day(&system["new_end_date"])));
                }
            }
        } else if let Some(shortest) = shortest(&answer["lines"]) {
            prop_assert!(integer(&answer["left_over"]) < shortest, "{}", answer);
        }
    }

    /// SUB-9: sharing all days is co-termination, with the number of systems for a divisor.
    #[test]
    fn pooled_days_are_a_cotermination(mut input in subscriptions::align()) {
        input["method"] = json!("pooled_days");
        input["late"] = json!("from_order");
        let Ok(answer) = call("subscriptions.align", &input) else { return Ok(()) };
        let systems = list(&answer["systems"]);
        if systems.is_empty() {
            return Ok(());
        }
        let on = day(&input["on"]);
        // What is left of each, nothing of what has lapsed, and what is bought.
        let left = systems.iter().map(|system| days(on, day(&system["end_date"])).max(0));
        let mut terms: Vec<Value> = left.map(|days| json!({"weight": 1, "days": days})).collect();
        for line in list(&answer["lines"]) {
            let unit = list(&input["units"]).iter().find(|unit| unit["name"] == line["name"]).expect("a unit");
            terms.push(json!({"weight": line["quantity"], "days": unit["length"]}));
        }
        let divisor = json!(systems.len());
        let request = json!({"terms": terms, "divisor": divisor, "rounding": "down", "base": input["on"]});
        let common = call("subscriptions.coterm", &request).expect("a common end");
        prop_assert_eq!(&common["exact"], &answer["days_each"], "{}", answer);
        for system in systems {
            prop_assert_eq!(&system["new_end_date"], &common["end_date"], "{}", answer);
        }
    }
}

/// Leaves aside where in the list a refused event stands.
fn forget_places(state: &mut Value) {
    for event in state["events"].as_array_mut().expect("events") {
        if let Some(error) = event.get_mut("error") {
            error["path"] = Value::Null;
        }
    }
    // What is still to come stays in the subscription of the day, in the order of its list.
    let on = day(&state["on"]);
    let to_come = |event: &Value| day(&event["on"]) > on;
    state["subscription"]["events"].as_array_mut().expect("events").retain(|event| !to_come(event));
}

/// A renewal of a term by a purchase order.
fn renewed(subscription: &Value, months: i64, on: Day) -> Value {
    let request = json!({"subscription": subscription, "months": months, "on": on.text()});
    call("subscriptions.renew", &request).unwrap_or_else(|code| panic!("{code} for {request}"))
}

/// What a renewal in time leaves of a subscription, for the next one: as it says, else as its host keeps it.
fn handed_over(subscription: &Value, renewal: &Value) -> Value {
    if renewal["subscription"].is_object() {
        return renewal["subscription"].clone();
    }
    let mut after = subscription.clone();
    let old = day(&subscription["end_date"]);
    after["terms_from"] = json!(chain_start(subscription, old).unwrap_or(old).text());
    for field in ["end_date", "warranty_end", "terms_from"] {
        if !renewal[field].is_null() {
            after[field] = renewal[field].clone();
        }
    }
    after
}

/// The end after an order of so many months on the day of a request; none where that is not sold.
fn ordered(input: &Value, subscription: &Value, months: i64) -> Option<Day> {
    let mut booked = subscription.clone();
    let events = booked["events"].as_array_mut().expect("events");
    if months < 1 {
        return None;
    }
    events.push(json!({"on": input["on"], "type": "renewal", "months": months}));
    let request = json!({"subscription": booked, "on": input["on"], "late": input["late"]});
    let state = call("subscriptions.state", &request).expect("a state");
    let order = list(&state["events"]).last().expect("an event");
    order["effect"]["end_date"].is_string().then(|| day(&order["effect"]["end_date"]))
}
