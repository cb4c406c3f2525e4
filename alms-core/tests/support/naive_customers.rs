//! The Customers page counted by hand: one customer at a time, one number at a time, day by day.
//!
//! Written from the rulebook (RES-2) alone; it knows nothing of the library but its wire form.

use super::support::naive_calendar::Day;
use serde_json::{Value, json};

/// The rows of the page before filter and sort, in the given order.
pub fn rows(request: &Value) -> Vec<Value> {
    let customers = request["customers"].as_array().expect("customers");
    let reseller = request["reseller"].as_str().expect("a reseller");
    customers.iter().filter_map(|customer| row(customer, reseller, request)).collect()
}

fn row(customer: &Value, reseller: &str, request: &Value) -> Option<Value> {
    let partnerships = customer["partnerships"].as_array().expect("partnerships");
    let partnership = partnerships.iter().find(|one| one["partner"] == reseller)?;
    let first = first_renewal(customer, request);
    Some(json!({
        "name": customer["name"],
        "uid": customer["uid"],
        "total_systems": behind(customer, "total_systems", request).len(),
        "active_systems": behind(customer, "active_systems", request).len(),
        "initial_renewal": first.map(Day::text),
        "renewal_systems": behind(customer, "renewal_systems", request).len(),
        "overdue_systems": behind(customer, "overdue_systems", request).len(),
        "window_1": behind(customer, "window_1", request).len(),
        "window_2": behind(customer, "window_2", request).len(),
        "window_3": behind(customer, "window_3", request).len(),
        "profile": partnership.get("profile").unwrap_or(&json!("read_only")),
        "last_login": customer["last_login"],
        "administrators": customer["administrators"],
    }))
}

/// The first end date after today.
fn first_renewal(customer: &Value, request: &Value) -> Option<Day> {
    let mut ends: Vec<Day> = systems(customer).iter().filter_map(end).collect();
    ends.retain(|end| *end > today(request));
    ends.sort();
    ends.first().copied()
}

/// The serials of the systems behind a number.
pub fn behind(customer: &Value, column: &str, request: &Value) -> Vec<String> {
    let on = today(request);
    let days = request.get("window_days").cloned().unwrap_or(json!([30, 60, 90]));
    let last = |window: usize| days[window].as_i64().expect("days");
    let first = first_renewal(customer, request);
    let counts = |system: &Value| match column {
        "total_systems" => true,
        "active_systems" => system["state"] == "active",
        "renewal_systems" => end(system).is_some_and(|end| Some(end) == first),
        "overdue_systems" => end(system).is_some_and(|end| end <= on),
        "window_1" => ends_within(system, on, 1, last(0)),
        "window_2" => ends_within(system, on, last(0) + 1, last(1)),
        "window_3" => ends_within(system, on, last(1) + 1, last(2)),
        other => panic!("no column `{other}`"),
    };
    let found = systems(customer).iter().filter(|system| counts(system));
    found.map(|system| system["serial"].as_str().expect("a serial").to_owned()).collect()
}

/// Counts the days one by one.
fn ends_within(system: &Value, on: Day, from: i64, until: i64) -> bool {
    (from..=until).any(|days| end(system) == Some(on.add_days(days)))
}

fn systems(customer: &Value) -> &[Value] {
    customer["systems"].as_array().expect("systems")
}

fn end(system: &Value) -> Option<Day> {
    system["end_date"].as_str().map(Day::parse)
}

fn today(request: &Value) -> Day {
    Day::parse(request["on"].as_str().expect("a day"))
}
