//! Plan, consent, apply: what was agreed, or nothing.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod support;

use serde_json::{Value, json};
use std::thread;
use support::{Service, databases, error, grant, systems, transfer};

/// A plan of the account's migration: the path under which it is, and the plan.
fn planned(service: &Service, uid: &str) -> (String, Value) {
    let (status, plan) = service.post(&format!("/accounts/{uid}/plans"), &json!({"on": "2023-06-01"}));
    assert!(status == 200 || status == 201, "{plan}");
    (format!("/plans/{}", plan["fingerprint"].as_str().unwrap()), plan)
}

fn agree(service: &Service, path: &str) -> (u16, Value) {
    agree_as(service, path, "c1")
}

/// With the consent of the account's own administrator.
fn agree_as(service: &Service, path: &str, uid: &str) -> (u16, Value) {
    let by = format!("ann@{uid}.example");
    service.put(&format!("{path}/consent"), &json!({"by": by, "on": "2023-05-20"}))
}

fn apply(service: &Service, path: &str) -> (u16, Value) {
    service.post(&format!("{path}/apply"), &Value::Null)
}

#[test]
fn a_plan_is_applied_once() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        let (path, plan) = planned(&service, "c1");
        // 20 tokens over three systems: 6 months each, from 1 June; 2 are left over.
        assert_eq!(plan["basic"]["end_date"], "2023-12-01");
        assert_eq!((&plan["tokens"]["basic"], &plan["tokens"]["unallocated"]), (&json!(18), &json!(2)));
        assert_eq!(plan["balance"]["as_of"], "2023-06-01");

        assert_eq!(error(&apply(&service, &path)), (422, "consent_required", Some("MIG-1"), "consent"));
        let (status, state) = agree(&service, &path);
        assert_eq!(
            (status, &state["applied"], &state["consent"]["by"]),
            (200, &json!(false), &json!("ann@c1.example"))
        );
        let (status, applied) = apply(&service, &path);
        assert_eq!(status, 201, "{applied}");
        assert_eq!(applied["subscriptions"][0]["end_date"], "2023-12-01");
        assert_eq!(apply(&service, &path), (200, applied.clone()));
        assert_eq!(service.get(&path).1["applied"], true);

        let state = service.get("/accounts/c1").1;
        assert_eq!((&state["account"]["format"], &state["account"]["tokens"]), (&json!("avc"), &json!(0)));
        assert_eq!(state["subscriptions"], applied["subscriptions"]);
        assert_eq!(
            error(&service.post("/accounts/c1/plans", &json!({"on": "2023-06-02"}))).1,
            "already_migrated"
        );
        let report = json!({"version": state["version"], "systems": []});
        assert_eq!(error(&service.put("/accounts/c1/systems", &report)).1, "already_migrated");
    }
}

#[test]
fn an_account_that_changed_is_not_migrated() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        let (path, _) = planned(&service, "c1");
        assert_eq!(agree(&service, &path).0, 200);
        service.book(&transfer("t1", 1));
        assert_eq!(error(&apply(&service, &path)), (409, "stale_plan", Some("MIG-19"), "plan.fingerprint"));
        assert_eq!(error(&agree(&service, &path)), (409, "stale_plan", Some("MIG-19"), "plan.fingerprint"));
        assert_eq!(service.get("/accounts/c1").1["account"]["format"], "legacy");

        // Back to the same stock: the plan comes out the same, and counts again once it is made again.
        let back = json!({"key": "d1", "on": "2023-05-17", "type": "delete", "target": "t1"});
        service.book(&back);
        let stale = apply(&service, &path);
        assert_eq!(error(&stale), (409, "stale_plan", Some("MIG-19"), ""));
        assert_eq!(stale.1["context"], json!({"planned_version": 1, "version": 3}));
        assert_eq!(planned(&service, "c1").0, path);
        assert_eq!(apply(&service, &path).0, 201);
    }
}

/// Tokens that count from after the migration date are no part of the plan: applying it would lose them.
#[test]
fn tokens_after_the_day_of_the_plan_are_not_lost() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        let (path, plan) = planned(&service, "c1");
        assert_eq!(agree(&service, &path).0, 200);
        let later = json!({"key": "g1", "on": "2023-06-02", "type": "grant", "account": "c1", "tokens": 7});
        service.book(&later);
        assert_eq!(planned(&service, "c1").1["fingerprint"], plan["fingerprint"]);
        service.book(&grant("g2", "c1", 1));
        assert_eq!(error(&apply(&service, &path)).1, "stale_plan");
        drop(service);

        let service = Service::start(&database);
        let (path, _) = planned(&service, "c1");
        assert_eq!(agree(&service, &path).0, 200);
        let later = json!({"key": "g3", "on": "2023-06-03", "type": "grant", "account": "c1", "tokens": 7});
        service.book(&later);
        // The library's fingerprint is the same; the version is not.
        assert_eq!(error(&apply(&service, &path)), (409, "stale_plan", Some("MIG-19"), ""));
    }
}

#[test]
fn a_report_of_systems_names_the_version_that_it_changes() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        let (path, _) = planned(&service, "c1");
        assert_eq!(agree(&service, &path).0, 200);
        let report = json!({"version": 1, "systems": systems("c1", "2023-05-01")});
        assert_eq!(service.put("/accounts/c1/systems", &report).1["version"], 2);
        let again = service.put("/accounts/c1/systems", &report);
        assert_eq!(error(&again), (409, "version_conflict", None, "version"));
        assert_eq!(again.1["context"]["version"], 2);
        // Nothing that the plan follows from has changed but the version.
        assert_eq!(error(&apply(&service, &path)).1, "stale_plan");
    }
}

#[test]
fn an_avc_account_takes_no_tokens() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        service.book(&transfer("t0", 1));
        let (path, _) = planned(&service, "c1");
        agree(&service, &path);
        assert_eq!(apply(&service, &path).0, 201);
        let refused = service.post("/bookings", &transfer("t1", 1));
        assert_eq!(error(&refused), (422, "legacy_only", Some("TOK-1"), ""));
        assert_eq!((service.balance("c1"), service.balance("p1")), (32, 84));
        // What was booked before is still answered.
        assert_eq!(service.post("/bookings", &transfer("t0", 1)).0, 200);
        drop(service);
        let service = Service::start(&database);
        assert_eq!((service.balance("c1"), service.balance("p1")), (32, 84));
        service.book(&json!({"key": "o1", "on": "2023-05-16", "type": "order", "po_number": "1", "partner": "p1", "packs": 1}));
        assert_eq!(service.balance("p1"), 96);
    }
}

/// Bookings and an application at once: whichever comes first, the other sees it.
#[test]
fn a_booking_and_an_application_exclude_each_other() {
    for database in databases() {
        let (one, other) = (Service::start(&database), Service::start(&database));
        one.with_partner_and_customer();
        for number in 0..10 {
            let uid = format!("x{number}");
            assert_eq!(one.post("/accounts", &support::account(&uid, "customer", 30, &json!([]))).0, 201);
            let (path, _) = planned(&one, &uid);
            assert_eq!(agree_as(&one, &path, &uid).0, 200);
            let key = format!("g {number}");
            let (applied, booked) = thread::scope(|scope| {
                let booked = scope.spawn(|| other.post("/bookings", &grant(&key, &uid, 5)));
                (apply(&one, &path), booked.join().unwrap())
            });
            match (applied.0, booked.0) {
                (201, 422) => assert_eq!((error(&booked).1, one.balance(&uid)), ("legacy_only", 30)),
                (409, 201) => assert_eq!((error(&applied).1, one.balance(&uid)), ("stale_plan", 35)),
                _ => panic!("{applied:?} {booked:?}"),
            }
        }
    }
}

#[test]
fn a_reseller_sees_when_its_customers_renew() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        service.post("/accounts", &support::account("c2", "customer", 6, &json!(["p1"])));
        service.post("/accounts", &support::account("c3", "customer", 6, &json!([])));
        let (path, _) = planned(&service, "c1");
        agree(&service, &path);
        apply(&service, &path);
        let (status, page) = service.get("/resellers/p1/customers?on=2023-11-15&sort=uid&descending=true");
        assert_eq!((status, &page["total"]), (200, &json!(2)), "{page}");
        assert_eq!(page["rows"][0]["uid"], "c2");
        let row = &page["rows"][1];
        assert_eq!((&row["uid"], &row["initial_renewal"]), (&json!("c1"), &json!("2023-12-01")));
        // 1 December is 16 days away.
        assert_eq!(
            (&row["renewal_systems"], &row["window_1"], &row["window_2"]),
            (&json!(3), &json!(3), &json!(0))
        );
        let named = service.get("/resellers/p1/customers?on=2023-11-15&name=c2").1;
        assert_eq!((&named["total"], named["rows"].as_array().unwrap().len()), (&json!(2), 1));
        for (query, path) in
            [("", "on"), ("?on=2023-02-30", "on"), ("?on=2023-02-03&sort=x", "sort"), ("?off=1", "off")]
        {
            let wrong = service.get(&format!("/resellers/p1/customers{query}"));
            assert_eq!(error(&wrong), (400, "invalid_input", None, path));
        }
        assert_eq!(error(&service.get("/resellers/x/customers?on=2023-11-15")).1, "unknown_account");
    }
}

/// Plans that nobody applies are forgotten: the latest are kept, and what was agreed to counts from the agreement.
#[test]
fn plans_are_kept_within_bounds() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        assert_eq!(service.post("/accounts", &support::account("c2", "customer", 12, &json!([]))).0, 201);
        let (of_other, _) = planned(&service, "c2");
        let plan = |day: u32| {
            let on = format!("2024-{:02}-{:02}", day / 28 + 1, day % 28 + 1);
            let (status, plan) = service.post("/accounts/c1/plans", &json!({"on": on}));
            assert_eq!(status, 201, "{plan}");
            format!("/plans/{}", plan["fingerprint"].as_str().unwrap())
        };
        let paths: Vec<String> = (0..60).map(plan).collect();
        let is_there = |path: &String| service.get(path).0 == 200;
        let kept: Vec<bool> = paths.iter().map(is_there).collect();
        assert_eq!(kept, (0..60).map(|number| number >= 40).collect::<Vec<_>>());
        // Agreed to now, the oldest is the last one.
        assert_eq!(agree(&service, &paths[40]).0, 200);
        let later: Vec<String> = (60..79).map(plan).collect();
        assert!(is_there(&paths[40]) && later.iter().all(is_there));
        assert!(!is_there(&paths[59]));
        assert_eq!(apply(&service, &paths[40]).0, 201);
        assert!(is_there(&of_other), "another account's plans are its own");
        assert_eq!(error(&service.get(&paths[0])), (404, "not_found", None, "fingerprint"));
    }
}
