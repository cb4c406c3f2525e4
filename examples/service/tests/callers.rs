//! Who may do what: every route, asked by every role.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

mod support;

use alms_service::Limits;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection as _, Row as _};
use std::collections::BTreeSet;
use support::{Database, Service, account, databases, error, grant, settings_behind_proxy, sqlite, transfer};
use tokio::runtime::Runtime;

const VENDOR: &str = "vendor jo";

/// Who asks, in the order of the columns below. Partner `p1` has the customer `c1`, partner `p2` has `c2`.
const CALLERS: [Option<&str>; 9] = [
    None,
    Some("boss jo"),
    Some("vendor jo"),
    Some("support sam"),
    Some("partner p1"),
    Some("partner p2"),
    Some("administrator ANN@c1.example"),
    Some("administrator ann@p1.example"),
    Some("administrator ann@c2.example"),
];

/// What they ask for, each on a fresh ledger, and what each of them is answered with.
fn questions() -> Vec<(&'static str, &'static str, Value, [u16; 9])> {
    let order = json!({"key": "o1", "on": "2023-05-16", "type": "order", "po_number": "1", "partner": "p1", "packs": 1});
    let delegation = json!({"key": "o2", "on": "2023-05-16", "type": "order", "po_number": "1", "partner": "p1", "packs": 1,
        "customer_uid": "c1", "customer_admin": "ann@c1.example"});
    let note = |kind| json!({"key": "n1", "on": "2023-05-16", "type": kind, "partner": "p1", "customer": "c1", "tokens": 1});
    let used = json!({"key": "u1", "on": "2023-05-31", "type": "consumption", "account": "c1", "month": "2023-05", "peak": 1});
    let registration = json!({"key": "r1", "on": "2023-05-16", "type": "registration", "account": "c1", "serial": "X1", "model": "RV55"});
    let edit = json!({"key": "e1", "on": "2023-05-16", "type": "edit", "target": "t0", "packs": 2});
    let delete = json!({"key": "d1", "on": "2023-05-16", "type": "delete", "target": "t0"});
    let unknown = json!({"key": "d2", "on": "2023-05-16", "type": "delete", "target": "nothing"});
    let report = json!({"version": 2, "systems": []});
    let plan = json!({"on": "2023-06-01"});
    let consent = json!({"by": "ann@c1.example", "on": "2023-05-20"});
    let of_customer = account("c9", "customer", 0, &json!(["p1"]));
    let with_tokens = account("c9", "customer", 5, &json!(["p1"]));
    let partner = account("p9", "reseller", 0, &json!(["p1"]));
    let nobody = Value::Null;
    vec![
        ("GET", "/health", nobody.clone(), [200; 9]),
        ("GET", "/openapi.json", nobody.clone(), [200; 9]),
        ("GET", "/nothing", nobody.clone(), [404; 9]),
        ("POST", "/accounts", of_customer, [401, 401, 201, 201, 201, 403, 403, 403, 403]),
        ("POST", "/accounts", with_tokens, [401, 401, 201, 403, 403, 403, 403, 403, 403]),
        ("POST", "/accounts", partner, [401, 401, 201, 201, 403, 403, 403, 403, 403]),
        ("GET", "/accounts/{uid}", nobody.clone(), [401, 401, 200, 200, 200, 403, 200, 403, 403]),
        ("GET", "/accounts/p1", nobody.clone(), [401, 401, 200, 200, 200, 403, 403, 200, 403]),
        ("GET", "/accounts/nobody", nobody.clone(), [401, 401, 404, 404, 403, 403, 403, 403, 403]),
        ("PUT", "/accounts/{uid}/systems", report, [401, 401, 200, 200, 403, 403, 403, 403, 403]),
        ("POST", "/accounts/{uid}/plans", plan.clone(), [401, 401, 201, 201, 201, 403, 201, 403, 403]),
        ("POST", "/accounts/nobody/plans", plan, [401, 401, 404, 404, 403, 403, 403, 403, 403]),
        ("POST", "/bookings", order.clone(), [401, 401, 201, 403, 201, 403, 403, 403, 403]),
        ("POST", "/bookings", delegation, [401, 401, 201, 403, 201, 403, 403, 403, 403]),
        ("POST", "/bookings", transfer("t1", 1), [401, 401, 201, 403, 201, 403, 403, 403, 403]),
        ("POST", "/bookings", note("credit_note"), [401, 401, 201, 403, 201, 403, 403, 403, 403]),
        ("POST", "/bookings", note("debit_note"), [401, 401, 201, 403, 201, 403, 403, 403, 403]),
        ("POST", "/bookings", grant("g1", "c1", 5), [401, 401, 201, 403, 403, 403, 403, 403, 403]),
        ("POST", "/bookings", used, [401, 401, 201, 403, 403, 403, 403, 403, 403]),
        ("POST", "/bookings", registration, [401, 401, 201, 403, 201, 403, 201, 403, 403]),
        ("POST", "/bookings", edit, [401, 401, 201, 403, 201, 403, 403, 403, 403]),
        ("POST", "/bookings", delete, [401, 401, 201, 403, 201, 403, 403, 403, 403]),
        ("POST", "/bookings", unknown, [401, 401, 422, 403, 403, 403, 403, 403, 403]),
        ("POST", "/bookings/preview", transfer("t1", 1), [401, 401, 200, 200, 200, 403, 403, 403, 403]),
        ("POST", "/bookings/preview", grant("g1", "c1", 1), [401, 401, 200, 200, 403, 403, 403, 403, 403]),
        // It shows the stock of `p1`, which the customer does not see.
        ("GET", "/bookings/{key}", nobody.clone(), [401, 401, 200, 200, 200, 404, 404, 404, 404]),
        ("GET", "/bookings/g0", nobody.clone(), [401, 401, 200, 200, 200, 404, 200, 404, 404]),
        ("GET", "/bookings/nothing", nobody.clone(), [401, 401, 404, 404, 404, 404, 404, 404, 404]),
        ("GET", "/plans/{fingerprint}", nobody.clone(), [401, 401, 200, 200, 200, 404, 200, 404, 404]),
        ("PUT", "/plans/{fingerprint}/consent", consent, [401, 401, 403, 403, 403, 404, 200, 404, 404]),
        ("POST", "/plans/{fingerprint}/apply", nobody.clone(), [401, 401, 201, 201, 403, 404, 403, 404, 404]),
        ("GET", "/resellers/{uid}/customers", nobody, [401, 401, 200, 200, 200, 403, 403, 200, 403]),
    ]
}

/// Two partners with a customer each; in `c1` a grant, a transfer, and a plan that its administrator agreed to.
fn ledger(database: &Database) -> (Service, String) {
    let service = Service::start_with(settings_behind_proxy(database), Limits::default());
    let enter = |caller: &str, method: &str, path: &str, body: &Value| {
        let (status, answer) = service.as_caller(Some(caller), method, path, body);
        assert!(status == 200 || status == 201, "{path}: {answer}");
        answer
    };
    for (uid, kind, tokens, partners) in [
        ("p1", "reseller", 96, json!([])),
        ("p2", "reseller", 96, json!([])),
        ("c1", "customer", 20, json!(["p1"])),
        ("c2", "customer", 20, json!(["p2"])),
    ] {
        enter(VENDOR, "POST", "/accounts", &account(uid, kind, tokens, &partners));
    }
    enter(VENDOR, "POST", "/bookings", &grant("g0", "c1", 4));
    enter("partner p1", "POST", "/bookings", &transfer("t0", 1));
    let plan = enter("partner p1", "POST", "/accounts/c1/plans", &json!({"on": "2023-07-01"}));
    let fingerprint = plan["fingerprint"].as_str().unwrap().to_owned();
    let consent = json!({"by": "Ann@c1.example", "on": "2023-05-20"});
    let path = format!("/plans/{fingerprint}/consent");
    enter("administrator ann@c1.example", "PUT", &path, &consent);
    (service, fingerprint)
}

#[test]
fn every_route_by_every_role() {
    // A ledger serves until somebody has changed it.
    let mut prepared = None;
    for (method, path, body, expected) in questions() {
        let mut answered = [0; 9];
        for (caller, status) in CALLERS.iter().zip(&mut answered) {
            let (_, (service, fingerprint)) = prepared.get_or_insert_with(|| {
                let database = sqlite();
                let ledger = ledger(&database);
                (database, ledger)
            });
            let mut body = body.clone();
            if path.ends_with("systems") {
                // Created, granted to, transferred to.
                body["version"] = json!(3);
            }
            let uid = if path.starts_with("/resellers") { "p1" } else { "c1" };
            let path =
                path.replace("{uid}", uid).replace("{key}", "t0").replace("{fingerprint}", fingerprint);
            let path = if path.ends_with("customers") { format!("{path}?on=2023-05-16") } else { path };
            let answer = service.as_caller(*caller, method, &path, &body);
            *status = answer.0;
            if answer.0 >= 400 {
                let code = error(&answer).1;
                assert_eq!(code == "unauthenticated", answer.0 == 401, "{answer:?}");
                assert_eq!(code == "forbidden", answer.0 == 403, "{answer:?}");
            } else if method != "GET" {
                prepared = None;
            }
        }
        assert_eq!(answered, expected, "{method} {path} {body}");
    }
}

/// A route that is new has to be asked, too.
#[test]
fn no_route_is_left_out() {
    let description: Value = serde_json::from_str(&alms_service::openapi::text()).unwrap();
    let described: BTreeSet<(String, String)> = description["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().keys();
            methods.map(move |method| (method.to_uppercase(), path.clone()))
        })
        .collect();
    let asked: BTreeSet<(String, String)> =
        questions().iter().map(|(method, path, ..)| ((*method).to_owned(), (*path).to_owned())).collect();
    let missing: Vec<_> = described.difference(&asked).collect();
    assert!(missing.is_empty() && described.len() > 10, "{missing:?}");
}

/// Nobody agrees in another one's name, and nobody learns from a refusal which accounts there are.
#[test]
fn refusals_tell_nothing() {
    let database = sqlite();
    let (service, fingerprint) = ledger(&database);
    let by_another = json!({"by": "bob@c1.example", "on": "2023-05-20"});
    let path = format!("/plans/{fingerprint}/consent");
    let answer = service.as_caller(Some("administrator ann@c1.example"), "PUT", &path, &by_another);
    assert_eq!(error(&answer), (403, "forbidden", None, "by"));
    let get = |path: &str| service.as_caller(Some("partner p2"), "GET", path, &Value::Null);
    for (there, not_there) in [
        ("/accounts/c1", "/accounts/c8"),
        ("/bookings/t0", "/bookings/t8"),
        ("/resellers/p1/customers?on=2023-05-16", "/resellers/p8/customers?on=2023-05-16"),
    ] {
        let (one, other) = (get(there), get(not_there));
        assert_eq!(error(&one), error(&other));
        let as_other =
            one.1["message"].as_str().unwrap().replace("c1", "c8").replace("t0", "t8").replace("p1", "p8");
        assert_eq!(as_other, other.1["message"].as_str().unwrap());
    }
}

/// Only the proxy is believed: from another address the header says nothing.
#[test]
fn the_header_counts_from_the_proxy_only() {
    let database = sqlite();
    let mut settings = settings_behind_proxy(&database);
    let proxies = vec!["192.0.2.1".parse().unwrap()];
    settings.callers = std::sync::Arc::new(alms_service::callers::CallerHeader::new(
        support::CALLER.parse().unwrap(),
        proxies,
    ));
    let service = Service::start_with(settings, Limits::default());
    let answer = service.as_caller(Some(VENDOR), "GET", "/accounts/c1", &Value::Null);
    assert_eq!(error(&answer), (401, "unauthenticated", None, ""));
}

/// Who entered what is stored beside it; a repetition by somebody else changes nothing.
#[test]
fn who_entered_it_is_stored() {
    for database in databases() {
        let (service, fingerprint) = ledger(&database);
        let stored = service.as_caller(Some(VENDOR), "GET", "/bookings/t0", &Value::Null).1;
        assert_eq!(stored["entered_by"], "partner p1");
        assert_eq!(stored["booking"], transfer("t0", 1), "the booking itself is as it was sent");
        let again = service.as_caller(Some(VENDOR), "POST", "/bookings", &transfer("t0", 1));
        assert_eq!(again.0, 200);
        let path = format!("/plans/{fingerprint}/apply");
        assert_eq!(service.as_caller(Some("support sam"), "POST", &path, &Value::Null).0, 201);
        let ask = |sql: &'static str| texts(&database.url, sql);
        assert_eq!(ask("SELECT entered_by FROM bookings ORDER BY sequence"), ["vendor jo", "partner p1"]);
        assert_eq!(
            ask("SELECT cause || ' by ' || entered_by FROM changes WHERE uid = 'c1' ORDER BY version"),
            [
                "created by vendor jo",
                "booking by vendor jo",
                "booking by partner p1",
                "migrated by support sam"
            ]
        );
        assert_eq!(ask("SELECT consent_entered_by FROM plans"), ["administrator ann@c1.example"]);
    }
}

fn texts(url: &str, sql: &'static str) -> Vec<String> {
    Runtime::new().unwrap().block_on(async {
        let mut connection = AnyConnection::connect(url).await.unwrap();
        let rows = sqlx::query(sql).fetch_all(&mut connection).await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    })
}
