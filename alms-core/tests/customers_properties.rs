//! The Customers page says what a naive count says, behind every number stand as many systems, and filters and
//! columns to sort by neither add nor lose a customer (RES-2).
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

#[expect(unreachable_pub, reason = "a test binary has no outside")]
#[path = "support/naive_customers.rs"]
mod naive_customers;

use naive_customers::{behind, rows};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use support::naive_calendar::Day;
use support::{call, cases};

const COLUMNS: [&str; 7] = [
    "total_systems",
    "active_systems",
    "renewal_systems",
    "overdue_systems",
    "window_1",
    "window_2",
    "window_3",
];

/// Dates around today: the edges of the windows are hit often.
fn end_date() -> impl Strategy<Value = Option<i64>> {
    let near_edges = select(vec![-1, 0, 1, 29, 30, 31, 59, 60, 61, 89, 90, 91]);
    option::weighted(0.8, prop_oneof![near_edges, -40_i64..130])
}

fn system(on: Day) -> impl Strategy<Value = (Option<String>, &'static str)> {
    let state = select(vec!["active", "active", "suspended", "inventory", "maintenance"]);
    (end_date(), state).prop_map(move |(days, state)| (days.map(|days| on.add_days(days).text()), state))
}

fn customer(on: Day) -> impl Strategy<Value = Value> {
    let partners = select(vec![
        json!([{"partner": "r1"}]),
        json!([{"partner": "r2"}, {"partner": "r1", "profile": "operator"}]),
        json!([{"partner": "r2"}]),
        json!([]),
    ]);
    let name = select(vec!["Acme Buses", "acme trams", "Bolt Taxis", "Zeta"]);
    let people = vec(select(vec!["ann@x.example", "ben@x.example", "cat@x.example"]), 0..3);
    let login = option::of(-400_i64..1);
    (name, partners, login, people, vec(system(on), 0..12)).prop_map(move |(name, partners, login, people, systems)| {
        let system = |(index, (end, state)): (usize, (Option<String>, &str))| {
            json!({"serial": format!("S{index}"), "model": "RV55", "state": state, "end_date": end})
        };
        json!({
            "name": name,
            "partnerships": partners,
            "last_login": login.map(|days| on.add_days(days).text()),
            "administrators": people,
            "systems": systems.into_iter().enumerate().map(system).collect::<Vec<_>>(),
        })
    })
}

fn request() -> impl Strategy<Value = Value> {
    let on = select(vec!["2024-02-01", "2023-12-15", "2024-05-01"]).prop_map(Day::parse);
    let windows = select(vec![None, Some([30, 60, 90]), Some([1, 2, 3]), Some([7, 45, 120])]);
    (on, windows).prop_flat_map(|(on, windows)| {
        vec(customer(on), 0..8).prop_map(move |mut customers| {
            for (index, customer) in customers.iter_mut().enumerate() {
                customer["uid"] = json!(format!("c{index}"));
            }
            let mut request = json!({"reseller": "r1", "on": on.text(), "customers": customers});
            if let Some(windows) = windows {
                request["window_days"] = json!(windows);
            }
            request
        })
    })
}

fn must(operation: &str, input: &Value) -> Value {
    call(operation, input).unwrap_or_else(|code| panic!("`{code}` from `{operation}` for {input}"))
}

fn listed(page: &Value) -> Vec<Value> {
    page["rows"].as_array().expect("rows").clone()
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn the_page_is_the_naive_count(request in request()) {
        let page = must("reseller.customers", &request);
        let expected = rows(&request);
        prop_assert_eq!(&page["total"], expected.len());
        prop_assert_eq!(listed(&page), expected);
    }

    #[test]
    fn as_many_systems_stand_behind_every_number(request in request(), column in select(COLUMNS.to_vec())) {
        let page = must("reseller.customers", &request);
        for row in listed(&page) {
            let customers = request["customers"].as_array().expect("customers");
            let customer = customers.iter().find(|one| one["uid"] == row["uid"]).expect("the customer");
            let mut asked = json!({"customer": customer, "on": request["on"], "column": column});
            if let Some(windows) = request.get("window_days") {
                asked["window_days"] = windows.clone();
            }
            let answer = must("reseller.customer_systems", &asked);
            let systems = answer["systems"].as_array().expect("systems");
            let serials: Vec<&str> = systems.iter().map(|one| one["serial"].as_str().expect("a serial")).collect();
            prop_assert_eq!(&row[column], serials.len());
            prop_assert_eq!(serials, behind(customer, column, &request));
        }
    }

    #[test]
    fn a_filter_shows_those_that_pass_and_no_others(
        request in request(), column in select(COLUMNS.to_vec()), min in 0_u64..4, max in 0_u64..8,
    ) {
        let mut filtered = request.clone();
        filtered["filter"] = json!({"name": "ACME", column: {"min": min, "max": max}});
        let page = must("reseller.customers", &filtered);
        let mut expected = rows(&request);
        prop_assert_eq!(&page["total"], expected.len());
        expected.retain(|row| {
            let count = row[column].as_u64().expect("a count");
            row["name"].as_str().expect("a name").to_lowercase().contains("acme") && (min..=max).contains(&count)
        });
        prop_assert_eq!(listed(&page), expected);
    }

    /// Equal rows keep their order, what is not known comes last, and a descending order turns only the known ones.
    #[test]
    fn a_sorted_page_is_a_stable_permutation(
        request in request(),
        by in select([&COLUMNS[..], &["name", "uid", "initial_renewal", "last_login", "profile"]].concat()),
        descending: bool,
    ) {
        let mut sorted = request.clone();
        sorted["sort"] = json!([{"by": by, "descending": descending}]);
        // Insertion by hand: behind everything that is not greater.
        let mut expected: Vec<Value> = Vec::new();
        for row in rows(&request) {
            let before = |other: &Value| match (other[by].is_null(), row[by].is_null()) {
                (_, true) => true,
                (true, false) => false,
                (false, false) if descending => !less(&other[by], &row[by]),
                (false, false) => !less(&row[by], &other[by]),
            };
            let position = expected.iter().position(|other| !before(other)).unwrap_or(expected.len());
            expected.insert(position, row);
        }
        prop_assert_eq!(listed(&must("reseller.customers", &sorted)), expected);
    }

    #[test]
    fn the_file_has_a_line_per_customer(request in request()) {
        let csv = must("reseller.customers_to_csv", &request);
        let lines = csv["csv"].as_str().expect("a file").lines().count();
        prop_assert_eq!(lines, 1 + rows(&request).len());
    }
}

/// Numbers by their size, texts by their characters.
fn less(a: &Value, b: &Value) -> bool {
    match (a.as_u64(), b.as_u64()) {
        (Some(a), Some(b)) => a < b,
        _ => a.as_str() < b.as_str(),
    }
}
